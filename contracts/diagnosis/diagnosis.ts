import { type Language, render, type Sentence } from '../texts.ts'
import type { KnownKey } from './known-key.ts'
import type { Finding, Mistake } from './mistakes.ts'

type Excerpt = { text: string; hex: string }

/** Where two texts begin to differ, and what stands there on both sides. */
export type Difference = { offset: number; mustBe: Excerpt; signed: Excerpt }

type Verdict = 'sound' | 'explained' | 'unexplained'

/** What is known about a signature, in the language of a reader; nothing in it is guessed. */
export type Diagnosis = {
  /** sound: it verifies as it should; explained: every mistake is named; unexplained: not all are. */
  verdict: Verdict
  mistakes: readonly Mistake[]
  /** What is certain beside the mistakes, in sentences. */
  facts: readonly string[]
  /** Between the text that must be signed and the text that was signed. */
  difference?: Difference
}

/** The same before its reader is known: plain data that can be kept, and rendered for each. */
export type Findings = {
  verdict: Verdict
  mistakes: readonly Finding[]
  facts: readonly Sentence[]
  difference?: Difference
}

/** The findings in the words of one language. */
export const diagnosisIn = (
  { verdict, mistakes, facts, difference }: Findings,
  language: Language,
): Diagnosis => ({
  verdict,
  mistakes: mistakes.map(({ code, sentence, fix }) => ({
    code,
    sentence: render(sentence, language),
    fix: render(fix, language),
  })),
  facts: facts.map((fact) => render(fact, language)),
  ...(difference && { difference }),
})

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
  /** Keys of APIv3 and APIv2, with which some sign instead; they are never shown. */
  apiKeys?: readonly string[]
  /** Nonces that the signer used lately, the latest last. */
  nonces?: readonly string[]
  /** In milliseconds; without it no age is judged. */
  now?: number
  /** How many hashes of a short text may be spent. */
  effort?: number
}
