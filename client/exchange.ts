import {
  ApiError,
  isNoAnswerError,
  isWechatpayError,
  noAnswer,
  optionInvalid,
  type WechatpayError,
} from './errors.ts'
import type { PreparedRequest } from './prepared-request.ts'
import { attachSignedBytes } from './signed-bytes.ts'
import type { SendSigned, SignedAnswer } from './signed-fetch.ts'

/** Where requests go, how long an attempt may take, how often it is repeated. */
export type ExchangeOptions = {
  /** Where to send to, without `/v3`; another path is kept as a prefix. @default 'https://api.mch.weixin.qq.com' */
  baseUrl?: string
  /** Time limit of one attempt in milliseconds. @default 10000 */
  timeout?: number
  /**
   * How often a call is repeated, signed anew, byte for byte the same body, after no answer or a
   * 5xx; a GET after 429 too. POST is repeated as well: the business numbers in it make it
   * idempotent. It waits 0.3 s, 0.6 s, 1.2 s …, or for Retry-After up to 10 s. 0 to 5. @default 2
   */
  retry?: number
}

/** A verified answer, as plain data: it may come from another thread. */
export type RawAnswer = { status: number; headers: [string, string][]; body: string }

/**
 * Sends, repeats and verifies.
 * @throws {WechatpayError} `ApiError`, `UntrustedAnswerError` or `NoAnswerError`
 */
export type SendPrepared = (request: PreparedRequest) => Promise<RawAnswer>

/** The longest wait between two attempts, whatever Retry-After says. */
const maxDelay = 10_000

/**
 * Makes the function that sends, repeats and explains.
 * @throws {ConfigurationError} OPTION_INVALID
 */
export const exchangeOf = (send: SendSigned, options: ExchangeOptions): SendPrepared => {
  const { baseUrl, timeout, retry } = readExchangeOptions(options)

  return async ({ method, target, body = '' }) => {
    const url = new URL(`${baseUrl}${target}`)
    const operation = `${method} ${url.pathname}`
    const request = { method, url, body: Buffer.from(body) }
    let mayBeDone = false

    for (let repeats = 0; ; repeats += 1) {
      const result = await attempt((signal) => send({ ...request, signal }), { operation, timeout })
      if (repeats === retry || !isRepeated(method, result)) {
        return usable(result, { operation, mayBeDone })
      }
      mayBeDone ||= method !== 'GET' && !isUnchanged(result)
      await sleep(delayBefore(repeats + 1, result))
    }
  }
}

/** The longest that a call can take, in milliseconds. */
export const timeBudget = (options: ExchangeOptions): number => {
  const { timeout, retry } = readExchangeOptions(options)

  return timeout * (retry + 1) + maxDelay * retry
}

/** How an attempt ends: with an answer, or with the reason why there is none. */
type Result = SignedAnswer | WechatpayError

type Limit = { operation: string; timeout: number }

/** Whatever becomes of the attempt, it ends in time. */
const attempt = async (
  send: (signal: AbortSignal) => Promise<SignedAnswer>,
  { operation, timeout }: Limit,
): Promise<Result> => {
  const controller = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const expiry = new Promise<WechatpayError>((resolve) => {
    timer = setTimeout(() => {
      const cause = new DOMException('The operation timed out.', 'TimeoutError')
      const reason = `${operation} got no answer within ${timeout} ms.`
      resolve(noAnswer('TIMEOUT', reason, { operation, cause }))
      controller.abort(cause)
    }, timeout)
  })

  try {
    return await Promise.race([send(controller.signal), expiry])
  } catch (error) {
    if (isWechatpayError(error)) return error
    throw error
  } finally {
    clearTimeout(timer)
  }
}

const isRepeated = (method: string, result: Result): boolean => {
  if (result instanceof Error) {
    return isNoAnswerError(result) && result.code !== 'ANSWER_UNREADABLE'
  }

  return result.status >= 500 || (result.status === 429 && method === 'GET')
}

const isUnchanged = (result: Result) => isNoAnswerError(result) && result.outcome === 'unchanged'

/** What to wait before a repeat, in milliseconds: as the answer says, else longer each time. */
const delayBefore = (repeat: number, result: Result): number => {
  const retryAfter = result instanceof Error ? null : result.headers.get('Retry-After')
  const asked = retryAfter === null ? Number.NaN : millisecondsUntil(retryAfter)
  const delay = Number.isNaN(asked) ? 300 * 2 ** (repeat - 1) : asked

  return Math.min(Math.max(delay, 0), maxDelay)
}

/** Seconds or a date (RFC 9110, 10.2.3). */
const millisecondsUntil = (retryAfter: string): number =>
  /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - Date.now()

const sleep = (milliseconds: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, milliseconds)
  })

/** `mayBeDone`: whether an earlier attempt may have been carried out. */
type Attempts = { operation: string; mayBeDone: boolean }

/** The answer that the caller gets. @throws {WechatpayError} when there is none */
const usable = (result: Result, { operation, mayBeDone }: Attempts): RawAnswer => {
  if (result instanceof Error) {
    if (!mayBeDone || result.outcome === 'unknown') throw result
    const reason = `${operation} got no answer, and could not be repeated; the cause says why.`
    throw noAnswer('CONNECTION_FAILED', reason, { operation, cause: result })
  }

  const { status, headers } = result
  const body = result.body.toString()
  // 202 says that it is not done yet.
  if (status === 200 || status === 204) return { status, headers: [...headers], body }

  const requestId = headers.get('Request-ID') ?? undefined
  const outcome = mayBeDone ? 'unknown' : undefined
  const error = new ApiError({ operation, status, requestId, body, outcome })
  throw attachSignedBytes(error, result.refusedBytes)
}

/** Checks where and how to send. @throws {ConfigurationError} OPTION_INVALID */
export const readExchangeOptions = ({
  baseUrl = 'https://api.mch.weixin.qq.com',
  timeout = 10_000,
  retry = 2,
}: ExchangeOptions) => {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined
  const isPlain = url?.search === '' && url.hash === '' && url.username === ''
  if (!isPlain || !/^https?:$/.test(url.protocol)) {
    throw optionInvalid('baseUrl is not an http(s) address without user, query and fragment.')
  }
  if (/\/v3\/*$/.test(url.pathname)) {
    throw optionInvalid(
      'baseUrl ends in /v3, with which every path begins: requests would go to /v3/v3. Leave it out.',
    )
  }
  if (!Number.isInteger(timeout) || timeout < 1 || timeout > 600_000) {
    throw optionInvalid('timeout is not a whole number of milliseconds from 1 to 600000.')
  }
  if (!Number.isInteger(retry) || retry < 0 || retry > 5) {
    throw optionInvalid('retry is not a whole number from 0 to 5.')
  }

  return { baseUrl: url.href.replace(/\/$/, ''), timeout, retry }
}
