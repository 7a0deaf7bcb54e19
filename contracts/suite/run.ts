import type { Evidence } from '../evidence.ts'
import type { CallAnswer, Finding, Interaction, Target } from './interaction.ts'

/** What became of one assertion. */
export type Result = Finding & { interaction: string; assertion: string; evidence: Evidence }

/** Runs one interaction after the other, each from the state that it asks for. */
export const run = async (
  interactions: readonly Interaction[],
  target: Target,
): Promise<Result[]> => {
  const results: Result[] = []

  for (const interaction of interactions) {
    const check = await perform(interaction, target)
    for (const assertion of interaction.holds) {
      results.push({
        interaction: interaction.name,
        assertion: assertion.says,
        evidence: assertion.evidence,
        ...check(assertion),
      })
    }
  }

  return results
}

type Check = (assertion: Interaction['holds'][number]) => Finding

/** A target that fails is a finding like any other, so that the rest of the suite still runs. */
const perform = async (interaction: Interaction, target: Target): Promise<Check> => {
  try {
    const given = await target.given[interaction.given]()
    const [first, ...others] = interaction.when(given)
    const earlier: CallAnswer[] = []
    let answer = await target.call(first)
    for (const request of others) {
      if (answer.status >= 300) throw new Error(`An earlier request got ${answer.status}.`)
      earlier.push(answer)
      answer = await target.call(request)
    }

    return (assertion) => assertion.check({ given, answer, earlier })
  } catch (error) {
    return () => ({ held: false, expected: 'an answer', got: error })
  }
}
