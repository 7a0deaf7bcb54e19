import { randomBytes } from 'node:crypto'
import { scheme } from '../../contracts/protocol/authorization.ts'
import { answerMessage } from '../../contracts/protocol/message.ts'
import { probePrefix, signMessage } from '../../contracts/protocol/signature.ts'
import { remember } from '../faults/bounded-set.ts'
import { base62, type Chance, createChance, draw } from '../store/chance.ts'
import type { MerchantKeys } from './authority.ts'
import { changed, type Flaw, staleAge } from './flaws.ts'
import { issuePlatform } from './issue.ts'
import { type Signer, type SigningKeys, signerOf } from './signing-keys.ts'

/** How often a signature is made to fail on purpose, 0 to 1: "SIGNTEST" probes. */
export type ProbeShares = { answers: number; callbacks: number }

/** A message on its way: what it is signed with, and its body, which a flaw may have changed. */
type Signed = { headers: Record<string, string>; body: string; flaw?: Flaw }

/** Signs what WeChat Pay sends: answers and callbacks. */
export type PlatformSigner = {
  answer(merchant: MerchantKeys, body: string, of: Answered): Promise<Signed>
  /** After a probe comes the genuine callback: `mayProbe` says whether this may be one. */
  callback(merchant: MerchantKeys, body: string, how: Called): Promise<Signed>
  probes(): ProbeShares
  setProbes(shares: Partial<ProbeShares>): void
}

/** What an answer is to: `wanted` is the request's `Wechatpay-Serial`. */
type Answered = {
  wanted: string | undefined
  fingerprint: () => string
  flaw?: Flaw | undefined
}

type Called = { mayProbe: boolean; flaw?: Flaw | undefined }

type Parts = {
  keyring: SigningKeys
  /** Wall time in milliseconds; a virtual one would make real clients refuse. */
  wall: () => number
  chance: Chance
  shares: ProbeShares
}

type How = { nonce: string; flaw: Flaw | undefined; stream: Chance }

// With the prefix, 344 characters: as long as a signature. 341 are no Base64 at all.
const probeTails = { probe: 325, 'broken-probe': 322 }

const mostProbed = 10_000

const base64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

export const createPlatformSigner = ({ keyring, wall, chance, shares }: Parts): PlatformSigner => {
  let current = shares

  // Requests whose answer was a probe: when they are repeated, the answer is genuine.
  const probed = new Set<string>()

  // A stream of its own for each: callbacks go out in the background, between whatever answers.
  const streams = { answers: chance, callbacks: createChance(chance.next() * 2 ** 32) }

  const isProbe = (of: keyof ProbeShares) => current[of] > 0 && streams[of].next() < current[of]

  const answerIsProbe = ({ fingerprint }: Answered) => {
    if (current.answers === 0) return false
    const print = fingerprint()
    if (probed.delete(print) || !isProbe('answers')) return false
    remember(probed, print, mostProbed)
    return true
  }

  // Verifiers must survive both.
  const probeOf = (stream: Chance): Flaw => (stream.next() < 0.5 ? 'probe' : 'broken-probe')

  let stranger: Promise<Signer> | undefined
  const signerFor = (flaw: Flaw | undefined, genuine: Signer): Promise<Signer> | Signer => {
    if (flaw === 'new-certificate') return keyring.upcoming()
    if (flaw !== 'unknown-serial') return genuine
    stranger ??= issuePlatform(new Date(wall())).then(({ certificate }) => signerOf(certificate))
    return stranger
  }

  const sign = async (body: string, genuine: Signer, how: How): Promise<Signed> => {
    const { flaw, nonce, stream } = how
    if (flaw === 'unsigned') return { headers: {}, body, flaw }

    const { id, privateKey } = await signerFor(flaw, genuine)
    const timestamp = String(Math.floor(wall() / 1000) - (flaw === 'old-timestamp' ? staleAge : 0))
    const sent = flaw === 'body-changed' ? changed(body) : body
    // A body without a digit does not change: then another text is signed.
    const isForged = flaw === 'wrong-signature' || (flaw === 'body-changed' && sent === body)
    const text = Buffer.from(isForged ? `another text, ${nonce}` : body)
    const headers = {
      'Wechatpay-Nonce': nonce,
      'Wechatpay-Signature':
        flaw === 'probe' || flaw === 'broken-probe'
          ? `${probePrefix}${draw(stream, base64, probeTails[flaw])}`
          : await signMessage(answerMessage({ timestamp, nonce, body: text }), privateKey),
      'Wechatpay-Timestamp': timestamp,
      'Wechatpay-Serial': id,
      'Wechatpay-Signature-Type': scheme,
    }

    return { headers, body: sent, ...(flaw && { flaw }) }
  }

  return {
    answer: async (merchant, body, answered) => {
      const probe = answerIsProbe(answered) ? probeOf(streams.answers) : undefined
      return sign(body, keyring.forAnswer(merchant, answered.wanted), {
        nonce: randomBytes(16).toString('hex'),
        flaw: answered.flaw ?? probe,
        stream: streams.answers,
      })
    },

    callback: async (merchant, body, { mayProbe, flaw }) => {
      const probe = mayProbe && isProbe('callbacks') ? probeOf(streams.callbacks) : undefined
      const signed = await sign(body, keyring.forCallback(merchant), {
        nonce: draw(streams.callbacks, base62, 32),
        flaw: flaw ?? probe,
        stream: streams.callbacks,
      })

      return { ...signed, headers: { ...signed.headers, 'Request-ID': requestId(0) } }
    },

    probes: () => current,
    setProbes: (changed) => {
      current = { ...current, ...changed }
    },
  }
}

/** The id that support asks for; it ends in the number of the error, 0 for none. */
export const requestId = (number: number): string =>
  `08${randomBytes(20).toString('hex').toUpperCase()}-${number}`
