import { formatOrderDay } from '../../contracts/time.ts'
import { base62, createChance, draw } from './chance.ts'

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
  /** The id of a notice. */
  uuid(): string
  /** The nonce under which a notice is sealed. */
  sealNonce(): string
  /** Where the numbers stand, so that they can be taken up again. */
  save(): IdsState
  load(state: IdsState): void
}

type IdsState = { issued: number; chance: readonly number[] }

const decimal = '0123456789'
const hex = '0123456789abcdef'

/** Ids of the observed shapes, repeatable by seed. A counter keeps them apart for certain. */
export const createIds = (seed: number): Ids => {
  const chance = createChance(seed)
  let issued = 0

  const digits = (length: number) => {
    issued += 1
    return draw(chance, decimal, length - 7) + String(issued).padStart(7, '0').slice(-7)
  }

  return {
    planId: () => `0100${digits(28)}`,
    signPlanId: () => `0102${digits(28)}`,
    orderId: (at) => `1000000000${formatOrderDay(at)}${digits(13)}`,
    transactionId: (at) => `4200${draw(chance, decimal, 6)}${formatOrderDay(at)}${digits(10)}`,
    refundId: (at) => `503000${formatOrderDay(at)}${digits(15)}`,
    chargeNumber: (at) => `${formatOrderDay(at)}${digits(20)}`,
    token: () => draw(chance, base62, 128),
    uuid: () => {
      const parts = [8, 4, 3, 3, 12].map((length) => draw(chance, hex, length))
      const [first, second, third, fourth, last] = parts
      return `${first}-${second}-4${third}-${draw(chance, '89ab', 1)}${fourth}-${last}`
    },
    sealNonce: () => draw(chance, base62, 12),
    save: () => ({ issued, chance: chance.save() }),
    load: (state) => {
      issued = state.issued
      chance.load(state.chance)
    },
  }
}
