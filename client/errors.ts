import { z } from 'zod'
import { jsonOf } from '../contracts/json.ts'
import type { NotificationEnvelope } from '../contracts/notifications.ts'

/** Why an answer or a callback cannot be trusted: nothing of it is handed on. */
export type UntrustedAnswerCode =
  | 'SIGNATURE_HEADERS_MISSING'
  | 'SERIAL_UNKNOWN'
  | 'TIMESTAMP_OFFSET'
  | 'SIGNATURE_MISMATCH'

/** Why there is no answer that can be read. */
export type NoAnswerCode = 'TIMEOUT' | 'CONNECTION_FAILED' | 'ANSWER_UNREADABLE'

/** Why a callback that is WeChat Pay's cannot be read. */
export type NotificationCode =
  | 'BODY_UNREADABLE'
  | 'CIPHERTEXT_MALFORMED'
  | 'CIPHERTEXT_UNREADABLE'
  | 'PLAINTEXT_UNREADABLE'
  | 'RESOURCE_UNEXPECTED'

/** What is wrong in the program or its settings: nothing was sent. */
export type ConfigurationCode =
  | 'OPTION_INVALID'
  | 'CREDENTIALS_UNREADABLE'
  | 'PATH_UNKNOWN'
  | 'PATH_PARAMETER_INVALID'
  | 'BLOCKING_UNAVAILABLE'
  | 'RAW_BODY_NEEDED'
  | 'NOTHING_TO_RECONCILE'

/** Why `reconcile` could not tell what became of a call. */
export type ReconciliationCode = 'QUERY_FAILED' | 'PARAMETERS_DIFFER'

/** Every `code` that an error of this client can have. */
export type WechatpayErrorCode =
  | 'REFUSED'
  | UntrustedAnswerCode
  | NoAnswerCode
  | NotificationCode
  | ConfigurationCode
  | ReconciliationCode

/**
 * What is certain about the change that a call asked for, all its attempts together.
 *
 * - `unchanged`: it did not happen. Nothing that asks for it was sent: the program is wrong, there
 *   was no connection, or the call only reads. It can be sent again.
 * - `refused`: it did not happen. WeChat Pay said no: 4xx in its own form, or 429. Nobody signs
 *   for that, so before money is at stake, ask.
 * - `unknown`: it may have happened, and `reconcile` finds out: no answer, none that can be read or
 *   trusted, or one of another status.
 */
export type Outcome = 'unchanged' | 'refused' | 'unknown'

/** The outcome of a request that WeChat Pay did not answer; an operation begins with its method. */
export const outcomeWithoutAnswer = (operation: string): Outcome =>
  /^GET\b/.test(operation) ? 'unchanged' : 'unknown'

/** The last sentence of a message. */
export const nextSteps = {
  unchanged: 'Nothing was changed: it can be sent again.',
  unknown: 'It may have been carried out: reconcile it before it is sent again.',
  refused: 'Correct the request; apiMessage and detail say what is wrong.',
} as const satisfies Record<Outcome, string>

/** The parent of every error of this client. Branch on `code`; messages are for people. */
export abstract class WechatpayError extends Error {
  abstract readonly code: WechatpayErrorCode
  abstract readonly outcome: Outcome
}

type FailureOptions = ErrorOptions & { outcome: Outcome }

/** The answer that an `ApiError` is made of; `operation` is method and path. */
export type RefusedAnswer = {
  operation: string
  status: number
  requestId: string | undefined
  body: string
  /** Given when earlier attempts decide it. @default what this answer says by itself */
  outcome?: Outcome | undefined
}

/**
 * WeChat Pay answered with another status than 200 and 204; a refusal if `outcome` says so. These
 * answers are not verified: their signature is optional, so treat them as information, not proof.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012081726
 */
export class ApiError extends WechatpayError {
  override readonly name = 'ApiError'
  readonly code = 'REFUSED'
  readonly outcome: Outcome
  readonly operation: string
  readonly status: number
  /** The `Request-ID` header; WeChat Pay's support asks for it. */
  readonly requestId: string | undefined
  /** The answer's text, whatever it is. */
  readonly body: string
  /** The `code` of the body, such as `PARAM_ERROR`; `undefined` when the body has none. */
  readonly apiCode: string | undefined
  readonly apiMessage: string | undefined
  /** The `detail` of the body: `location` and `value` of a wrong field, say. */
  readonly detail: unknown

  constructor({ operation, status, requestId, body, outcome: given }: RefusedAnswer) {
    const { code, message, detail } = membersOf(body)
    const isRefused = (status >= 400 && status < 500 && code !== undefined) || status === 429
    const outcome = given ?? (isRefused ? 'refused' : outcomeWithoutAnswer(operation))
    const verb = outcome === 'refused' ? 'refused' : 'answered'
    const words = [status, code, message].filter((word) => word !== undefined).join(' ')
    const id = requestId === undefined ? '' : ` (Request-ID ${requestId})`
    super(`${operation} was ${verb}: ${words}${id}. ${nextStep(status, outcome)}`)

    this.outcome = outcome
    this.operation = operation
    this.status = status
    this.requestId = requestId
    this.body = body
    this.apiCode = code
    this.apiMessage = message
    this.detail = detail
  }
}

/**
 * A 2xx answer, or a callback, whose signature does not prove that it comes from WeChat Pay.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053249
 */
export class UntrustedAnswerError extends WechatpayError {
  override readonly name = 'UntrustedAnswerError'
  readonly code: UntrustedAnswerCode
  readonly outcome: Outcome

  constructor(code: UntrustedAnswerCode, message: string, options: FailureOptions) {
    super(message, options)
    this.code = code
    this.outcome = options.outcome
  }
}

/** No usable answer; `outcome` tells whether the request may have been carried out all the same. */
export class NoAnswerError extends WechatpayError {
  override readonly name = 'NoAnswerError'
  readonly code: NoAnswerCode
  readonly outcome: Outcome

  constructor(code: NoAnswerCode, message: string, options: FailureOptions) {
    super(message, options)
    this.code = code
    this.outcome = options.outcome
  }
}

/** A verified callback that no type describes: its resource is decrypted, otherwise unchecked. */
export type OtherNotification = Omit<NotificationEnvelope, 'event_type' | 'resource'> & {
  event_type: 'OTHER'
  /** The `event_type` that was sent. */
  original_event_type: string
  resource: unknown
}

type NotificationErrorOptions = ErrorOptions & { notification?: OtherNotification }

/**
 * A callback that comes from WeChat Pay and cannot be read: answer 5xx, and it comes again.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012791861
 */
export class NotificationError extends WechatpayError {
  override readonly name = 'NotificationError'
  readonly code: NotificationCode
  readonly outcome = 'unchanged'
  // Private, so that it is not printed with the error.
  readonly #notification: OtherNotification | undefined

  constructor(code: NotificationCode, message: string, options: NotificationErrorOptions = {}) {
    super(message, options)
    this.code = code
    this.#notification = options.notification
  }

  /** The callback that RESOURCE_UNEXPECTED is about; `undefined` for other codes. */
  get notification(): OtherNotification | undefined {
    return this.#notification
  }
}

/** A wrong option, path, body or credentials folder. */
export class ConfigurationError extends WechatpayError {
  override readonly name = 'ConfigurationError'
  readonly code: ConfigurationCode
  readonly outcome = 'unchanged'

  constructor(code: ConfigurationCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

type ReconciliationErrorOptions = FailureOptions & { found?: unknown }

/**
 * `reconcile` could not tell. QUERY_FAILED: the call is as unknown as before, the cause says why.
 * PARAMETERS_DIFFER: nothing was sent, since its number belongs to what another call made.
 */
export class ReconciliationError extends WechatpayError {
  override readonly name = 'ReconciliationError'
  readonly code: ReconciliationCode
  readonly outcome: Outcome
  // Private, so that it is not printed with the error.
  readonly #found: unknown

  constructor(code: ReconciliationCode, message: string, options: ReconciliationErrorOptions) {
    super(message, options)
    this.code = code
    this.outcome = options.outcome
    this.#found = options.found
  }

  /** What the query answered, for PARAMETERS_DIFFER. */
  get found(): unknown {
    return this.#found
  }
}

type NoAnswerDetails = ErrorOptions & { operation: string; outcome?: Outcome }

/** The failure of a request that may have been sent; the next step follows its reason. */
export const noAnswer = (
  code: NoAnswerCode,
  reason: string,
  { operation, outcome = outcomeWithoutAnswer(operation), ...options }: NoAnswerDetails,
): NoAnswerError =>
  new NoAnswerError(code, `${reason} ${nextSteps[outcome]}`, { ...options, outcome })

/** The error of a wrong option; the message names it first. */
export const optionInvalid = (message: string, cause?: unknown): ConfigurationError =>
  new ConfigurationError('OPTION_INVALID', message, cause === undefined ? undefined : { cause })

const isNamed = (error: unknown, names: readonly string[]): boolean =>
  error instanceof Error && names.includes(error.name)

/**
 * Whether WeChat Pay answered with another status than 200 and 204.
 *
 * Like every guard below, it goes by the error's name and not by its class, so that it also knows
 * the errors of another copy of this package in the same program.
 */
export const isApiError = (error: unknown): error is ApiError => isNamed(error, ['ApiError'])

/** Whether an answer or a callback was not proved to come from WeChat Pay. */
export const isUntrustedAnswerError = (error: unknown): error is UntrustedAnswerError =>
  isNamed(error, ['UntrustedAnswerError'])

/** Whether no answer came, or none that can be read. */
export const isNoAnswerError = (error: unknown): error is NoAnswerError =>
  isNamed(error, ['NoAnswerError'])

/** Whether a callback comes from WeChat Pay and cannot be read. */
export const isNotificationError = (error: unknown): error is NotificationError =>
  isNamed(error, ['NotificationError'])

/** Whether an option, a path, a body or the credentials folder is wrong. */
export const isConfigurationError = (error: unknown): error is ConfigurationError =>
  isNamed(error, ['ConfigurationError'])

/** Whether `reconcile` could not find out what became of a call. */
export const isReconciliationError = (error: unknown): error is ReconciliationError =>
  isNamed(error, ['ReconciliationError'])

/** Whether it is any error of this client. */
export const isWechatpayError = (error: unknown): error is WechatpayError =>
  isNamed(error, [
    'ApiError',
    'UntrustedAnswerError',
    'NoAnswerError',
    'NotificationError',
    'ConfigurationError',
    'ReconciliationError',
  ])

/** A body that has another form has none of them. */
const ErrorBody = z.object({
  code: z.string().optional().catch(undefined),
  message: z.string().optional().catch(undefined),
  detail: z.unknown().optional(),
})

const membersOf = (body: string): Partial<z.infer<typeof ErrorBody>> =>
  ErrorBody.safeParse(jsonOf(body)).data ?? {}

const nextStep = (status: number, outcome: Outcome): string => {
  const redirected = status >= 300 && status < 400
  if (redirected) return `Check baseUrl: redirects are not followed. ${nextSteps[outcome]}`
  if (outcome !== 'refused') return nextSteps[outcome]
  if (status === 401) {
    return 'Check that mchid, serial and private key belong together, and the clock of this machine.'
  }

  return status === 429 ? 'Slow down, then repeat it with the same body.' : nextSteps.refused
}
