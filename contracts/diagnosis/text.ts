import { fill, type Language, render } from '../texts.ts'
import type { Diagnosis, Difference } from './diagnosis.ts'
import { frameTexts } from './texts/facts.ts'

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
