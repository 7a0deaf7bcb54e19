import { hash } from 'node:crypto'
import type { Diagnosis } from './diagnosis.ts'
import { differenceBetween } from './difference.ts'
import { assemble, type Content, type Draft } from './draft.ts'
import type { Investigation } from './investigation.ts'
import { nameOf } from './known-key.ts'
import type { Mistake } from './mistakes.ts'
import { mistakesOf } from './wording.ts'

/** What follows from an investigation; `mistakes` are those that show without it. */
export const conclude = (
  found: Investigation,
  truth: Draft,
  mistakes: readonly Mistake[],
): Diagnosis => {
  const { seal, candidate, oddities } = found
  const right = assemble(truth)
  const maker = seal?.key ? [`The signature was made with ${nameOf(seal.key)}.`] : []
  const proven = [...mistakes, ...(seal?.mistakes ?? [])]

  if (!seal || !candidate) {
    const facts = seal ? [...maker, seal.told ?? '', noneOf(found)] : [strangeKey, ...oddities]
    return { verdict: 'unexplained', mistakes: proven, facts: [...facts, textToSign(right)] }
  }

  const all = [...proven, ...(seal.presumed ?? []), ...mistakesOf(candidate.variations, truth)]
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

const textToSign = (right: Content) =>
  `The text that must be signed has ${Buffer.byteLength(right)} bytes, and their SHA-256 is ${hash('sha256', right, 'hex')}.`
