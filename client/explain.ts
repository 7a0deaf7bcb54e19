import { createPublicKey } from 'node:crypto'
import { z } from 'zod'
import { examineAnswer, examineRequest, type KnownKey } from '../contracts/diagnosis/diagnose.ts'
import { type Diagnosis, diagnosisIn, type Findings } from '../contracts/diagnosis/diagnosis.ts'
import { type Finding, mistake } from '../contracts/diagnosis/mistakes.ts'
import { errors } from '../contracts/errors.ts'
import { parseAuthorization } from '../contracts/protocol/authorization.ts'
import { isPublicKeyId } from '../contracts/protocol/certificate.ts'
import { requestMessage } from '../contracts/protocol/message.ts'
import type { Language } from '../contracts/texts.ts'
import { isApiError } from './errors.ts'
import type { PlatformKeyProvider } from './platform-keys.ts'
import { type SignedBytes, signedBytesOf } from './signed-bytes.ts'
import type { SigningCaller } from './signed-fetch.ts'

/** Finds out what is wrong with a signature: a proof, no guess. `undefined` for other errors. */
export type Explain = (
  error: unknown,
  options?: { language?: Language },
) => Promise<Diagnosis | undefined>

/** Makes the function that explains what this client was refused, or could not trust. */
export const explainerOf =
  (caller: SigningCaller, keys: PlatformKeyProvider): Explain =>
  async (error, { language = 'en' } = {}) => {
    const bytes = error instanceof Error ? signedBytesOf(error) : undefined
    if (!bytes) return undefined
    const platform = await knownKeys(keys)
    const findings =
      bytes.kind === 'received'
        ? examineReceived(bytes, { keys: platform, now: caller.now() })
        : examineSent(bytes, { error, caller, platform })

    return diagnosisIn(findings, language)
  }

type Received = Extract<SignedBytes, { kind: 'received' }>
type Sent = Extract<SignedBytes, { kind: 'request' }>

const headerIn =
  ({ headers }: SignedBytes) =>
  (name: string) =>
    headers.get(name) ?? undefined

const examineReceived = (
  bytes: Received,
  knowledge: { keys: readonly KnownKey[]; now: number },
): Findings => examineAnswer({ header: headerIn(bytes), body: bytes.body }, knowledge)

type Refused = { error: unknown; caller: SigningCaller; platform: readonly KnownKey[] }

const examineSent = (bytes: Sent, { error, caller, platform }: Refused): Findings => {
  const { mchid, serial, privateKey, now } = caller
  const publicKey = createPublicKey(privateKey)
  const own: KnownKey = { owner: 'merchant', id: serial, mchid, publicKey }
  const findings = examineRequest(
    { ...bytes, header: headerIn(bytes) },
    { keys: [own, ...platform], now: now() },
  )
  return findings.verdict === 'sound'
    ? refusedAllTheSame(findings, { error, bytes, caller })
    : findings
}

/** The signature fits what was sent with it; what WeChat Pay says shows where the mistake is. */
const refusedAllTheSame = (
  findings: Findings,
  { error, bytes, caller }: { error: unknown; bytes: Sent; caller: SigningCaller },
): Findings => {
  const { detail, apiMessage: reason } = isApiError(error) ? error : {}
  if (reason === errors.serialUnknown.message) {
    const { serial, mchid } = caller
    const found = mistake('serialNotOfMerchant', { sent: serial, signed: mchid })
    return { ...findings, verdict: 'explained', mistakes: [found] }
  }
  const seen = SeenRequest.safeParse(detail)
  if (seen.success) {
    const found = mistakeOnTheWay(bytes, seen.data.sign_information)
    return { ...findings, verdict: 'explained', mistakes: [found] }
  }

  // Its own words are all that is certain.
  const facts = [...findings.facts, ...(reason === undefined ? [] : [reason])]
  return { ...findings, verdict: 'unexplained', facts }
}

const knownKeys = async ({ keysFor }: PlatformKeyProvider): Promise<KnownKey[]> => {
  const { ids, find } = await keysFor(null)
  return ids.flatMap((id) => {
    const publicKey = find(id)
    const owner = isPublicKeyId(id) ? 'platform-public-key' : 'platform-certificate'
    return publicKey ? [{ owner, id, publicKey }] : []
  })
}

/** What WeChat Pay tells of the text that it built. */
const SeenRequest = z.object({
  sign_information: z.object({
    method: z.string(),
    url: z.string(),
    sign_message_length: z.number(),
  }),
})
type Seen = z.infer<typeof SeenRequest>['sign_information']

/** Where what WeChat Pay saw is not what was sent; when it is, it holds another certificate. */
const mistakeOnTheWay = (sent: Sent, seen: Seen): Finding => {
  const { method, target, body, headers } = sent
  const authorization = parseAuthorization(headers.get('Authorization') ?? '')
  const { timestamp, nonce_str: nonce, serial_no: serial } = authorization
  const { length } = requestMessage({ method, target, timestamp, nonce, body })
  if (seen.method !== method) {
    return mistake('methodChanged', { signed: method, sent: seen.method })
  }
  if (seen.url !== target) return mistake('targetChanged', { signed: target, sent: seen.url })
  if (seen.sign_message_length !== length) {
    return mistake('bodyChanged', { signed: `${length}`, sent: `${seen.sign_message_length}` })
  }

  return mistake('certificateOfOtherKey', { sent: serial })
}
