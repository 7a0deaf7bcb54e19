/**
 * What the two threads of a blocking call send each other. Functions, keys and classes do not
 * survive the way: keys go as PEM, errors as their parts.
 * @module
 */
import type { ConnectionOptions } from './connection.ts'
import {
  ApiError,
  type ConfigurationCode,
  ConfigurationError,
  isApiError,
  isConfigurationError,
  isNoAnswerError,
  isUntrustedAnswerError,
  type NoAnswerCode,
  NoAnswerError,
  type Outcome,
  type RefusedAnswer,
  type UntrustedAnswerCode,
  UntrustedAnswerError,
  type WechatpayError,
} from './errors.ts'
import type { RawAnswer } from './exchange.ts'
import type { PreparedRequest } from './prepared-request.ts'

/** What the worker is asked to do. */
export type BlockingTask = {
  options: Omit<ConnectionOptions, 'fetch' | 'now'>
  request: PreparedRequest
}

/** How the worker answers. */
export type BlockingResult = { kind: 'answered'; answer: RawAnswer } | BlockingFailure

type BlockingFailure =
  | { kind: 'refused'; refusal: RefusedAnswer }
  | ({ kind: 'untrusted' } & ErrorParts<UntrustedAnswerCode>)
  | ({ kind: 'unanswered' } & ErrorParts<NoAnswerCode>)
  | ({ kind: 'misconfigured' } & ErrorParts<ConfigurationCode>)

type ErrorParts<Code> = { code: Code; message: string; outcome: Outcome; cause?: string }

/** Takes an error of this client apart. @throws {unknown} any other error, as it is */
export const failureOf = (error: unknown): BlockingFailure => {
  if (isApiError(error)) {
    const { operation, status, requestId, body, outcome } = error
    return { kind: 'refused', refusal: { operation, status, requestId, body, outcome } }
  }
  if (isUntrustedAnswerError(error)) return { kind: 'untrusted', ...partsOf(error) }
  if (isNoAnswerError(error)) return { kind: 'unanswered', ...partsOf(error) }
  if (isConfigurationError(error)) return { kind: 'misconfigured', ...partsOf(error) }

  throw error
}

const partsOf = <Code>(error: WechatpayError & { code: Code }): ErrorParts<Code> => {
  const { code, message, outcome, cause } = error
  return { code, message, outcome, ...(cause !== undefined && { cause: String(cause) }) }
}

/** Puts the error together again. */
export const errorOf = (failure: BlockingFailure): WechatpayError => {
  switch (failure.kind) {
    case 'refused':
      return new ApiError(failure.refusal)
    case 'untrusted':
      return new UntrustedAnswerError(failure.code, failure.message, failure)
    case 'unanswered':
      return new NoAnswerError(failure.code, withHint(failure), failure)
    case 'misconfigured':
      return new ConfigurationError(failure.code, failure.message, failure)
  }
}

const withHint = ({ code, message }: ErrorParts<NoAnswerCode>) =>
  code === 'TIMEOUT'
    ? `${message} A server in this very thread can never answer a blocking call: use post or get instead.`
    : message
