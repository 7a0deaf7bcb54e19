/** One of the lines of the text that is signed. */
type Line = 'method' | 'target' | 'timestamp' | 'nonce' | 'body'

/** Text, or bytes that are not UTF-8. */
export type MessageContent = string | Uint8Array

/** A message to be signed, taken apart into everything that can be got wrong by itself. */
export type MessageParts = {
  method: string
  /** What stands before the path: nothing, unless somebody put a host or a prefix there. */
  origin: string
  path: string
  /** With its question mark; empty where there is none. */
  query: string
  timestamp: string
  nonce: string
  body: MessageContent
  lines: readonly Line[]
  /** What stands before the first line: nothing, unless somebody put it there. */
  opening: string
  separator: string
  /** How many separators follow the last line. */
  closings: number
  /** What follows the last line instead of separators. */
  ending?: string
  /** What becomes of the bytes that UTF-8 gives. */
  encode?: (message: Buffer) => Uint8Array
}

/** The five lines of a request and the three of an answer. */
export const requestLines = ['method', 'target', 'timestamp', 'nonce', 'body'] as const
export const answerLines = ['timestamp', 'nonce', 'body'] as const

export const targetOf = ({ origin, path, query }: MessageParts): string => origin + path + query

export const splitTarget = (target: string): Pick<MessageParts, 'path' | 'query'> => {
  const at = target.indexOf('?')
  return at === -1
    ? { path: target, query: '' }
    : { path: target.slice(0, at), query: target.slice(at) }
}

/** The message that somebody signs who has these parts. */
export const buildMessage = (parts: MessageParts): MessageContent => {
  const { body, encode } = parts
  const message = typeof body === 'string' ? joined(parts, body) : aroundBytes(parts, body)

  return encode ? encode(Buffer.from(message)) : message
}

const joined = (parts: MessageParts, body: string): string => {
  const { lines, opening, separator, closings, ending } = parts
  const texts = lines.map((line) => {
    if (line === 'body') return body
    return line === 'target' ? targetOf(parts) : parts[line]
  })

  return opening + texts.join(separator) + (ending ?? separator.repeat(closings))
}

// A NUL stands nowhere else in a message.
const place = '\0'

const aroundBytes = (parts: MessageParts, body: Uint8Array): Uint8Array => {
  const [before = '', after] = joined(parts, place).split(place)
  return after === undefined
    ? Buffer.from(before)
    : Buffer.concat([Buffer.from(before), body, Buffer.from(after)])
}
