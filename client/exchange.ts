import ky, { isHTTPError, isTimeoutError, type RetryOptions } from 'ky'
import { ApiError, isNoAnswerError, isWechatpayError, noAnswer, optionInvalid } from './errors.ts'
import type { PreparedRequest } from './prepared-request.ts'
import { attachSignedBytes, signedBytesOf } from './signed-bytes.ts'
import type { SignedFetch } from './signed-fetch.ts'

/** Where requests go, how long an attempt may take, how often it is repeated. */
export type TransportOptions = {
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
export const exchangeOf = (fetch: SignedFetch, options: TransportOptions): SendPrepared => {
  const { baseUrl, timeout, retry: limit } = readTransport(options)
  const retry = retryOptions(limit)

  return async ({ method, target, body }) => {
    const url = `${baseUrl}${target}`
    const operation = `${method} ${new URL(url).pathname}`
    let mayBeDone = false

    try {
      const response = await ky(url, {
        method,
        fetch,
        timeout,
        retry,
        hooks: {
          beforeRetry: [
            ({ error }) => {
              mayBeDone ||= method !== 'GET' && !isUnchanged(error)
            },
          ],
        },
        ...(body !== undefined && { body }),
      })
      // 202 says that it is not done yet.
      if (response.status !== 200 && response.status !== 204) {
        throw await answeredWith(response, { operation, mayBeDone })
      }

      return {
        status: response.status,
        headers: [...response.headers],
        body: await response.text(),
      }
    } catch (error) {
      throw await readableError(error, { operation, timeout, mayBeDone })
    }
  }
}

/** The longest that a call can take, in milliseconds. */
export const timeBudget = (options: TransportOptions): number => {
  const { timeout, retry } = readTransport(options)

  return timeout * (retry + 1) + maxDelay * retry
}

const retryOptions = (limit: number): RetryOptions => ({
  limit,
  methods: ['get', 'post'],
  statusCodes: [429, ...Array.from({ length: 100 }, (_, index) => 500 + index)],
  retryOnTimeout: true,
  backoffLimit: maxDelay,
  maxRetryAfter: maxDelay,
  // `undefined` leaves the decision to the lines above.
  shouldRetry: ({ error }) => {
    if (isHTTPError(error)) {
      const tooMany = error.response.status === 429
      return tooMany && error.request.method !== 'GET' ? false : undefined
    }

    return isTimeoutError(error) || isConnectionFailure(error) ? undefined : false
  },
})

const isUnchanged = (error: unknown) => isNoAnswerError(error) && error.outcome === 'unchanged'

const isConnectionFailure = (error: unknown) =>
  isNoAnswerError(error) && error.code === 'CONNECTION_FAILED'

/** `mayBeDone`: whether an earlier attempt may have been carried out. */
type Attempts = { operation: string; mayBeDone: boolean }

const answeredWith = async (response: Response, { operation, mayBeDone }: Attempts) => {
  const { status, headers } = response
  const requestId = headers.get('Request-ID') ?? undefined
  const body = await response.text()
  const outcome = mayBeDone ? 'unknown' : undefined
  const error = new ApiError({ operation, status, requestId, body, outcome })

  return attachSignedBytes(error, signedBytesOf(response))
}

const readableError = async (
  error: unknown,
  { timeout, ...attempts }: Attempts & { timeout: number },
): Promise<unknown> => {
  const { operation, mayBeDone } = attempts
  if (isHTTPError(error)) return answeredWith(error.response, attempts)
  if (isTimeoutError(error)) {
    const reason = `${operation} got no answer within ${timeout} ms.`
    return noAnswer('TIMEOUT', reason, { operation, cause: error })
  }
  if (mayBeDone && isWechatpayError(error) && error.outcome !== 'unknown') {
    const reason = `${operation} got no answer, and could not be repeated; the cause says why.`
    return noAnswer('CONNECTION_FAILED', reason, { operation, cause: error })
  }

  return error
}

/** Checks where and how to send. @throws {ConfigurationError} OPTION_INVALID */
export const readTransport = ({
  baseUrl = 'https://api.mch.weixin.qq.com',
  timeout = 10_000,
  retry = 2,
}: TransportOptions) => {
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
