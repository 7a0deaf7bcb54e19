import { answerMessage } from '../contracts/protocol/message.ts'
import { allowedSkew, verifySignature } from '../contracts/protocol/signature.ts'
import {
  nextSteps,
  type Outcome,
  outcomeWithoutAnswer,
  type UntrustedAnswerCode,
  UntrustedAnswerError,
} from './errors.ts'
import type { PlatformKeys } from './platform-keys.ts'
import { attachSignedBytes, type HeaderReader } from './signed-bytes.ts'

type SignedMessage = {
  /** Of an answer; a callback has none. */
  status?: number
  headers: HeaderReader
  body: Uint8Array
  now: number
}

/**
 * Proves that an answer comes from WeChat Pay: known key, fresh timestamp, signature over the
 * raw bytes. `now` in milliseconds.
 * @throws {UntrustedAnswerError} when it does not.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053249
 */
export const verifyAnswer = (
  { operation, ...message }: SignedMessage & { operation: string },
  platformKeys: PlatformKeys,
): void => {
  const outcome = outcomeWithoutAnswer(operation)

  verify(message, platformKeys, {
    subject: `The answer to ${operation}`,
    unsigned: 'Check that baseUrl is WeChat Pay or the sandbox, and that no proxy drops headers.',
    forged: 'Discard it: WeChat Pay sends wrong signatures now and then to test its callers.',
    after: ` ${nextSteps[outcome]}`,
    outcome,
  })
}

/**
 * Proves the same of a callback.
 * @throws {UntrustedAnswerError} when it does not.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053249
 */
export const verifyCallback = (message: SignedMessage, platformKeys: PlatformKeys): void =>
  verify(message, platformKeys, {
    subject: 'The callback',
    unsigned:
      'Refuse it, as anybody can post here; if all lack them, check that no proxy drops headers.',
    forged:
      'Refuse it: WeChat Pay sends wrong signatures now and then to test its receivers, and the true callback again. If all fail, check that the body is verified as it came, byte for byte.',
    after: '',
    outcome: 'unchanged',
  })

/** How an error names what was verified, and what to do about each failure. */
type Wording = {
  subject: string
  unsigned: string
  forged: string
  after: string
  outcome: Outcome
}

const verify = (
  { now, ...message }: SignedMessage,
  platformKeys: PlatformKeys,
  { subject, unsigned, forged, after, outcome }: Wording,
): void => {
  const { headers, body } = message
  const untrusted = (code: UntrustedAnswerCode, reason: string, cause?: unknown) =>
    attachSignedBytes(
      new UntrustedAnswerError(code, `${subject} ${reason}${after}`, {
        outcome,
        ...(cause !== undefined && { cause }),
      }),
      { kind: 'received', ...message },
    )
  const names = ['Timestamp', 'Nonce', 'Signature', 'Serial'].map((name) => `Wechatpay-${name}`)
  const [timestamp, nonce, signature, serial] = names.map((name) => headers.get(name))
  if (!(timestamp && nonce && signature && serial)) {
    const missing = names.filter((name) => !headers.get(name)).join(', ')
    throw untrusted('SIGNATURE_HEADERS_MISSING', `lacks ${missing}. ${unsigned}`)
  }

  const key = platformKeys.find(serial)
  if (key === undefined) {
    const { ids, advice, failure } = platformKeys
    const known = ids.join(', ') || 'none'
    throw untrusted(
      'SERIAL_UNKNOWN',
      `is signed with ${serial}, known: ${known}. ${advice}`,
      failure,
    )
  }

  const offset = now / 1000 - Number(timestamp)
  if (!(Math.abs(offset) <= allowedSkew)) {
    throw untrusted(
      'TIMESTAMP_OFFSET',
      `has the timestamp ${timestamp}, more than ${allowedSkew} s from now. Check the clock of this machine.`,
    )
  }

  if (!verifySignature(answerMessage({ timestamp, nonce, body }), signature, key)) {
    throw untrusted(
      'SIGNATURE_MISMATCH',
      `does not verify with the platform key ${serial}. ${forged}`,
    )
  }
}
