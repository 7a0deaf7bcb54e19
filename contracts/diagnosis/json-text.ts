import { jsonOf } from '../json.ts'

/** JSON as it is spelled: keys, strings and numbers keep the letters they were written with. */
export type Json =
  | { kind: 'object'; members: readonly Member[] }
  | { kind: 'array'; items: readonly Json[] }
  | { kind: 'leaf'; raw: string }

export type Member = { key: string; value: Json }

export type Spelling = {
  json: Json
  /** The white space around the signs. */
  gaps: readonly string[]
}

// No body of the API comes near; without a bound, reading and writing could overflow the stack.
const deepest = 100

const tokenPattern = /(\s+)|"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s{}[\],:"]+/g

/** Reads JSON with its spelling; nothing when the text is none, or nests deeper than anybody does. */
export const readJson = (text: string): Spelling | undefined => {
  if (jsonOf(text) === undefined) return undefined
  const gaps: string[] = []
  const tokens: string[] = []
  for (const [token, gap] of text.matchAll(tokenPattern)) (gap ? gaps : tokens).push(token)

  return depthOf(tokens) > deepest ? undefined : { json: treeOf(tokens), gaps }
}

const depthOf = (tokens: readonly string[]): number => {
  let depth = 0
  let most = 0
  for (const token of tokens) {
    if (token === '{' || token === '[') most = Math.max(most, ++depth)
    if (token === '}' || token === ']') depth--
  }

  return most
}

const treeOf = (tokens: readonly string[]): Json => {
  let at = 0
  const next = () => tokens[at++] ?? ''

  const read = (token: string): Json => {
    if (token === '{') {
      const members: Member[] = []
      for (let key = next(); key !== '}'; key = next()) {
        if (key === ',') continue
        at++
        members.push({ key, value: read(next()) })
      }
      return { kind: 'object', members }
    }
    if (token === '[') {
      const items: Json[] = []
      for (let item = next(); item !== ']'; item = next()) if (item !== ',') items.push(read(item))
      return { kind: 'array', items }
    }
    return { kind: 'leaf', raw: token }
  }

  return read(next())
}

/** What a key or a string means. */
export const unquoted = (raw: string): string => String(JSON.parse(raw))

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
