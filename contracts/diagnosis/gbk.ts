const decoder = new TextDecoder('gb18030', { fatal: true })

let known: Map<string, string> | undefined

/** The two-byte characters and their codes, made when first needed: Node decodes GBK only. */
const codes = (): Map<string, string> => {
  if (known) return known
  known = new Map()
  for (let high = 0x81; high <= 0xfe; high++) {
    for (let low = 0x40; low <= 0xfe; low++) {
      const bytes = Buffer.from([high, low])
      const letter = fromGbk(bytes)
      if (letter !== undefined) known.set(letter, bytes.toString('latin1'))
    }
  }

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
