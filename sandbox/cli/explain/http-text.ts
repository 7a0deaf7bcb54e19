import { headersOf, type Message, splitUrl } from './message.ts'

const requestLine = /^([A-Za-z]+) ((?:https?:\/\/|\/)\S*)(?: HTTP\/\d(?:\.\d)?)?$/
const startOfAnswer = /^HTTP\/\d|^[\w-]+: /
const headerLine = /^[\w-]+:/

/** Reads HTTP as text: start line, headers, blank line, body; line ends of both kinds. */
export const readHttp = (bytes: Buffer): Message | undefined => {
  const { head, body } = parted(bytes)
  const lines = unfolded(head)
  const [, method, url] = requestLine.exec(lines[0] ?? '') ?? []
  const pairs = lines.flatMap((line) => {
    const at = line.indexOf(':')
    return headerLine.test(line) ? [[line.slice(0, at), line.slice(at + 1).trim()] as const] : []
  })
  if (method !== undefined && url !== undefined) {
    const { host, target } = splitUrl(url)
    const header = headersOf(host === undefined ? pairs : [['Host', host], ...pairs])
    return { method, target, header, bodies: bodiesOf(body, header) }
  }
  // Headers alone may do: many logs leave the status line out.
  const header = headersOf(pairs)
  return startOfAnswer.test(lines[0] ?? '') ? { header, bodies: bodiesOf(body, header) } : undefined
}

const parted = (bytes: Buffer) => {
  const start = bytes.findIndex((byte) => byte > 0x20)
  const ends = ['\r\n\r\n', '\n\n'].flatMap((end) => {
    const at = bytes.indexOf(end, Math.max(start, 0))
    return at === -1 ? [] : { at, next: at + end.length }
  })
  const [end] = ends.toSorted((one, other) => one.at - other.at)

  return {
    head: bytes.toString('utf8', 0, end?.at),
    body: bytes.subarray(end?.next ?? bytes.length),
  }
}

/** The lines of the head; one that is no header belongs to the one before, line end included. */
const unfolded = (head: string): string[] => {
  const lines: string[] = []
  for (const line of head.trim().split(/\r?\n/)) {
    if (lines.length < 2 || headerLine.test(line)) lines.push(line)
    else lines.push(`${lines.pop()}\n${line}`)
  }

  return lines
}

/** Content-Length says where the body ends; without it, a line feed at the end may be the paste's. */
const bodiesOf = (body: Buffer, header: Message['header']): Buffer[] => {
  const declared = Number(header('content-length') ?? Number.NaN)
  const rest = body.subarray(declared).toString()
  if (declared < body.length && rest.trim() === '') return [body.subarray(0, declared)]
  const end = /\r?\n$/.exec(body.toString('latin1'))?.[0] ?? ''

  return Number.isNaN(declared) && end !== ''
    ? [body.subarray(0, body.length - end.length), body]
    : [body]
}
