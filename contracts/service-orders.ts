import { z } from 'zod'
import type { Endpoint } from './endpoint.ts'
import { chosen, documented, observed, sdk } from './evidence.ts'
import {
  callbackUrl,
  fen,
  fieldFrom,
  identifier,
  object,
  orderNumber,
  orderTime,
  orEmpty,
  planNumber,
  rfc3339,
  strictObject,
  text,
} from './fields.ts'
import {
  Collection,
  Device,
  discount,
  PaidType,
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
  "what a DOING order waits for; otherwise '', or absent outside queries",
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

const createSignPlanOrder = <Parties extends z.ZodRawShape>(parties: Parties) => ({
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
export const PartnerCreateSignPlanOrder = strictObject(() =>
  createSignPlanOrder({
    appid: planParty.appid('服务商的AppID'),
    sub_mchid: planParty.sub_mchid('子商户号'),
    sub_appid: planParty.sub_appid('子商户的AppID').optional(),
    openid: planParty.openid('服务商公众号下的用户标识').optional(),
    sub_openid: planParty.sub_openid('子商户公众号下的用户标识').optional(),
  }),
)
export const DirectCreateSignPlanOrder = strictObject(() =>
  createSignPlanOrder({
    appid: planParty.appid('商户的AppID'),
    openid: planParty.openid('商户公众号下的用户标识'),
  }),
)
export type CreateSignPlanOrder = EitherMode<
  z.infer<typeof PartnerCreateSignPlanOrder>,
  z.infer<typeof DirectCreateSignPlanOrder>
>

const signPlanOrder = <Parties extends z.ZodRawShape>(parties: Parties) => {
  const { name, amount, description } = payment('付费名称', '付费金额')
  const Charge = z.object({ name, amount, description }).partial({ name: true })
  const Discount = z.object(discount()).pick({ name: true, amount: true }).partial()

  return {
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
  }
}

export const PartnerSignPlanOrder = object(() =>
  signPlanOrder({
    appid: planParty.appid('服务商公众号ID'),
    mchid: planParty.mchid('服务商商户号'),
    sub_appid: planParty.sub_appid('子商户公众号ID').optional(),
    sub_mchid: planParty.sub_mchid('子商户商户号'),
  }),
)
export const DirectSignPlanOrder = object(() =>
  signPlanOrder({
    appid: planParty.appid('商户公众号ID'),
    mchid: planParty.mchid('商户号'),
  }),
)
export type SignPlanOrder = EitherMode<
  z.infer<typeof PartnerSignPlanOrder>,
  z.infer<typeof DirectSignPlanOrder>
>

/** What the pages of either mode call the parts of an ordinary order. */
const partnerWords = {
  charge: '付费项目名称',
  amount: '金额',
  discounts: '后付费商户优惠',
  riskFund: '订单风险金',
  riskFundName: '风险金名称',
  period: '服务时间',
  end: '预计服务结束',
} as const
const directWords = {
  charge: '付费名称',
  amount: '付费金额',
  discounts: '商户优惠',
  riskFund: '服务风险金',
  riskFundName: '风险名称',
  period: '服务时间段',
  end: '服务结束',
} as const
type Words = typeof partnerWords | typeof directWords

const createServiceOrder = <
  Parties extends z.ZodRawShape,
  Period extends z.ZodType,
  Users extends z.ZodRawShape,
>({
  words,
  ...mode
}: {
  parties: Parties
  time_range: Period
  users: Users
  words: Words
}) => {
  const Charge = z.strictObject(payment(words.charge, words.amount))
  const Discount = z.strictObject(discount()).partial({ amount: true })
  const Ceiling = z.strictObject(riskFund(fen.min(1), words.riskFundName))

  return {
    service_id: party.service_id('服务ID'),
    ...mode.parties,
    out_order_no: outOrderNo,
    service_introduction: introduction,
    post_payments: charged(z.array(Charge).max(100), '后付费项目').optional(),
    post_discounts: takenOff(z.array(Discount).max(30), words.discounts).optional(),
    risk_fund: ceiling(Ceiling, words.riskFund),
    time_range: when(mode.time_range, words.period),
    location: where(z.strictObject(place(words.end)), '服务位置').optional(),
    ...mode.users,
    need_user_confirm: fromPages(
      z.boolean(),
      '是否需要用户确认',
      'whether the user confirms the order on a page',
    ).optional(),
    notify_url: notified(callbackUrl(255), '商户回调地址'),
    attach: attach('商户数据包'),
    device,
  }
}

/** The body that creates an ordinary order; a plan order has an operation of its own. */
export const PartnerCreateServiceOrder = strictObject(() =>
  createServiceOrder({
    parties: {
      appid: party.appid('服务商应用ID'),
      sub_mchid: party.sub_mchid('子商户号'),
      sub_appid: party.sub_appid('子商户应用ID').optional(),
    },
    time_range: z.strictObject(period('预计服务结束')).partial({ start_time: true }),
    users: {
      openid: party.openid('服务商公众号下的用户标识').optional(),
      sub_openid: party.sub_openid('子商户公众号下的用户标识').optional(),
    },
    words: partnerWords,
  }),
)
export const DirectCreateServiceOrder = strictObject(() =>
  createServiceOrder({
    parties: { appid: party.appid('公众账号ID') },
    time_range: z.strictObject(period()),
    users: { openid: party.openid('用户标识').optional() },
    words: directWords,
  }),
)
export type CreateServiceOrder = EitherMode<
  z.infer<typeof PartnerCreateServiceOrder>,
  z.infer<typeof DirectCreateServiceOrder>
>

const createdServiceOrder = <Parties extends z.ZodRawShape>(parties: Parties, words: Words) => {
  const Charge = z.object(payment(words.charge, words.amount))
  const Discount = z.object(discount()).partial({ amount: true })

  return {
    out_order_no: outOrderNo,
    service_id: party.service_id('服务ID'),
    ...parties,
    service_introduction: introduction,
    state,
    state_description: stateDescription,
    post_payments: charged(z.array(Charge), '后付费项目').optional(),
    post_discounts: takenOff(z.array(Discount), '商户优惠').optional(),
    risk_fund: ceiling(z.object(riskFund(fen, words.riskFundName)), words.riskFund).optional(),
    time_range: when(z.object(period(words.end)), '服务时间段').optional(),
    location: where(z.object(place(words.end)), '服务位置').optional(),
    attach: attach('商户数据包'),
    notify_url: notified(callbackUrl(255), '商户回调地址').optional(),
    order_id: orderId,
    package: fromPages(
      text(2048),
      '跳转微信侧数据包',
      'opens the page on which the user confirms, for one hour',
    ).optional(),
  }
}

/** The answer to the creation of an ordinary order. */
export const PartnerCreatedServiceOrder = object(() => ({
  ...createdServiceOrder(
    {
      appid: party.appid('服务商应用ID'),
      mchid: party.mchid('服务商商户号'),
      sub_appid: party.sub_appid('子商户应用ID').optional(),
      sub_mchid: party.sub_mchid('子商户号'),
    },
    partnerWords,
  ),
  // The page demands a start of the answer, but none of the request that is answered.
  time_range: when(
    z.object(period(partnerWords.end)).partial({ start_time: true }),
    '服务时间段',
  ).optional(),
}))
export const DirectCreatedServiceOrder = object(() =>
  createdServiceOrder(
    { appid: party.appid('公众账号ID'), mchid: party.mchid('商户号') },
    directWords,
  ),
)
export type CreatedServiceOrder = EitherMode<
  z.infer<typeof PartnerCreatedServiceOrder>,
  z.infer<typeof DirectCreatedServiceOrder>
>

/** An order as the query answers it, an ordinary one or one of a plan. */
export const ServiceOrder = object(() => ({
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
}))
export type ServiceOrder = z.infer<typeof ServiceOrder>

const directOrder = object(() => ({
  ...ServiceOrder.omit({ sub_appid: true, sub_mchid: true, sub_openid: true }).shape,
  appid: party.appid('公众账号ID'),
  mchid: party.mchid('商户号'),
  openid: party.openid('用户标识').optional(),
}))

/** The same order as the direct query answers it. */
export const DirectServiceOrder = object(() => {
  const { shape } = directOrder
  return { ...shape, notify_url: shape.notify_url.unwrap() }
})

/** The answer to a completion: the collection is yet to come. */
export const DirectCompletedServiceOrder = object(() => {
  const unsaid = { collection: true, attach: true, notify_url: true, openid: true } as const
  const { shape } = directOrder.omit(unsaid)
  return {
    ...shape,
    risk_fund: shape.risk_fund.unwrap(),
    total_amount: fromOpenapi(fen, '商户收款总金额', 'what completion asked for, in fen'),
  }
})

/** The answer to a modification. */
export const DirectModifiedServiceOrder = object(() => {
  const { shape } = directOrder.omit({ openid: true })
  return { ...shape, post_payments: shape.post_payments.unwrap() }
})

/** The answer to the report of a payment. */
export const DirectSyncedServiceOrder = object(() => ({ ...directOrder.shape, order_id: orderId }))

/** The answer to a cancellation: which order it was. */
export const DirectCancelledServiceOrder = object(() => ({
  appid: directOrder.shape.appid,
  mchid: directOrder.shape.mchid,
  out_order_no: outOrderNo,
  service_id: directOrder.shape.service_id,
  order_id: orderId,
}))

/** The answer to a charge that was asked for. */
export const DirectChargedServiceOrder = object(
  () => DirectCancelledServiceOrder.partial({ mchid: true }).shape,
)

const addressee = strictObject(() => ({ out_order_no: outOrderNo }))

/** Whose order is meant. */
const subMerchant = {
  service_id: party.service_id('服务ID').optional(),
  sub_mchid: party.sub_mchid('子商户号'),
}
const subMerchantInService = { ...subMerchant, service_id: party.service_id('服务ID') }
const merchant = { appid: party.appid('公众账号ID'), service_id: party.service_id('服务ID') }
const anyServiceOfMerchant = { ...merchant, service_id: merchant.service_id.optional() }

const queriedOrder = <Parties extends z.ZodRawShape>(parties: Parties) =>
  strictObject(() => ({
    ...parties,
    out_order_no: outOrderNo.optional(),
    query_id: fromPages(
      identifier(512),
      '回跳查询ID',
      'what the page of WeChat hands back; instead of out_order_no',
    ).optional(),
  }))

const cancelServiceOrder = <Parties extends z.ZodRawShape>(parties: Parties) =>
  strictObject(() => ({ ...parties, reason: reason(text(50), '撤销原因') }))

export const PartnerCancelServiceOrder = cancelServiceOrder(subMerchant)
export const DirectCancelServiceOrder = cancelServiceOrder(anyServiceOfMerchant)
export type CancelServiceOrder =
  | z.infer<typeof PartnerCancelServiceOrder>
  | z.infer<typeof DirectCancelServiceOrder>

const finalCharge = strictObject(() => payment('付费名称', '付费金额'))
const finalDiscount = strictObject(discount)
const undescribed = strictObject(() => finalDiscount.partial({ description: true }).shape)

/** The partner pages of 2025 demand neither a name nor what a discount takes off. */
const partnerItems = {
  charge: strictObject(() => finalCharge.partial({ name: true }).shape),
  discount: strictObject(() => finalDiscount.partial({ name: true, amount: true }).shape),
}
const charges = <Charge extends z.ZodType>(charge: Charge) => z.array(charge).min(1).max(100)

const finalAmount = fromPages(fen, '总金额', 'charges less discounts, in fen')

type Items<Charge, Discount> = { charge: Charge; discount: Discount }

const completeServiceOrder = <
  Parties extends z.ZodRawShape,
  Charge extends z.ZodType,
  Discount extends z.ZodType,
>(
  parties: Parties,
  { charge, discount }: Items<Charge, Discount>,
  words: Words,
) => ({
  ...parties,
  post_payments: charged(charges(charge), '后付费项目'),
  post_discounts: takenOff(z.array(discount).max(30), words.discounts).optional(),
  total_amount: finalAmount,
  time_range: when(
    z.strictObject(period()).partial({ start_time: true }),
    `实际${words.period}`,
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

export const PartnerCompleteServiceOrder = strictObject(() =>
  completeServiceOrder(subMerchantInService, partnerItems, partnerWords),
)
export const DirectCompleteServiceOrder = strictObject(() => {
  const items = { charge: finalCharge, discount: undescribed }
  const { complete_time: _, ...members } = completeServiceOrder(merchant, items, directWords)
  return members
})

/** @alias The partner's, for rules that are the same in either mode. */
export const CompleteServiceOrder = PartnerCompleteServiceOrder
export type CompleteServiceOrder =
  | z.infer<typeof PartnerCompleteServiceOrder>
  | z.infer<typeof DirectCompleteServiceOrder>

const modifyServiceOrder = <
  Parties extends z.ZodRawShape,
  Charge extends z.ZodType,
  Discount extends z.ZodType,
>(
  parties: Parties,
  { charge, discount }: Items<Charge, Discount>,
) => ({
  ...parties,
  post_payments: charged(charges(charge), '后付费项目'),
  post_discounts: takenOff(z.array(discount).max(30), '后付费商户优惠').optional(),
  total_amount: finalAmount,
  reason: reason(text(50), '修改原因'),
  device,
})

export const PartnerModifyServiceOrder = strictObject(() =>
  modifyServiceOrder(subMerchant, {
    charge: partnerItems.charge,
    discount: partnerItems.discount.partial({ description: true }),
  }),
)
export const DirectModifyServiceOrder = strictObject(() =>
  modifyServiceOrder(anyServiceOfMerchant, {
    charge: finalCharge,
    discount: undescribed,
  }),
)
export type ModifyServiceOrder =
  | z.infer<typeof PartnerModifyServiceOrder>
  | z.infer<typeof DirectModifyServiceOrder>

export const PartnerPayServiceOrder = strictObject(() => subMerchant)
export const DirectPayServiceOrder = strictObject(() => merchant)
export type PayServiceOrder =
  | z.infer<typeof PartnerPayServiceOrder>
  | z.infer<typeof DirectPayServiceOrder>

const PaymentElsewhere = strictObject(() => ({
  seq: fromOpenapi(z.int().min(1), '收款序号', 'ordinal of the payment').optional(),
  paid_time: fromPages(orderTime, '收款成功时间', 'when the user paid elsewhere'),
  paid_amount: fromOpenapi(fen, '收款金额', 'what the user paid elsewhere, in fen').optional(),
}))

const syncServiceOrder = <Parties extends z.ZodRawShape, Detail extends z.ZodType>(
  parties: Parties,
  detail: Detail,
) => ({
  ...parties,
  type: fromPages(z.literal('Order_Paid'), '场景类型', 'the one thing that can be reported'),
  detail: fromPages(detail, '内容信息详情', 'what the merchant reports'),
})

export const PartnerSyncServiceOrder = strictObject(() =>
  syncServiceOrder(subMerchantInService, PaymentElsewhere),
)
export const DirectSyncServiceOrder = strictObject(() =>
  syncServiceOrder(merchant, PaymentElsewhere.pick({ paid_time: true })),
)
export type SyncServiceOrder =
  | z.infer<typeof PartnerSyncServiceOrder>
  | z.infer<typeof DirectSyncServiceOrder>

const createForPlan = {
  method: 'POST',
  summary: {
    en: 'Create the service order of one detail of a signed plan.',
    zh: '为已签约计划的一条计划详情创建服务订单。',
  },
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

const action = { method: 'POST', sources: ['orderPages', 'openapi'] } as const

const create = {
  ...action,
  summary: {
    en: 'Create an ordinary service order; a plan order has an operation of its own.',
    zh: '创建普通的服务订单；签约计划服务订单另有接口。',
  },
} as const

const refusalsOfCreation = [
  ...strangers,
  'userMissing',
  'numberUsed',
  'reentryMismatch',
  'itemsInvalid',
  'attachTooLong',
  ...wrongTimesAndPlaces,
] as const

const query = {
  ...action,
  method: 'GET',
  summary: { en: 'Query a service order.', zh: '查询服务订单。' },
  situations: ['orderKeyAmbiguous', ...wrongOrder],
} as const

const cancel = {
  ...action,
  summary: {
    en: 'Cancel a service order; the detail of a plan that it served is used up.',
    zh: '取消服务订单；它所对应的计划详情就此用掉。',
  },
  situations: [...wrongOrder, 'orderCanceled', 'orderDone', 'cancelNotAllowed', 'chargeRunning'],
} as const

const complete = {
  ...action,
  summary: {
    en: 'Complete the service and name the amount; the collection follows by itself.',
    zh: '完结服务订单并给出金额，随后自动扣款。',
  },
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
} as const

const modify = {
  ...action,
  summary: {
    en: 'Lower the amount of a completed order that is not yet paid.',
    zh: '调低已完结而未支付的订单的金额。',
  },
  situations: [
    ...wrongOrder,
    // Without a service_id: the pages allow that, the real service does not.
    'serviceForbidden',
    'modifyNotPaying',
    'modifyNotLower',
    'itemsInvalid',
    'totalIllegal',
    'totalAboveRisk',
    'chargeRunning',
  ],
} as const

const pay = {
  ...action,
  summary: {
    en: 'Try once more to charge a completed order.',
    zh: '对已完结的订单再发起一次催收扣款。',
  },
  situations: [
    ...wrongOrder,
    'payTooEarly',
    'orderDone',
    'orderCanceled',
    'orderStateIllegal',
    'chargeRunning',
    'chargeFailed',
  ],
} as const

const sync = {
  ...action,
  summary: {
    en: 'Report that the user paid a completed order elsewhere.',
    zh: '同步订单状态：用户已通过其他方式付款。',
  },
  situations: [
    ...wrongOrder,
    'orderStateIllegal',
    'orderDone',
    'orderCanceled',
    'chargeRunning',
    'timeFormat',
  ],
} as const

/** What later calls do not change; the charges, the times and the places they do. */
const madeAs = ['service_id', 'appid', 'openid', 'notify_url', 'attach'] as const
const madeBySub = [...madeAs, 'sub_mchid', 'sub_appid', 'sub_openid'] as const
const madeAlone = ['service_introduction', 'risk_fund'] as const

/** The answer has the number of a plan order under the name of an ordinary one. */
const names = { out_order_no: 'out_trade_no' } as const

const cancelled = { after: object(() => ({ state: OrderState.extract(['REVOKED']) })) }

const completed = {
  after: z.union([
    object(() => ({
      state: OrderState.extract(['DOING']),
      state_description: StateDescription.extract(['MCH_COMPLETE']),
    })),
    object(() => ({ state: OrderState.extract(['DONE']) })),
  ]),
  repeats: ['total_amount'],
} as const

/** Lowered already when it names the same total: one that is not lower would have been refused. */
const modified = {
  after: object(() => ({ total_amount: fen })),
  repeats: ['total_amount'],
} as const

const paid = { after: object(() => ({ state: OrderState.extract(['DONE']) })) }

/** Not by WeChat Pay: then the user paid twice, and the repeated report is refused. */
const paidElsewhere = {
  after: object(() => ({
    state: OrderState.extract(['DONE']),
    collection: z.object({
      details: z.array(z.object({ paid_type: PaidType.extract(['MCH']) })).min(1),
    }),
  })),
}

export const serviceOrderEndpoints = {
  'signplan.serviceorder.create.partner': {
    ...createForPlan,
    path: '/v3/payscore/sign-plan/partner/serviceorder',
    mode: 'partner',
    request: { body: PartnerCreateSignPlanOrder },
    response: { status: 200, body: PartnerSignPlanOrder },
    reconcile: { query: 'serviceorder.query.partner', names, repeats: madeBySub },
    situations: [...refusalsForPlan, 'subMerchantUnbound', ...wrongUser],
  },
  'signplan.serviceorder.create.direct': {
    ...createForPlan,
    path: '/v3/payscore/sign-plan/serviceorder',
    mode: 'direct',
    request: { body: DirectCreateSignPlanOrder },
    response: { status: 200, body: DirectSignPlanOrder },
    reconcile: { query: 'serviceorder.query.direct', names, repeats: madeAs },
    situations: refusalsForPlan,
  },
  'serviceorder.create.partner': {
    ...create,
    path: '/v3/payscore/partner/serviceorder',
    mode: 'partner',
    request: { body: PartnerCreateServiceOrder },
    response: { status: 200, body: PartnerCreatedServiceOrder },
    reconcile: { query: 'serviceorder.query.partner', repeats: [...madeBySub, ...madeAlone] },
    situations: [...refusalsOfCreation, 'subMerchantUnbound', 'userAmbiguous', 'subAppidMissing'],
  },
  'serviceorder.create.direct': {
    ...create,
    path: '/v3/payscore/serviceorder',
    mode: 'direct',
    request: { body: DirectCreateServiceOrder },
    response: { status: 200, body: DirectCreatedServiceOrder },
    reconcile: { query: 'serviceorder.query.direct', repeats: [...madeAs, ...madeAlone] },
    situations: refusalsOfCreation,
  },
  'serviceorder.query.partner': {
    ...query,
    path: '/v3/payscore/partner/serviceorder',
    mode: 'partner',
    request: { query: queriedOrder(subMerchant) },
    response: { status: 200, body: ServiceOrder },
  },
  'serviceorder.query.direct': {
    ...query,
    path: '/v3/payscore/serviceorder',
    mode: 'direct',
    request: { query: queriedOrder(merchant) },
    response: { status: 200, body: DirectServiceOrder },
  },
  'serviceorder.cancel.partner': {
    ...cancel,
    path: '/v3/payscore/partner/serviceorder/{out_order_no}/cancel',
    mode: 'partner',
    request: { path: addressee, body: PartnerCancelServiceOrder },
    response: { status: 204 },
    reconcile: { query: 'serviceorder.query.partner', ...cancelled },
  },
  'serviceorder.cancel.direct': {
    ...cancel,
    path: '/v3/payscore/serviceorder/{out_order_no}/cancel',
    mode: 'direct',
    request: { path: addressee, body: DirectCancelServiceOrder },
    response: { status: 200, body: DirectCancelledServiceOrder },
    reconcile: { query: 'serviceorder.query.direct', ...cancelled },
  },
  'serviceorder.complete.partner': {
    ...complete,
    path: '/v3/payscore/partner/serviceorder/{out_order_no}/complete',
    mode: 'partner',
    request: { path: addressee, body: PartnerCompleteServiceOrder },
    response: { status: 204 },
    reconcile: { query: 'serviceorder.query.partner', ...completed },
  },
  'serviceorder.complete.direct': {
    ...complete,
    path: '/v3/payscore/serviceorder/{out_order_no}/complete',
    mode: 'direct',
    request: { path: addressee, body: DirectCompleteServiceOrder },
    response: { status: 200, body: DirectCompletedServiceOrder },
    reconcile: { query: 'serviceorder.query.direct', ...completed },
  },
  'serviceorder.modify.partner': {
    ...modify,
    path: '/v3/payscore/partner/serviceorder/{out_order_no}/modify',
    mode: 'partner',
    request: { path: addressee, body: PartnerModifyServiceOrder },
    response: { status: 204 },
    reconcile: { query: 'serviceorder.query.partner', ...modified },
  },
  'serviceorder.modify.direct': {
    ...modify,
    path: '/v3/payscore/serviceorder/{out_order_no}/modify',
    mode: 'direct',
    request: { path: addressee, body: DirectModifyServiceOrder },
    response: { status: 200, body: DirectModifiedServiceOrder },
    reconcile: { query: 'serviceorder.query.direct', ...modified },
  },
  'serviceorder.pay.partner': {
    ...pay,
    path: '/v3/payscore/partner/serviceorder/{out_order_no}/pay',
    mode: 'partner',
    request: { path: addressee, body: PartnerPayServiceOrder },
    response: { status: 204 },
    reconcile: { query: 'serviceorder.query.partner', ...paid },
  },
  'serviceorder.pay.direct': {
    ...pay,
    path: '/v3/payscore/serviceorder/{out_order_no}/pay',
    mode: 'direct',
    request: { path: addressee, body: DirectPayServiceOrder },
    response: { status: 200, body: DirectChargedServiceOrder },
    reconcile: { query: 'serviceorder.query.direct', ...paid },
  },
  'serviceorder.sync.partner': {
    ...sync,
    path: '/v3/payscore/partner/serviceorder/{out_order_no}/sync',
    mode: 'partner',
    request: { path: addressee, body: PartnerSyncServiceOrder },
    response: { status: 204 },
    reconcile: { query: 'serviceorder.query.partner', ...paidElsewhere },
  },
  'serviceorder.sync.direct': {
    ...sync,
    path: '/v3/payscore/serviceorder/{out_order_no}/sync',
    mode: 'direct',
    request: { path: addressee, body: DirectSyncServiceOrder },
    response: { status: 200, body: DirectSyncedServiceOrder },
    reconcile: { query: 'serviceorder.query.direct', ...paidElsewhere },
  },
} as const satisfies Record<string, Endpoint>
