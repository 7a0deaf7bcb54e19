import { choices, permutations } from './combinations.ts'
import { arranged, documentedShapes, type Operation } from './documented-shapes.ts'
import {
  type Json,
  type JsonStyle,
  type Member,
  plainlySpelled,
  plainStyle,
  readJson,
  unquoted,
  writeJson,
} from './json-text.ts'
import type { Likelihood } from './mutation.ts'

type Habit = Partial<JsonStyle>
type Respelling = { text: string; likelihood: Likelihood }

// In letters; beyond, writing the text in every way takes longer than anybody wants to wait.
const ordinary = 8_192

/** What other encoders make of the same JSON: with few habits of their own first, then with more. */
export function* respellings(text: string, operation: Operation): Generator<Respelling> {
  const sent = readJson(text)?.json
  if (sent === undefined) return
  const json = plainlySpelled(sent)
  const habits = [...aspects, [...orders, ...documentedOrders(operation, json)]]
  const seen = new Set([text])
  const isNew = (respelled: string) => seen.size < seen.add(respelled).size

  for (const chosen of choices(telling(habits, json), text.length > ordinary ? 1 : 3)) {
    const respelled = written(json, chosen)
    if (isNew(respelled))
      yield { text: respelled, likelihood: likelihoods[chosen.length] ?? 'rare' }
  }
  for (const shuffled of shuffledAtTop(sent)) {
    for (const spacing of [{}, python]) {
      const respelled = written(shuffled, [spacing])
      if (isNew(respelled)) yield { text: respelled, likelihood: 'rare' }
    }
  }
}

// By how many habits of its own an encoder has.
const likelihoods = ['usual', 'common', 'common', 'rare'] as const

/** Only those habits that show in this JSON. */
const telling = (habits: readonly (readonly Habit[])[], json: Json) => {
  const plain = written(json, [])
  return habits.map((list) => list.filter((habit) => written(json, [habit]) !== plain))
}

const shuffledAtTop = (json: Json): Json[] =>
  json.kind !== 'object' || json.members.length > 5
    ? []
    : permutations(json.members).map((members) => ({ kind: 'object', members }))

const written = (json: Json, habits: readonly Habit[]) => {
  let style = plainStyle
  for (const habit of habits) style = { ...style, ...habit }
  return writeJson(json, style)
}

/** The orders of the documented shapes, each once. */
const documentedOrders = (operation: Operation, json: Json): Habit[] => {
  const byText = new Map(
    documentedShapes(operation, json).map((shape) => {
      const arrange = (each: Json) => arranged(each, shape)
      return [written(json, [{ arrange }]), { arrange }] as const
    }),
  )

  return [...byText.values()]
}

// What is matched is a letter, or a quote with the backslash before it.
const escapes = (pattern: RegExp, hex: (code: string) => string) => (quoted: string) =>
  quoted.replace(pattern, (unit) => {
    const code = unit.charCodeAt(unit.length - 1).toString(16)
    return `\\u${hex(code).padStart(4, '0')}`
  })
const lower = (code: string) => code
const upper = (code: string) => code.toUpperCase()
const nonAscii = /[^\0-\x7f]/g

const python: Habit = { comma: ', ', colon: ': ' }

type Arrange = (members: readonly Member[]) => readonly Member[]

/** The same JSON with the members of every object arranged anew. */
const rebuilt = (json: Json, arrange: Arrange): Json => {
  if (json.kind === 'leaf') return json
  if (json.kind === 'array') {
    return { kind: 'array', items: json.items.map((item) => rebuilt(item, arrange)) }
  }
  const members = json.members.map(({ key, value }) => ({ key, value: rebuilt(value, arrange) }))
  return { kind: 'object', members: arrange(members) }
}

const withoutNulls = (json: Json): Json =>
  rebuilt(json, (members) =>
    members.filter(({ value }) => value.kind !== 'leaf' || value.raw !== 'null'),
  )

const asDouble = (raw: string): string => {
  const text = String(Number(raw))
  return /^-?\d+$/.test(text) ? `${text}.0` : text
}

/** Each list: one thing in which encoders differ, and what others than JSON.stringify do. */
const aspects: readonly (readonly Habit[])[] = [
  [
    python,
    { colon: ': ' },
    { indent: '  ', colon: ': ' },
    { indent: '    ', colon: ': ' },
    { indent: '\t', colon: ': ' },
    { indent: '  ', colon: ' : ', inlineArrays: true }, // Jackson
  ],
  [{ ending: '\n' }], // Go
  // Python and PHP in small letters, .NET and fastjson in capitals.
  [{ letters: escapes(nonAscii, lower) }, { letters: escapes(nonAscii, upper) }],
  // PHP
  [{ slashes: (quoted) => quoted.replaceAll('/', '\\/') }],
  [
    { html: escapes(/[<>&\u2028\u2029]/g, lower) }, // Go
    { html: escapes(/[<>&='\u2028\u2029]/g, lower) }, // Gson
    { html: escapes(/[<>&'+`\x7f]|\\"/g, upper) }, // .NET
    { html: escapes(/[<>&']|\\"/g, upper) }, // PHP's JSON_HEX_*
  ],
  // JavaScript; then Gson, whose untyped numbers are doubles.
  [{ numbers: (raw) => String(Number(raw)) }, { numbers: asDouble }],
  [{ nulls: withoutNulls }],
]

const byKey = ({ key: one }: Member, { key: other }: Member) =>
  unquoted(one) < unquoted(other) ? -1 : 1
const sorted: Arrange = (members) => members.toSorted(byKey)

/** The same JSON with only the members at the top arranged anew. */
const atTop =
  (arrange: Arrange) =>
  (json: Json): Json =>
    json.kind === 'object' ? { kind: 'object', members: arrange(json.members) } : json

/** The order in which Java's HashMap hands out its keys. */
const asInHashMap: Arrange = (members) => {
  let buckets = 16
  while (members.length > buckets * 0.75) buckets *= 2
  const bucketOf = ({ key }: Member) => {
    const hash = javaHash(unquoted(key))
    return (hash ^ (hash >>> 16)) & (buckets - 1)
  }
  return members.toSorted((one, other) => bucketOf(one) - bucketOf(other))
}

const javaHash = (text: string): number => {
  let hash = 0
  for (let index = 0; index < text.length; index++) {
    hash = (Math.imul(hash, 31) + text.charCodeAt(index)) | 0
  }
  return hash
}

const orders: readonly Habit[] = [
  { arrange: (json) => rebuilt(json, sorted) },
  { arrange: atTop(sorted) },
  { arrange: (json) => rebuilt(json, (members) => members.toReversed()) },
  { arrange: atTop((members) => members.toReversed()) },
  { arrange: (json) => rebuilt(json, asInHashMap) },
  { arrange: atTop(asInHashMap) },
]
