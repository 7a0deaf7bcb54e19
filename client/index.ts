/**
 * The door `wechatpay-sandbox/client`.
 * @module
 */
export type { Diagnosis } from '../contracts/diagnosis/diagnose.ts'
export type { Mistake, MistakeCode } from '../contracts/diagnosis/mistakes.ts'
export type { EventType, Notification, NotificationOf } from '../contracts/notifications.ts'
export type { Language } from '../contracts/texts.ts'
export {
  ApiError,
  type ConfigurationCode,
  ConfigurationError,
  isApiError,
  isConfigurationError,
  isNoAnswerError,
  isNotificationError,
  isReconciliationError,
  isUntrustedAnswerError,
  isWechatpayError,
  type NoAnswerCode,
  NoAnswerError,
  type NotificationCode,
  NotificationError,
  type OtherNotification,
  type Outcome,
  type ReconciliationCode,
  ReconciliationError,
  type UntrustedAnswerCode,
  UntrustedAnswerError,
  WechatpayError,
  type WechatpayErrorCode,
} from './errors.ts'
export type { Explain } from './explain.ts'
export type { Invocations, Invoke } from './invocations.ts'
export type { IncomingHeaders, Notifications } from './notifications.ts'
export type { PlatformKind } from './platform-keys.ts'
export type { Answer, CallOptions, Reconciled, RoutePath } from './routes.ts'
export {
  type SignedFetch,
  type SignedFetchOptions,
  signedFetch,
} from './signed-fetch.ts'
export type { Send } from './transport.ts'
export { type FromCredentialsOptions, Wechatpay, type WechatpayOptions } from './wechatpay.ts'
