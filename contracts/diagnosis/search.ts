import { fill, type Sentence } from '../texts.ts'
import type { KnownKey } from './identity.ts'
import { buildMessage, type MessageContent, type MessageParts } from './message-parts.ts'
import type { Likelihood, MistakeFamily, Mutation } from './mutation.ts'
import { readingsOf, type SignatureForm, signatureFormsOf } from './signature-form.ts'
import type { SigningContext } from './signing-context.ts'
import { factTexts } from './texts/facts.ts'

/** A message that may have been signed, and the mistakes that lead to it. */
type Candidate = { mutations: readonly Mutation[]; message: MessageContent }

type Case = {
  context: SigningContext
  families: readonly MistakeFamily[]
  signature: string
  keys: readonly KnownKey[]
  apiKeys?: readonly string[]
  budget: number
}

/** What a signature gives away: how it was made, and what of, each as far as it is proven. */
export type Investigation = {
  form?: SignatureForm
  candidate?: Candidate
  /** How many texts it was held against. */
  tried: number
  /** Whether the budget ended before the texts did. */
  isCut: boolean
  /** What is odd about a signature that no known key made. */
  oddities: readonly Sentence[]
}

// Of the whole budget, for ways that hardly anybody takes.
const rareShare = 0.05

export const investigate = ({
  context,
  families,
  signature,
  keys,
  apiKeys,
  budget,
}: Case): Investigation => {
  const forms = signatureFormsOf(signature, keys, apiKeys)
  const usual = forms.filter(({ isRare }) => !isRare).length
  let tried = 0
  let isCut = false

  for (const form of forms) {
    const share = form.isRare ? rareShare : 1 / usual
    const outcome = search(candidatesFor(context, families), { ...form, budget: budget * share })
    const { found } = outcome
    if (found) return { form, candidate: found, tried, isCut, oddities: [] }
    tried = Math.max(tried, outcome.tried)
    isCut ||= outcome.isCut && !form.isRare
  }
  const certain = forms.find((form) => form.fact)

  return certain
    ? { form: certain, tried, isCut, oddities: [] }
    : { tried, isCut, oddities: odditiesOf(signature, keys) }
}

const odditiesOf = (signature: string, keys: readonly KnownKey[]): Sentence[] => {
  const [reading] = readingsOf(signature)
  if (!reading) return [factTexts.notBase64]
  const { length } = reading.bytes
  const lengths = keys.map(
    ({ publicKey }) => (publicKey.asymmetricKeyDetails?.modulusLength ?? 0) / 8,
  )

  return lengths.includes(length)
    ? []
    : [fill(factTexts.otherLength, { bytes: length, right: lengths[0] ?? 256 })]
}

type SearchBudget = {
  /** Whether this message is the one that was signed. */
  fits: (message: MessageContent) => boolean
  /** How many hashes of a short message may be spent. */
  budget: number
  /** How many of them `fits` takes. */
  cost: number
}

// What can be put together and hashed in the time that the hash of a short message takes.
const bytesPerHash = 750

/** The message that was signed, if it is one of those that known mistakes produce. */
const search = (
  candidates: Iterable<Candidate>,
  { fits, budget, cost }: SearchBudget,
): { found?: Candidate; tried: number; isCut: boolean } => {
  let left = budget
  let tried = 0
  for (const candidate of candidates) {
    left -= cost * (1 + candidate.message.length / bytesPerHash)
    if (left < 0) return { tried, isCut: true }
    tried++
    if (fits(candidate.message)) return { found: candidate, tried, isCut: false }
  }

  return { tried, isCut: false }
}

type Placed = { family: string; mutation: Mutation }

/** The right message, then those with one mistake, then with two of different families. */
function* candidatesFor(
  context: SigningContext,
  families: readonly MistakeFamily[],
): Generator<Candidate> {
  const { expected } = context
  const right = buildMessage(expected)
  yield { mutations: [], message: right }

  const by: Record<Likelihood, Placed[]> = { usual: [], common: [], rare: [], alone: [] }
  for (const { family, mutation } of singles(context, families)) {
    const message = buildMessage({ ...expected, ...mutation.change })
    if (isSame(message, right)) continue
    yield { mutations: [mutation], message }
    by[mutation.likelihood ?? 'common'].push({ family, mutation })
  }

  yield* pairs(expected, by.usual, by.usual)
  yield* pairs(expected, by.usual, by.common)
  yield* pairs(expected, by.common, by.common)
  yield* pairs(expected, by.usual, by.rare)
}

/** First what is usual in each family, the shortest bodies before: a long one costs the budget. */
function* singles(context: SigningContext, families: readonly MistakeFamily[]): Generator<Placed> {
  const leading = families.map(({ mutations }) => leadingOf(mutations(context)))
  const first = families.flatMap(({ name: family }, index) =>
    (leading[index] ?? []).map((mutation) => ({ family, mutation })),
  )
  const lengthOf = ({ mutation: { change } }: Placed) =>
    (change.body ?? context.expected.body).length
  yield* first.toSorted((one, other) => lengthOf(one) - lengthOf(other))

  for (const [index, { name: family, mutations }] of families.entries()) {
    let existing = leading[index]?.length ?? 0
    for (const mutation of mutations(context)) {
      if (existing-- <= 0) yield { family, mutation }
    }
  }
}

/** What is usual and stands first, so that nothing costly is made on the way. */
const leadingOf = (mutations: Iterable<Mutation>): Mutation[] => {
  const leading: Mutation[] = []
  for (const mutation of mutations) {
    if (mutation.likelihood !== 'usual') break
    leading.push(mutation)
  }

  return leading
}

const isSame = (one: MessageContent, other: MessageContent) =>
  typeof one === 'string' ? one === other : Buffer.compare(one, Buffer.from(other)) === 0

function* pairs(
  expected: MessageParts,
  some: readonly Placed[],
  others: readonly Placed[],
): Generator<Candidate> {
  for (const [index, one] of some.entries()) {
    const parts = { ...expected, ...one.mutation.change }
    for (const other of some === others ? some.slice(index + 1) : others) {
      if (other.family === one.family) continue
      const message = buildMessage({ ...parts, ...other.mutation.change })
      yield { mutations: [one.mutation, other.mutation], message }
    }
  }
}
