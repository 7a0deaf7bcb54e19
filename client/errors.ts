import type { NotificationEnvelope } from '../contracts/notifications.ts'

/** An answer or a callback that cannot be trusted: nothing of it is handed on. */
export type UntrustedAnswerCode =
  | 'SIGNATURE_HEADERS_MISSING'
  | 'SERIAL_UNKNOWN'
  | 'TIMESTAMP_OFFSET'
  | 'SIGNATURE_MISMATCH'

/** No answer that can be read; whether the request was carried out is unknown. */
export type NoAnswerCode = 'TIMEOUT' | 'CONNECTION_FAILED' | 'ANSWER_UNREADABLE'

/** A callback that is WeChat Pay's and cannot be read. */
export type NotificationCode =
  | 'BODY_UNREADABLE'
  | 'CIPHERTEXT_MALFORMED'
  | 'CIPHERTEXT_UNREADABLE'
  | 'PLAINTEXT_UNREADABLE'
  | 'RESOURCE_UNEXPECTED'

/** The program is wrong: nothing was sent. */
export type ConfigurationCode =
  | 'OPTION_INVALID'
  | 'CREDENTIALS_UNREADABLE'
  | 'PATH_UNKNOWN'
  | 'PATH_PARAMETER_INVALID'
  | 'BLOCKING_UNAVAILABLE'
  | 'RAW_BODY_NEEDED'

export type WechatpayErrorCode =
  | 'REFUSED'
  | UntrustedAnswerCode
  | NoAnswerCode
  | NotificationCode
  | ConfigurationCode

/** The parent of every error of this client. Branch on `code`; messages are for people. */
export abstract class WechatpayError extends Error {
  abstract readonly code: WechatpayErrorCode
}

/** What is known of a refusal; `operation` is method and path. */
export type Refusal = {
  operation: string
  status: number
  requestId: string | undefined
  body: string
}

/**
 * WeChat Pay refused the request (any status but 2xx). Refusals are not verified: their signature
 * is optional, so treat them as information, not as proof.
 */
export class ApiError extends WechatpayError {
  override readonly name = 'ApiError'
  readonly code = 'REFUSED'
  readonly operation: string
  readonly status: number
  /** What support asks for. */
  readonly requestId: string | undefined
  /** The answer's text, whatever it is. */
  readonly body: string
  /** The `code` of the body, such as `PARAM_ERROR`; `undefined` when the body has none. */
  readonly apiCode: string | undefined
  readonly apiMessage: string | undefined
  /** The `detail` of the body: `location` and `value` of a wrong field, say. */
  readonly detail: unknown

  constructor({ operation, status, requestId, body }: Refusal) {
    const { code, message, detail } = membersOf(body)
    const words = [status, code, message].filter((word) => word !== undefined).join(' ')
    const id = requestId === undefined ? '' : ` (Request-ID ${requestId})`
    super(`${operation} was refused: ${words}${id}. ${nextStep(status)}`)

    this.operation = operation
    this.status = status
    this.requestId = requestId
    this.body = body
    this.apiCode = code
    this.apiMessage = message
    this.detail = detail
  }
}

/** A 2xx answer, or a callback, whose signature does not prove that it comes from WeChat Pay. */
export class UntrustedAnswerError extends WechatpayError {
  override readonly name = 'UntrustedAnswerError'
  readonly code: UntrustedAnswerCode

  constructor(code: UntrustedAnswerCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** No usable answer: the request may have been carried out all the same, so ask before repeating. */
export class NoAnswerError extends WechatpayError {
  override readonly name = 'NoAnswerError'
  readonly code: NoAnswerCode

  constructor(code: NoAnswerCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** A verified callback that no type describes: its resource is opened, otherwise unchecked. */
export type OtherNotification = Omit<NotificationEnvelope, 'event_type' | 'resource'> & {
  event_type: 'OTHER'
  /** The `event_type` that was sent. */
  original_event_type: string
  resource: unknown
}

type NotificationErrorOptions = ErrorOptions & { notification?: OtherNotification }

/** A callback that comes from WeChat Pay and cannot be read: answer 5xx, and it comes again. */
export class NotificationError extends WechatpayError {
  override readonly name = 'NotificationError'
  readonly code: NotificationCode
  // Private, so that it is not printed with the error.
  readonly #notification: OtherNotification | undefined

  constructor(code: NotificationCode, message: string, options: NotificationErrorOptions = {}) {
    super(message, options)
    this.code = code
    this.#notification = options.notification
  }

  /** What RESOURCE_UNEXPECTED is about. */
  get notification(): OtherNotification | undefined {
    return this.#notification
  }
}

/** A wrong option, path, body or credentials folder. */
export class ConfigurationError extends WechatpayError {
  override readonly name = 'ConfigurationError'
  readonly code: ConfigurationCode

  constructor(code: ConfigurationCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

export const optionInvalid = (message: string, cause?: unknown): ConfigurationError =>
  new ConfigurationError('OPTION_INVALID', message, cause === undefined ? undefined : { cause })

// By name, not by class: two copies of the package in one program still understand each other.
const isNamed = (error: unknown, names: readonly string[]): boolean =>
  error instanceof Error && names.includes(error.name)

export const isApiError = (error: unknown): error is ApiError => isNamed(error, ['ApiError'])

export const isUntrustedAnswerError = (error: unknown): error is UntrustedAnswerError =>
  isNamed(error, ['UntrustedAnswerError'])

export const isNoAnswerError = (error: unknown): error is NoAnswerError =>
  isNamed(error, ['NoAnswerError'])

export const isNotificationError = (error: unknown): error is NotificationError =>
  isNamed(error, ['NotificationError'])

export const isConfigurationError = (error: unknown): error is ConfigurationError =>
  isNamed(error, ['ConfigurationError'])

export const isWechatpayError = (error: unknown): error is WechatpayError =>
  isNamed(error, [
    'ApiError',
    'UntrustedAnswerError',
    'NoAnswerError',
    'NotificationError',
    'ConfigurationError',
  ])

type Members = { code?: string | undefined; message?: string | undefined; detail?: unknown }

const membersOf = (body: string): Members => {
  try {
    const parsed: unknown = JSON.parse(body)
    if (typeof parsed !== 'object' || parsed === null) return {}
    const text = (name: string) => {
      const value: unknown = Reflect.get(parsed, name)
      return typeof value === 'string' ? value : undefined
    }

    return { code: text('code'), message: text('message'), detail: Reflect.get(parsed, 'detail') }
  } catch {
    return {}
  }
}

const nextStep = (status: number): string => {
  if (status === 401) {
    return 'Check that mchid, serial and private key belong together, and the clock of this machine.'
  }
  if (status === 429) return 'Slow down, then repeat it with the same body.'
  if (status >= 500) return 'Repeat it later with the same body.'
  if (status >= 300 && status < 400) return 'Check baseUrl: redirects are not followed.'

  return 'Correct the request; apiMessage and detail say what is wrong.'
}
