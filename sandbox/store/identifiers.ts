import { formatOrderDay } from '../../contracts/time.ts'
import { base62, createChance, decimal, draw, hex } from './chance.ts'

/** The numbers that WeChat Pay gives; `at` is business time in milliseconds. */
export type Identifiers = {
  planId(): string
  signPlanId(): string
  orderId(at: number): string
  transactionId(at: number): string
  refundId(at: number): string
  /** The number of a charge that WeChat Pay makes by itself. */
  chargeNumber(at: number): string
  /** An opaque token: opens a page of WeChat's, or stands for a query. */
  token(): string
  /** The id of a notification. */
  uuid(): string
  /** The nonce under which a notification is sealed. */
  sealNonce(): string
  /** The number under which a requested fault waits. */
  faultId(): string
}

/** Where the numbers stand, so that they can be taken up again. */
export type IdentifiersState = { issued: number; faults: number; chance: readonly number[] }

/** Numbers that go on from a state, which is kept beside the records. */
export type KeptIdentifiers = Identifiers & {
  save(): IdentifiersState
  load(state: IdentifiersState): void
}

/** Where the numbers of a seed begin. */
export const firstIdentifiers = (seed: number): IdentifiersState => ({
  issued: 0,
  faults: 0,
  chance: createChance(seed).save(),
})

/** Ids of the observed shapes, repeatable by seed. A counter keeps them apart for certain. */
export const createIdentifiers = (state: IdentifiersState): KeptIdentifiers => {
  const chance = createChance()
  let issued = 0
  let faults = 0
  const load = (taken: IdentifiersState) => {
    issued = taken.issued
    faults = taken.faults
    chance.load(taken.chance)
  }
  load(state)

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
    faultId: () => {
      faults += 1
      return String(faults)
    },
    save: () => ({ issued, faults, chance: chance.save() }),
    load,
  }
}
