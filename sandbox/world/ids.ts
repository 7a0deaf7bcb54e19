import { formatOrderDay } from '../../contracts/time.ts'

/** The numbers that WeChat Pay gives; `at` is business time in milliseconds. */
export type Ids = {
  planId(): string
  signPlanId(): string
  orderId(at: number): string
  transactionId(at: number): string
  refundId(at: number): string
  /** The number of a charge that WeChat Pay makes by itself. */
  chargeNumber(at: number): string
  /** An opaque token: opens a page of WeChat's, or stands for a query. */
  token(): string
  uuid(): string
}

/** A repeatable stream of chances: the same seed gives the same numbers (sfc32). */
export const createChance = (seed: number): (() => number) => {
  let [a, b, c, d] = [0x9e3779b9, 0x243f6a88, 0xb7e15162, seed >>> 0]
  const next = () => {
    const sum = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    return (sum >>> 0) / 2 ** 32
  }
  for (let round = 0; round < 12; round += 1) next()

  return next
}

const base62 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const hex = '0123456789abcdef'

/** Ids of the observed shapes, repeatable by seed. A counter keeps them apart for certain. */
export const createIds = (seed: number): Ids => {
  const chance = createChance(seed)
  let issued = 0

  const draw = (alphabet: string, length: number) =>
    Array.from({ length }, () => alphabet[Math.floor(chance() * alphabet.length)]).join('')
  const digits = (length: number) => {
    issued += 1
    const count = String(issued)
    return draw('0123456789', length - 7) + count.padStart(7, '0').slice(-7)
  }

  return {
    planId: () => `0100${digits(28)}`,
    signPlanId: () => `0102${digits(28)}`,
    orderId: (at) => `1000000000${formatOrderDay(at)}${digits(13)}`,
    transactionId: (at) => `4200${draw('0123456789', 6)}${formatOrderDay(at)}${digits(10)}`,
    refundId: (at) => `503000${formatOrderDay(at)}${digits(15)}`,
    chargeNumber: (at) => `${formatOrderDay(at)}${digits(20)}`,
    token: () => draw(base62, 128),
    uuid: () => {
      const variant = '89ab'[Math.floor(chance() * 4)]
      return [
        draw(hex, 8),
        draw(hex, 4),
        `4${draw(hex, 3)}`,
        `${variant}${draw(hex, 3)}`,
        draw(hex, 12),
      ].join('-')
    },
  }
}
