/**
 * The contract: what is promised on either side of WeChat Pay's PayScore plans and basic payments.
 * The tables need zod only and load in a browser by themselves; the suite and the diagnosis need Node.
 * @module
 */

export { type Behaviour, behaviours } from './behaviours.ts'
export {
  CertificateList,
  EncryptCertificate,
  PlatformCertificate,
} from './certificates.ts'
export {
  type Diagnosis,
  diagnoseAnswer,
  diagnoseRequest,
  type KeyOwner,
  type KnownKey,
  type SignedAnswerEvidence,
  type SignedRequestEvidence,
} from './diagnosis/diagnose.ts'
export { diagnosisLine, diagnosisText } from './diagnosis/diagnosis.ts'
export { type Mistake, type MistakeCode, mistakeCodes } from './diagnosis/mistakes.ts'
export type { Endpoint } from './endpoint.ts'
export {
  type AnswerOf,
  type BodyOf,
  type EndpointId,
  type Endpoints,
  endpointIds,
  endpoints,
  type PathOf,
  type QueryOf,
} from './endpoints.ts'
export {
  type ErrorDetail,
  type ErrorEntry,
  errorBody,
  errors,
  type Situation,
} from './errors.ts'
export { type Evidence, type EvidenceClass, type Source, sources } from './evidence.ts'
export { limitsPage } from './limits.ts'
export {
  ConfirmedOrder,
  DirectServiceAuthorization,
  type EventType,
  isEventType,
  Notification,
  NotificationEnvelope,
  type NotificationOf,
  notifications,
  PaidOrder,
  PartnerServiceAuthorization,
  RefundNotice,
  type RetrySchedule,
  retrySchedules,
  ServiceAuthorization,
} from './notifications.ts'
export { type OpenApiDocument, openapi } from './openapi.ts'
export {
  Collection,
  CollectionState,
  Device,
  PaidType,
  PostDiscount,
  PostPayment,
  RiskFund,
  RiskFundName,
  ServiceLocation,
  TimeRange,
} from './order-parts.ts'
export {
  AppliedPermission,
  ApplyPermission,
  AuthorizationState,
  type Permission,
  PermissionByCode,
  PermissionByUser,
  TerminatePermissionByCode,
  TerminatePermissionByUser,
} from './permissions.ts'
export {
  type CreatePlan,
  DirectCreatePlan,
  DirectPlan,
  PartnerCreatePlan,
  PartnerPlan,
  type Plan,
  PlanDetail,
  PlanState,
} from './plans.ts'
export {
  CreateRefund,
  FundsAccount,
  RedirectRefund,
  Refund,
  RefundChannel,
  RefundStatus,
} from './refunds.ts'
export {
  type CancelServiceOrder,
  type CompleteServiceOrder,
  type CreatedServiceOrder,
  type CreateServiceOrder,
  type CreateSignPlanOrder,
  DirectCancelledServiceOrder,
  DirectCancelServiceOrder,
  DirectChargedServiceOrder,
  DirectCompletedServiceOrder,
  DirectCompleteServiceOrder,
  DirectCreatedServiceOrder,
  DirectCreateServiceOrder,
  DirectCreateSignPlanOrder,
  DirectModifiedServiceOrder,
  DirectModifyServiceOrder,
  DirectPayServiceOrder,
  DirectServiceOrder,
  DirectSignPlanOrder,
  DirectSyncedServiceOrder,
  DirectSyncServiceOrder,
  type ModifyServiceOrder,
  OrderState,
  PartnerCancelServiceOrder,
  PartnerCompleteServiceOrder,
  PartnerCreatedServiceOrder,
  PartnerCreateServiceOrder,
  PartnerCreateSignPlanOrder,
  PartnerModifyServiceOrder,
  PartnerPayServiceOrder,
  PartnerSignPlanOrder,
  PartnerSyncServiceOrder,
  type PayServiceOrder,
  ServiceOrder,
  type SignPlanOrder,
  StateDescription,
  type SyncServiceOrder,
} from './service-orders.ts'
export { is, matches, refuses, succeeds, valueAt } from './suite/assertions.ts'
export { type Coverage, coverageOf, coverageText } from './suite/coverage.ts'
export {
  type Assertion,
  type Call,
  type CallAnswer,
  type CallRequest,
  type Finding,
  type Interaction,
  interaction,
  type Target,
} from './suite/interaction.ts'
export { interactions } from './suite/interactions.ts'
export { type Result, run } from './suite/run.ts'
export { sandboxTarget } from './suite/sandbox-target.ts'
export type { Language } from './texts.ts'
export {
  type CreateTransaction,
  DirectTransaction,
  DirectTransactionNotice,
  DirectTransactionOrders,
  PartnerTransaction,
  PartnerTransactionNotice,
  PartnerTransactionOrders,
  TradeState,
  TradeType,
} from './transactions.ts'
export {
  CancelSignType,
  type CreatedUserSignPlan,
  type CreateUserSignPlan,
  DirectCreatedUserSignPlan,
  DirectCreateUserSignPlan,
  DirectStopUserSignPlan,
  DirectUserSignPlan,
  PartnerCreatedUserSignPlan,
  PartnerCreateUserSignPlan,
  PartnerStopUserSignPlan,
  PartnerUserSignPlan,
  PlanDetailState,
  SignedDetail,
  SignState,
  type StopUserSignPlan,
  type UserSignPlan,
} from './user-sign-plans.ts'
export { type Checked, check, type Location, type Violation } from './violation.ts'
