/**
 * The door `wechatpay-sandbox`: a local WeChat Pay.
 * @module
 */
export type { MerchantCredentials } from '../contracts/credentials.ts'
export { CredentialsError, type CredentialsErrorCode } from './authority/credentials-error.ts'
export type { Flaw } from './authority/flaws.ts'
export type { Control } from './control/control.ts'
export { type FaultName, faults } from './faults/faults.ts'
export type { Exchange } from './http/app.ts'
export {
  createNotificationMaker,
  type MakeOptions,
  type NotificationMaker,
  type NotificationMakerOptions,
  type TestNotification,
} from './maker/notification-maker.ts'
export { createSandbox, type Delivery, type Sandbox, type SandboxOptions } from './sandbox.ts'
export type { Clock } from './scheduler/scheduler.ts'
export { targetAt } from './verifying/target-at.ts'
