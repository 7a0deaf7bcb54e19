import { createPublicKey } from 'node:crypto'
import { z } from 'zod'
import {
  type Diagnosis,
  diagnoseAnswer,
  diagnoseRequest,
  type KnownKey,
} from '../contracts/diagnosis/diagnose.ts'
import { type Mistake, mistake } from '../contracts/diagnosis/mistakes.ts'
import { parseAuthorization } from '../contracts/protocol/authorization.ts'
import { isPublicKeyId } from '../contracts/protocol/certificate.ts'
import { requestMessage } from '../contracts/protocol/message.ts'
import { isApiError } from './errors.ts'
import type { PlatformKeyProvider } from './platform-keys.ts'
import { type SignedBytes, signedBytesOf } from './signed-bytes.ts'
import type { SigningCaller } from './signed-fetch.ts'

/** Finds out what is wrong with a signature: a proof, no guess. `undefined` for other errors. */
export type Explain = (error: unknown) => Promise<Diagnosis | undefined>

/** Makes the function that explains what this client was refused, or could not trust. */
export const explainerOf =
  ({ mchid, serial, privateKey, now }: SigningCaller, keys: PlatformKeyProvider): Explain =>
  async (error) => {
    const bytes = error instanceof Error ? signedBytesOf(error) : undefined
    if (!bytes) return undefined
    const header = (name: string) => bytes.headers.get(name) ?? undefined
    const platform = await knownKeys(keys)
    if (bytes.kind === 'received') {
      return diagnoseAnswer({ header, body: bytes.body }, { keys: platform, now: now() })
    }

    const publicKey = createPublicKey(privateKey)
    const own: KnownKey = { owner: 'merchant', id: serial, mchid, publicKey }
    const diagnosis = diagnoseRequest(
      { ...bytes, header },
      { keys: [own, ...platform], now: now() },
    )
    const seen = SeenRequest.safeParse(isApiError(error) ? error.detail : undefined)
    if (diagnosis.verdict !== 'sound' || !seen.success) return diagnosis

    const found = mistakeOnTheWay(bytes, seen.data.sign_information, serial)
    return { ...diagnosis, verdict: 'explained', mistakes: [found] }
  }

const knownKeys = async ({ keysFor }: PlatformKeyProvider): Promise<KnownKey[]> => {
  const { ids, find } = await keysFor(null)
  return ids.flatMap((id) => {
    const publicKey = find(id)
    const owner = isPublicKeyId(id) ? 'platform-public-key' : 'platform-certificate'
    return publicKey ? [{ owner, id, publicKey }] : []
  })
}

/** What a 401 says about the text that WeChat Pay built. */
const SeenRequest = z.object({
  sign_information: z.object({
    method: z.string(),
    url: z.string(),
    sign_message_length: z.number(),
  }),
})
type Seen = z.infer<typeof SeenRequest>['sign_information']

type Sent = Extract<SignedBytes, { kind: 'request' }>

/** Where what WeChat Pay saw is not what was sent; when it is, it holds another certificate. */
const mistakeOnTheWay = (sent: Sent, seen: Seen, serial: string): Mistake => {
  const { method, target, body, headers } = sent
  const { timestamp, nonce_str: nonce } = parseAuthorization(headers.get('Authorization') ?? '')
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
