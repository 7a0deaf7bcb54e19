/** Every call that changes something, and the shop in which it can be made. */
import type { CallOptions } from '../../client/index.ts'
import type { EndpointId, Endpoints } from '../../contracts/endpoints.ts'
import { exampleOrder } from '../support/example.ts'
import {
  anonymous,
  cancellation,
  completion,
  directTransaction,
  modification,
  orderRequest,
  partnerTransaction,
  permissionRequest,
  planRequest,
  refundRequest,
  scene_info,
  signPlanRequest,
  sync,
} from '../support/requests.ts'
import {
  doing,
  first,
  offered,
  openid,
  orderNo,
  paid,
  paying,
  type Shop,
  type Step,
  service_id,
  signed,
  sub_mchid,
} from '../support/shop.ts'

export type ChangeId = {
  [Id in EndpointId]: Endpoints[Id] extends { method: 'POST' } ? Id : never
}[EndpointId]

type Change<Id extends ChangeId> = {
  prepare?: Step
  options(shop: Shop): CallOptions<Id> | Promise<CallOptions<Id>>
}

/** The same of a merchant on its own. */
const alone = <Body extends { sub_mchid: string; sub_appid?: string }>({
  sub_mchid: _,
  sub_appid: _appid,
  ...body
}: Body) => body

const { sub_openid: _, ...planOrder } = exampleOrder
const { appid } = exampleOrder
const merchant = { appid, service_id }
const { post_payments, total_amount } = completion

const planId = async ({ control }: Shop) => (await control.plans.get('YOGA')).plan.plan_id
const firstLesson = async ({ control }: Shop) => ({
  sign_plan_id: (await control.userSignPlans.get('YOGA-SIGN')).signPlan.sign_plan_id,
  plan_detail_no: 1,
  out_trade_no: 'YOGA-1',
})

const planned: Step = (shop) => shop.createPlan()
const joined = first(
  (shop) => shop.applyPermission(),
  (shop) => shop.control.permissions.open('YOGA-PERMIT', { openid }),
)

const plannedAlone: Step = ({ wxpay }) =>
  wxpay.v3.payscore.plan.payscorePlans.post({ json: alone(planRequest) })
const offeredAlone = first(plannedAlone, async (shop) =>
  shop.wxpay.v3.payscore.signPlan.userSignPlans.post({
    json: alone(signPlanRequest(await planId(shop))),
  }),
)
const signedAlone = first(offeredAlone, ({ control }) => control.userSignPlans.sign('YOGA-SIGN'))

const orderAlone = { ...alone(orderRequest), need_user_confirm: false }
const completionAlone = { ...merchant, post_payments, total_amount }
const doingAlone: Step = ({ wxpay }) => wxpay.v3.payscore.serviceorder.post({ json: orderAlone })
const payingAlone = first(
  doingAlone,
  async ({ control }) => control.charges.order({ outcome: 'fail' }),
  ({ wxpay }) =>
    wxpay.v3.payscore.serviceorder._out_order_no_.complete.post({
      out_order_no: 'LESSON',
      json: completionAlone,
    }),
  ({ control }) => control.idle(),
)

const abnormal = first(
  paid,
  async ({ control }) => control.refunds.order({ outcome: 'ABNORMAL' }),
  (shop) => shop.refund(100),
  ({ control }) => control.idle(),
)

const trade = { out_trade_no: directTransaction.out_trade_no }

/** The usual order is that of the seeded plan; that of a merchant on its own is an ordinary one. */
const order = { out_order_no: orderNo }
const lesson = { out_order_no: 'LESSON' }

export const changes: { [Id in ChangeId]: Change<Id> } = {
  'plan.create.partner': { options: () => ({ json: planRequest }) },
  'plan.stop.partner': {
    prepare: planned,
    options: () => ({ merchant_plan_no: 'YOGA', json: { sub_mchid } }),
  },
  'plan.create.direct': { options: () => ({ json: alone(planRequest) }) },
  'plan.stop.direct': {
    prepare: plannedAlone,
    options: () => ({ merchant_plan_no: 'YOGA' }),
  },
  'signplan.create.partner': {
    prepare: planned,
    options: async (shop) => ({ json: signPlanRequest(await planId(shop)) }),
  },
  'signplan.stop.partner': {
    prepare: offered,
    options: () => ({
      merchant_sign_plan_no: 'YOGA-SIGN',
      json: { sub_mchid, stop_reason: '课程取消' },
    }),
  },
  'signplan.create.direct': {
    prepare: plannedAlone,
    options: async (shop) => ({ json: alone(signPlanRequest(await planId(shop))) }),
  },
  'signplan.stop.direct': {
    prepare: signedAlone,
    options: () => ({ merchant_sign_plan_no: 'YOGA-SIGN', json: { stop_reason: '课程取消' } }),
  },
  'signplan.serviceorder.create.partner': {
    prepare: signed,
    options: async (shop) => ({ json: { ...planOrder, ...(await firstLesson(shop)) } }),
  },
  'signplan.serviceorder.create.direct': {
    prepare: signedAlone,
    options: async (shop) => ({ json: { ...alone(planOrder), ...(await firstLesson(shop)) } }),
  },
  'serviceorder.create.partner': { options: () => ({ json: orderRequest }) },
  'serviceorder.create.direct': { options: () => ({ json: orderAlone }) },
  'serviceorder.cancel.partner': {
    prepare: doing,
    options: () => ({ ...order, json: cancellation }),
  },
  'serviceorder.cancel.direct': {
    prepare: doingAlone,
    options: () => ({ ...lesson, json: { ...merchant, reason: '课程取消' } }),
  },
  'serviceorder.complete.partner': {
    prepare: doing,
    options: () => ({ ...order, json: completion }),
  },
  'serviceorder.complete.direct': {
    prepare: doingAlone,
    options: () => ({ ...lesson, json: completionAlone }),
  },
  'serviceorder.modify.partner': {
    prepare: paying,
    options: () => ({ ...order, json: modification }),
  },
  'serviceorder.modify.direct': {
    prepare: payingAlone,
    options: () => ({
      ...lesson,
      json: {
        ...merchant,
        post_payments: [{ name: '课时费', amount: 1 }],
        total_amount: 1,
        reason: '会员价',
      },
    }),
  },
  'serviceorder.pay.partner': {
    prepare: paying,
    options: () => ({ ...order, json: { sub_mchid } }),
  },
  'serviceorder.pay.direct': {
    prepare: payingAlone,
    options: () => ({ ...lesson, json: merchant }),
  },
  'serviceorder.sync.partner': { prepare: paying, options: () => ({ ...order, json: sync }) },
  'serviceorder.sync.direct': {
    prepare: payingAlone,
    options: () => ({
      ...lesson,
      json: { ...merchant, type: 'Order_Paid', detail: { paid_time: '20260303110000' } },
    }),
  },
  'permissions.apply.partner': { options: () => ({ json: permissionRequest }) },
  'permissions.terminateByCode.partner': {
    prepare: joined,
    options: () => ({
      authorization_code: 'YOGA-PERMIT',
      json: { service_id, sub_mchid, reason: '不再需要' },
    }),
  },
  'permissions.terminate.partner': {
    prepare: joined,
    options: () => ({ json: { ...merchant, sub_mchid, openid, reason: '不再需要' } }),
  },
  'pay.jsapi.direct': { options: () => ({ json: directTransaction }) },
  'pay.app.direct': { options: () => ({ json: anonymous(directTransaction) }) },
  'pay.h5.direct': { options: () => ({ json: { ...anonymous(directTransaction), scene_info } }) },
  'pay.native.direct': { options: () => ({ json: anonymous(directTransaction) }) },
  'pay.close.direct': {
    prepare: ({ wxpay }) => wxpay.v3.pay.transactions.jsapi.post({ json: directTransaction }),
    options: () => ({ ...trade, json: { mchid: directTransaction.mchid } }),
  },
  'pay.jsapi.partner': { options: () => ({ json: partnerTransaction }) },
  'pay.app.partner': { options: () => ({ json: anonymous(partnerTransaction) }) },
  'pay.h5.partner': { options: () => ({ json: { ...anonymous(partnerTransaction), scene_info } }) },
  'pay.native.partner': { options: () => ({ json: anonymous(partnerTransaction) }) },
  'pay.close.partner': {
    prepare: ({ wxpay }) =>
      wxpay.v3.pay.partner.transactions.jsapi.post({ json: partnerTransaction }),
    options: () => ({ ...trade, json: { sp_mchid: partnerTransaction.sp_mchid, sub_mchid } }),
  },
  'refund.abnormal': {
    prepare: abnormal,
    options: async ({ control }) => {
      const { refund } = await control.refunds.get('YOGA-REFUND')
      const { refund_id, out_refund_no } = refund
      return { refund_id, json: { sub_mchid, out_refund_no, type: 'MERCHANT_BANK_CARD' } }
    },
  },
  'refund.create': {
    prepare: paid,
    options: async ({ control }) => {
      const { transaction_id = '' } = await control.serviceOrders.get(orderNo)
      const amount = { refund: 100, total: 15_000, currency: 'CNY' } as const
      return { json: { ...refundRequest(transaction_id), amount } }
    },
  },
}
