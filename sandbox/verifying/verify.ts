import { endpoints } from '../../contracts/endpoints.ts'
import type { Interaction } from '../../contracts/suite/interaction.ts'
import { interactions as suite } from '../../contracts/suite/interactions.ts'
import { run } from '../../contracts/suite/run.ts'
import { strictTimes } from '../../contracts/suite/strict-times.ts'
import { recordedVerdict } from './recorded-verdict.ts'
import type { Recordings } from './recordings.ts'
import type { TargetVerdict } from './report.ts'
import { type Place, targetAt } from './target-at.ts'
import { withOwnSandbox, withRunningSandbox } from './verified-sandbox.ts'

type Options = {
  /** A running sandbox, or the real service; by default sandboxes of this program's own. */
  place?: Place
  /** Whether the place is the real service, which is only asked what changes nothing. */
  live?: boolean
  recordings: Recordings
  /** Only interactions whose name has this text. */
  only?: string
  /** Told what is asked next. */
  onProgress?(text: string): void
}

/**
 * Holds a sandbox and recordings to the contract.
 * @throws {Error} when the place cannot be asked
 */
export const verify = async ({ recordings, ...options }: Options): Promise<TargetVerdict[]> => {
  const { only = '', onProgress = () => {} } = options
  const verdicts = [await verifyTarget(options)]
  for (const [name, har] of recordings) {
    onProgress(name)
    verdicts.push(await recordedVerdict(name, { har, isWanted: (each) => each.includes(only) }))
  }

  return verdicts
}

type Suite = Omit<Options, 'recordings'>

const verifyTarget = async ({ place, live, ...options }: Suite): Promise<TargetVerdict> => {
  const of = (target: string, interactions: readonly Interaction[]) => (at: Place) =>
    verdictAt(at, { target, interactions, ...options })

  if (place && live) return of('live', suite.filter(isHarmless))(place)
  if (place) return withRunningSandbox(place, of('sandbox', suite))

  const usual = await withOwnSandbox({}, of('sandbox', suite))
  // Strict times need a sandbox that keeps them.
  const strict = await withOwnSandbox({ strictTime: true }, of('sandbox', strictTimes))
  return {
    target: usual.target,
    interactions: [...usual.interactions, ...strict.interactions],
    results: [...usual.results, ...strict.results],
  }
}

const isHarmless = ({ given, endpoint }: Interaction) =>
  given === 'merchant' && endpoints[endpoint].method === 'GET'

type Asked = Suite & { target: string; interactions: readonly Interaction[] }

const verdictAt = async (place: Place, { target, only = '', ...asked }: Asked) => {
  const interactions = asked.interactions.filter(({ name }) => name.includes(only))
  const results = await run(interactions, await targetAt(place), {
    onBegin: ({ name }, index) => asked.onProgress?.(`${index + 1}/${interactions.length} ${name}`),
  })

  return { target, interactions, results }
}
