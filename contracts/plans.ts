import { z } from 'zod'
import type { Endpoint } from './endpoint.ts'
import { chosen, documented, sdk } from './evidence.ts'
import {
  fen,
  fieldFrom,
  identifier,
  merchantNumber,
  object,
  orEmpty,
  planNumber,
  rfc3339,
  strictObject,
  text,
} from './fields.ts'
import { type EitherMode, partiesFrom, strangers } from './parties.ts'

/** A stopped plan takes no new signer; those who signed go on. */
export const PlanState = z.enum(['NORMAL', 'STOP'])
export type PlanState = z.infer<typeof PlanState>

const party = partiesFrom(documented('planPage'))
const fromPage = fieldFrom(documented('planPage'))
const fromGuide = fieldFrom(documented('guide'))
const fromOpenapi = fieldFrom(sdk('openapi'))
const ours = fieldFrom(chosen)

export const planId = (label: string) =>
  fromPage(identifier(32), label, 'the plan as WeChat Pay numbers it')

export const planName = (label: string) =>
  fromPage(text(20), label, 'name of the plan, shown to the user')

export const deductionQuantity = (label: string) =>
  fromGuide(z.int().min(1), label, 'how many charges the plan makes, one for each detail')

export const totalActualPrice = (label: string) =>
  ours(fen, label, 'what all details cost together after discounts, in fen')

export const planDetailNo = fromGuide(z.int().min(1), '计划明细序号', 'place of the detail, from 1')

export const planDetailName = (label: string) =>
  ours(text(20), label, 'name of the detail, shown to the user')

/** What a detail costs; the pages put the unit into narrow or into wide brackets. */
export const detailPrices = (unit: '(单位分)' | '（单位分）') => ({
  original_price: fromGuide(
    fen,
    `计划明细原支付金额${unit}`,
    'list price in fen, never below actual_price',
  ),
  plan_discount_description: ours(
    text(20, 0),
    '计划明细优惠说明',
    'why the detail costs less than its list price',
  ).optional(),
  actual_price: fromGuide(
    fen,
    `计划明细实际支付金额${unit}`,
    'what will be charged, in fen; never above the detail before',
  ),
})

const CreatePlanDetail = strictObject(() => ({
  ...detailPrices('(单位分)'),
  plan_detail_name: planDetailName('计划明细名称'),
}))

export const PlanDetail = object(() => ({
  plan_detail_no: planDetailNo,
  plan_detail_name: planDetailName('计划明细名称'),
  ...detailPrices('(单位分)'),
}))
export type PlanDetail = z.infer<typeof PlanDetail>

const merchantPlanNo = (label: string) =>
  fromPage(planNumber, label, "the merchant's own number of the plan, used once")

const terms = {
  plan_name: planName('支付分计划名称'),
  plan_duration: fromGuide(
    z.int().min(1),
    '支付分计划有效期(单位天)',
    'days that a sign plan lasts, counted from the day of signing',
  ),
  deduction_quantity: deductionQuantity('支付分计划扣费次数'),
  total_original_price: ours(
    fen,
    '支付分计划原总金额(单位分)',
    'list prices of all details together, in fen',
  ),
  total_actual_price: totalActualPrice('支付分计划实际扣费总金额(单位分)'),
}

const createPlan = <Parties extends z.ZodRawShape>(parties: Parties) => ({
  service_id: party.service_id('计划所属服务'),
  ...parties,
  ...terms,
  plan_detail_list: fromGuide(
    z.array(CreatePlanDetail).min(1),
    '支付分计划明细列表',
    'the details in the order of their charges',
  ),
  merchant_plan_no: merchantPlanNo('商户侧计划号'),
})

export const PartnerCreatePlan = strictObject(() =>
  createPlan({
    appid: party.appid('服务商的AppID'),
    sub_mchid: party.sub_mchid('子商户号'),
    sub_appid: party.sub_appid('子商户的AppID').optional(),
  }),
)
export const DirectCreatePlan = strictObject(() => createPlan({ appid: party.appid('AppID') }))
export type CreatePlan = EitherMode<
  z.infer<typeof PartnerCreatePlan>,
  z.infer<typeof DirectCreatePlan>
>

const plan = <Parties extends z.ZodRawShape>(parties: Parties) => ({
  plan_id: planId('支付分计划ID'),
  service_id: party.service_id('计划所属服务'),
  ...parties,
  merchant_plan_no: merchantPlanNo('商户侧计划号'),
  plan_name: terms.plan_name,
  plan_duration: terms.plan_duration,
  plan_state: fromPage(PlanState, '支付分计划状态', 'whether users may still sign'),
  total_original_price: terms.total_original_price,
  deduction_quantity: terms.deduction_quantity,
  total_actual_price: terms.total_actual_price,
  plan_detail_list: fromGuide(
    z.array(PlanDetail),
    '支付分计划明细列表',
    'the details, numbered in the order of their charges',
  ).optional(),
  stop_mchid: fromOpenapi(
    orEmpty(merchantNumber),
    '终止方商户号',
    'who stopped the plan',
  ).optional(),
  stop_time: fromOpenapi(orEmpty(rfc3339), '终止时间', 'when the plan was stopped').optional(),
})

export const PartnerPlan = object(() =>
  plan({
    mchid: party.mchid('服务商商户号'),
    sub_mchid: party.sub_mchid('子商户商户号'),
    appid: party.appid('服务商AppID'),
    sub_appid: party.sub_appid('子商户AppID').optional(),
  }),
)
export const DirectPlan = object(() =>
  plan({ mchid: party.mchid('商户号'), appid: party.appid('AppID') }),
)
export type Plan = EitherMode<z.infer<typeof PartnerPlan>, z.infer<typeof DirectPlan>>

const madeAs = [
  'service_id',
  'appid',
  'plan_name',
  'plan_duration',
  'deduction_quantity',
  'total_original_price',
  'total_actual_price',
  'plan_detail_list',
] as const

const stoppedPlan = { after: object(() => ({ plan_state: PlanState.extract(['STOP']) })) }

const ofSubMerchant = strictObject(() => ({ sub_mchid: party.sub_mchid('子商户号') }))

const create = {
  method: 'POST',
  summary: {
    en: 'Create a plan: what is charged, how often, and for how long.',
    zh: '创建支付分计划：扣多少、扣几次、有效多久。',
  },
  sources: ['planPage', 'guide', 'openapi'],
} as const

const refusals = [
  ...strangers,
  'planListMismatch',
  'planPriceInvalid',
  'planOverLimit',
  'reentryMismatch',
] as const

const query = {
  method: 'GET',
  summary: { en: 'Query a plan.', zh: '查询支付分计划。' },
  situations: ['planUnknown'],
  sources: ['planPage', 'openapi'],
} as const

const queried = strictObject(() => ({ merchant_plan_no: merchantPlanNo('支付分计划商户侧单号') }))

const stop = {
  method: 'POST',
  summary: {
    en: 'Stop a plan; repeating it changes nothing.',
    zh: '停止支付分计划，重入没有变化。',
  },
  situations: ['planUnknown'],
  sources: ['guide', 'openapi'],
} as const

const stopped = strictObject(() => ({
  merchant_plan_no: merchantPlanNo('商户支付分计划对应的计划号'),
}))

export const planEndpoints = {
  'plan.create.partner': {
    ...create,
    path: '/v3/payscore/plan/partner/payscore-plans',
    mode: 'partner',
    request: { body: PartnerCreatePlan },
    response: { status: 200, body: PartnerPlan },
    reconcile: { query: 'plan.query.partner', repeats: [...madeAs, 'sub_mchid', 'sub_appid'] },
    situations: [...refusals, 'subMerchantUnbound'],
  },
  'plan.query.partner': {
    ...query,
    path: '/v3/payscore/plan/partner/payscore-plans/merchant-plan-no/{merchant_plan_no}',
    mode: 'partner',
    request: { path: queried, query: ofSubMerchant },
    response: { status: 200, body: PartnerPlan },
  },
  'plan.stop.partner': {
    ...stop,
    path: '/v3/payscore/plan/partner/payscore-plans/merchant-plan-no/{merchant_plan_no}/stop',
    mode: 'partner',
    request: { path: stopped, body: ofSubMerchant },
    response: { status: 200, body: PartnerPlan },
    reconcile: { query: 'plan.query.partner', ...stoppedPlan },
  },
  'plan.create.direct': {
    ...create,
    path: '/v3/payscore/plan/payscore-plans',
    mode: 'direct',
    request: { body: DirectCreatePlan },
    response: { status: 200, body: DirectPlan },
    reconcile: { query: 'plan.query.direct', repeats: madeAs },
    situations: refusals,
  },
  'plan.query.direct': {
    ...query,
    path: '/v3/payscore/plan/payscore-plans/merchant-plan-no/{merchant_plan_no}',
    mode: 'direct',
    request: { path: queried },
    response: { status: 200, body: DirectPlan },
  },
  'plan.stop.direct': {
    ...stop,
    path: '/v3/payscore/plan/payscore-plans/merchant-plan-no/{merchant_plan_no}/stop',
    mode: 'direct',
    request: { path: stopped, body: strictObject(() => ({})), bodyMayBeAbsent: true },
    response: { status: 200, body: DirectPlan },
    reconcile: { query: 'plan.query.direct', ...stoppedPlan },
  },
} as const satisfies Record<string, Endpoint>
