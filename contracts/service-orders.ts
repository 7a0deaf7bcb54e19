import { z } from 'zod'
import type { Endpoint } from './endpoint.ts'
import { chosen, documented, observed, sdk } from './evidence.ts'
import {
  callbackUrl,
  fen,
  fieldFrom,
  identifier,
  orderNumber,
  orderTime,
  orEmpty,
  planNumber,
  rfc3339,
  text,
} from './fields.ts'
import {
  Collection,
  Device,
  discount,
  PostDiscount,
  PostPayment,
  payment,
  period,
  place,
  RiskFund,
  riskFund,
  ServiceLocation,
  TimeRange,
} from './order-parts.ts'
import { type EitherMode, partiesFrom, strangers, wrongUser } from './parties.ts'

/** The states of a service order; DOING is told apart by `StateDescription`. */
export const OrderState = z.enum(['CREATED', 'DOING', 'DONE', 'REVOKED', 'EXPIRED'])
export type OrderState = z.infer<typeof OrderState>

/** What a DOING order waits for: the merchant's completion, or the user's money. */
export const StateDescription = z.enum(['USER_CONFIRM', 'MCH_COMPLETE'])
export type StateDescription = z.infer<typeof StateDescription>

const planParty = partiesFrom(documented('planOrderPage'))
const party = partiesFrom(documented('orderPages'))
const fromPlanPage = fieldFrom(documented('planOrderPage'))
const fromPages = fieldFrom(documented('orderPages'))
const fromOpenapi = fieldFrom(sdk('openapi'))
const fromCapture = fieldFrom(observed('capture'))
const ours = fieldFrom(chosen)

/** A member that means the same everywhere, whatever its label. */
const fromPagesAs =
  (about: string) =>
  <T extends z.ZodType>(schema: T, label: string): T =>
    fromPages(schema, label, about)

const outOrderNo = fromPages(orderNumber, '商户服务订单号', 'order number of the merchant')
const orderId = fromCapture(identifier(32), '微信支付服务订单号', 'order number of WeChat Pay')
const introduction = fromPages(text(20), '服务信息', 'the service in a few words')
const state = fromPages(OrderState, '服务订单状态', 'how far the order has come')
const stateDescription = fromPages(
  orEmpty(StateDescription),
  '订单状态说明',
  "what a DOING order waits for; otherwise absent or ''",
).optional()
const charged = fromPagesAs('what is charged for')
const takenOff = fromPagesAs('what is taken off')
const ceiling = fromPagesAs('the most that can be charged')
const when = fromPagesAs('when the service takes place')
const where = fromPagesAs('where the service takes place')
const notified = fromPagesAs('where WeChat Pay reports the payment')
const reason = fromPagesAs('why, in words that the user may read')
const device = ours(Device, '设备信息', 'devices of the service').optional()

const attach = (label: '附加数据' | '商户数据包') =>
  fromPages(text(256, 0), label, 'handed back as it is; at most 256 after URL encoding').optional()

/** The plan pages name the remarks last. */
const planPeriod = () => {
  const { start_time, end_time, start_time_remark, end_time_remark } = period()
  return { start_time, end_time, start_time_remark, end_time_remark }
}

const createSignPlanOrder = <Parties extends z.ZodRawShape>(parties: Parties) =>
  z.strictObject({
    service_id: planParty.service_id('支付分服务ID'),
    sign_plan_id: fromPlanPage(
      identifier(32),
      '待创建服务订单对应的用户的签约计划',
      'the sign plan, SIGNED and not expired',
    ),
    plan_detail_no: fromPlanPage(
      z.int().min(1),
      '待创建服务订单对应的用户的签约计划详情序号',
      'the detail to be used; strictly in order, one at a time',
    ),
    ...parties,
    notify_url: notified(callbackUrl(256), '商户扣款成功回调通知的地址'),
    service_introduction: fromPlanPage(
      text(20, 0),
      '服务信息',
      "the service in a few words; '' stands for the name of the plan",
    ),
    time_range: when(z.strictObject(planPeriod()), '服务时间'),
    location: where(z.strictObject(place()), '服务位置').optional(),
    attach: attach('附加数据'),
    out_trade_no: fromPlanPage(
      planNumber,
      '商户侧订单号',
      'the merchant_plan_detail_no of the detail; later the out_order_no',
    ),
  })

/** The body of `POST /v3/payscore/sign-plan/partner/serviceorder`. */
export const PartnerCreateSignPlanOrder = createSignPlanOrder({
  appid: planParty.appid('服务商的AppID'),
  sub_mchid: planParty.sub_mchid('子商户号'),
  sub_appid: planParty.sub_appid('子商户的AppID').optional(),
  openid: planParty.openid('服务商公众号下的用户标识').optional(),
  sub_openid: planParty.sub_openid('子商户公众号下的用户标识').optional(),
})
export const DirectCreateSignPlanOrder = createSignPlanOrder({
  appid: planParty.appid('商户的AppID'),
  openid: planParty.openid('商户公众号下的用户标识'),
})
export type CreateSignPlanOrder = EitherMode<
  z.infer<typeof PartnerCreateSignPlanOrder>,
  z.infer<typeof DirectCreateSignPlanOrder>
>

const signPlanOrder = <Parties extends z.ZodRawShape>(parties: Parties) => {
  const { name, amount, description } = payment('付费名称', '付费金额')
  const Charge = z.object({ name, amount, description }).partial({ name: true })
  const Discount = z.object({ name: discount.name, amount: discount.amount }).partial()

  return z.object({
    out_order_no: ours(orderNumber, '商户订单号', 'the out_trade_no of the request'),
    service_id: planParty.service_id('服务ID'),
    ...parties,
    service_introduction: introduction,
    state,
    state_description: stateDescription,
    post_payments: charged(z.array(Charge), '后付费项目').optional(),
    post_discounts: takenOff(z.array(Discount), '商户优惠').optional(),
    risk_fund: ceiling(RiskFund.pick({ amount: true }), '服务风险金').optional(),
    time_range: when(z.object(planPeriod()), '服务时间').optional(),
    location: where(ServiceLocation, '服务位置').optional(),
    attach: attach('附加数据'),
    notify_url: notified(callbackUrl(256), '商户回调地址').optional(),
    order_id: orderId.optional(),
  })
}

export const PartnerSignPlanOrder = signPlanOrder({
  appid: planParty.appid('服务商公众号ID'),
  mchid: planParty.mchid('服务商商户号'),
  sub_appid: planParty.sub_appid('子商户公众号ID').optional(),
  sub_mchid: planParty.sub_mchid('子商户商户号'),
})
export const DirectSignPlanOrder = signPlanOrder({
  appid: planParty.appid('商户公众号ID'),
  mchid: planParty.mchid('商户号'),
})
export type SignPlanOrder = EitherMode<
  z.infer<typeof PartnerSignPlanOrder>,
  z.infer<typeof DirectSignPlanOrder>
>

const OrdinaryCharge = z.strictObject(payment('付费项目名称', '金额'))
const OrdinaryDiscount = z.strictObject(discount).partial({ amount: true })
const OrdinaryPeriod = z.strictObject(period('预计服务结束')).partial({ start_time: true })

/** The body that creates an ordinary order; a plan order has an operation of its own. */
export const CreateServiceOrder = z.strictObject({
  service_id: party.service_id('服务ID'),
  appid: party.appid('服务商应用ID'),
  sub_mchid: party.sub_mchid('子商户号'),
  sub_appid: party.sub_appid('子商户应用ID').optional(),
  out_order_no: outOrderNo,
  service_introduction: introduction,
  post_payments: charged(z.array(OrdinaryCharge).max(100), '后付费项目').optional(),
  post_discounts: takenOff(z.array(OrdinaryDiscount).max(30), '后付费商户优惠').optional(),
  risk_fund: ceiling(z.strictObject(riskFund(fen.min(1))), '订单风险金'),
  time_range: when(OrdinaryPeriod, '服务时间'),
  location: where(z.strictObject(place('预计服务结束')), '服务位置').optional(),
  openid: party.openid('服务商公众号下的用户标识').optional(),
  sub_openid: party.sub_openid('子商户公众号下的用户标识').optional(),
  need_user_confirm: fromPages(
    z.boolean(),
    '是否需要用户确认',
    'whether the user confirms the order on a page',
  ).optional(),
  notify_url: notified(callbackUrl(255), '商户回调地址'),
  attach: attach('商户数据包'),
  device,
})
export type CreateServiceOrder = z.infer<typeof CreateServiceOrder>

/** The answer to the creation of an ordinary order. */
export const CreatedServiceOrder = z.object({
  out_order_no: outOrderNo,
  service_id: party.service_id('服务ID'),
  appid: party.appid('服务商应用ID'),
  mchid: party.mchid('服务商商户号'),
  sub_appid: party.sub_appid('子商户应用ID').optional(),
  sub_mchid: party.sub_mchid('子商户号'),
  service_introduction: introduction,
  state,
  state_description: stateDescription,
  post_payments: charged(
    z.array(z.object(payment('付费项目名称', '金额'))),
    '后付费项目',
  ).optional(),
  post_discounts: takenOff(
    z.array(z.object(discount).partial({ amount: true })),
    '商户优惠',
  ).optional(),
  risk_fund: ceiling(z.object(riskFund()), '订单风险金').optional(),
  time_range: when(z.object(period('预计服务结束')), '服务时间段').optional(),
  location: where(z.object(place('预计服务结束')), '服务位置').optional(),
  attach: attach('商户数据包'),
  notify_url: notified(callbackUrl(255), '商户回调地址').optional(),
  order_id: orderId,
  package: fromPages(
    text(2048),
    '跳转微信侧数据包',
    'opens the page on which the user confirms, for one hour',
  ).optional(),
})
export type CreatedServiceOrder = z.infer<typeof CreatedServiceOrder>

/** An order as the query answers it, an ordinary one or one of a plan. */
export const ServiceOrder = z.object({
  out_order_no: outOrderNo,
  service_id: party.service_id('服务ID'),
  appid: party.appid('服务商应用ID'),
  mchid: party.mchid('服务商商户号'),
  sub_appid: party.sub_appid('子商户应用ID').optional(),
  sub_mchid: party.sub_mchid('子商户号').optional(),
  service_introduction: introduction,
  state,
  state_description: stateDescription,
  post_payments: charged(z.array(PostPayment), '后付费项目').optional(),
  post_discounts: takenOff(z.array(PostDiscount), '后付费商户优惠').optional(),
  risk_fund: ceiling(RiskFund, '订单风险金').optional(),
  total_amount: fromPages(fen, '总金额', 'what completion asked for, in fen').optional(),
  need_collection: fromPages(
    z.boolean(),
    '是否需要收款',
    'whether there is anything to collect; known after completion',
  ).optional(),
  collection: fromPages(Collection, '收款信息', 'how much of it has come in').optional(),
  time_range: when(TimeRange, '服务时间').optional(),
  location: where(ServiceLocation, '服务位置').optional(),
  attach: attach('商户数据包'),
  notify_url: notified(callbackUrl(256), '商户回调地址').optional(),
  openid: party.openid('服务商公众号下的用户标识').optional(),
  sub_openid: party.sub_openid('子商户公众号下的用户标识').optional(),
  order_id: orderId.optional(),
})
export type ServiceOrder = z.infer<typeof ServiceOrder>

const addressee = z.strictObject({ out_order_no: outOrderNo })

const queriedOrder = z.strictObject({
  service_id: party.service_id('服务ID').optional(),
  sub_mchid: party.sub_mchid('子商户号'),
  out_order_no: outOrderNo.optional(),
  query_id: fromPages(
    identifier(512),
    '回跳查询ID',
    'what the page of WeChat hands back; instead of out_order_no',
  ).optional(),
})

export const CancelServiceOrder = z.strictObject({
  service_id: party.service_id('服务ID').optional(),
  sub_mchid: party.sub_mchid('子商户号'),
  reason: reason(text(50), '撤销原因'),
})
export type CancelServiceOrder = z.infer<typeof CancelServiceOrder>

const finalCharges = z
  .array(z.strictObject(payment('付费名称', '付费金额')))
  .min(1)
  .max(100)
const finalDiscount = z.strictObject(discount)
const finalAmount = fromPages(fen, '总金额', 'charges less discounts, in fen')

export const CompleteServiceOrder = z.strictObject({
  service_id: party.service_id('服务ID'),
  sub_mchid: party.sub_mchid('子商户号'),
  post_payments: charged(finalCharges, '后付费项目'),
  post_discounts: takenOff(z.array(finalDiscount).max(30), '后付费商户优惠').optional(),
  total_amount: finalAmount,
  time_range: when(
    z.strictObject(period()).partial({ start_time: true }),
    '实际服务时间',
  ).optional(),
  location: where(z.strictObject(place()), '实际服务位置').optional(),
  profit_sharing: fromPages(
    z.boolean(),
    '微信支付服务分账标记',
    'whether the payment will be shared with others',
  ).optional(),
  complete_time: fromOpenapi(rfc3339, '完结服务时间', 'when the service was over').optional(),
  goods_tag: ours(text(1024, 0), '订单优惠标记', 'selects coupons').optional(),
  device,
})
export type CompleteServiceOrder = z.infer<typeof CompleteServiceOrder>

export const ModifyServiceOrder = z.strictObject({
  service_id: party.service_id('服务ID').optional(),
  sub_mchid: party.sub_mchid('子商户号'),
  post_payments: charged(finalCharges, '后付费项目'),
  post_discounts: takenOff(
    z.array(finalDiscount.partial({ description: true })).max(30),
    '后付费商户优惠',
  ).optional(),
  total_amount: finalAmount,
  reason: reason(text(50), '修改原因'),
  device,
})
export type ModifyServiceOrder = z.infer<typeof ModifyServiceOrder>

export const PayServiceOrder = z.strictObject({
  service_id: party.service_id('服务ID').optional(),
  sub_mchid: party.sub_mchid('子商户号'),
})
export type PayServiceOrder = z.infer<typeof PayServiceOrder>

const PaymentElsewhere = z.strictObject({
  seq: fromOpenapi(z.int().min(1), '收款序号', 'ordinal of the payment').optional(),
  paid_time: fromPages(orderTime, '收款成功时间', 'when the user paid elsewhere'),
  paid_amount: fromOpenapi(fen, '收款金额', 'what the user paid elsewhere, in fen').optional(),
})

export const SyncServiceOrder = z.strictObject({
  service_id: party.service_id('服务ID'),
  sub_mchid: party.sub_mchid('子商户号'),
  type: fromPages(z.literal('Order_Paid'), '场景类型', 'the one thing that can be reported'),
  detail: fromPages(PaymentElsewhere, '内容信息详情', 'what the merchant reports'),
})
export type SyncServiceOrder = z.infer<typeof SyncServiceOrder>

const createForPlan = {
  method: 'POST',
  summary: 'Create the service order of one detail of a signed plan.',
  sources: ['planOrderPage', 'openapi', 'seed'],
} as const

const wrongTimesAndPlaces = [
  'timeFormat',
  'timePast',
  'endBeforeStart',
  'remarkWithoutTime',
  'endLocationAlone',
] as const

const refusalsForPlan = [
  ...strangers,
  'signPlanUnknown',
  'orderMismatch',
  'userNotSigner',
  'signPlanStateIllegal',
  'detailUnknown',
  'detailNumberMismatch',
  'detailOutOfOrder',
  'reentryMismatch',
  'attachTooLong',
  ...wrongTimesAndPlaces,
] as const

const wrongOrder = ['orderUnknown', 'orderMismatch'] as const

export const serviceOrderEndpoints = {
  'signplan.serviceorder.create.partner': {
    ...createForPlan,
    path: '/v3/payscore/sign-plan/partner/serviceorder',
    mode: 'partner',
    request: { body: PartnerCreateSignPlanOrder },
    response: { status: 200, body: PartnerSignPlanOrder },
    situations: [...refusalsForPlan, 'subMerchantUnbound', ...wrongUser],
  },
  'signplan.serviceorder.create.direct': {
    ...createForPlan,
    path: '/v3/payscore/sign-plan/serviceorder',
    mode: 'direct',
    request: { body: DirectCreateSignPlanOrder },
    response: { status: 200, body: DirectSignPlanOrder },
    situations: refusalsForPlan,
  },
  'serviceorder.create.partner': {
    method: 'POST',
    path: '/v3/payscore/partner/serviceorder',
    mode: 'partner',
    summary: 'Create an ordinary service order; a plan order has an operation of its own.',
    request: { body: CreateServiceOrder },
    response: { status: 200, body: CreatedServiceOrder },
    situations: [
      ...strangers,
      'subMerchantUnbound',
      ...wrongUser,
      'numberUsed',
      'reentryMismatch',
      'itemsInvalid',
      'attachTooLong',
      ...wrongTimesAndPlaces,
    ],
    sources: ['orderPages', 'openapi'],
  },
  'serviceorder.query.partner': {
    method: 'GET',
    path: '/v3/payscore/partner/serviceorder',
    mode: 'partner',
    summary: 'Query a service order.',
    request: { query: queriedOrder },
    response: { status: 200, body: ServiceOrder },
    situations: ['orderKeyAmbiguous', ...wrongOrder],
    sources: ['orderPages', 'openapi'],
  },
  'serviceorder.cancel.partner': {
    method: 'POST',
    path: '/v3/payscore/partner/serviceorder/{out_order_no}/cancel',
    mode: 'partner',
    summary: 'Cancel a service order; the detail of a plan that it served is used up.',
    request: { path: addressee, body: CancelServiceOrder },
    response: { status: 204 },
    situations: [...wrongOrder, 'orderCanceled', 'orderDone', 'cancelNotAllowed', 'chargeRunning'],
    sources: ['orderPages', 'openapi'],
  },
  'serviceorder.complete.partner': {
    method: 'POST',
    path: '/v3/payscore/partner/serviceorder/{out_order_no}/complete',
    mode: 'partner',
    summary: 'Complete the service and name the amount; the collection follows by itself.',
    request: { path: addressee, body: CompleteServiceOrder },
    response: { status: 204 },
    situations: [
      ...wrongOrder,
      'orderStateIllegal',
      'reentryMismatch',
      'itemsInvalid',
      'totalIllegal',
      'totalAboveRisk',
      ...wrongTimesAndPlaces,
      'endMissing',
      'endInFuture',
    ],
    sources: ['orderPages', 'openapi'],
  },
  'serviceorder.modify.partner': {
    method: 'POST',
    path: '/v3/payscore/partner/serviceorder/{out_order_no}/modify',
    mode: 'partner',
    summary: 'Lower the amount of a completed order that is not yet paid.',
    request: { path: addressee, body: ModifyServiceOrder },
    response: { status: 204 },
    situations: [
      ...wrongOrder,
      'modifyNotPaying',
      'modifyNotLower',
      'itemsInvalid',
      'totalIllegal',
      'totalAboveRisk',
      'chargeRunning',
    ],
    sources: ['orderPages', 'openapi'],
  },
  'serviceorder.pay.partner': {
    method: 'POST',
    path: '/v3/payscore/partner/serviceorder/{out_order_no}/pay',
    mode: 'partner',
    summary: 'Try once more to charge a completed order.',
    request: { path: addressee, body: PayServiceOrder },
    response: { status: 204 },
    situations: [
      ...wrongOrder,
      'payTooEarly',
      'orderDone',
      'orderCanceled',
      'orderStateIllegal',
      'chargeRunning',
      'chargeFailed',
    ],
    sources: ['orderPages', 'openapi'],
  },
  'serviceorder.sync.partner': {
    method: 'POST',
    path: '/v3/payscore/partner/serviceorder/{out_order_no}/sync',
    mode: 'partner',
    summary: 'Report that the user paid a completed order elsewhere.',
    request: { path: addressee, body: SyncServiceOrder },
    response: { status: 204 },
    situations: [
      ...wrongOrder,
      'orderStateIllegal',
      'orderDone',
      'orderCanceled',
      'chargeRunning',
      'timeFormat',
    ],
    sources: ['orderPages', 'openapi'],
  },
} as const satisfies Record<string, Endpoint>
