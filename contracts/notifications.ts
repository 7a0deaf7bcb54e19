/**
 * Callbacks: the envelope that WeChat Pay posts to a merchant, what is sealed in it for each event,
 * and when an unanswered one is sent again.
 * @module
 */
import { z } from 'zod'
import { EncryptCertificate } from './certificates.ts'
import { chosen, documented, type Evidence, observed, type Source } from './evidence.ts'
import {
  fieldFrom,
  identifier,
  merchantNumber,
  object,
  orderTime,
  rfc3339,
  text,
} from './fields.ts'
import { type EitherMode, partiesFrom } from './parties.ts'
import { PermissionByCode } from './permissions.ts'
import { Refund, RefundStatus } from './refunds.ts'
import { type OrderState, ServiceOrder } from './service-orders.ts'
import {
  DirectTransactionNotice,
  PartnerTransactionNotice,
  type TransactionNotice,
} from './transactions.ts'
import { DirectUserSignPlan, PartnerUserSignPlan, type UserSignPlan } from './user-sign-plans.ts'

const party = partiesFrom(documented('webhooks'))
const fromWebhooks = fieldFrom(documented('webhooks'))
const fromCapture = fieldFrom(observed('capture'))

/** A text sealed with AES-256-GCM under the merchant's APIv3 key. */
const NotificationResource = object(() => ({
  original_type: fromCapture(identifier(64), '原始回调类型', 'family of the sealed object'),
  algorithm: EncryptCertificate.shape.algorithm,
  ciphertext: fromWebhooks(z.string(), '数据密文', 'Base64 of the sealed JSON and the tag'),
  associated_data: fromCapture(text(64, 0), '附加数据', 'additional authenticated data'),
  nonce: EncryptCertificate.shape.nonce,
}))

/** The body of a callback, its members in the order of captured ones. */
export const NotificationEnvelope = object(() => ({
  id: fromWebhooks(identifier(36), '通知ID', 'the same at every repetition'),
  create_time: fromWebhooks(rfc3339, '通知创建时间', 'when the event happened'),
  resource_type: fromWebhooks(
    z.literal('encrypt-resource'),
    '通知数据类型',
    'the resource is sealed',
  ),
  event_type: fromWebhooks(identifier(64), '通知类型', 'what happened'),
  summary: fromWebhooks(text(64), '回调摘要', 'what happened, for people'),
  resource: fromWebhooks(NotificationResource, '通知数据', 'the sealed object'),
}))
export type NotificationEnvelope = z.infer<typeof NotificationEnvelope>

const SignPlanNotice: z.ZodType<UserSignPlan> = z.union([PartnerUserSignPlan, DirectUserSignPlan])

const orderIn = <State extends OrderState>(state: State) => {
  const order = ServiceOrder.shape
  return {
    service_id: order.service_id,
    appid: order.appid,
    mchid: order.mchid,
    sub_appid: order.sub_appid,
    sub_mchid: order.sub_mchid,
    channel_id: fromWebhooks(
      merchantNumber,
      '渠道商商户号',
      'merchant number of a channel',
    ).optional(),
    out_order_no: order.out_order_no,
    out_trade_no: fromWebhooks(
      identifier(32),
      '商户系统内部扣款单号',
      'number of the charge, made by WeChat Pay',
    ).optional(),
    openid: order.openid,
    sub_openid: order.sub_openid,
    state: fromWebhooks(z.literal(state), '服务订单状态', 'how far the order has come'),
    state_description: order.state_description,
    service_introduction: order.service_introduction,
    total_amount: order.total_amount,
    post_payments: order.post_payments,
    post_discounts: order.post_discounts,
    risk_fund: order.risk_fund,
    time_range: order.time_range,
    location: order.location,
    attach: order.attach,
    order_id: order.order_id,
  }
}

/** An order whose amount has come in. */
export const PaidOrder = object(() => ({
  ...orderIn('DONE'),
  need_collection: ServiceOrder.shape.need_collection.unwrap(),
  collection: ServiceOrder.shape.collection.unwrap(),
}))
export type PaidOrder = z.infer<typeof PaidOrder>

/** An ordinary order that the user has confirmed. */
export const ConfirmedOrder = object(() => ({
  ...orderIn('DOING'),
  need_collection: ServiceOrder.shape.need_collection,
}))
export type ConfirmedOrder = z.infer<typeof ConfirmedOrder>

const serviceAuthorization = <Merchants extends z.ZodRawShape>(merchants: Merchants) => ({
  appid: party.appid('公众账号ID'),
  ...merchants,
  service_id: party.service_id('服务ID'),
  openid: party.openid('用户标识').optional(),
  sub_openid: party.sub_openid('子商户公众号下OpenID').optional(),
  user_service_status: fromWebhooks(
    z.enum(['USER_OPEN_SERVICE', 'USER_CLOSE_SERVICE']),
    '回调状态',
    'whether the user authorised or withdrew',
  ),
  openorclose_time: fromWebhooks(
    orderTime,
    '服务开启/解除授权时间',
    'when the user did, to the second',
  ),
  authorization_code: PermissionByCode.shape.authorization_code.optional(),
  out_request_no: fromWebhooks(
    identifier(64),
    '商户请求唯一标识',
    'number of the request that asked for the authorisation',
  ).optional(),
})

/** Here, and only here, WeChat Pay spells the merchants `mch_id` and `sub_mch_id`. */
export const PartnerServiceAuthorization = object(() =>
  serviceAuthorization({
    mch_id: party.mchid('服务商商户号'),
    sub_appid: party.sub_appid('子商户应用ID').optional(),
    sub_mch_id: party.sub_mchid('子商户的商户号').optional(),
  }),
)
export const DirectServiceAuthorization = object(() =>
  serviceAuthorization({ mchid: party.mchid('商户号') }),
)

type Partner = z.infer<typeof PartnerServiceAuthorization>
type Direct = z.infer<typeof DirectServiceAuthorization>

/** A user who authorised the service of a merchant, or withdrew from it. */
export const ServiceAuthorization: z.ZodType<ServiceAuthorization> = z.union([
  PartnerServiceAuthorization,
  DirectServiceAuthorization,
])
export type ServiceAuthorization = EitherMode<Partner, Direct> & Partial<Pick<Direct, 'mchid'>>

/** A refund that is over, well or not, in the order of the real callbacks. */
export const RefundNotice = object(() => {
  const refund = Refund.shape
  return {
    sp_mchid: party.mchid('服务商商户号').optional(),
    sub_mchid: party.sub_mchid('子商户号').optional(),
    mchid: party.mchid('直连商户号').optional(),
    out_trade_no: refund.out_trade_no,
    transaction_id: refund.transaction_id,
    out_refund_no: refund.out_refund_no,
    refund_id: refund.refund_id,
    refund_status: fromWebhooks(
      RefundStatus.exclude(['PROCESSING']),
      '退款状态',
      'how the refund ended',
    ),
    success_time: refund.success_time,
    amount: fromWebhooks(
      z.object({
        total: refund.amount.shape.total,
        refund: refund.amount.shape.refund,
        payer_total: refund.amount.shape.payer_total,
        payer_refund: refund.amount.shape.payer_refund,
      }),
      '金额信息',
      'the amounts',
    ),
    user_received_account: refund.user_received_account,
  }
})
export type RefundNotice = z.infer<typeof RefundNotice>

/** A payment that has come in. */
const TransactionSuccess: z.ZodType<TransactionNotice> = z.union([
  DirectTransactionNotice,
  PartnerTransactionNotice,
])

/** Seconds between one delivery and the next; the first goes out at once, the last is the last. */
export const retrySchedules = {
  minutely: { intervals: [60, 60, 60, 60, 60, 60, 60, 60, 60, 60] },
  day: {
    intervals: [
      15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10_800, 10_800, 10_800, 21_600, 21_600,
    ],
  },
} as const satisfies Record<string, { intervals: readonly number[] }>

export type RetrySchedule = keyof typeof retrySchedules

type NotificationRow = {
  summary: string
  /** How the wording of the summary is known. */
  summaryEvidence: Evidence
  original_type: 'payscore' | 'transaction' | 'refund'
  associated_data: 'payscore' | 'transaction' | 'refund'
  schedule: RetrySchedule
  /** What is sealed. */
  resource: z.ZodType
  sources: readonly Source[]
}

const payscore = { original_type: 'payscore', associated_data: 'payscore' } as const

const signPlan = {
  ...payscore,
  schedule: 'minutely',
  resource: SignPlanNotice,
  sources: ['webhooks', 'skit'],
} as const

const authorization = {
  ...payscore,
  schedule: 'day',
  resource: ServiceAuthorization,
  sources: ['webhooks', 'skit', 'capture'],
} as const

const refunded = {
  original_type: 'refund',
  associated_data: 'refund',
  schedule: 'day',
  resource: RefundNotice,
  sources: ['webhooks', 'refundPage', 'capture'],
} as const

/** The event table: all that is known of a callback. */
export const notifications = {
  'PAYSCORE.USER_SIGN_PLAN': {
    ...signPlan,
    summary: '用户签约计划成功',
    summaryEvidence: documented('webhooks'),
  },
  'PAYSCORE.USER_CANCEL_SIGN_PLAN': {
    ...signPlan,
    summary: '用户取消签约计划',
    summaryEvidence: chosen,
  },
  'PAYSCORE.USER_PAID': {
    ...payscore,
    summary: '微信支付分服务订单支付成功',
    summaryEvidence: observed('capture'),
    schedule: 'day',
    resource: PaidOrder,
    sources: ['webhooks', 'paidPage', 'skit'],
  },
  'PAYSCORE.USER_CONFIRM': {
    ...payscore,
    summary: '微信支付分服务订单用户已确认',
    summaryEvidence: observed('capture'),
    schedule: 'day',
    resource: ConfirmedOrder,
    sources: ['webhooks', 'skills', 'skit'],
  },
  'PAYSCORE.USER_OPEN_SERVICE': {
    ...authorization,
    summary: '签约成功',
    summaryEvidence: observed('capture'),
  },
  'PAYSCORE.USER_CLOSE_SERVICE': {
    ...authorization,
    summary: '解约成功',
    summaryEvidence: chosen,
  },
  'TRANSACTION.SUCCESS': {
    original_type: 'transaction',
    associated_data: 'transaction',
    summary: '支付成功',
    summaryEvidence: observed('capture'),
    schedule: 'day',
    resource: TransactionSuccess,
    sources: ['payPages', 'webhooks', 'capture'],
  },
  'REFUND.SUCCESS': { ...refunded, summary: '退款成功', summaryEvidence: observed('capture') },
  'REFUND.ABNORMAL': { ...refunded, summary: '退款异常', summaryEvidence: chosen },
  'REFUND.CLOSED': { ...refunded, summary: '退款关闭', summaryEvidence: chosen },
} as const satisfies Record<string, NotificationRow>

export type EventType = keyof typeof notifications

export const isEventType = (text: string): text is EventType => Object.hasOwn(notifications, text)

/** The rows of the table, in its order. */
export const eventTypes: readonly EventType[] = Object.keys(notifications).filter(isEventType)

/** As `row[key]`, which TypeScript would widen to the members of all rows. */
const memberOf = <Row, Key extends keyof Row>(row: Row, key: Key): Row[Key] => row[key]

const opened = <Type extends EventType>(type: Type) =>
  object(() => ({
    ...NotificationEnvelope.shape,
    event_type: z.literal(type),
    resource: memberOf(notifications[type], 'resource'),
  }))

/** An opened callback; `event_type` tells what its resource is. */
export const Notification = z.discriminatedUnion('event_type', [
  opened('PAYSCORE.USER_SIGN_PLAN'),
  opened('PAYSCORE.USER_CANCEL_SIGN_PLAN'),
  opened('PAYSCORE.USER_PAID'),
  opened('PAYSCORE.USER_CONFIRM'),
  opened('PAYSCORE.USER_OPEN_SERVICE'),
  opened('PAYSCORE.USER_CLOSE_SERVICE'),
  opened('TRANSACTION.SUCCESS'),
  opened('REFUND.SUCCESS'),
  opened('REFUND.ABNORMAL'),
  opened('REFUND.CLOSED'),
])
export type Notification = z.infer<typeof Notification>

/** The opened callback of one event. */
export type NotificationOf<Type extends EventType> = Extract<Notification, { event_type: Type }>
