import type { EndpointId } from '../../contracts/endpoints.ts'
import {
  type CallRequest,
  type Fixture,
  type FixtureState,
  fixtureStates,
  type Mode,
} from '../../contracts/suite/interaction.ts'
import { interactions } from '../../contracts/suite/interactions.ts'
import { goodRequest, operationOf } from '../../contracts/suite/requests.ts'
import { modeOf } from '../../contracts/suite/run.ts'
import type { Sandbox } from '../../sandbox/sandbox.ts'
import { sandboxTarget } from '../contract/sandbox-target.ts'

/** A fixture of every state that the suite has, in its modes, and the world that holds them all. */
export type CrowdedWorld = { world: unknown; fixtures: readonly Reached[] }
type Reached = { state: FixtureState; fixture: Fixture }

/** They move the clock, so that what waits would expire: they come first. */
const slow: readonly FixtureState[] = [
  'paidLastYear',
  'expired',
  'expiredSigned',
  'expiredUnsigned',
  'refundedOften',
  'refundedAMinuteAgo',
  'orderedLongAgo',
  'atCashierLong',
]

/** They leave an outcome planned that would strike whoever comes next. */
const planned: readonly FixtureState[] = [
  'usingWithoutMoney',
  'unpaidWithoutMoney',
  'unpaidWithSlowCharge',
  'withoutRefundMoney',
]

/** Fills a sandbox; numbers are those of `name`, so that the world is the same in every run. */
export const crowd = async (sandbox: Sandbox, name: string): Promise<CrowdedWorld> => {
  const { given } = sandboxTarget(sandbox)
  const states = [...slow, ...fixtureStates.filter((state) => !slow.includes(state))].filter(
    (state) => !planned.includes(state),
  )
  const fixtures: Reached[] = []
  for (const state of states) {
    for (const mode of modesOf(state)) {
      const fixture = await given[state]?.(mode)
      if (!fixture) throw new Error(`There is no way to ${state}.`)
      fixtures.push({ state, fixture })
    }
  }

  await sandbox.control.idle()
  const [prefix = ''] = fixtures[0]?.fixture.number.split('-') ?? []
  const filled = { world: await sandbox.control.worlds.export(), fixtures }
  return JSON.parse(JSON.stringify(filled).replaceAll(prefix, name))
}

const modesOf = (state: FixtureState): Set<Mode> =>
  new Set(interactions.filter(({ given }) => given === state).map(modeOf))

const succeedsIn = new Map<EndpointId, Set<string>>()
for (const { endpoint, given, situation } of interactions) {
  if (situation !== undefined) continue
  succeedsIn.set(endpoint, (succeedsIn.get(endpoint) ?? new Set()).add(given))
}

/** Requests of an operation that are right in form: those that succeed, and those of every state. */
export const requestsOf = (
  endpoint: EndpointId,
  { fixtures }: CrowdedWorld,
): { succeeding: CallRequest[]; all: CallRequest[] } => {
  const ofMode = fixtures.filter(({ fixture }) => fixture.mode === modeOf({ endpoint }))
  const about = (reached: readonly Reached[]) =>
    reached.map(({ fixture }) => goodRequest(operationOf(endpoint), fixture))
  const right = ofMode.filter(({ state }) => succeedsIn.get(endpoint)?.has(state))

  return { succeeding: about(right.length > 0 ? right : ofMode), all: about(ofMode) }
}
