import type { KnownKey } from './known-key.ts'
import type { Mistake } from './mistakes.ts'

type Excerpt = { text: string; hex: string }

/** Where two texts begin to differ, and what stands there on both sides. */
export type Difference = { offset: number; mustBe: Excerpt; signed: Excerpt }

/** What is known about a signature; nothing in it is guessed. */
export type Diagnosis = {
  /** sound: it verifies as it should; explained: every mistake is named; unexplained: not all are. */
  verdict: 'sound' | 'explained' | 'unexplained'
  mistakes: readonly Mistake[]
  /** What is certain beside the mistakes, in sentences. */
  facts: readonly string[]
  /** Between the text that must be signed and the text that was signed. */
  difference?: Difference
}

export type SignedRequestEvidence = {
  method: string
  /** Path and query as on the request line. */
  target: string
  header: (name: string) => string | undefined
  body: Uint8Array
}

export type SignedAnswerEvidence = Pick<SignedRequestEvidence, 'header' | 'body'>

export type Knowledge = {
  /** The merchant's own first. */
  keys: readonly KnownKey[]
  /** Nonces that the signer used lately, the latest last. */
  nonces?: readonly string[]
  /** In milliseconds; without it no age is judged. */
  now?: number
  /** How many hashes of a short text may be spent. */
  effort?: number
}
