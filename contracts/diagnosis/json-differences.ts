import { fill, type Sentence, type Text } from '../texts.ts'
import { type Json, readJson, unquoted } from './json-text.ts'
import { aspectTexts } from './texts/body.ts'

/** A text taken apart: its white space, and the spelling of each key and value under its path. */
type Side = { gaps: readonly string[]; values: ReadonlyMap<string, readonly string[]> }

type Marks = (gaps: readonly string[], tokens: readonly string[]) => string[]

/** Where spellings may differ: the places of one side, in an order that both sides have. */
const aspects: readonly (readonly [Text, Marks])[] = [
  [aspectTexts.whiteSpace, (gaps) => gaps.map((gap) => JSON.stringify(gap)).toSorted()],
  [aspectTexts.nonAscii, (_, tokens) => escapes(tokens, /\\u(?!00[0-7])[0-9a-f]{4}/gi)],
  [aspectTexts.slashes, (_, tokens) => escapes(tokens, /\\\//g)],
  [aspectTexts.special, (_, tokens) => escapes(tokens, /\\u00[0-7][0-9a-f]/gi)],
]

const escapes = (tokens: readonly string[], pattern: RegExp) =>
  tokens.flatMap((token) => token.match(pattern) ?? [])

/** One thing in which two spellings differ; with both of them where they can be shown. */
export type SpellingDifference = { aspect: Text; sides?: { signed: Sentence; other: Sentence } }

/** In what the spellings of two JSON texts differ. */
export const spellingDifferences = (signed: string, other: string): SpellingDifference[] => {
  const [one, two] = [sideOf(signed), sideOf(other)]
  if (!one || !two) return []
  const shared = pathsShared(one, two)
  const tokensOf = ({ values }: Side) => shared.flatMap((path) => values.get(path) ?? [])

  const spellings = aspects.flatMap(([aspect, marksOf]): SpellingDifference[] => {
    const marks = marksOf(one.gaps, tokensOf(one))
    const others = marksOf(two.gaps, tokensOf(two))
    const at = longer(marks, others).findIndex((_, index) => marks[index] !== others[index])
    const shown = (mark: string | undefined) => mark ?? aspectTexts.plain
    return at === -1
      ? []
      : [{ aspect, sides: { signed: shown(marks[at]), other: shown(others[at]) } }]
  })
  const numbers = shared.flatMap((path): SpellingDifference[] => {
    const [signed, other] = [rawAt(one, path), rawAt(two, path)]
    if (signed === other || Number(plainOf(signed)) !== Number(plainOf(other))) return []
    if (!isNumeric(signed) || !isNumeric(other)) return []
    const isOfKind = signed.startsWith('"') === other.startsWith('"')
    const aspect = isOfKind ? aspectTexts.numbers : aspectTexts.numberAsText
    return [{ aspect, sides: { signed, other } }]
  })
  const onlyIn = (side: Side, beside: Side) =>
    [...side.values.keys()].filter((path) => !beside.values.has(path) && isMember(path))
  const isReordered = shared.join('\n') !== pathsShared(two, one).join('\n')
  const [signedOnly, otherOnly] = [onlyIn(one, two), onlyIn(two, one)]
  const isNull = (side: Side) => (path: string) => rawAt(side, `${path}=`) === 'null'

  return [
    ...spellings,
    ...numbers.slice(0, 1),
    ...(isReordered ? [{ aspect: aspectTexts.keyOrder }] : []),
    ...(otherOnly.some(isNull(two)) ? [{ aspect: aspectTexts.nullsLeftOut }] : []),
    ...(signedOnly.some(isNull(one)) ? [{ aspect: aspectTexts.nullsDropped }] : []),
    ...(otherOnly.every(isNull(two)) ? [] : [{ aspect: aspectTexts.membersAdded }]),
  ]
}

/** The difference between what was signed and what was sent. */
export const asSent = ({ aspect, sides }: SpellingDifference): Sentence =>
  sides ? fill(aspectTexts.sentOtherwise, { aspect, ...sides }) : aspect

/** The difference between what was signed and what was verified. */
export const asVerified = ({ aspect, sides }: SpellingDifference): Sentence =>
  sides ? fill(aspectTexts.verifiedOtherwise, { aspect, ...sides }) : aspect

const rawAt = ({ values }: Side, path: string) => values.get(path)?.[0] ?? ''

const isMember = (path: string) => !path.endsWith('=')

const plainOf = (raw: string) => raw.replace(/^"(.*)"$/, '$1')

const isNumeric = (raw: string) => /^"?-?\d+(?:\.\d+)?(?:e[+-]?\d+)?"?$/i.test(raw)

const longer = <T>(one: readonly T[], other: readonly T[]) =>
  one.length > other.length ? one : other

const pathsShared = (one: Side, other: Side) =>
  [...one.values.keys()].filter((path) => other.values.has(path))

const sideOf = (text: string): Side | undefined => {
  const spelling = readJson(text)
  return spelling && { gaps: spelling.gaps, values: new Map(valuesOf(spelling.json)) }
}

function* valuesOf(json: Json, path = ''): Generator<[string, string[]]> {
  if (json.kind === 'array') {
    for (const [index, item] of json.items.entries()) yield* valuesOf(item, `${path}/${index}`)
  } else if (json.kind === 'object') {
    for (const { key, value } of json.members) {
      const place = `${path}/${unquoted(key)}`
      yield [place, [key]]
      yield* valuesOf(value, `${place}=`)
    }
  } else {
    yield [path, [json.raw]]
  }
}
