import type { Dimension } from '../dimension.ts'

const drift = 300

/** Comes last: its variations are many, and all the same mistake. */
export const timestamp: Dimension = {
  name: 'timestamp',
  *variations({ truth: { timestamp: sent } }) {
    if (/^\d{13}$/.test(sent)) yield { change: { timestamp: sent.slice(0, -3) }, rarity: 0 }
    if (!/^\d{1,12}$/.test(sent)) return

    for (let second = 1; second <= drift; second++) {
      const rarity = second < 3 ? 1 : 3
      for (const other of [Number(sent) - second, Number(sent) + second]) {
        yield { code: 'timestampOther', change: { timestamp: String(other) }, rarity }
      }
    }
    for (let thousandth = 0; thousandth < 1000; thousandth++) {
      const milliseconds = sent + String(thousandth).padStart(3, '0')
      yield {
        code: 'timestampSignedInMilliseconds',
        change: { timestamp: milliseconds },
        rarity: thousandth === 0 ? 0 : 2,
      }
    }
  },
}
