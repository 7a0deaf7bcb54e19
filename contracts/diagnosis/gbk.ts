const decoder = new TextDecoder('gb18030', { fatal: true })
const lenient = new TextDecoder('gb18030')

let known: Map<string, string> | undefined

/** The two-byte characters and their codes, made when first needed: Node decodes GBK only. */
const codes = (): Map<string, string> => {
  if (known) return known
  const pairs: string[] = []
  for (let high = 0x81; high <= 0xfe; high++) {
    for (let low = 0x40; low <= 0xfe; low++) pairs.push(String.fromCharCode(high, low))
  }
  const letters = lenient.decode(Buffer.from(pairs.join('\n'), 'latin1')).split('\n')
  known = new Map(pairs.map((pair, index) => [letters[index] ?? '', pair]))

  return known
}

/** The text in GBK, a question mark for what it does not have, as encoders put it. */
export const toGbk = (text: string): Buffer =>
  Buffer.from(
    text.replace(/[^\0-\x7f]/gu, (letter) => codes().get(letter) ?? '?'),
    'latin1',
  )

/** The text that bytes in GBK or GB18030 mean; nothing when they are none. */
export const fromGbk = (bytes: Uint8Array): string | undefined => {
  try {
    return decoder.decode(bytes)
  } catch {
    return undefined
  }
}
