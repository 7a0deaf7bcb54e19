import type { Identities } from '../../contracts/credentials.ts'
import type { KeyMode, MerchantRecord } from '../domain/merchants.ts'
import { createPlan, type PlanRecord } from '../domain/plans.ts'
import { accepted } from '../domain/refused.ts'
import { createPlanOrder } from '../domain/service-order-creation.ts'
import {
  beginCharge,
  completeOrder,
  detailCommand,
  type OrderRules,
  payOrder,
  type ServiceOrderRecord,
} from '../domain/service-orders.ts'
import {
  closeTransaction,
  newHandle,
  orderTransaction,
  payTransaction,
  type TransactionRecord,
  type TransactionRules,
} from '../domain/transactions.ts'
import {
  createSignPlan,
  moveDetail,
  signSignPlan,
  type UserSignPlanRecord,
} from '../domain/user-sign-plans.ts'
import type { Identifiers } from '../store/identifiers.ts'
import type { Course } from './shop-course.ts'

/** What a merchant begins with. */
export type SeededMerchant = {
  merchant: MerchantRecord
  plans: PlanRecord[]
  userSignPlans: UserSignPlanRecord[]
  serviceOrders: ServiceOrderRecord[]
  transactions: TransactionRecord[]
}

type Options = {
  identities: Identities
  platformKeys: KeyMode
  /** Of a plan that nobody has signed yet. */
  course: Course
  ids: Identifiers
  at: number
  rules: OrderRules & TransactionRules
}

/** The documented example names this sign plan and this order number. */
export const exampleSignPlanId = '01000033210000324638000000376258'
export const exampleOrderNo = '1514323JSVDFE1243252'

/** Paid, waiting, and closed. */
const seededTransactions = ['PAY2026PAID', 'PAY2026OPEN', 'PAY2026CLOSED']

const limits = { maxPlanDuration: 3650, maxDeductionQuantity: 100 }

const badminton: Course = {
  no: 'BADMINTON2026',
  name: '羽毛球课基础练习',
  price: 20_000,
  reduction: 5_000,
  details: 8,
}

/**
 * A merchant's first day: the plan of the documented example, signed, with detail 1 paid and
 * detail 2 waiting for the example call; and a shop's plan that nobody has signed yet.
 */
export const seedMerchant = (options: Options): SeededMerchant => {
  const example = plan(badminton, options)
  const { signPlan, order } = signedAndUsedOnce(example, options)

  return {
    merchant: merchantOf(options),
    plans: [example, plan(options.course, options)],
    userSignPlans: [signPlan],
    serviceOrders: [order],
    transactions: paidOpenAndClosed(options),
  }
}

/** Three orders by JSAPI of the merchant itself: one is paid, one waits, one is closed. */
const paidOpenAndClosed = ({ identities, ids, at, rules }: Options): TransactionRecord[] => {
  const { mchid, appid, openid, subOpenid } = identities
  const ordered = (out_trade_no: string) =>
    accepted(
      orderTransaction(undefined, {
        mchid,
        product: 'jsapi',
        request: {
          appid,
          mchid,
          description: badminton.name,
          out_trade_no,
          notify_url: 'http://127.0.0.1:8130/notify',
          amount: { total: badminton.price, currency: 'CNY' },
          payer: { openid },
        },
        handle: newHandle('jsapi', ids, at),
        at,
        rules,
      }),
    ).next
  const [paid, open, closed] = seededTransactions.map(ordered)
  if (!paid || !open || !closed) throw new Error('Three transactions are seeded.')
  const payment = {
    transaction_id: ids.transactionId(at),
    bank_type: 'OTHERS',
    payer: { openid, sub_openid: subOpenid },
    paidAt: at,
  }
  const closing = { mchid, out_trade_no: closed.out_trade_no, at, rules }

  return [
    accepted(payTransaction(paid, payment)).next,
    open,
    accepted(closeTransaction(closed, closing)).next,
  ]
}

const merchantOf = ({ identities, platformKeys }: Options): MerchantRecord => ({
  mchid: identities.mchid,
  appids: [identities.appid],
  subMerchants: [{ sub_mchid: identities.subMchid, sub_appids: [identities.subAppid] }],
  services: [{ service_id: identities.serviceId, ...limits }],
  users: [{ openid: identities.openid, sub_openid: identities.subOpenid }],
  platformKeys,
})

const parties = ({ serviceId, appid, subMchid, subAppid }: Identities) => ({
  service_id: serviceId,
  appid,
  sub_mchid: subMchid,
  sub_appid: subAppid,
})

const plan = (course: Course, { identities, ids }: Options): PlanRecord => {
  const { no, name, price, reduction, details } = course
  const request = {
    ...parties(identities),
    plan_name: name,
    plan_duration: 300,
    deduction_quantity: details,
    total_original_price: price * details,
    total_actual_price: (price - reduction) * details,
    plan_detail_list: Array.from({ length: details }, (_, index) => ({
      original_price: price,
      plan_discount_description: '新用户优惠',
      actual_price: price - reduction,
      plan_detail_name: `第${index + 1}次`,
    })),
    merchant_plan_no: no,
  }
  const created = createPlan(undefined, {
    request,
    mchid: identities.mchid,
    plan_id: ids.planId(),
    limits: { ...limits, lenientSums: false },
  })

  return accepted(created).next
}

const signedAndUsedOnce = (owner: PlanRecord, { identities, ids, at, rules }: Options) => {
  const { mchid, openid } = identities
  const numbers = Array.from({ length: badminton.details }, (_, index) =>
    index === 1 ? exampleOrderNo : `BADMINTON2026D${index + 1}`,
  )
  const unsigned = createSignPlan(undefined, {
    request: {
      ...parties(identities),
      plan_id: owner.plan.plan_id,
      openid,
      merchant_sign_plan_no: 'SIGN2026BADMINTON',
      notify_url: 'http://127.0.0.1:8130/notify',
      sign_plan_detail: numbers.map((merchant_plan_detail_no, index) => ({
        plan_detail_no: index + 1,
        merchant_plan_detail_no,
      })),
    },
    mchid,
    plan: owner,
    sign_plan_id: exampleSignPlanId,
    package: ids.token(),
    numberUsed: false,
    at,
  })
  const signed = accepted(signSignPlan(accepted(unsigned).next, { plan: owner, at })).next

  return payFirstDetail(signed, { identities, ids, at, rules })
}

const payFirstDetail = (
  signed: UserSignPlanRecord,
  { identities, ids, at, rules }: Omit<Options, 'course' | 'platformKeys'>,
) => {
  const [first] = signed.signPlan.signed_detail_list
  const total_amount = first?.actual_price ?? 0
  const created = accepted(
    createPlanOrder({
      request: {
        ...parties(identities),
        sign_plan_id: signed.signPlan.sign_plan_id,
        plan_detail_no: 1,
        openid: identities.openid,
        notify_url: 'http://127.0.0.1:8130/notify',
        service_introduction: '羽毛球课基础练习课程',
        time_range: { start_time: '20091218091010', end_time: '20091218121010' },
        out_trade_no: first?.merchant_plan_detail_no ?? '',
      },
      mchid: identities.mchid,
      signPlan: signed,
      order_id: ids.orderId(at),
      query_id: ids.token(),
      at,
      rules: { ...rules, strictTime: false, initialOrderState: 'DOING' },
    }),
  ).next
  const order_id = created.order.order_id ?? ''
  let signPlan = accepted(moveDetail(signed, 1, { move: 'use', order_id, at })).next

  const completed = accepted(
    completeOrder(created, {
      request: {
        service_id: identities.serviceId,
        sub_mchid: identities.subMchid,
        post_payments: [{ name: signPlan.signPlan.plan_name, amount: total_amount }],
        total_amount,
      },
      at,
      rules,
    }),
  )
  const paid = accepted(
    payOrder(accepted(beginCharge(completed.next)).next, {
      transaction_id: ids.transactionId(at),
      chargeNumber: ids.chargeNumber(at),
      at,
    }),
  )
  for (const event of [...completed.events, ...paid.events]) {
    const command = detailCommand(event)
    if (command) signPlan = accepted(moveDetail(signPlan, 1, command)).next
  }

  return { signPlan, order: paid.next }
}
