import { fill, SentenceError } from '../../contracts/texts.ts'
import type { PlannedOutcomesRecord } from '../store/layout.ts'
import type { Key, Lock, Reader, Store, Unit } from '../store/store.ts'
import { actionTexts } from './texts.ts'

/** How the next attempt to charge ends. A held one runs until somebody ends it. */
export const chargeOutcomes = ['succeed', 'fail', 'hold'] as const
export type ChargeOutcome = (typeof chargeOutcomes)[number]

/** What the next refund comes to: at once refused for want of money, ended, or held running. */
export const refundOutcomes = ['SUCCESS', 'ABNORMAL', 'CLOSED', 'hold', 'NOT_ENOUGH'] as const
export type PlannedRefund = (typeof refundOutcomes)[number]

/** What is to become of the next ones of each merchant; without a plan, what usually becomes. */
export type PlannedOutcomes<Outcome extends string> = {
  /**
   * The next `count` end so, before those that were planned earlier.
   * @throws {SentenceError} when too many are planned
   */
  plan(mchid: string, outcome: Outcome, count: number): Promise<void>
  pending(reader: Reader, mchid: string): Promise<readonly Outcome[]>
  /** Held by a change that takes an outcome. */
  lock(mchid: string): Lock
  take(unit: Unit, mchid: string): Promise<Outcome>
}

const mostPlanned = 10_000

type Kind<Outcome extends string> = {
  of: PlannedOutcomesRecord['of']
  outcomes: readonly [usual: Outcome, ...Outcome[]]
}

export const createPlannedOutcomes = <Outcome extends string>(
  store: Store,
  { of, outcomes: known }: Kind<Outcome>,
): PlannedOutcomes<Outcome> => {
  const isKnown = (outcome: string): outcome is Outcome => known.some((each) => each === outcome)
  const keyOf = (mchid: string): Key => [mchid, of]
  const lock = (mchid: string): Lock => ['plannedOutcomes', ...keyOf(mchid)]
  const pending = async (reader: Reader, mchid: string) =>
    (await reader.get('plannedOutcomes', keyOf(mchid)))?.outcomes.filter(isKnown) ?? []

  return {
    lock,
    pending,
    plan: (mchid, outcome, count) =>
      store.change([lock(mchid)], async (unit) => {
        const before = await pending(unit, mchid)
        if (before.length + count > mostPlanned) {
          const numbers = { most: mostPlanned, pending: before.length }
          throw new SentenceError(fill(actionTexts.tooManyPlanned, numbers))
        }
        const outcomes = [...Array.from({ length: count }, () => outcome), ...before]
        unit.put('plannedOutcomes', { mchid, of, outcomes })
      }),
    take: async (unit, mchid) => {
      const [next, ...outcomes] = await pending(unit, mchid)
      if (next === undefined) return known[0]
      if (outcomes.length > 0) unit.put('plannedOutcomes', { mchid, of, outcomes })
      else unit.remove('plannedOutcomes', keyOf(mchid))
      return next
    },
  }
}
