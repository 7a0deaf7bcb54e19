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
  const { only = '', onProgress = () => {} } = options
  const wanted = (interactions: readonly Interaction[]) =>
    interactions.filter(({ name }) => name.includes(only))
  const ask = (interactions: readonly Interaction[]) => async (at: Place) =>
    run(interactions, await targetAt(at), {
      onBegin: ({ name }, index) => onProgress(`${index + 1}/${interactions.length} ${name}`),
    })

  if (place && live) {
    const interactions = wanted(suite.filter(isHarmless))
    return { target: 'live', interactions, results: await ask(interactions)(place) }
  }
  if (place) {
    const interactions = wanted(suite)
    const results = await withRunningSandbox(place, ask(interactions))
    return { target: 'sandbox', interactions, results }
  }

  // Strict times need a sandbox that keeps them.
  const usual = wanted(suite)
  const strict = wanted(strictTimes)
  const results = [
    ...(usual.length > 0 ? await withOwnSandbox({}, ask(usual)) : []),
    ...(strict.length > 0 ? await withOwnSandbox({ strictTime: true }, ask(strict)) : []),
  ]
  return { target: 'sandbox', interactions: [...usual, ...strict], results }
}

const isHarmless = ({ given, endpoint }: Interaction) =>
  given === 'merchant' && endpoints[endpoint].method === 'GET'
