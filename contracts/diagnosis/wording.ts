import type { Variation } from './dimension.ts'
import { type Content, type Draft, targetOf } from './draft.ts'
import { spellingDifferences } from './json-differences.ts'
import { type Mistake, mistake } from './mistakes.ts'
import { printable } from './printable.ts'

/** The mistakes that variations of the true draft are, worded with what each of them changes. */
export const mistakesOf = (variations: readonly Variation[], truth: Draft): Mistake[] =>
  variations.flatMap(({ code, change }) => {
    if (code === undefined) return []
    const word = wordFor(change)
    const signed = printable(word({ ...truth, ...change }))
    const aspects = spellingDifferences(textOf(change.body ?? truth.body), textOf(truth.body))

    return mistake(code, { signed, sent: printable(word(truth)), aspects: aspects.join(', ') })
  })

/** What shows what a change did. */
const wordFor = (change: Partial<Draft>): ((draft: Draft) => string) => {
  if (change.method !== undefined) return ({ method }) => method
  if (change.timestamp !== undefined) return ({ timestamp }) => timestamp
  if (change.nonce !== undefined) return ({ nonce }) => nonce
  if (change.fields) return ({ fields }) => fields.join(', ')
  if (change.separator !== undefined) return ({ separator }) => JSON.stringify(separator)
  if (change.body !== undefined) return ({ body }) => endsOf(textOf(body)) || 'nothing'
  return targetOf
}

// A body may hold what no log should: enough of it to be recognised.
const endsOf = (text: string) =>
  text.length > 40 ? `${text.slice(0, 20)} … ${text.slice(-12)}` : text

const textOf = (content: Content) => Buffer.from(content).toString()
