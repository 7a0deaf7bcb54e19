import { randomBytes } from 'node:crypto'
import { scheme } from '../../contracts/protocol/authorization.ts'
import { answerMessage } from '../../contracts/protocol/message.ts'
import { signMessage } from '../../contracts/protocol/signature.ts'
import { base62, type Chance, createChance, draw } from '../chance.ts'
import type { MerchantKeys } from './authority.ts'
import type { Keyring, Signer } from './keyring.ts'

/** How often a signature is made to fail on purpose, 0 to 1: "SIGNTEST" probes. */
export type ProbeShares = { answers: number; callbacks: number }

type Signed = { headers: Record<string, string>; probe: boolean }

/** Signs what WeChat Pay sends: answers and callbacks. */
export type PlatformSigner = {
  answer(merchant: MerchantKeys, body: string, of: Answered): Promise<Record<string, string>>
  /** After a probe comes the genuine callback: `mayProbe` says whether this may be one. */
  callback(merchant: MerchantKeys, body: string, how: { mayProbe: boolean }): Promise<Signed>
  probes(): ProbeShares
  setProbes(shares: Partial<ProbeShares>): void
}

/** What an answer is to: `wanted` is the request's `Wechatpay-Serial`. */
type Answered = { wanted: string | undefined; fingerprint: () => Promise<string> }

type Parts = {
  keyring: Keyring
  /** Wall time in milliseconds; a virtual one would make real clients refuse. */
  wall: () => number
  chance: Chance
  shares: ProbeShares
}

const base64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

export const createPlatformSigner = ({ keyring, wall, chance, shares }: Parts): PlatformSigner => {
  let current = shares

  // Requests whose answer was a probe: when they are repeated, the answer is genuine.
  const probed = new Set<string>()

  // A stream of its own for each: callbacks go out in the background, between whatever answers.
  const streams = { answers: chance, callbacks: createChance(chance.next() * 2 ** 32) }

  const isProbe = (of: keyof ProbeShares) => current[of] > 0 && streams[of].next() < current[of]

  const answerIsProbe = async ({ fingerprint }: Answered) => {
    if (current.answers === 0) return false
    const print = await fingerprint()
    if (probed.delete(print) || !isProbe('answers')) return false
    probed.add(print)
    return true
  }

  // With one tail it is Base64 of no signature, with the other no Base64 at all: verifiers must
  // survive both.
  const forge = (stream: Chance) =>
    `WECHATPAY/SIGNTEST/${draw(stream, base64, stream.next() < 0.5 ? 325 : 322)}`

  const sign = async (
    body: string,
    { id, privateKey }: Signer,
    { nonce, forged }: { nonce: string; forged: string | undefined },
  ) => {
    const timestamp = String(Math.floor(wall() / 1000))
    const message = answerMessage({ timestamp, nonce, body: Buffer.from(body) })

    return {
      'Wechatpay-Nonce': nonce,
      'Wechatpay-Signature': forged ?? (await signMessage(message, privateKey)),
      'Wechatpay-Timestamp': timestamp,
      'Wechatpay-Serial': id,
      'Wechatpay-Signature-Type': scheme,
    }
  }

  return {
    answer: async (merchant, body, answered) =>
      sign(body, keyring.forAnswer(merchant, answered.wanted), {
        nonce: randomBytes(16).toString('hex'),
        forged: (await answerIsProbe(answered)) ? forge(streams.answers) : undefined,
      }),

    callback: async (merchant, body, { mayProbe }) => {
      const probe = mayProbe && isProbe('callbacks')
      const signature = await sign(body, keyring.forCallback(merchant), {
        nonce: draw(streams.callbacks, base62, 32),
        forged: probe ? forge(streams.callbacks) : undefined,
      })
      const headers = { ...signature, 'Request-ID': requestId(0) }

      return { headers, probe }
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
