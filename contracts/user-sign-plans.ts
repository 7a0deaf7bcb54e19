import { z } from 'zod'
import type { Endpoint } from './endpoint.ts'
import { chosen, documented, observed, sdk } from './evidence.ts'
import {
  callbackUrl,
  fen,
  fieldFrom,
  identifier,
  object,
  orEmpty,
  planNumber,
  rfc3339,
  strictObject,
  text,
} from './fields.ts'
import { type EitherMode, partiesFrom, strangers, wrongUser } from './parties.ts'
import {
  deductionQuantity,
  detailPrices,
  planDetailName,
  planDetailNo,
  planId,
  planName,
  totalActualPrice,
} from './plans.ts'

export const SignState = z.enum(['UNSIGNED', 'SIGNED', 'SIGN_PLAN_CANCEL', 'COMPLETE', 'EXPIRE'])
export type SignState = z.infer<typeof SignState>

/** Who ended the sign plan; `REVOKE_SERVICE` when the user withdrew from the service itself. */
export const CancelSignType = z.enum(['NOT_CANCEL', 'USER', 'MERCHANT', 'REVOKE_SERVICE'])
export type CancelSignType = z.infer<typeof CancelSignType>

export const PlanDetailState = z.enum(['NOT_USED', 'USING', 'USED', 'SIGN_PLAN_DETAIL_CANCEL'])
export type PlanDetailState = z.infer<typeof PlanDetailState>

const requestParty = partiesFrom(documented('signPage'))
const party = partiesFrom(documented('signQueryPage'), { unset: 'empty' })
const fromSignPage = fieldFrom(documented('signPage'))
const fromQueryPage = fieldFrom(documented('signQueryPage'))
const fromStopPage = fieldFrom(documented('stopPage'))
const fromGuide = fieldFrom(documented('guide'))
const fromNotices = fieldFrom(observed('webhooks'))
const fromOpenapi = fieldFrom(sdk('openapi'))
const ours = fieldFrom(chosen)

const merchantSignPlanNo = (label: string) =>
  fromSignPage(planNumber, label, "the merchant's own number of the sign plan, used once")

const merchantPlanDetailNo = fromSignPage(
  planNumber,
  '商户侧计划明细使用订单号',
  'order number set aside for the detail, used once',
)

const moment = (label: string, about: string) =>
  fromNotices(orEmpty(rfc3339), label, about).optional()

const CreateSignPlanDetail = strictObject(() => ({
  plan_detail_no: planDetailNo,
  merchant_plan_detail_no: merchantPlanDetailNo,
}))

const createUserSignPlan = <Parties extends z.ZodRawShape>(parties: Parties) => ({
  service_id: requestParty.service_id('支付分服务ID'),
  plan_id: planId('支付分计划ID'),
  ...parties,
  merchant_sign_plan_no: merchantSignPlanNo('商户签约计划单号'),
  notify_url: fromSignPage(
    callbackUrl(1024),
    '签约成功事件通知回调地址',
    'where WeChat Pay reports that the user signed or cancelled',
  ),
  sign_plan_detail: fromGuide(
    z.array(CreateSignPlanDetail).min(1),
    '签约计划对应的计划详情列表的商户侧单号信息',
    'an order number for each detail, in the order of the plan',
  ),
})

export const PartnerCreateUserSignPlan = strictObject(() =>
  createUserSignPlan({
    appid: requestParty.appid('服务商的AppID'),
    sub_mchid: requestParty.sub_mchid('子商户号'),
    sub_appid: requestParty.sub_appid('子商户的AppID').optional(),
    openid: requestParty.openid('待签约用户在服务商应用下的OpenID').optional(),
    sub_openid: requestParty.sub_openid('待签约用户在子商户应用下的OpenID').optional(),
  }),
)
export const DirectCreateUserSignPlan = strictObject(() =>
  createUserSignPlan({
    appid: requestParty.appid('AppID'),
    openid: requestParty.openid('待签约用户在商户应用下的OpenID'),
  }),
)
export type CreateUserSignPlan = EitherMode<
  z.infer<typeof PartnerCreateUserSignPlan>,
  z.infer<typeof DirectCreateUserSignPlan>
>

/** A detail on its way; what has not happened yet is `''`, an amount not yet known is 0. */
export const SignedDetail = object(() => ({
  plan_detail_no: planDetailNo,
  ...detailPrices('（单位分）'),
  plan_detail_state: fromNotices(PlanDetailState, '计划明细状态', 'how far the detail has come'),
  order_id: fromNotices(
    orEmpty(identifier(32)),
    '计划明细对应的支付分服务单号',
    'the order as WeChat Pay numbers it, kept after a cancellation',
  ).optional(),
  merchant_plan_detail_no: merchantPlanDetailNo,
  plan_detail_name: planDetailName('计划详情名称'),
  actual_pay_price: fromNotices(
    fen,
    '计划明细对应订单实际支付金额（单位分）',
    'what completion asked for, in fen',
  ).optional(),
  use_time: moment('详情使用时间', 'when the order was created'),
  complete_time: moment('详情完成时间', 'when the order was paid, not when it was completed'),
  cancel_time: moment('详情取消时间', 'when the order was cancelled'),
}))
export type SignedDetail = z.infer<typeof SignedDetail>

const userSignPlan = <Parties extends z.ZodRawShape>(parties: Parties) => ({
  sign_plan_id: fromQueryPage(
    identifier(32),
    '计划签约ID',
    'the sign plan as WeChat Pay numbers it',
  ),
  ...parties,
  merchant_sign_plan_no: merchantSignPlanNo('商户侧签约计划号'),
  merchant_callback_url: fromQueryPage(
    callbackUrl(1024),
    '商户回调地址',
    'the notify_url of the request under another name',
  ),
  plan_id: planId('签约所属计划ID'),
  going_detail_no: fromQueryPage(
    z.int().min(0),
    '目前用户进行到的计划详情序号',
    'highest detail ever started, 0 for none',
  ),
  sign_state: fromQueryPage(SignState, '计划签约状态', 'how far the sign plan has come'),
  cancel_sign_time: moment('签约计划取消时间', 'when it was cancelled'),
  cancel_sign_type: fromQueryPage(
    CancelSignType,
    '签约计划取消类型',
    'who cancelled it',
  ).optional(),
  cancel_reason: fromQueryPage(text(128, 0), '签约计划取消原因', 'why it was cancelled').optional(),
  plan_name: planName('签约计划的名称'),
  plan_over_time: fromNotices(rfc3339, '签约计划的过期时间', 'when it expires'),
  total_origin_price: ours(
    fen,
    '签约计划原总金额(单位分)',
    'total_original_price of the plan, spelled otherwise',
  ),
  deduction_quantity: deductionQuantity('签约计划扣费次数'),
  total_actual_price: totalActualPrice('签约计划实际总金额（单位分）'),
  signed_detail_list: fromQueryPage(
    z.array(SignedDetail),
    '签约计划明细列表',
    'how far every detail has come',
  ).optional(),
  sign_time: moment('签约时间', 'when the user signed'),
})

export const PartnerUserSignPlan = object(() =>
  userSignPlan({
    openid: party.openid('签约计划用户服务商应用下的OpenID').optional(),
    sub_openid: party.sub_openid('签约计划用户子商户应用下的OpenID').optional(),
    service_id: party.service_id('计划所属服务'),
    mchid: party.mchid('服务商商户号'),
    sub_mchid: party.sub_mchid('子商户商户号'),
    appid: party.appid('服务商AppID'),
    sub_appid: party.sub_appid('子商户AppID').optional(),
  }),
)
export const DirectUserSignPlan = object(() =>
  userSignPlan({
    openid: party.openid('签约计划用户应用下的OpenID').optional(),
    service_id: party.service_id('计划所属服务'),
    mchid: party.mchid('商户号'),
    appid: party.appid('AppID'),
  }),
)
export type UserSignPlan = EitherMode<
  z.infer<typeof PartnerUserSignPlan>,
  z.infer<typeof DirectUserSignPlan>
>

/** Only the creation wraps the sign plan and hands out the package that opens the signing page. */
const created = <SignPlan extends z.ZodObject>(signPlan: SignPlan) =>
  object(() => ({
    sign_plan: fromOpenapi(signPlan, '用户的签约计划', 'the new sign plan'),
    package: fromSignPage(
      text(2048),
      '跳转微信侧确认签约小程序的数据',
      'opens the signing page for two hours; to be passed on unread',
    ),
  }))

export const PartnerCreatedUserSignPlan = created(PartnerUserSignPlan)
export const DirectCreatedUserSignPlan = created(DirectUserSignPlan)
export type CreatedUserSignPlan = { sign_plan: UserSignPlan; package: string }

const stopReason = () => ({
  stop_reason: fromStopPage(text(128), '停止签约计划原因', 'why the merchant ends the sign plan'),
})

export const PartnerStopUserSignPlan = strictObject(() => ({
  sub_mchid: requestParty.sub_mchid('子商户号'),
  ...stopReason(),
}))
export const DirectStopUserSignPlan = strictObject(() => stopReason())
export type StopUserSignPlan = EitherMode<
  z.infer<typeof PartnerStopUserSignPlan>,
  z.infer<typeof DirectStopUserSignPlan>
>

const madeAs = ['service_id', 'appid', 'plan_id', 'openid'] as const

const stoppedByMerchant = {
  after: object(() => ({
    sign_state: SignState.extract(['SIGN_PLAN_CANCEL']),
    cancel_sign_type: CancelSignType.extract(['MERCHANT']),
  })),
}

const create = {
  method: 'POST',
  summary: {
    en: 'Offer a plan to a user: the sign plan is UNSIGNED until the user signs.',
    zh: '创建用户的签约计划，用户签约之前状态为 UNSIGNED。',
  },
  sources: ['signPage', 'guide', 'openapi'],
} as const

const refusals = [
  ...strangers,
  'planUnknown',
  'planStopped',
  'planMismatch',
  'signPlanDetailsMismatch',
  'numberUsed',
  'reentryMismatch',
  'signPlanStateIllegal',
] as const

const query = {
  method: 'GET',
  summary: { en: 'Query a sign plan.', zh: '查询用户的签约计划。' },
  situations: ['signPlanUnknown'],
  sources: ['signQueryPage', 'openapi'],
} as const

const queried = strictObject(() => ({
  merchant_sign_plan_no: merchantSignPlanNo('商户签约计划号'),
}))

const stop = {
  method: 'POST',
  summary: {
    en: 'End a sign plan for the merchant; the user is not told by a notice.',
    zh: '由商户取消用户的签约计划，此时没有回调通知。',
  },
  situations: ['signPlanUnknown', 'signPlanStateIllegal', 'signPlanDetailUsing'],
  sources: ['stopPage', 'openapi'],
} as const

const stopped = strictObject(() => ({
  merchant_sign_plan_no: merchantSignPlanNo('商户侧签约计划号'),
}))

export const userSignPlanEndpoints = {
  'signplan.create.partner': {
    ...create,
    path: '/v3/payscore/sign-plan/partner/user-sign-plans',
    mode: 'partner',
    request: { body: PartnerCreateUserSignPlan },
    response: { status: 200, body: PartnerCreatedUserSignPlan },
    reconcile: {
      query: 'signplan.query.partner',
      repeats: [...madeAs, 'sub_mchid', 'sub_appid', 'sub_openid'],
    },
    situations: [...refusals, 'subMerchantUnbound', ...wrongUser],
  },
  'signplan.query.partner': {
    ...query,
    path: '/v3/payscore/sign-plan/partner/user-sign-plans/merchant-sign-plan-no/{merchant_sign_plan_no}',
    mode: 'partner',
    request: {
      path: queried,
      query: strictObject(() => ({ sub_mchid: party.sub_mchid('子商户号') })),
    },
    response: { status: 200, body: PartnerUserSignPlan },
  },
  'signplan.stop.partner': {
    ...stop,
    path: '/v3/payscore/sign-plan/partner/user-sign-plans/merchant-sign-plan-no/{merchant_sign_plan_no}/stop',
    mode: 'partner',
    request: { path: stopped, body: PartnerStopUserSignPlan },
    response: { status: 200, body: PartnerUserSignPlan },
    reconcile: { query: 'signplan.query.partner', ...stoppedByMerchant },
  },
  'signplan.create.direct': {
    ...create,
    path: '/v3/payscore/sign-plan/user-sign-plans',
    mode: 'direct',
    request: { body: DirectCreateUserSignPlan },
    response: { status: 200, body: DirectCreatedUserSignPlan },
    reconcile: { query: 'signplan.query.direct', repeats: madeAs },
    situations: refusals,
  },
  'signplan.query.direct': {
    ...query,
    path: '/v3/payscore/sign-plan/user-sign-plans/merchant-sign-plan-no/{merchant_sign_plan_no}',
    mode: 'direct',
    request: { path: queried },
    response: { status: 200, body: DirectUserSignPlan },
  },
  'signplan.stop.direct': {
    ...stop,
    path: '/v3/payscore/sign-plan/user-sign-plans/merchant-sign-plan-no/{merchant_sign_plan_no}/stop',
    mode: 'direct',
    request: { path: stopped, body: DirectStopUserSignPlan },
    response: { status: 200, body: DirectUserSignPlan },
    reconcile: { query: 'signplan.query.direct', ...stoppedByMerchant },
  },
} as const satisfies Record<string, Endpoint>
