/** What of a request is signed. @see https://pay.weixin.qq.com/doc/v3/merchant/4012365336 */
export type SignedRequest = {
  method: string
  /** Path and query exactly as on the request line: not decoded, not cleaned up, without host. */
  target: string
  timestamp: string
  nonce: string
  /** The raw bytes sent; for uploads those of the part `meta`. */
  body: Uint8Array
}

/** What of an answer or a callback is signed. @see https://pay.weixin.qq.com/doc/v3/merchant/4013053420 */
export type SignedAnswer = Pick<SignedRequest, 'timestamp' | 'nonce' | 'body'>

// Each line ends in "\n", the last included: an empty body still contributes one.
const lines = (head: readonly string[], body: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from(`${head.join('\n')}\n`), body, Buffer.from('\n')])

/**
 * The bytes a merchant signs, five lines.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012365336
 */
export const requestMessage = ({ method, target, timestamp, nonce, body }: SignedRequest): Buffer =>
  lines([method, target, timestamp, nonce], body)

/**
 * The bytes WeChat Pay signs, of an answer or of a callback, three lines.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053420
 */
export const answerMessage = ({ timestamp, nonce, body }: SignedAnswer): Buffer =>
  lines([timestamp, nonce], body)

/** What of a call of the cashier is signed; `prepay` is the fourth line. */
export type SignedInvocation = { appid: string; timestamp: string; nonce: string; prepay: string }

/**
 * The bytes a merchant signs for its front end, four lines: of JSAPI and mini programs the fourth is
 * `prepay_id=` and the number, of apps the number alone.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012365341
 */
export const invocationMessage = ({ appid, timestamp, nonce, prepay }: SignedInvocation): Buffer =>
  lines([appid, timestamp, nonce], Buffer.from(prepay))
