/** How the next attempt to charge ends. A held one runs until somebody ends it. */
export type ChargeOutcome = 'succeed' | 'fail' | 'hold'

/** What the next attempts of each merchant will come to; without a word they succeed. */
export type Charges = {
  /** The next `count` attempts end so, before those that were ordered earlier. */
  order(mchid: string, outcome: ChargeOutcome, count: number): void
  next(mchid: string): ChargeOutcome
  pending(mchid: string): readonly ChargeOutcome[]
  clear(mchid?: string): void
  save(): Record<string, ChargeOutcome[]>
  load(ordered: Record<string, readonly ChargeOutcome[]>): void
}

export const createCharges = (): Charges => {
  const ordered = new Map<string, ChargeOutcome[]>()

  return {
    order: (mchid, outcome, count) => {
      const added = Array.from({ length: count }, () => outcome)
      ordered.set(mchid, [...added, ...(ordered.get(mchid) ?? [])])
    },
    next: (mchid) => ordered.get(mchid)?.shift() ?? 'succeed',
    pending: (mchid) => ordered.get(mchid) ?? [],
    save: () => Object.fromEntries([...ordered].map(([mchid, next]) => [mchid, [...next]])),
    load: (saved) => {
      ordered.clear()
      for (const [mchid, next] of Object.entries(saved)) ordered.set(mchid, [...next])
    },
    clear: (mchid) => {
      if (mchid === undefined) ordered.clear()
      else ordered.delete(mchid)
    },
  }
}
