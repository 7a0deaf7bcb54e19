import { type Json, readJson, unquoted } from './json-text.ts'

/** A text taken apart: its white space, and the spelling of each key and value under its path. */
type Side = { gaps: readonly string[]; values: ReadonlyMap<string, readonly string[]> }

/** Where spellings may differ: the places of one side, in an order that both sides have. */
const aspects: Record<string, (gaps: readonly string[], tokens: readonly string[]) => string[]> = {
  'white space': (gaps) => gaps.map((gap) => JSON.stringify(gap)).toSorted(),
  'non-ASCII characters': (_, tokens) => escapes(tokens, /\\u(?!00[0-7])[0-9a-f]{4}/gi),
  slashes: (_, tokens) => escapes(tokens, /\\\//g),
  'special characters': (_, tokens) => escapes(tokens, /\\u00[0-7][0-9a-f]/gi),
  numbers: (_, tokens) => tokens.filter((token) => /^[-\d]/.test(token)),
}

const escapes = (tokens: readonly string[], pattern: RegExp) =>
  tokens.flatMap((token) => token.match(pattern) ?? [])

/** In what the spellings of two JSON texts differ, each in words that say both sides. */
export const spellingDifferences = (signed: string, sent: string): string[] => {
  const [one, other] = [sideOf(signed), sideOf(sent)]
  if (!one || !other) return []
  const shared = pathsShared(one, other)
  const tokensOf = ({ values }: Side) => shared.flatMap((path) => values.get(path) ?? [])

  const spellings = Object.entries(aspects).flatMap(([name, marksOf]) => {
    const marks = marksOf(one.gaps, tokensOf(one))
    const others = marksOf(other.gaps, tokensOf(other))
    const at = longer(marks, others).findIndex((_, index) => marks[index] !== others[index])
    return at === -1 ? [] : `${name} (signed ${marks[at] ?? 'plain'}, not ${others[at] ?? 'plain'})`
  })
  const isReordered = shared.join('\n') !== pathsShared(other, one).join('\n')
  const isPruned = one.values.size < other.values.size

  return [
    ...spellings,
    ...(isReordered ? ['the order of the keys'] : []),
    ...(isPruned ? ['members that are null (left out of what was signed)'] : []),
  ]
}

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
