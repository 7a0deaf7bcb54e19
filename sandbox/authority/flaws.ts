import { allowedSkew } from '../../contracts/protocol/signature.ts'

/** What is wrong, on purpose, with a message that the platform signs. */
export const flaws = [
  'wrong-signature',
  /** `WECHATPAY/SIGNTEST/` and a tail, which is Base64 of no signature. */
  'probe',
  /** The same with a tail that is no Base64 at all. */
  'broken-probe',
  'unknown-serial',
  'old-timestamp',
  'body-changed',
  'unsigned',
  /** Signed well, by a platform certificate that is listed but did not sign until now. */
  'new-certificate',
  /** Signed well, by the WeChat Pay public key, as callbacks are while a merchant is switching. */
  'public-key',
] as const
export type Flaw = (typeof flaws)[number]

/** Whether a receiver must accept a message nevertheless: only another genuine key signed it. */
export const isGenuine = (flaw: Flaw | undefined): boolean =>
  flaw === undefined || flaw === 'new-certificate' || flaw === 'public-key'

/** The two kinds of a signature probe. */
export const probeFlaws = ['probe', 'broken-probe'] as const satisfies readonly Flaw[]

/** Further back than verifiers allow, in seconds. */
export const staleAge = 2 * allowedSkew

/** The same body with one digit changed; it still parses. An empty one stays empty. */
export const changed = (body: string): string =>
  body.replace(/\d/, (digit) => String(digit === '9' ? 8 : Number(digit) + 1))
