/**
 * How a request reaches WeChat Pay: through node:http, or through a fetch that is handed in.
 * @module
 */
import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import { promisify } from 'node:util'
import zlib from 'node:zlib'
import { isWechatpayError, noAnswer } from './errors.ts'

/** What sends a request; `globalThis.fetch` is one, a sandbox's own `fetch` another. */
export type Send = (request: Request) => Response | Promise<Response>

/** A request as it goes out. */
export type WireRequest = {
  method: string
  url: URL
  headers: Headers
  body: Uint8Array
  signal: AbortSignal
}

/** An answer that came whole, unpacked. */
export type WireAnswer = { status: number; statusText: string; headers: Headers; body: Buffer }

/** Sends once. A redirect is an answer: followed, it would carry the signature to another place. */
export type Transport = (request: WireRequest) => Promise<WireAnswer>

/** The longest answer that is read, in bytes. */
const maxAnswerBytes = 10 * 1024 * 1024

/** How long a connection may take to be made, in milliseconds; fetch waits as long. */
const connectLimit = 10_000

const nextTurn = promisify(setImmediate)

/**
 * Sends with node:http, at less than half the cost of fetch. Node's global agents keep the
 * connections, end them before the time that the server announces, and know the proxy.
 */
export const overHttp: Transport = async (request) => {
  try {
    // While the thread was busy, the server may have closed a connection that looks idle still. The
    // event loop finds out in the next whole turn; the one that runs may be past its look.
    await nextTurn()
    await nextTurn()
    const response = await respond(request)
    const body = await readBody(response)

    return {
      status: response.statusCode ?? 0,
      statusText: response.statusMessage ?? '',
      headers: headersOf(response.rawHeaders),
      body: await unpacked(body, response.headers['content-encoding']),
    }
  } catch (error) {
    throw request.signal.aborted ? request.signal.reason : error
  }
}

const respond = ({ method, url, headers, body, signal }: WireRequest) =>
  new Promise<IncomingMessage>((resolve, reject) => {
    const given = {
      'accept-encoding': 'gzip, deflate, br',
      ...Object.fromEntries(headers),
      ...(body.length > 0 && { 'content-length': body.length }),
    }
    // Looked up at each call: msw and others replace it later.
    const { request } = url.protocol === 'https:' ? https : http
    const sent = request(url, { method, headers: given, signal, timeout: connectLimit })
    sent.on('response', resolve)
    sent.on('error', reject)
    sent.on('timeout', () => {
      if (sent.socket?.connecting) sent.destroy(connectTimeout())
    })
    sent.end(body)
  })

const connectTimeout = () =>
  Object.assign(new Error('the connection was not made in time'), {
    code: 'ETIMEDOUT',
    syscall: 'connect',
  })

/** Node lists names and values in turn. */
const headersOf = (rawHeaders: readonly string[]): Headers => {
  const headers = new Headers()
  for (let index = 0; index < rawHeaders.length; index += 2) {
    headers.append(rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '')
  }

  return headers
}

const unzip = promisify(zlib.unzip)
const brotliDecompress = promisify(zlib.brotliDecompress)

const unpacked = async (body: Buffer, coding = 'identity'): Promise<Buffer> => {
  if (body.length === 0) return body
  const limit = { maxOutputLength: maxAnswerBytes }
  if (/^(x-)?gzip$|^deflate$/i.test(coding)) return unzip(body, limit)

  return /^br$/i.test(coding) ? brotliDecompress(body, limit) : body
}

/** Sends with a fetch. */
export const throughFetch =
  (send: Send): Transport =>
  async ({ url, body, ...request }) => {
    const sent = { ...request, redirect: 'manual', ...(body.length > 0 && { body }) } as const
    const { status, statusText, headers, body: stream } = await send(new Request(url, sent))

    return { status, statusText, headers, body: await readBody(stream ?? []) }
  }

class AnswerTooLongError extends Error {}

const readBody = async (
  stream: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<Buffer> => {
  const chunks: Uint8Array[] = []
  let size = 0

  for await (const chunk of stream) {
    size += chunk.byteLength
    if (size > maxAnswerBytes) throw new AnswerTooLongError()
    chunks.push(chunk)
  }

  return Buffer.concat(chunks)
}

/**
 * Sends, and says in the words of this client why no answer came.
 * @throws {NoAnswerError} CONNECTION_FAILED, ANSWER_UNREADABLE
 * @throws {unknown} the reason of the signal once that is aborted.
 */
export const receive = async (
  transport: Transport,
  request: WireRequest,
  operation: string,
): Promise<WireAnswer> => {
  try {
    return await transport(request)
  } catch (cause) {
    if (isWechatpayError(cause) || request.signal.aborted) throw cause
    if (isTooLong(cause)) {
      throw noAnswer(
        'ANSWER_UNREADABLE',
        `The answer to ${operation} is longer than ${maxAnswerBytes} bytes. Check baseUrl.`,
        { operation },
      )
    }
    const failure = deepest(cause)
    throw noAnswer(
      'CONNECTION_FAILED',
      `${operation} got no answer from ${request.url.host}: ${reasonOf(failure)}. Check baseUrl and the network.`,
      { operation, cause, ...(neverConnected(failure) && { outcome: 'unchanged' }) },
    )
  }
}

/** zlib has an error of its own for it. */
const isTooLong = (error: unknown) =>
  error instanceof AnswerTooLongError || codeOf(error) === 'ERR_BUFFER_TOO_LARGE'

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined

/** undici says only "fetch failed"; the cause says what happened. */
const deepest = (error: unknown): unknown =>
  error instanceof Error && error.cause instanceof Error ? error.cause : error

const reasonOf = (failure: unknown): string =>
  failure instanceof Error ? (codeOf(failure) ?? failure.message) : 'the connection failed'

/**
 * Whether it failed before a byte could leave. The code alone does not tell: a connection may be
 * lost with EHOSTUNREACH after the request was carried out.
 */
const neverConnected = (failure: unknown): boolean => {
  if (!(failure instanceof Error)) return false
  // One error for each address of the host.
  if (failure instanceof AggregateError) return failure.errors.every(neverConnected)
  if (codeOf(failure) === 'UND_ERR_CONNECT_TIMEOUT') return true

  return (
    'syscall' in failure && (failure.syscall === 'connect' || failure.syscall === 'getaddrinfo')
  )
}
