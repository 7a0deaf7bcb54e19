import { z } from 'zod'
import type { Endpoint } from './endpoint.ts'
import { chosen, documented, observed, sdk } from './evidence.ts'
import {
  appId,
  callbackUrl,
  fen,
  field,
  identifier,
  merchantNumber,
  openId,
  orderNumber,
  orderTime,
  planNumber,
  serviceId,
  text,
} from './fields.ts'

/** The states of a service order; DOING is told apart by `StateDescription`. */
export const OrderState = z.enum(['CREATED', 'DOING', 'DONE', 'REVOKED', 'EXPIRED'])
export type OrderState = z.infer<typeof OrderState>

/** What a DOING order waits for: the merchant's completion, or the user's money. */
export const StateDescription = z.enum(['USER_CONFIRM', 'MCH_COMPLETE'])
export type StateDescription = z.infer<typeof StateDescription>

const orders = documented('orderPages')

/** `OnAccept` means the moment in which the user confirms. */
const startTime = identifier(14).regex(/^(\d{14}|\d{8}|OnAccept)$/)

/** When the service takes place, in Beijing time to the second or to the day. */
export const TimeRange = z.strictObject({
  start_time: field(startTime, { label: '服务开始时间', about: 'service start', evidence: orders }),
  end_time: field(orderTime, {
    label: '服务结束时间',
    about: 'service end',
    evidence: orders,
  }).optional(),
  start_time_remark: field(text(20, 0), {
    label: '服务开始时间备注',
    about: 'note on the start time',
    evidence: orders,
  }).optional(),
  end_time_remark: field(text(20, 0), {
    label: '服务结束时间备注',
    about: 'note on the end time',
    evidence: orders,
  }).optional(),
})
export type TimeRange = z.infer<typeof TimeRange>

/** Where the service takes place; an end only together with a start. */
export const ServiceLocation = z.strictObject({
  start_location: field(text(50, 0), {
    label: '服务开始地点',
    about: 'place where the service starts',
    evidence: orders,
  }).optional(),
  end_location: field(text(50, 0), {
    label: '服务结束地点',
    about: 'place where the service ends',
    evidence: orders,
  }).optional(),
})
export type ServiceLocation = z.infer<typeof ServiceLocation>

const page = documented('planOrderPage')

const signPlanOrderHead = {
  service_id: field(serviceId, {
    label: '支付分服务ID',
    about: 'PayScore service the call belongs to',
    evidence: page,
  }),
  sign_plan_id: field(identifier(32), {
    label: '待创建服务订单对应的用户的签约计划',
    about: 'platform id of the signed plan; it must be SIGNED and not expired',
    evidence: page,
  }),
  plan_detail_no: field(z.int().min(1), {
    label: '待创建服务订单对应的用户的签约计划详情序号',
    about: '1-based position of the detail; strictly in order, at most one in use',
    evidence: page,
  }),
}

const signPlanOrderTail = {
  notify_url: field(callbackUrl(256), {
    label: '商户扣款成功回调通知的地址',
    about: 'receives the payment notification',
    evidence: page,
  }),
  service_introduction: field(text(20, 0), {
    label: '服务信息',
    about: 'short text that introduces the service; an empty one falls back to the plan name',
    evidence: page,
  }),
  time_range: field(TimeRange, {
    label: '服务时间',
    about: 'service period',
    evidence: sdk('seed'),
  }),
  location: field(ServiceLocation, {
    label: '服务位置',
    about: 'service place',
    evidence: sdk('seed'),
  }).optional(),
  attach: field(text(256, 0), {
    label: '附加数据',
    about: 'merchant data, echoed unchanged; 256 counted after URL encoding',
    evidence: page,
  }).optional(),
  out_trade_no: field(planNumber, {
    label: '商户侧订单号',
    about: 'equals merchant_plan_detail_no of the addressed detail',
    evidence: page,
  }),
}

/** The body of `POST /v3/payscore/sign-plan/partner/serviceorder`. */
export const CreateSignPlanOrder = z.strictObject({
  ...signPlanOrderHead,
  appid: field(appId, {
    label: '服务商的AppID',
    about: 'app id of the service provider',
    evidence: page,
  }),
  sub_mchid: field(merchantNumber, {
    label: '子商户号',
    about: 'sub-merchant that the order belongs to',
    evidence: page,
  }),
  sub_appid: field(appId, {
    label: '子商户的AppID',
    about: 'app id of the sub-merchant; needed when sub_openid is used',
    evidence: page,
  }).optional(),
  openid: field(openId, {
    label: '服务商公众号下的用户标识',
    about: 'user id under appid; the user who signed',
    evidence: page,
  }).optional(),
  sub_openid: field(openId, {
    label: '子商户公众号下的用户标识',
    about: 'user id under sub_appid; the user who signed',
    evidence: page,
  }).optional(),
  ...signPlanOrderTail,
})
export type CreateSignPlanOrder = z.infer<typeof CreateSignPlanOrder>

/** The answer to the creation of a plan order. */
export const SignPlanOrder = z.object({
  out_order_no: field(orderNumber, {
    label: '商户订单号',
    about: 'the out_trade_no of the request',
    evidence: chosen,
  }),
  service_id: field(serviceId, { label: '服务ID', about: 'PayScore service', evidence: page }),
  appid: field(appId, {
    label: '服务商公众号ID',
    about: 'app id of the service provider',
    evidence: page,
  }),
  mchid: field(merchantNumber, {
    label: '服务商商户号',
    about: 'merchant number of the caller',
    evidence: page,
  }),
  sub_appid: field(appId, {
    label: '子商户公众号ID',
    about: 'app id of the sub-merchant',
    evidence: page,
  }).optional(),
  sub_mchid: field(merchantNumber, {
    label: '子商户商户号',
    about: 'sub-merchant that the order belongs to',
    evidence: page,
  }),
  service_introduction: field(text(20, 0), {
    label: '服务信息',
    about: 'short text that introduces the service',
    evidence: page,
  }),
  state: field(OrderState, {
    label: '服务订单状态',
    about: 'state of the service order',
    evidence: page,
  }),
  state_description: field(StateDescription, {
    label: '订单状态说明',
    about: 'sub-state, only while state is DOING',
    evidence: page,
  }).optional(),
  post_payments: field(
    z.array(
      z.object({
        name: field(text(20), {
          label: '付费名称',
          about: 'charge item name',
          evidence: page,
        }).optional(),
        amount: field(fen, { label: '付费金额', about: 'charge, fen', evidence: page }).optional(),
        description: field(text(30, 0), {
          label: '付费说明',
          about: 'how the item is charged',
          evidence: page,
        }).optional(),
      }),
    ),
    { label: '后付费项目', about: 'charge items', evidence: page },
  ).optional(),
  post_discounts: field(
    z.array(
      z.object({
        name: field(text(20), {
          label: '优惠名称',
          about: 'discount name',
          evidence: page,
        }).optional(),
        amount: field(fen, {
          label: '优惠金额',
          about: 'discount, fen',
          evidence: page,
        }).optional(),
      }),
    ),
    { label: '商户优惠', about: 'discount items', evidence: page },
  ).optional(),
  risk_fund: field(
    z.object({
      amount: field(fen, {
        label: '风险金额',
        about: 'ceiling of the charge, fen',
        evidence: chosen,
      }),
    }),
    { label: '服务风险金', about: 'ceiling of the charge', evidence: sdk('seed') },
  ).optional(),
  time_range: field(TimeRange, {
    label: '服务时间',
    about: 'service period',
    evidence: sdk('seed'),
  }).optional(),
  location: field(ServiceLocation, {
    label: '服务位置',
    about: 'service place',
    evidence: sdk('seed'),
  }).optional(),
  attach: field(text(256, 0), {
    label: '附加数据',
    about: 'merchant data, echoed unchanged',
    evidence: page,
  }).optional(),
  notify_url: field(callbackUrl(256), {
    label: '商户回调地址',
    about: 'receives the payment notification',
    evidence: page,
  }).optional(),
  order_id: field(identifier(32), {
    label: '微信支付服务订单号',
    about: 'platform order number, 31 digits',
    evidence: observed('capture'),
  }).optional(),
})
export type SignPlanOrder = z.infer<typeof SignPlanOrder>

export const serviceOrderEndpoints = {
  'signplan.serviceorder.create.partner': {
    method: 'POST',
    path: '/v3/payscore/sign-plan/partner/serviceorder',
    mode: 'partner',
    summary: 'Create the service order of one detail of a signed plan.',
    request: { body: CreateSignPlanOrder },
    response: { status: 200, body: SignPlanOrder },
    situations: ['reentryMismatch'],
    sources: ['planOrderPage', 'openapi', 'seed'],
  },
} as const satisfies Record<string, Endpoint>
