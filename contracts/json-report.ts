/**
 * What the gateway reports of a body that is not JSON: the report of JsonCpp, its parser. The text
 * for a missing colon and the form of the place were observed, the other texts are JsonCpp's own.
 * @module
 */

type Token =
  | { type: '{' | '}' | '[' | ']' | ',' | ':' | 'value' | 'end'; at: number }
  | { type: 'string'; at: number }
  | { type: 'error'; at: number; message: string }

const valuePattern = /(?:-?\d[\d.eE+-]*|true|false|null)/y
const stringPattern = /"(?:[^"\\]|\\[\s\S])*"/y
const blanks = /[ \t\r\n]*/y

const valueExpected = 'Syntax error: value, object or array expected.'

const isMark = (letter: string): letter is '{' | '}' | '[' | ']' | ',' | ':' =>
  letter !== '' && '{}[],:'.includes(letter)

const matchAt = (pattern: RegExp, text: string, at: number): string | undefined => {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0]
}

const tokenAt = (text: string, from: number): { token: Token; next: number } => {
  const at = from + (matchAt(blanks, text, from) ?? '').length
  const letter = text[at] ?? ''
  if (letter === '') return { token: { type: 'end', at }, next: at }
  if (isMark(letter)) return { token: { type: letter, at }, next: at + 1 }

  const string = matchAt(stringPattern, text, at)
  if (string !== undefined) return { token: { type: 'string', at }, next: at + string.length }
  const value = matchAt(valuePattern, text, at)
  if (value === undefined) {
    return { token: { type: 'error', at, message: valueExpected }, next: at + 1 }
  }
  const isFine = /^(?:true|false|null)$/.test(value) || Number.isFinite(Number(value))
  return isFine
    ? { token: { type: 'value', at }, next: at + value.length }
    : {
        token: { type: 'error', at, message: `'${value}' is not a number.` },
        next: at + value.length,
      }
}

type Expected = 'value' | 'value or ]' | 'name' | 'name or }' | 'colon' | 'more'

const complaints: Record<Exclude<Expected, 'more'>, string> = {
  value: valueExpected,
  'value or ]': valueExpected,
  name: "Missing '}' or object member name",
  'name or }': "Missing '}' or object member name",
  colon: "Missing ':' after object member name",
}

/** The first thing that is wrong with JSON, at which letter; nothing in a text that JsonCpp takes. */
export const firstFault = (text: string): { at: number; message: string } | undefined => {
  const open: ('{' | '[')[] = []
  let expected: Expected = 'value'
  let place = 0

  for (;;) {
    const { token, next } = tokenAt(text, place)
    const { type, at } = token
    place = next
    const inner = open.at(-1)

    if (expected === 'more') {
      if (inner === undefined) {
        return type === 'end'
          ? undefined
          : { at, message: 'Extra non-whitespace after JSON value.' }
      }
      if (type === ',') expected = inner === '{' ? 'name' : 'value'
      else if (type === (inner === '{' ? '}' : ']')) open.pop()
      else {
        const [close, what] = inner === '{' ? ['}', 'object'] : [']', 'array']
        return { at, message: `Missing ',' or '${close}' in ${what} declaration` }
      }
    } else if (expected === 'colon') {
      if (type !== ':') return { at, message: complaints.colon }
      expected = 'value'
    } else if (expected === 'name' || expected === 'name or }') {
      if (type === 'string') expected = 'colon'
      else if (type === '}' && expected === 'name or }') {
        open.pop()
        expected = 'more'
      } else return { at, message: complaints[expected] }
    } else if (type === '{' || type === '[') {
      open.push(type)
      expected = type === '{' ? 'name or }' : 'value or ]'
    } else if (type === ']' && expected === 'value or ]') {
      open.pop()
      expected = 'more'
    } else if (type === 'string' || type === 'value') expected = 'more'
    else return { at, message: token.type === 'error' ? token.message : complaints[expected] }
  }
}

const encoder = new TextEncoder()

/** JsonCpp's report of a text that is not JSON, columns in bytes; nothing where it finds no fault. */
export const jsonReport = (text: string): string | undefined => {
  const fault = firstFault(text)
  if (!fault) return undefined
  const lines = text.slice(0, fault.at).split(/\r\n|\r|\n/)
  const column = encoder.encode(lines.at(-1)).length + 1

  return `* Line ${lines.length}, Column ${column}\n  ${fault.message}\n`
}
