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

/** What goes to the worker. Functions and keys do not travel: the private key goes as PEM. */
export type BlockingTask = {
  options: Omit<ConnectionOptions, 'fetch' | 'now'>
  outgoing: PreparedRequest
}

/** What comes back: classes do not travel either. */
export type BlockingResult =
  | { kind: 'received'; received: RawAnswer }
  | { kind: 'refused'; refusal: RefusedAnswer }
  | ({ kind: 'untrusted' } & Told<UntrustedAnswerCode>)
  | ({ kind: 'unanswered' } & Told<NoAnswerCode>)
  | ({ kind: 'misconfigured' } & Told<ConfigurationCode>)

type Told<Code> = { code: Code; message: string; outcome: Outcome; cause?: string }

/** Takes a known error apart. Others go on their way. */
export const failureOf = (error: unknown): BlockingResult => {
  if (isApiError(error)) {
    const { operation, status, requestId, body, outcome } = error
    return { kind: 'refused', refusal: { operation, status, requestId, body, outcome } }
  }
  if (isUntrustedAnswerError(error)) return { kind: 'untrusted', ...told(error) }
  if (isNoAnswerError(error)) return { kind: 'unanswered', ...told(error) }
  if (isConfigurationError(error)) return { kind: 'misconfigured', ...told(error) }

  throw error
}

const told = <Code>(error: WechatpayError & { code: Code }): Told<Code> => {
  const { code, message, outcome, cause } = error
  return { code, message, outcome, ...(cause !== undefined && { cause: String(cause) }) }
}

/** Puts the error together again. */
export const errorOf = (failure: Exclude<BlockingResult, { kind: 'received' }>): WechatpayError => {
  switch (failure.kind) {
    case 'refused':
      return new ApiError(failure.refusal)
    case 'untrusted':
      return new UntrustedAnswerError(failure.code, failure.message, failure)
    case 'unanswered':
      return new NoAnswerError(failure.code, explained(failure), failure)
    case 'misconfigured':
      return new ConfigurationError(failure.code, failure.message, failure)
  }
}

const explained = ({ code, message }: Told<NoAnswerCode>) =>
  code === 'TIMEOUT'
    ? `${message} A server in this very thread can never answer a blocking call: use post or get instead.`
    : message
