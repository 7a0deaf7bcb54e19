/** The body that was sent in chunks; nothing when these are no chunks, as logs join them. */
export const unchunked = (sent: Buffer): Buffer | undefined => {
  const chunks: Buffer[] = []
  let at = 0

  while (at < sent.length) {
    const line = sent.indexOf('\n', at)
    const start = line === -1 ? sent.length : line + 1
    const [, size] = sizeLine.exec(sent.toString('latin1', at, start)) ?? []
    if (size === undefined) return undefined
    const end = start + Number.parseInt(size, 16)
    if (end === start) return Buffer.concat(chunks)
    const [lineEnd] = /^\r?\n/.exec(sent.toString('latin1', end, end + 2)) ?? []
    if (lineEnd === undefined) return undefined
    chunks.push(sent.subarray(start, end))
    at = end + lineEnd.length
  }

  return undefined
}

const sizeLine = /^([\da-f]{1,8})[ \t]*(?:;[^\n]*)?\r?\n?$/i
