import { fill, type Language, render, type Sentence } from '../texts.ts'
import type { KnownKey } from './identity.ts'
import type { Finding, Mistake } from './mistakes.ts'
import { frameTexts } from './texts/facts.ts'

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

/** Where two texts begin to differ, as a sentence that both sides follow. */
export const differenceHead = ({ offset }: Difference, language: Language): string =>
  render(fill(frameTexts.differ, { offset }), language)

/** Both sides of a difference, one above the other, as text and as hex. */
export const differenceLines = ({ mustBe, signed }: Difference, language: Language): string[] =>
  [
    fill(frameTexts.mustBe, { text: mustBe.text }),
    fill(frameTexts.inHex, { hex: mustBe.hex }),
    fill(frameTexts.signed, { text: signed.text }),
    fill(frameTexts.inHex, { hex: signed.hex }),
  ].map((line) => render(line, language))

/** A diagnosis for terminals, on several lines; its frame in the given language, English by default. */
export const diagnosisText = (
  { verdict, mistakes, facts, difference }: Diagnosis,
  language: Language = 'en',
): string => {
  const excerpts = difference && [
    differenceHead(difference, language),
    ...differenceLines(difference, language).map((line) => `  ${line}`),
  ]

  return [
    frameTexts[verdict][language],
    ...mistakes.flatMap((mistake, index) => [
      '',
      `${mistake.sentence} [${mistake.code}]`,
      ...(mistakes[index + 1]?.fix === mistake.fix ? [] : [`  ${mistake.fix}`]),
    ]),
    ...section(excerpts),
    ...section(facts),
    '',
  ].join('\n')
}

const section = (lines: readonly string[] | undefined) => (lines?.length ? ['', ...lines] : [])

const longest = 1000

const cut = (line: string) => (line.length > longest ? `${line.slice(0, longest)}...` : line)

const summaryOf = ({ verdict, mistakes, facts }: Diagnosis): string => {
  const reasons = mistakes.map(({ code, sentence, fix }) => `${code}: ${sentence} ${fix}`)
  return [verdict, ...(reasons.length > 0 ? reasons : facts)].join(' | ')
}

/** A diagnosis on one line, for a log. */
export const diagnosisLogLine = (diagnosis: Diagnosis): string => cut(summaryOf(diagnosis))

/** A diagnosis on one line of ASCII, short enough for a header. */
export const diagnosisLine = (diagnosis: Diagnosis): string =>
  cut(summaryOf(diagnosis).replace(/[^\x20-\x7e]/g, escaped))

const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
