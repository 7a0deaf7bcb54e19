import { type Json, type Member, unquoted } from './json-text.ts'

/** The habits of a JSON encoder. */
export type JsonStyle = {
  comma: string
  colon: string
  indent: string
  inlineArrays: boolean
  ending: string
  /** What becomes of a string that is spelled as JSON.stringify does. */
  letters: (quoted: string) => string
  slashes: (quoted: string) => string
  html: (quoted: string) => string
  numbers: (raw: string) => string
  arrange: (json: Json) => Json
  nulls: (json: Json) => Json
}

const same = <T>(value: T): T => value

/** What JSON.stringify writes. */
export const plainStyle: JsonStyle = {
  comma: ',',
  colon: ':',
  indent: '',
  inlineArrays: false,
  ending: '',
  letters: same,
  slashes: same,
  html: same,
  numbers: same,
  arrange: same,
  nulls: same,
}

export const writeJson = (json: Json, style: JsonStyle): string =>
  write(style.arrange(style.nulls(json)), { style, line: '' }) + style.ending

const write = (json: Json, { style, line }: { style: JsonStyle; line: string }): string => {
  if (json.kind === 'leaf') return leaf(json.raw, style)
  if (json.kind === 'array' && style.inlineArrays) {
    return `[ ${json.items.map((item) => write(item, { style, line })).join(', ')} ]`
  }
  const inner = { style, line: line + style.indent }
  const [open, close, items] =
    json.kind === 'array'
      ? ['[', ']', json.items.map((item) => write(item, inner))]
      : [
          '{',
          '}',
          json.members.map(
            ({ key, value }) => leaf(key, style) + style.colon + write(value, inner),
          ),
        ]
  if (items.length === 0 || !style.indent) return open + items.join(style.comma) + close

  return `${open}\n${inner.line}${items.join(`,\n${inner.line}`)}\n${line}${close}`
}

/** The same JSON with its strings spelled as JSON.stringify does. */
export const plainlySpelled = (json: Json): Json => {
  if (json.kind === 'leaf') return { kind: 'leaf', raw: plain(json.raw) }
  if (json.kind === 'array') return { kind: 'array', items: json.items.map(plainlySpelled) }
  const members = json.members.map(({ key, value }) => ({
    key: plain(key),
    value: plainlySpelled(value),
  }))
  return { kind: 'object', members }
}

const plain = (raw: string) => (raw.startsWith('"') ? JSON.stringify(unquoted(raw)) : raw)

const leaf = (raw: string, { letters, slashes, html, numbers }: JsonStyle): string => {
  if (raw.startsWith('"')) return html(slashes(letters(raw)))
  return /^[tfn]/.test(raw) ? raw : numbers(raw)
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

export const python: Partial<JsonStyle> = { comma: ', ', colon: ': ' }

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
export const aspects: readonly (readonly Partial<JsonStyle>[])[] = [
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

export const orders: readonly Partial<JsonStyle>[] = [
  { arrange: (json) => rebuilt(json, sorted) },
  { arrange: atTop(sorted) },
  { arrange: (json) => rebuilt(json, (members) => members.toReversed()) },
  { arrange: atTop((members) => members.toReversed()) },
  { arrange: (json) => rebuilt(json, asInHashMap) },
  { arrange: atTop(asInHashMap) },
]
