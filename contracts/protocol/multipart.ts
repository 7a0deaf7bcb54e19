/** A part of an upload (RFC 7578): the value of a field, or the content of a file. */
export type Part = { name: string; isFile: boolean; content: Buffer }

const blankLine = '\r\n\r\n'
// An upload has two; whoever sends thousands wants to keep the reader busy.
const mostParts = 100
const namePattern = /;\s*name="?([^";\r\n]*)"?/i

/** The parts of an upload, the first hundred; none when it is not made of parts. */
export const partsOf = (contentType: string | undefined, body: Uint8Array): Part[] => {
  if (!contentType?.toLowerCase().startsWith('multipart/')) return []
  // With a line end before it, the first delimiter is like the others.
  const bytes = Buffer.concat([Buffer.from('\r\n'), body])
  const delimiter = delimiterOf(contentType, bytes)

  return delimiter === undefined ? [] : split(bytes, `\r\n${delimiter}`).flatMap(partOf)
}

/**
 * What an upload is signed with: the bytes of its part `meta`; any other body as it is.
 * @see https://wechatpay-api.gitbook.io/wechatpay-api-v3/qian-ming-zhi-nan-1
 */
export const signedBody = (contentType: string | undefined, body: Uint8Array): Uint8Array =>
  partsOf(contentType, body).find(({ name }) => name === 'meta')?.content ?? body

// One of the SDKs names no boundary in the header; the first line of the body shows it.
const delimiterOf = (contentType: string, bytes: Buffer): string | undefined => {
  const [, quoted, bare] = /;\s*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType) ?? []
  const named = quoted ?? bare
  if (named !== undefined) return `--${named}`
  const line = bytes.subarray(2, bytes.indexOf('\r\n', 2)).toString('latin1')

  return /^--\S+$/.test(line) ? line : undefined
}

/** What lies between the delimiters (RFC 2046, 5.1.1): nothing before the first, nothing after the last. */
const split = (bytes: Buffer, delimiter: string): Buffer[] => {
  const pieces: Buffer[] = []
  let start = bytes.indexOf(delimiter)
  while (start !== -1 && pieces.length < mostParts) {
    const end = bytes.indexOf(delimiter, start + delimiter.length)
    if (end !== -1) pieces.push(bytes.subarray(start + delimiter.length, end))
    start = end
  }

  return pieces
}

const partOf = (piece: Buffer): Part[] => {
  const end = piece.indexOf(blankLine)
  if (end === -1) return []
  const head = piece.subarray(0, end).toString()
  const name = namePattern.exec(head)?.[1] ?? ''

  return [
    {
      name,
      isFile: /;\s*filename\*?=/i.test(head),
      content: piece.subarray(end + blankLine.length),
    },
  ]
}
