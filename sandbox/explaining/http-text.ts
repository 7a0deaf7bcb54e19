import { headersOf, type Message, splitUrl } from './message.ts'

const requestLine = /^([A-Za-z]+) ((?:https?:\/\/|\/)\S*)(?: HTTP\/\d(?:\.\d)?)?$/
const startOfAnswer = /^HTTP\/\d|^[\w-]+: /
const headerLine = /^[\w-]+:/

const statusLine = /^[ \t]*HTTP\/\d(?:\.\d)? \d{3}\b/m
const informational = /^HTTP\/\d(?:\.\d)? (?:1\d\d\b|200 Connection established)/i

/** Reads HTTP as text: start line, headers, blank line, body; line ends of both kinds. */
export const readHttp = (bytes: Buffer): Message | undefined => {
  const { head, body } = parted(bytes)
  const margin = marginOf(head)
  const lines = unfolded(outdented(head, margin))
  if (informational.test(lines[0] ?? '') && /^\s*HTTP\//.test(body.toString('latin1', 0, 99))) {
    return readHttp(body)
  }
  const [, method, url] = requestLine.exec(lines[0] ?? '') ?? []
  const pairs = lines.flatMap((line) => {
    const at = line.indexOf(':')
    return headerLine.test(line) ? [[line.slice(0, at), line.slice(at + 1).trim()] as const] : []
  })
  const bodies = margin === '' ? [body] : [outdentedBytes(body, margin), body]
  if (method !== undefined && url !== undefined) {
    const { host, target } = splitUrl(url)
    const header = headersOf(host === undefined ? pairs : [['Host', host], ...pairs])
    return {
      method,
      target,
      header,
      bodies: bodies.flatMap(bodiesOf({ method, header })),
      mayBeCut: header('content-length') === undefined,
    }
  }
  // Headers alone may do: many logs leave the status line out.
  const header = headersOf(pairs)
  return startOfAnswer.test(lines[0] ?? '')
    ? { header, bodies: bodies.flatMap(bodiesOf({ header })) }
    : undefined
}

/** A status line ends the head of a request without a body, even if no blank line does. */
const endOfHead = /\r?\n[ \t]*\r?\n|\r?\n(?=[ \t]*HTTP\/\d(?:\.\d)? \d{3}\b)/

const parted = (bytes: Buffer) => {
  const first = Math.max(
    bytes.findIndex((byte) => byte > 0x20),
    0,
  )
  const start = bytes.subarray(0, first).lastIndexOf('\n') + 1
  const end = endOfHead.exec(bytes.toString('latin1', start))
  if (!end) return { head: bytes.toString('utf8', start), body: Buffer.alloc(0) }
  const at = start + end.index

  return { head: bytes.toString('utf8', start, at), body: bytes.subarray(at + end[0].length) }
}

/** The blanks before every line, as a paste from an indented log has them. */
const marginOf = (head: string): string => {
  const [margin = ''] = /^[ \t]*/.exec(head) ?? []
  return head.split('\n').every((line) => line.startsWith(margin)) ? margin : ''
}

const outdented = (text: string, margin: string): string =>
  text
    .split('\n')
    .map((line) => (line.startsWith(margin) ? line.slice(margin.length) : line))
    .join('\n')

/** Latin-1 keeps every byte, whatever it means. */
const outdentedBytes = (body: Buffer, margin: string): Buffer =>
  Buffer.from(outdented(body.toString('latin1'), margin), 'latin1')

/** The lines of the head; one that is no header belongs to the one before, line end included. */
const unfolded = (head: string): string[] => {
  const lines: string[] = []
  for (const line of head.trim().split(/\r?\n/)) {
    if (lines.length < 2 || headerLine.test(line)) lines.push(line)
    else lines.push(`${lines.pop()}\n${line}`)
  }

  return lines
}

/** What the body may have been: the head tells where it ends, else the paste may have added to it. */
const bodiesOf =
  ({ method, header }: Pick<Message, 'method' | 'header'>) =>
  (pasted: Buffer): Buffer[] => {
    const isChunked = /\bchunked\b/i.test(header('transfer-encoding') ?? '')
    const whole = isChunked ? unchunked(pasted) : undefined
    if (whole) return [whole]

    const body = method === undefined ? pasted : beforeAnswer(pasted)
    const declared = Number(header('content-length') ?? Number.NaN)
    if (declared < body.length) {
      const isBlank = body.subarray(declared).toString().trim() === ''
      const others = isBlank ? [] : [body, ...otherLineEnds(body)]
      return [body.subarray(0, declared), ...others]
    }
    if (declared > body.length) {
      // An editor cut the last line end off, or made others of them.
      const ended = ['\n', '\r\n'].map((end) => Buffer.concat([body, Buffer.from(end)]))
      return [...ended.filter(({ length }) => length === declared), body, ...otherLineEnds(body)]
    }
    const [end = ''] = /(?:\r?\n){0,9}$/.exec(body.toString('latin1')) ?? []
    const none = method === 'GET' ? [Buffer.alloc(0)] : []

    if (!Number.isNaN(declared)) return [body]
    const trimmed = body.subarray(0, body.length - end.length)
    return [...none, trimmed, body, ...otherLineEnds(trimmed), ...otherLineEnds(body)]
  }

/** The body with the line ends that it had before an editor wrote others. */
const otherLineEnds = (body: Buffer): Buffer[] => {
  const text = body.toString('latin1')
  return [text.replaceAll('\r\n', '\n'), text.replace(/\r?\n/g, '\r\n')]
    .filter((other) => other !== text)
    .map((other) => Buffer.from(other, 'latin1'))
}

const beforeAnswer = (body: Buffer): Buffer => {
  const at = body.toString('latin1').search(statusLine)
  return at === -1 ? body : body.subarray(0, at)
}

/** The body that was sent in chunks; nothing when these are no chunks, as logs join them. */
const unchunked = (sent: Buffer): Buffer | undefined => {
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
