const named: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

const escaped = (letter: string) => {
  const code = letter.codePointAt(0) ?? 0
  const hex = code.toString(16)
  if (code > 0xffff) return `\\u{${hex}}`

  return (
    named[letter] ?? (code > 0xff ? `\\u${hex.padStart(4, '0')}` : `\\x${hex.padStart(2, '0')}`)
  )
}

/** Text for people: on one line, control characters visible, the middle of a long one left out. */
export const printable = (text: string): string => {
  const shown = text.length > 160 ? `${text.slice(0, 100)} … ${text.slice(-50)}` : text
  return shown.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, escaped)
}
