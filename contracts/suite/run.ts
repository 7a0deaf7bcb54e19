import type { Endpoint } from '../endpoint.ts'
import { endpoints } from '../endpoints.ts'
import type { Evidence } from '../evidence.ts'
import type { CallAnswer, CallRequest, Finding, Interaction, Mode, Target } from './interaction.ts'

/** What became of one assertion. */
export type Result = Finding & { interaction: string; assertion: string; evidence: Evidence }

type Options = {
  /** Whether to leave off after the first interaction of which something does not hold. */
  untilFailure?: boolean
}

/** Runs one interaction after the other, each from the state that it asks for. */
export const run = async (
  interactions: readonly Interaction[],
  target: Target,
  { untilFailure = false }: Options = {},
): Promise<Result[]> => {
  const results: Result[] = []

  for (const interaction of interactions) {
    const check = await perform(interaction, target)
    const found = interaction.holds.map((assertion) => ({
      interaction: interaction.name,
      assertion: assertion.says,
      evidence: assertion.evidence,
      ...check(assertion),
    }))
    results.push(...found)
    if (untilFailure && found.some(({ held }) => !held)) break
  }

  return results
}

type Check = (assertion: Interaction['holds'][number]) => Finding

/** Whose call it is; what both may call, a partner calls. */
export const modeOf = ({ endpoint, mode }: Pick<Interaction, 'endpoint' | 'mode'>): Mode => {
  const row: Endpoint = endpoints[endpoint]
  return mode ?? (row.mode === 'direct' ? 'direct' : 'partner')
}

/** A target that fails is a finding like any other, so that the rest of the suite still runs. */
const perform = async (interaction: Interaction, target: Target): Promise<Check> => {
  try {
    const reach = target.given[interaction.given]
    if (!reach) throw new Error(`The target cannot bring about the state ${interaction.given}.`)
    const given = await reach(modeOf(interaction))
    const asked = interaction.when(given)
    const { request, answer, earlier } = await callInTurn(asked, target)
    const look = interaction.look?.(given)
    const afterwards = look && (await target.call(look))

    return (assertion) => assertion.check({ given, request, answer, earlier, afterwards })
  } catch (error) {
    return () => ({ held: false, expected: 'an answer', got: error })
  }
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
