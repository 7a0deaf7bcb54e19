import type { Endpoint } from '../endpoint.ts'
import { endpoints } from '../endpoints.ts'
import type { Evidence } from '../evidence.ts'
import type {
  CallAnswer,
  Callback,
  CallRequest,
  Finding,
  Interaction,
  Mode,
  State,
  States,
  Target,
} from './interaction.ts'

/** What became of one assertion. */
export type Result = Finding & { interaction: string; assertion: string; evidence: Evidence }

type Options = {
  /** Whether to leave off after the first interaction of which something does not hold. */
  untilFailure?: boolean
  /** Told of each interaction before it begins. */
  onBegin?(interaction: Interaction, index: number): void
}

/**
 * Runs one interaction after the other, each from the state that it asks for. Where one leaves a
 * state as it was, the next starts from the same.
 */
export const run = async (
  interactions: readonly Interaction[],
  target: Target,
  { untilFailure = false, onBegin }: Options = {},
): Promise<Result[]> => {
  const results: Result[] = []
  const reached = new Map<string, States[State]>()

  for (const [index, interaction] of interactions.entries()) {
    onBegin?.(interaction, index)
    const state = `${interaction.given} ${modeOf(interaction)}`
    const again = interaction.harmless ? reached.get(state) : undefined
    const { given, check } = await perform(interaction, { target, given: again })
    const found = interaction.holds.map((assertion) => ({
      interaction: interaction.name,
      assertion: assertion.says,
      evidence: assertion.evidence,
      ...check(assertion),
    }))
    results.push(...found)

    const failed = found.some(({ held }) => !held)
    if (failed) reached.delete(state)
    else if (interaction.harmless && given) reached.set(state, given)
    if (failed && untilFailure) break
  }

  return results
}

type Check = (assertion: Interaction['holds'][number]) => Finding

/** Whose call it is; what both may call, a partner calls. */
export const modeOf = ({ endpoint, mode }: Pick<Interaction, 'endpoint' | 'mode'>): Mode => {
  const row: Endpoint = endpoints[endpoint]
  return mode ?? (row.mode === 'direct' ? 'direct' : 'partner')
}

type Performed = { given?: States[State]; check: Check }

/** A target that fails is a finding like any other, so that the rest of the suite still runs. */
const perform = async (
  interaction: Interaction,
  { target, given: again }: { target: Target; given: States[State] | undefined },
): Promise<Performed> => {
  try {
    const given = again ?? (await reach(interaction, target))
    const asked = interaction.when(given)
    const { request, answer, earlier } = await callInTurn(asked, target)
    const followUp = interaction.followUp?.(given)
    const afterwards = followUp && (await target.call(followUp))
    const callback = await callbackOf(interaction, { target, given })
    const seen = { given, request, answer, earlier, afterwards, callback }

    return { given, check: (assertion) => assertion.check(seen) }
  } catch (error) {
    return { check: () => ({ held: false, expected: 'an answer', got: error }) }
  }
}

const reach = async (interaction: Interaction, target: Target): Promise<States[State]> => {
  const given = target.given[interaction.given]
  if (!given) throw new Error(`The target cannot bring about the state ${interaction.given}.`)

  return given(modeOf(interaction))
}

const callbackOf = async (
  { callback: event }: Interaction,
  { target, given }: { target: Target; given: States[State] },
): Promise<Callback | 'none' | undefined> => {
  if (!event || !target.callback || !('number' in given)) return undefined
  return (await target.callback(event, given.number)) ?? 'none'
}

const callInTurn = async (
  [first, ...others]: readonly [CallRequest, ...CallRequest[]],
  { call }: Target,
) => {
  const earlier: CallAnswer[] = []
  let request = first
  let answer = await call(first)

  for (const next of others) {
    if (answer.status >= 300) throw new Error(`An earlier request got ${answer.status}.`)
    earlier.push(answer)
    request = next
    answer = await call(next)
  }

  return { request, answer, earlier }
}
