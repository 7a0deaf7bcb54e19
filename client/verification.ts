import { answerMessage } from '../contracts/protocol/message.ts'
import { verifySignature } from '../contracts/protocol/signature.ts'
import { UntrustedAnswerError } from './errors.ts'
import type { PlatformKeys } from './platform-keys.ts'

const allowedOffset = 300

type ReceivedAnswer = { operation: string; headers: Headers; body: Uint8Array; now: number }

/**
 * Proves that an answer comes from WeChat Pay: known key, fresh timestamp, signature over the
 * raw bytes. `now` in milliseconds.
 * @throws {UntrustedAnswerError} when it does not.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053249
 */
export const verifyAnswer = (
  { operation, headers, body, now }: ReceivedAnswer,
  platformKeys: PlatformKeys,
): void => {
  const { timestamp, nonce, signature, serial } = readHeaders(headers, operation)

  const key = platformKeys.find(serial)
  if (key === undefined) {
    throw new UntrustedAnswerError(
      'SERIAL_UNKNOWN',
      `The answer to ${operation} is signed with ${serial}, platformKeys has ${platformKeys.ids.join(', ')}. Add that key, or download the certificates anew.`,
    )
  }

  const offset = now / 1000 - Number(timestamp)
  if (!(Math.abs(offset) <= allowedOffset)) {
    throw new UntrustedAnswerError(
      'TIMESTAMP_OFFSET',
      `The answer to ${operation} has the timestamp ${timestamp}, more than ${allowedOffset} s from now. Check the clock of this machine.`,
    )
  }

  if (!verifySignature(answerMessage({ timestamp, nonce, body }), signature, key)) {
    throw new UntrustedAnswerError(
      'SIGNATURE_MISMATCH',
      `The answer to ${operation} does not verify with the platform key ${serial}. Discard it and repeat the request with the same body: WeChat Pay sends wrong signatures now and then to test its callers.`,
    )
  }
}

const readHeaders = (headers: Headers, operation: string) => {
  const missing: string[] = []
  const read = (name: string) => {
    const value = headers.get(name)
    if (!value) missing.push(name)
    return value ?? ''
  }

  const found = {
    timestamp: read('Wechatpay-Timestamp'),
    nonce: read('Wechatpay-Nonce'),
    signature: read('Wechatpay-Signature'),
    serial: read('Wechatpay-Serial'),
  }
  if (missing.length > 0) {
    throw new UntrustedAnswerError(
      'SIGNATURE_HEADERS_MISSING',
      `The answer to ${operation} lacks ${missing.join(', ')}. Check that baseUrl is WeChat Pay or the sandbox, and that no proxy drops headers.`,
    )
  }

  return found
}
