/** The bytes of a text file in UTF-8, without the mark that Windows writes before them. */
export const asUtf8 = (bytes: Buffer): Buffer => {
  const mark = bytes.toString('hex', 0, 3)
  if (mark.startsWith('fffe')) return Buffer.from(new TextDecoder('utf-16le').decode(bytes))
  if (mark.startsWith('feff')) return Buffer.from(new TextDecoder('utf-16be').decode(bytes))
  return mark === 'efbbbf' ? bytes.subarray(3) : bytes
}
