import { isApiError } from '../../client/index.ts'
import type { BodyOf, EndpointId } from '../../contracts/endpoints.ts'
import { exampleIdentities } from '../../sandbox/authority/example-identities.ts'
import type { SandboxOptions } from '../../sandbox/sandbox.ts'
import { exampleOrder } from './example.ts'
import {
  cancellation,
  completion,
  modification,
  orderRequest,
  parties,
  permissionRequest,
  planRequest,
  refundRequest,
  signPlanRequest,
  sync,
} from './requests.ts'
import { openSandbox } from './sandbox.ts'

export const orderNo = exampleOrder.out_trade_no
export const { service_id, sub_mchid } = parties
export const { openid } = exampleIdentities

const { sub_openid: _, ...planOrderRequest } = exampleOrder
const signPlanNo = 'YOGA-SIGN'
const lesson = { name: '羽毛球课', amount: 15_000 }

/** What differs from the usual body of a call. */
type Changes<Id extends EndpointId> = Partial<BodyOf<Id>>

/**
 * A merchant and its sandbox. The usual order is that of the seeded plan's detail 2, the usual plan
 * and sign plan are those of a yoga course.
 */
export const openShop = async (options: SandboxOptions = {}) => {
  const sandbox = await openSandbox(options)
  const { wxpay, control } = sandbox
  const orders = wxpay.v3.payscore.partner.serviceorder
  const { permissions } = wxpay.v3.payscore.partner
  const plans = wxpay.v3.payscore.plan.partner.payscorePlans
  const signPlans = wxpay.v3.payscore.signPlan.partner.userSignPlans

  const planId = async () => (await control.plans.get('YOGA')).plan.plan_id
  const transactionId = async () => (await control.serviceOrders.get(orderNo)).transaction_id ?? ''

  return {
    ...sandbox,

    createPlan: (changes: Changes<'plan.create.partner'> = {}) =>
      plans.post({ json: { ...planRequest, ...changes } }),
    stopPlan: (merchant_plan_no = 'YOGA', json = { sub_mchid }) =>
      plans.merchantPlanNo._merchant_plan_no_.stop.post({ merchant_plan_no, json }),

    createSignPlan: async (changes: Changes<'signplan.create.partner'> = {}) => {
      const plan_id = changes.plan_id ?? (await planId())
      return signPlans.post({ json: { ...signPlanRequest(plan_id), ...changes } })
    },
    querySignPlan: (merchant_sign_plan_no = signPlanNo, query = { sub_mchid }) =>
      signPlans.merchantSignPlanNo._merchant_sign_plan_no_.get({ merchant_sign_plan_no, query }),
    stopSignPlan: (
      merchant_sign_plan_no = signPlanNo,
      json = { sub_mchid, stop_reason: '课程取消' },
    ) =>
      signPlans.merchantSignPlanNo._merchant_sign_plan_no_.stop.post({
        merchant_sign_plan_no,
        json,
      }),

    order: (changes: Changes<'signplan.serviceorder.create.partner'> = {}) =>
      wxpay.v3.payscore.signPlan.partner.serviceorder.post({
        json: { ...planOrderRequest, ...changes },
      }),
    orderAlone: (changes: Changes<'serviceorder.create.partner'> = {}) =>
      orders.post({ json: { ...orderRequest, ...changes } }),
    queryOrder: (out_order_no = orderNo, query = { sub_mchid }) =>
      orders.get({ query: { ...query, out_order_no } }),

    cancel: (out_order_no = orderNo, changes: Changes<'serviceorder.cancel.partner'> = {}) =>
      orders._out_order_no_.cancel.post({ out_order_no, json: { ...cancellation, ...changes } }),
    complete: (out_order_no = orderNo, changes: Changes<'serviceorder.complete.partner'> = {}) => {
      const usual = { ...completion, post_payments: [lesson], total_amount: lesson.amount }
      return orders._out_order_no_.complete.post({ out_order_no, json: { ...usual, ...changes } })
    },
    modify: (out_order_no = orderNo, changes: Changes<'serviceorder.modify.partner'> = {}) =>
      orders._out_order_no_.modify.post({ out_order_no, json: { ...modification, ...changes } }),
    pay: (out_order_no = orderNo, json: BodyOf<'serviceorder.pay.partner'> = { sub_mchid }) =>
      orders._out_order_no_.pay.post({ out_order_no, json }),
    sync: (out_order_no = orderNo, changes: Changes<'serviceorder.sync.partner'> = {}) =>
      orders._out_order_no_.sync.post({ out_order_no, json: { ...sync, ...changes } }),

    refund: async (refund = 15_000, changes: Changes<'refund.create'> = {}) => {
      const usual = refundRequest(changes.transaction_id ?? (await transactionId()))
      const amount = { refund, total: 15_000, currency: 'CNY' } as const
      return wxpay.v3.refund.domestic.refunds.post({ json: { ...usual, amount, ...changes } })
    },

    applyPermission: (changes: Changes<'permissions.apply.partner'> = {}) =>
      permissions.post({ json: { ...permissionRequest, ...changes } }),
    terminatePermission: (
      authorization_code = 'YOGA-PERMIT',
      json = { service_id, sub_mchid, reason: '不再需要' },
    ) =>
      permissions.authorizationCode._authorization_code_.terminate.post({
        authorization_code,
        json,
      }),
  }
}

export type Shop = Awaited<ReturnType<typeof openShop>>
export type Step = (shop: Shop) => Promise<unknown>

/** The steps in the order given. */
export const first =
  (...steps: Step[]): Step =>
  async (shop) => {
    for (const step of steps) await step(shop)
  }

export const offered = first(
  (shop) => shop.createPlan(),
  (shop) => shop.createSignPlan(),
)
export const signed = first(offered, (shop) => shop.control.userSignPlans.sign(signPlanNo))

export const doing: Step = (shop) => shop.order()
const completed = first(
  doing,
  (shop) => shop.complete(),
  (shop) => shop.control.idle(),
)
const ending = (outcome: 'fail' | 'hold') => async (shop: Shop) =>
  shop.control.charges.order({ outcome })

/** Completed, and the first attempt to charge failed. */
export const paying = first(ending('fail'), completed)
/** Completed, and the first attempt to charge is still running. */
export const charging = first(ending('hold'), completed)
export const paid = completed
export const revoked = first(doing, (shop) => shop.cancel())

/** Completes an order and lets its charge succeed. */
export const payFor = (out_order_no: string, amount: number) =>
  first(
    (shop) =>
      shop.complete(out_order_no, {
        post_payments: [{ name: '课', amount }],
        total_amount: amount,
      }),
    (shop) => shop.control.idle(),
  )

/** What became of a call, as one line: the status, and of a refusal its code and message. */
export const outcomeOf = async (call: Promise<{ status: number }>): Promise<string> => {
  try {
    const { status } = await call
    return String(status)
  } catch (error) {
    if (!isApiError(error)) throw error
    return `${error.status} ${error.apiCode} ${error.apiMessage}`
  }
}

/** Makes so many calls at once. */
export const times = <Result>(count: number, call: (index: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: count }, (_, index) => call(index)))

export const orderCount = async ({ control }: Shop) => (await control.serviceOrders.list()).length
