const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const gbk = new TextDecoder('gb18030', { fatal: true })
const lenientGbk = new TextDecoder('gb18030')

const decoded = (
  decoder: InstanceType<typeof TextDecoder>,
  bytes: Uint8Array,
): string | undefined => {
  try {
    return decoder.decode(bytes)
  } catch {
    return undefined
  }
}

/** The text that the bytes mean; nothing when they are not UTF-8. */
export const fromUtf8 = (bytes: Uint8Array): string | undefined => decoded(utf8, bytes)

/** The text that bytes in GBK or GB18030 mean; nothing when they are neither. */
export const fromGbk = (bytes: Uint8Array): string | undefined => decoded(gbk, bytes)

let existing: Map<string, string> | undefined

/** The two-byte characters and their codes, made when first needed: Node decodes GBK only. */
const gbkCodes = (): Map<string, string> => {
  if (existing) return existing
  const pairs: string[] = []
  for (let high = 0x81; high <= 0xfe; high++) {
    for (let low = 0x40; low <= 0xfe; low++) pairs.push(String.fromCharCode(high, low))
  }
  const letters = lenientGbk.decode(Buffer.from(pairs.join('\n'), 'latin1')).split('\n')
  existing = new Map(pairs.map((pair, index) => [letters[index] ?? '', pair]))

  return existing
}

/** The text in GBK, a question mark for what it does not have, as encoders put it. */
export const toGbk = (text: string): Buffer =>
  Buffer.from(
    text.replace(/[^\0-\x7f]/gu, (letter) => gbkCodes().get(letter) ?? '?'),
    'latin1',
  )
