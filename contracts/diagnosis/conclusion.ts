import { hash } from 'node:crypto'
import type { Diagnosis, Difference } from './diagnosis.ts'
import { spellingDifferences } from './json-differences.ts'
import { nameOf } from './known-key.ts'
import { buildMessage, type MessageContent, type MessageParts, targetOf } from './message-parts.ts'
import { type Mistake, mistake } from './mistakes.ts'
import type { Mutation } from './mutation.ts'
import { printable } from './printable.ts'
import type { Investigation } from './search.ts'

/** What follows from an investigation; `mistakes` are those that show without it. */
export const conclude = (
  found: Investigation,
  expected: MessageParts,
  mistakes: readonly Mistake[],
): Diagnosis => {
  const { form, candidate, oddities } = found
  const right = buildMessage(expected)
  const maker = form?.key ? [`The signature was made with ${nameOf(form.key)}.`] : []
  const proven = [...mistakes, ...(form?.mistakes ?? [])]

  if (!form || !candidate) {
    const facts = form ? [...maker, form.fact ?? '', noneOf(found)] : [strangeKey, ...oddities]
    return { verdict: 'unexplained', mistakes: proven, facts: [...facts, textToSign(right)] }
  }

  const all = [...proven, ...(form.presumed ?? []), ...mistakesOf(candidate.mutations, expected)]
  const difference = differenceBetween(Buffer.from(right), Buffer.from(candidate.message))
  return {
    verdict: all.length === 0 ? 'sound' : 'explained',
    mistakes: all,
    facts: maker,
    ...(difference && { difference }),
  }
}

const strangeKey =
  'No known key made this signature: it was made with another private key, or damaged on the way.'

const noneOf = ({ tried, isCut }: Investigation) => {
  const texts = isCut
    ? 'that were tried, and known mistakes produce more than can be tried for a request of this size'
    : 'that known mistakes produce'
  return `It is none of the ${tried} texts ${texts}; what cannot be recomputed is not among them, such as a nonce made anew for the header.`
}

const textToSign = (right: MessageContent) =>
  `The text that must be signed has ${Buffer.byteLength(right)} bytes, and their SHA-256 is ${hash('sha256', right, 'hex')}.`

/** The mistakes that mutations of the right text are, with what each of them changes. */
const mistakesOf = (mutations: readonly Mutation[], expected: MessageParts): Mistake[] =>
  mutations.flatMap(({ code, change }) => {
    if (code === undefined) return []
    const shown = shownOf(change)
    const signed = printable(shown({ ...expected, ...change }))
    const aspects = spellingDifferences(textOf(change.body ?? expected.body), textOf(expected.body))

    return mistake(code, { signed, sent: printable(shown(expected)), aspects: aspects.join(', ') })
  })

/** What shows what a change did. */
const shownOf = (change: Partial<MessageParts>): ((parts: MessageParts) => string) => {
  if (change.method !== undefined) return ({ method }) => method
  if (change.timestamp !== undefined) return ({ timestamp }) => timestamp
  if (change.nonce !== undefined) return ({ nonce }) => nonce
  if (change.lines) return ({ lines }) => lines.join(', ')
  if (change.separator !== undefined) return ({ separator }) => JSON.stringify(separator)
  if (change.body !== undefined) return ({ body }) => endsOf(textOf(body)) || 'nothing'
  return targetOf
}

// A body may hold what no log should: enough of it to be recognised.
const endsOf = (text: string) =>
  text.length > 40 ? `${text.slice(0, 20)} … ${text.slice(-12)}` : text

const textOf = (content: MessageContent) => Buffer.from(content).toString()

const before = 16
const after = 32

const differenceBetween = (mustBe: Buffer, signed: Buffer): Difference | undefined => {
  if (mustBe.equals(signed)) return undefined
  const offset = mustBe.findIndex((byte, index) => byte !== signed[index])
  const at = offset === -1 ? mustBe.length : offset
  const excerpt = (bytes: Buffer) => {
    const part = bytes.subarray(Math.max(0, at - before), at + after)
    return { text: printable(part.toString()), hex: part.toString('hex') }
  }

  return { offset: at, mustBe: excerpt(mustBe), signed: excerpt(signed) }
}
