import { hash } from 'node:crypto'
import { fill, list, type Sentence } from '../texts.ts'
import type { Difference, Findings } from './diagnosis.ts'
import { nameOf } from './identity.ts'
import { asSent, asVerified, spellingDifferences } from './json-differences.ts'
import { buildMessage, type MessageContent, type MessageParts, targetOf } from './message-parts.ts'
import { type Finding, mistake, printable } from './mistakes.ts'
import type { Mutation } from './mutation.ts'
import type { Investigation } from './search.ts'
import { factTexts, fragmentTexts } from './texts/facts.ts'

/** What follows from an investigation; `mistakes` are those that show without it. */
export const conclude = (
  found: Investigation,
  expected: MessageParts,
  mistakes: readonly Finding[],
): Findings => {
  const { form, candidate, oddities } = found
  const right = buildMessage(expected)
  const maker = form?.key ? [fill(factTexts.maker, { key: nameOf(form.key) })] : []
  const proven = [...mistakes, ...(form?.mistakes ?? [])]

  if (!form || !candidate) {
    const facts = form
      ? [...maker, ...(form.fact ? [form.fact] : []), noneOf(found)]
      : [factTexts.strangeKey, ...oddities]
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

const noneOf = ({ tried, isCut }: Investigation): Sentence =>
  fill(isCut ? factTexts.noneOfTried : factTexts.noneOfAll, { tried })

const textToSign = (right: MessageContent): Sentence =>
  fill(factTexts.textToSign, {
    bytes: Buffer.byteLength(right),
    hash: hash('sha256', right, 'hex'),
  })

/** The mistakes that mutations of the right text are, with what each of them changes. */
const mistakesOf = (mutations: readonly Mutation[], expected: MessageParts): Finding[] =>
  mutations.flatMap(({ code, change, found }) => {
    if (code === undefined) return []
    const show = shownOf(change)
    const aspects = spellingDifferences(
      textOf(change.body ?? expected.body),
      textOf(expected.body),
    ).map(code.startsWith('answer') ? asVerified : asSent)

    return mistake(code, {
      signed: show({ ...expected, ...change }),
      sent: show(expected),
      aspects: list(aspects),
      ...found,
    })
  })

/** What shows what a change did. */
const shownOf = (change: Partial<MessageParts>): ((parts: MessageParts) => Sentence) => {
  if (change.method !== undefined) return ({ method }) => printable(method)
  if (change.timestamp !== undefined) return ({ timestamp }) => printable(timestamp)
  if (change.nonce !== undefined) return ({ nonce }) => printable(nonce)
  if (change.lines) return ({ lines }) => lines.join(', ')
  if (change.separator !== undefined) return ({ separator }) => JSON.stringify(separator)
  if (change.body !== undefined) {
    return ({ body }) => printable(endsOf(textOf(body))) || fragmentTexts.nothing
  }
  return (parts) => printable(targetOf(parts))
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
