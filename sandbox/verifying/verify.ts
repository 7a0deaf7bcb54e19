import { readCredentials } from '../../client/credentials.ts'
import { endpoints } from '../../contracts/endpoints.ts'
import { isLoopback } from '../../contracts/loopback.ts'
import type { Interaction } from '../../contracts/suite/interaction.ts'
import { interactions as suite } from '../../contracts/suite/interactions.ts'
import { rotation } from '../../contracts/suite/rotation.ts'
import { run } from '../../contracts/suite/run.ts'
import { strictTimes } from '../../contracts/suite/strict-times.ts'
import { type CallbackReceiver, startCallbackReceiver } from './callback-receiver.ts'
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
 * @throws {SentenceError} when the place cannot be asked
 */
export const verify = async ({ recordings, ...options }: Options): Promise<TargetVerdict[]> => {
  const { only = '', onProgress = () => {} } = options
  const verdicts = await verifyTarget(options)
  for (const [name, har] of recordings) {
    onProgress(name)
    verdicts.push(await recordedVerdict(name, { har, isWanted: (each) => each.includes(only) }))
  }

  return verdicts
}

type Suite = Omit<Options, 'recordings'>

const verifyTarget = async ({ place, live, ...options }: Suite): Promise<TargetVerdict[]> => {
  const { only = '', onProgress = () => {} } = options
  const wanted = (interactions: readonly Interaction[]) =>
    interactions.filter(({ name }) => name.includes(only))
  const ask =
    (interactions: readonly Interaction[], how: How = {}) =>
    async (at: Place) =>
      withReceiver(at, async (receiver) =>
        run(interactions, await targetAt(at, { ...how, ...(receiver && { receiver }) }), {
          onBegin: ({ name }, index) => onProgress(`${index + 1}/${interactions.length} ${name}`),
        }),
      )

  if (place && live) {
    const interactions = wanted(suite.filter(isHarmless))
    const results = await run(interactions, await targetAt(place))
    return [{ target: 'live', interactions, results }]
  }
  // Once the certificate has changed, another one signs: that comes last.
  const usual = wanted([...suite, ...rotation])
  const byPublicKey = wanted(suite.filter(isHarmless))
  const both = async (at: Place) => ({
    byPublicKey: await ask(byPublicKey, { platform: 'publicKey' })(at),
    usual: await ask(usual)(at),
  })
  const verdictsOf = (results: Awaited<ReturnType<typeof both>>): TargetVerdict[] => [
    { target: 'sandbox', interactions: usual, results: results.usual },
    { target: 'publicKey', interactions: byPublicKey, results: results.byPublicKey },
  ]
  if (place) return verdictsOf(await withRunningSandbox(place, both))

  // Strict times need a sandbox that keeps them.
  const strict = wanted(strictTimes)
  const results = usual.length > 0 ? await withOwnSandbox({}, both) : { usual: [], byPublicKey: [] }
  const strictly = strict.length > 0 ? await withOwnSandbox({ strictTime: true }, ask(strict)) : []
  return [
    ...verdictsOf(results),
    ...(strict.length > 0
      ? [{ target: 'strictTime', interactions: strict, results: strictly }]
      : []),
  ]
}

type How = { platform?: 'publicKey' }

/** Callbacks come to this machine only from a sandbox on it. */
const withReceiver = async <Outcome>(
  { url, credentials }: Place,
  use: (receiver: CallbackReceiver | undefined) => Promise<Outcome>,
): Promise<Outcome> => {
  if (!isLoopback(new URL(url).hostname)) return use(undefined)
  const { platformKeys, apiv3Key } = readCredentials(credentials)
  const receiver = await startCallbackReceiver({ platformKeys, apiv3Key })
  try {
    return await use(receiver)
  } finally {
    await receiver.close()
  }
}

const isHarmless = ({ given, endpoint }: Interaction) =>
  given === 'merchant' && endpoints[endpoint].method === 'GET'
