/**
 * What programs make of a body beside JSON: printed objects, form text, escaped HTML, the text of APIv2.
 * @module
 */
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'
import { type Json, unquoted } from './json-text.ts'

type Printer = {
  open: string
  close: string
  openList: string
  closeList: string
  comma: string
  listComma: string
  colon: string
  text: (raw: string) => string
  other: (raw: string) => string
  isSorted?: true
}

const bare = (raw: string) => unquoted(raw)

const pythonText = (raw: string): string => {
  const text = unquoted(raw).replaceAll('\\', '\\\\').replaceAll('\n', '\\n')
  return text.includes("'") && !text.includes('"')
    ? `"${text}"`
    : `'${text.replaceAll("'", "\\'")}'`
}

const pythonWords: Readonly<Record<string, string>> = { null: 'None', true: 'True', false: 'False' }
const go = { open: 'map[', close: ']', openList: '[', closeList: ']', comma: ' ', listComma: ' ' }
const ruby = { open: '{', close: '}', openList: '[', closeList: ']', comma: ', ', listComma: ', ' }
const orNil = (raw: string) => (raw === 'null' ? 'nil' : raw)
const same = (raw: string) => raw

const printers: readonly Printer[] = [
  // Python's str()
  { ...ruby, colon: ': ', text: pythonText, other: (raw) => pythonWords[raw] ?? raw },
  // Java's Map.toString()
  { ...ruby, colon: '=', text: bare, other: same },
  // Go's %v of a map
  {
    ...go,
    colon: ':',
    text: bare,
    other: (raw) => (raw === 'null' ? '<nil>' : raw),
    isSorted: true,
  },
  // Ruby's inspect, until 3.3 and since 3.4
  { ...ruby, colon: '=>', text: same, other: orNil },
  { ...ruby, colon: ' => ', text: same, other: orNil },
]

/** How languages print the object that this JSON was read into. */
export const printedForms = (json: Json): string[] =>
  json.kind === 'leaf' ? [] : printers.map((printer) => print(json, printer))

const print = (json: Json, printer: Printer): string => {
  if (json.kind === 'leaf') {
    return json.raw.startsWith('"') ? printer.text(json.raw) : printer.other(json.raw)
  }
  if (json.kind === 'array') {
    const items = json.items.map((item) => print(item, printer))
    return printer.openList + items.join(printer.listComma) + printer.closeList
  }
  const members = printer.isSorted
    ? json.members.toSorted(({ key: one }, { key: other }) => (one < other ? -1 : 1))
    : json.members
  const printed = members.map(
    ({ key, value }) => printer.text(key) + printer.colon + print(value, printer),
  )
  return printer.open + printed.join(printer.comma) + printer.close
}

const entities = [
  { '"': '&quot;', "'": '&#039;' }, // PHP
  { '"': '&quot;', "'": '&#x27;' }, // Python
  { '"': '&#34;', "'": '&#39;' }, // Go
  { '"': '&quot;', "'": "'" }, // Java
]

/** The text escaped for HTML, in the manners of several languages. */
export const htmlEscaped = (text: string): string[] =>
  entities.map((quotes) =>
    text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', quotes['"'])
      .replaceAll("'", quotes["'"]),
  )

/** The text that was escaped for HTML. */
export const htmlUnescaped = (text: string): string =>
  text
    .replace(/&(?:quot|#34);/g, '"')
    .replace(/&(?:#0?39|#x27|apos);/g, "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')

/** The JSON whose form text this is, its numbers as text and as numbers. */
export const jsonOfForm = (form: string): string[] => {
  const isForm = /^[^\s={}[\]&]+=[^&=]*(?:&[^\s={}[\]&]+=[^&=]*)*$/.test(form)
  if (!isForm) return []
  const entries = [...new URLSearchParams(form)]
  const numeric = entries.map(([name, value]) => [
    name,
    /^(?:0|[1-9]\d{0,14})$/.test(value) ? Number(value) : value,
  ])

  return [entries, numeric].map((each) => JSON.stringify(Object.fromEntries(each)))
}

/** The text that APIv2 signs: the members that are not empty, sorted, as name=value. */
export const apiv2Text = (value: object): string =>
  Object.entries(value)
    .filter(([name, each]) => name !== 'sign' && each !== '' && each !== null)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, each]) => `${name}=${typeof each === 'object' ? JSON.stringify(each) : each}`)
    .join('&')

const limit = { maxOutputLength: 1024 * 1024 }

/** What the compressed bytes hold; nothing when they are not compressed. */
export const decompressed = (bytes: Uint8Array, encoding = ''): Buffer | undefined => {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b
  try {
    if (isGzip) return gunzipSync(bytes, limit)
    if (/\bdeflate\b/i.test(encoding)) return inflateSync(bytes, limit)
    if (/\bbr\b/i.test(encoding)) return brotliDecompressSync(bytes, limit)
  } catch {
    return undefined
  }
  return undefined
}
