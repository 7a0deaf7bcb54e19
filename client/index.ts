/**
 * The door `wechatpay-sandbox/client`.
 * @module
 */
export {
  ApiError,
  type ConfigurationCode,
  ConfigurationError,
  isApiError,
  isConfigurationError,
  isNoAnswerError,
  isUntrustedAnswerError,
  isWechatpayError,
  type NoAnswerCode,
  NoAnswerError,
  type UntrustedAnswerCode,
  UntrustedAnswerError,
  WechatpayError,
  type WechatpayErrorCode,
} from './errors.ts'
export type { PlatformKind } from './platform-keys.ts'
export type { Answer, CallOptions, RoutePath } from './routes.ts'
export {
  type Send,
  type SignedFetch,
  type SignedFetchOptions,
  signedFetch,
} from './signed-fetch.ts'
export { type FromCredentialsOptions, Wechatpay, type WechatpayOptions } from './wechatpay.ts'
