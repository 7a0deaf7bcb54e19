/** One of the lines of the text that is signed. */
type Field = 'method' | 'target' | 'timestamp' | 'nonce' | 'body'

/** Text, or bytes that are no UTF-8. */
export type Content = string | Uint8Array

/** A message to be signed, taken apart into everything that can be got wrong by itself. */
export type Draft = {
  method: string
  /** What stands before the path: nothing, unless somebody put a host or a prefix there. */
  origin: string
  path: string
  /** With its question mark; empty where there is none. */
  query: string
  timestamp: string
  nonce: string
  body: Content
  fields: readonly Field[]
  separator: string
  /** How many separators follow the last field. */
  closings: number
  /** What becomes of the bytes that UTF-8 gives. */
  encode?: (message: Buffer) => Uint8Array
}

/** The five lines of a request and the three of an answer. */
export const requestFields = ['method', 'target', 'timestamp', 'nonce', 'body'] as const
export const answerFields = ['timestamp', 'nonce', 'body'] as const

export const targetOf = ({ origin, path, query }: Draft): string => origin + path + query

/** The message that this draft would have signed. */
export const assemble = (draft: Draft): Content => {
  const { body, encode } = draft
  const message = typeof body === 'string' ? joined(draft, body) : aroundBytes(draft, body)

  return encode ? encode(Buffer.from(message)) : message
}

const joined = (draft: Draft, body: string): string => {
  const { fields, separator, closings } = draft
  const lines = fields.map((field) => {
    if (field === 'body') return body
    return field === 'target' ? targetOf(draft) : draft[field]
  })

  return lines.join(separator) + separator.repeat(closings)
}

// Nowhere else in a message stands a NUL.
const place = '\0'

const aroundBytes = (draft: Draft, body: Uint8Array): Uint8Array => {
  const [before = '', after] = joined(draft, place).split(place)
  return after === undefined
    ? Buffer.from(before)
    : Buffer.concat([Buffer.from(before), body, Buffer.from(after)])
}
