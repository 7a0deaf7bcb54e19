import { randomBytes, randomFillSync } from 'node:crypto'
import { scheme } from '../../contracts/protocol/authorization.ts'
import { answerMessage } from '../../contracts/protocol/message.ts'
import { probePrefix, signMessage } from '../../contracts/protocol/signature.ts'
import type { MerchantKeys } from './authority.ts'
import { changed, type Flaw, staleAge } from './flaws.ts'
import { issuePlatform } from './issue.ts'
import { type SigningKey, type SigningKeys, signingKeyOf } from './signing-keys.ts'

/** A message on its way: what it is signed with, and its body, which a flaw may have changed. */
type Signed = { headers: Record<string, string>; body: string }

/** Signs what WeChat Pay sends: answers and callbacks. */
export type PlatformSigner = {
  /** `wanted` is the request's `Wechatpay-Serial`. */
  answer(merchant: MerchantKeys, body: string, how: AnswerSigning): Promise<Signed>
  /** `id` is the notification's. */
  callback(merchant: MerchantKeys, body: string, how: CallbackSigning): Promise<Signed>
}

type CallbackSigning = { id: string; flaw: Flaw | undefined }

/** For whom, and with which key unless a flaw takes another. */
type Signing = { merchant: MerchantKeys; usual: SigningKey }

type AnswerSigning = { wanted: string | undefined; flaw: Flaw | undefined }

type Options = {
  keys: Pick<SigningKeys, 'forAnswer' | 'forCallback' | 'upcoming'>
  /** Wall time in milliseconds; a virtual one would make real clients refuse. */
  wallNow: () => number
}

// With the prefix, 344 characters: as long as a signature. 341 are no Base64 at all.
const probeTails = { probe: 325, 'broken-probe': 322 }

export const createPlatformSigner = ({ keys, wallNow }: Options): PlatformSigner => {
  let unknown: Promise<SigningKey> | undefined
  const keyFor = async (flaw: Flaw | undefined, { merchant, usual }: Signing) => {
    if (flaw === 'public-key') return merchant.platformPublicKey
    if (flaw === 'new-certificate') return keys.upcoming()
    if (flaw !== 'unknown-serial') return usual
    unknown ??= issuePlatform(new Date(wallNow())).then(({ certificate }) =>
      signingKeyOf(certificate),
    )
    return unknown
  }

  const sign = async (body: string, signing: Signing, flaw: Flaw | undefined): Promise<Signed> => {
    if (flaw === 'unsigned') return { headers: {}, body }

    const { id, privateKey } = await keyFor(flaw, signing)
    const nonce = newNonce()
    const age = flaw === 'old-timestamp' ? staleAge : 0
    const timestamp = String(Math.floor(wallNow() / 1000) - age)
    const sent = flaw === 'body-changed' ? changed(body) : body
    // A body without a digit does not change: then another text is signed.
    const isForged = flaw === 'wrong-signature' || (flaw === 'body-changed' && sent === body)
    const text = Buffer.from(isForged ? `another text, ${nonce}` : body)
    const headers = {
      'Wechatpay-Nonce': nonce,
      'Wechatpay-Signature':
        flaw === 'probe' || flaw === 'broken-probe'
          ? probeSignature(probeTails[flaw])
          : await signMessage(answerMessage({ timestamp, nonce, body: text }), privateKey),
      'Wechatpay-Timestamp': timestamp,
      'Wechatpay-Serial': id,
      'Wechatpay-Signature-Type': scheme,
    }

    return { headers, body: sent }
  }

  return {
    answer: async (merchant, body, { wanted, flaw }) =>
      sign(body, { merchant, usual: await keys.forAnswer(merchant, wanted) }, flaw),
    callback: async (merchant, body, { id, flaw }) =>
      sign(body, { merchant, usual: await keys.forCallback(merchant, id) }, flaw),
  }
}

const nonces = { bytes: randomBytes(4096), next: 0 }

/** The system is asked for the bytes of many nonces at once. */
const newNonce = (): string => {
  if (nonces.next === nonces.bytes.length) {
    randomFillSync(nonces.bytes)
    nonces.next = 0
  }
  nonces.next += 16
  return nonces.bytes.toString('hex', nonces.next - 16, nonces.next)
}

const probeSignature = (tail: number): string =>
  `${probePrefix}${randomBytes(tail).toString('base64').slice(0, tail)}`
