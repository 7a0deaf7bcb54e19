import fc from 'fast-check'

/** What people, programs and editors put where it does not belong. */
const pieces = [
  ...['"', "'", '\\', '{', '}', '[', ']', ',', ':', '=', '&', '?', '#', '/', '..', '//', ';', '|'],
  ...['%', '%00', '%2F', '%ZZ', '%E8%AF', '+', '*', '@', '$', '^', '`', '<', '{id}', ':id', '_id_'],
  ...[' ', '\t', '\n', '\r\n', '\r\n\r\n', '\0', '\u2028', '\uFEFF', '课', '😀', '\uD800', 'é'],
  ...['null', 'true', 'NaN', '-', '00', '1e400', '0.5', '9007199254740993', '"a":1,', ',"a":[]'],
  ...['__proto__', 'constructor', 'toString', '[object Object]', 'undefined'],
]

type Wound = { kind: 'insert' | 'cut' | 'drop' | 'repeat' | 'capital'; at: number; length: number }

const wound: fc.Arbitrary<Wound & { piece: string }> = fc.record({
  kind: fc.constantFrom('insert', 'insert', 'cut', 'drop', 'repeat', 'capital'),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.integer({ min: 1, max: 12 }),
  piece: fc.constantFrom(...pieces),
})

/** A text with one to three wounds: something put in, cut off, left out, repeated or in capitals. */
export const damaged = (text: string): fc.Arbitrary<string> =>
  fc.array(wound, { minLength: 1, maxLength: 3 }).map((wounds) =>
    wounds.reduce((left, { kind, at, length, piece }) => {
      const start = Math.floor(at * left.length)
      const end = start + length
      const [before, hit, after] = [left.slice(0, start), left.slice(start, end), left.slice(end)]
      if (kind === 'insert') return `${before}${piece}${hit}${after}`
      if (kind === 'cut') return before
      if (kind === 'drop') return `${before}${after}`
      if (kind === 'repeat') return `${before}${hit}${hit}${after}`
      return `${before}${hit.toUpperCase()}${after}`
    }, text),
  )
