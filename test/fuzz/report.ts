import { inject } from 'vitest'

/** What was found; on standard error too, with how far it is and counts at the end, in `npm run fuzz`. */
export const reportOf = (what: string, total: number) => {
  const isAlone = inject('fuzz') !== undefined
  const findings: string[] = []
  const counts = new Map<string, Map<string, number>>()
  let count = 0
  const say = (line: string) => isAlone && process.stderr.write(`${line}\n`)

  return {
    findings,
    find: (finding: string, seed: number, ...more: string[]) => {
      findings.push([`${finding} (seed ${seed})`, ...more].join('\n'))
      say(`FOUND ${findings.at(-1)}`)
    },
    /** One more of this kind, and what became of it. */
    count: (kind: string, outcome: string) => {
      const outcomes = counts.get(kind) ?? new Map<string, number>()
      counts.set(kind, outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1))
      count += 1
      if (count % 1000 === 0) say(`${count} of ${total} ${what}, ${findings.length} findings`)
    },
    end: () => {
      for (const [kind, outcomes] of [...counts].toSorted()) {
        const told = [...outcomes].toSorted().map(([outcome, times]) => `${outcome}: ${times}`)
        say(`${what}, ${kind}: ${told.join(', ')}`)
      }
      say(`${count} ${what}, ${findings.length} findings`)
    },
  }
}
