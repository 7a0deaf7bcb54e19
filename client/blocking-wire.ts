import {
  ApiError,
  isApiError,
  isNoAnswerError,
  isUntrustedAnswerError,
  type NoAnswerCode,
  NoAnswerError,
  type Refusal,
  type UntrustedAnswerCode,
  UntrustedAnswerError,
  type WechatpayError,
} from './errors.ts'
import type { Received, TransportOptions } from './exchange.ts'
import type { Outgoing } from './outgoing.ts'
import type { SignedFetchOptions } from './signed-fetch.ts'

/** What goes to the worker. Functions and keys do not travel: the private key goes as PEM. */
export type BlockingTask = {
  options: Omit<SignedFetchOptions, 'fetch' | 'now' | 'nonce'> & TransportOptions
  outgoing: Outgoing
}

/** What comes back: classes do not travel either. */
export type BlockingResult =
  | { kind: 'received'; received: Received }
  | { kind: 'refused'; refusal: Refusal }
  | { kind: 'untrusted'; code: UntrustedAnswerCode; message: string }
  | { kind: 'unanswered'; code: NoAnswerCode; message: string; cause: string | undefined }

/** Takes a known error apart. Others go on their way. */
export const failureOf = (error: unknown): BlockingResult => {
  if (isApiError(error)) {
    const { operation, status, requestId, body } = error
    return { kind: 'refused', refusal: { operation, status, requestId, body } }
  }
  if (isUntrustedAnswerError(error)) {
    return { kind: 'untrusted', code: error.code, message: error.message }
  }
  if (isNoAnswerError(error)) {
    const { code, message, cause } = error
    return {
      kind: 'unanswered',
      code,
      message,
      cause: cause === undefined ? undefined : String(cause),
    }
  }

  throw error
}

/** Puts the error together again. */
export const errorOf = (failure: Exclude<BlockingResult, { kind: 'received' }>): WechatpayError => {
  switch (failure.kind) {
    case 'refused':
      return new ApiError(failure.refusal)
    case 'untrusted':
      return new UntrustedAnswerError(failure.code, failure.message)
    case 'unanswered':
      return new NoAnswerError(failure.code, explained(failure), { cause: failure.cause })
  }
}

const explained = ({ code, message }: { code: NoAnswerCode; message: string }) =>
  code === 'TIMEOUT'
    ? `${message} A server in this very thread can never answer a blocking call: use post or get instead.`
    : message
