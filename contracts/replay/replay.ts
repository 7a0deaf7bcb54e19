/**
 * Gives recorded answers once more, signed anew: signatures age within minutes, and the keys that
 * made them are not at hand.
 * @module
 */
import { type KeyObject, randomBytes } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { scheme } from '../protocol/authorization.ts'
import { answerMessage } from '../protocol/message.ts'
import { signMessage } from '../protocol/signature.ts'
import type { Recording } from './har.ts'
import { bodyOf, isAnswered } from './recorded-call.ts'
import { replayKey } from './replay-key.ts'

type Options = {
  /** What signs. @default the published replay key */
  key?: { id: string; privateKey: KeyObject }
  /** Wall time in milliseconds. @default Date.now */
  now?: () => number
}

/** The recorded answer to a request, or nothing where none was recorded. */
export type Replay = (request: Request) => Promise<Response | undefined>

/**
 * Answers what was recorded to who asks as was recorded: by method, path, query and body; a JSON
 * body counts by its value. A request that was recorded several times gets its answers in turn,
 * the last for good.
 */
export const replay = (
  recordings: readonly Recording[],
  { key = replayKey, now = Date.now }: Options = {},
): Replay => {
  const waiting = recordings.filter(isAnswered)

  return async (request) => {
    const sent = sentBy(request, await request.text())
    const found = waiting.filter((recording) => isDeepStrictEqual(sentIn(recording), sent))
    const [recording] = found
    if (!recording) return undefined
    if (found.length > 1) waiting.splice(waiting.indexOf(recording), 1)

    return respond(recording, { key, now })
  }
}

const sentBy = ({ method, url }: { method: string; url: string }, text: string) => {
  const { pathname, search } = new URL(url)
  return { method, target: pathname + search, body: jsonOr(text) }
}

const sentIn = ({ request }: Recording) => sentBy(request, request.postData?.text ?? '')

const jsonOr = (text: string): unknown => {
  try {
    return bodyOf({ text })
  } catch {
    return text
  }
}

const respond = async (
  { _signed, response }: Recording,
  { key, now }: Required<Options>,
): Promise<Response> => {
  const { status, content } = response
  const text = content.text ?? ''
  const headers = new Headers(content.mimeType === '' ? {} : { 'Content-Type': content.mimeType })
  for (const { name, value } of response.headers) {
    if (!/^(wechatpay-|content-length$|transfer-encoding$|content-encoding$)/i.test(name)) {
      headers.set(name, value)
    }
  }
  if (status < 300 && !headers.has('Request-ID')) headers.set('Request-ID', '08A1-0')

  // Where nobody saw the headers: WeChat Pay signs for everyone but who did not prove who he is.
  if (_signed ?? status !== 401) {
    const nonce = randomBytes(16).toString('hex')
    const timestamp = Math.floor(now() / 1000).toString()
    const message = answerMessage({ timestamp, nonce, body: Buffer.from(text) })
    headers.set('Wechatpay-Nonce', nonce)
    headers.set('Wechatpay-Signature', await signMessage(message, key.privateKey))
    headers.set('Wechatpay-Timestamp', timestamp)
    headers.set('Wechatpay-Serial', key.id)
    headers.set('Wechatpay-Signature-Type', scheme)
  }

  return new Response(text === '' ? null : text, { status, headers })
}
