import { type Flaw, probeFlaws } from '../authority/flaws.ts'
import { createChance } from '../store/chance.ts'
import { type ProbesRecord, platform } from '../store/layout.ts'
import type { Key, Lock, Reader, Store, Unit } from '../store/store.ts'
import { markOnce } from './marks.ts'

/** How often a signature is made to fail on purpose, 0 to 1: "SIGNTEST" probes. */
export type ProbeShares = ProbesRecord['shares']

/** Signature probes by chance, as WeChat Pay sends them. */
export type Probes = {
  shares(): Promise<ProbeShares>
  setShares(changed: Partial<ProbeShares>): Promise<ProbeShares>
  /** Which probe an answer becomes, if any; a request that is repeated after one gets a genuine answer. */
  forAnswer(mchid: string, fingerprint: () => string): Promise<Flaw | undefined>
  forCallback(): Promise<Flaw | undefined>
}

const key: Key = [platform, 'probes']
const lock: Lock = ['probes', ...key]

export const createProbes = (
  store: Store,
  { initial, seed }: { initial: ProbeShares; seed: number },
): Probes => {
  const unused: ProbesRecord = {
    mchid: platform,
    shares: initial,
    // A stream of its own for each: callbacks go out in the background, between whatever answers.
    streams: { answers: createChance(seed + 1).save(), callbacks: createChance(seed + 2).save() },
  }
  const probesIn = async (reader: Reader) => (await reader.get('probes', key)) ?? unused

  /** Draws from one of the streams; verifiers must survive both kinds of probe. */
  const draw = async (unit: Unit, of: keyof ProbeShares): Promise<Flaw | undefined> => {
    const { shares, streams } = await probesIn(unit)
    const chance = createChance()
    chance.load(streams[of])
    const [isProbe, which] = [chance.next() < shares[of], Math.floor(chance.next() * 2)]
    unit.put('probes', { mchid: platform, shares, streams: { ...streams, [of]: chance.save() } })
    return isProbe ? probeFlaws[which] : undefined
  }

  const shares = async () => (await probesIn(store)).shares

  return {
    shares,
    setShares: (changed) =>
      store.change([lock], async (unit) => {
        const probes = await probesIn(unit)
        const next = { ...probes, shares: { ...probes.shares, ...changed } }
        unit.put('probes', next)
        return next.shares
      }),
    forAnswer: async (mchid, fingerprint) => {
      if ((await shares()).answers === 0) return undefined
      const value = fingerprint()
      return store.change([lock, ['marks', mchid, 'probe']], async (unit) => {
        if (await unit.get('marks', [mchid, `probe/${value}`])) {
          unit.remove('marks', [mchid, `probe/${value}`])
          return undefined
        }
        const flaw = await draw(unit, 'answers')
        if (flaw) await markOnce(unit, { mchid, of: 'probe', value })
        return flaw
      })
    },
    forCallback: async () => {
      if ((await shares()).callbacks === 0) return undefined
      return store.change([lock], (unit) => draw(unit, 'callbacks'))
    },
  }
}
