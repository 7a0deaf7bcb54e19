/** How the next attempt to charge ends. A held one runs until somebody ends it. */
export const chargeOutcomes = ['succeed', 'fail', 'hold'] as const
export type ChargeOutcome = (typeof chargeOutcomes)[number]

/** What the next refund comes to: at once refused for want of money, ended, or held running. */
export const refundOutcomes = ['SUCCESS', 'ABNORMAL', 'CLOSED', 'hold', 'NOT_ENOUGH'] as const
export type PlannedRefund = (typeof refundOutcomes)[number]

/** What is to become of the next ones of each merchant; without a word, what usually becomes. */
export type PlannedOutcomes<Outcome extends string> = {
  /** The next `count` end so, before those that were ordered earlier. */
  order(mchid: string, outcome: Outcome, count: number): void
  next(mchid: string): Outcome
  pending(mchid: string): readonly Outcome[]
  clear(mchid?: string): void
  save(): Record<string, Outcome[]>
  load(ordered: Record<string, readonly Outcome[]>): void
}

export const createPlannedOutcomes = <Outcome extends string>(
  usual: Outcome,
): PlannedOutcomes<Outcome> => {
  const ordered = new Map<string, Outcome[]>()

  return {
    order: (mchid, outcome, count) => {
      const added = Array.from({ length: count }, () => outcome)
      ordered.set(mchid, [...added, ...(ordered.get(mchid) ?? [])])
    },
    next: (mchid) => ordered.get(mchid)?.shift() ?? usual,
    pending: (mchid) => ordered.get(mchid) ?? [],
    clear: (mchid) => {
      if (mchid === undefined) ordered.clear()
      else ordered.delete(mchid)
    },
    save: () => Object.fromEntries([...ordered].map(([mchid, next]) => [mchid, [...next]])),
    load: (saved) => {
      ordered.clear()
      for (const [mchid, next] of Object.entries(saved)) ordered.set(mchid, [...next])
    },
  }
}
