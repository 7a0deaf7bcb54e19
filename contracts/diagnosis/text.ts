import type { Diagnosis, Difference } from './diagnosis.ts'

const heads: Record<Diagnosis['verdict'], string> = {
  sound: 'The signature is right.',
  explained: 'This is refused, and this is why:',
  unexplained: 'This is refused; not every reason could be found.',
}

/** Both sides of a difference, one above the other, as text and as hex. */
export const differenceLines = ({ mustBe, signed }: Difference): string[] => [
  `must be  ${mustBe.text}`,
  `         ${mustBe.hex}`,
  `signed   ${signed.text}`,
  `         ${signed.hex}`,
]

/** A diagnosis for terminals, on several lines. */
export const diagnosisText = ({ verdict, mistakes, facts, difference }: Diagnosis): string => {
  const excerpts = difference && [
    `The texts differ from byte ${difference.offset} on:`,
    ...differenceLines(difference).map((line) => `  ${line}`),
  ]

  return [
    heads[verdict],
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

/** A diagnosis on one line of ASCII, short enough for a header. */
export const diagnosisLine = ({ verdict, mistakes, facts }: Diagnosis): string => {
  const reasons = mistakes.map(({ code, sentence, fix }) => `${code}: ${sentence} ${fix}`)
  const line = [verdict, ...(reasons.length > 0 ? reasons : facts)].join(' | ')
  const ascii = line.replace(/[^\x20-\x7e]/g, escaped)

  return ascii.length > longest ? `${ascii.slice(0, longest)}...` : ascii
}

const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
