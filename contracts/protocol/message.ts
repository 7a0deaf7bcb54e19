export type SignedRequest = {
  method: string
  /** Path and query exactly as on the request line: not decoded, not cleaned up, without host. */
  target: string
  timestamp: string
  nonce: string
  /** The raw bytes sent; for uploads those of the part `meta`. */
  body: Uint8Array
}

export type SignedAnswer = Pick<SignedRequest, 'timestamp' | 'nonce' | 'body'>

// Each line ends in "\n", the last included: an empty body still contributes one.
const lines = (head: readonly string[], body: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from(`${head.join('\n')}\n`), body, Buffer.from('\n')])

/** The bytes a merchant signs. */
export const requestMessage = ({ method, target, timestamp, nonce, body }: SignedRequest): Buffer =>
  lines([method, target, timestamp, nonce], body)

/** The bytes WeChat Pay signs, of an answer or of a callback. */
export const answerMessage = ({ timestamp, nonce, body }: SignedAnswer): Buffer =>
  lines([timestamp, nonce], body)
