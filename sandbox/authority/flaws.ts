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
] as const
export type Flaw = (typeof flaws)[number]

/** The two kinds of a signature probe. */
export const probeFlaws = ['probe', 'broken-probe'] as const satisfies readonly Flaw[]

/** Further back than verifiers allow, in seconds. */
export const staleAge = 2 * allowedSkew

/** The same body with one digit changed; it still parses. An empty one stays empty. */
export const changed = (body: string): string =>
  body.replace(/\d/, (digit) => String(digit === '9' ? 8 : Number(digit) + 1))
