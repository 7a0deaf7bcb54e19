/**
 * The steps into the states of the suite: the merchant's own go through the call that is tested,
 * those of the user and of WeChat Pay through the control API.
 * @module
 */
import { valueAt } from './assertions.ts'
import {
  authorizationCode,
  createRefund,
  detailNo,
  orderNo,
  refundNo,
  signPlanNo,
  tradeNo,
} from './bodies.ts'
import type { Call, CallRequest, Fixture, FixtureState } from './interaction.ts'
import { goodRequest, type Operation, orderOfDetail } from './requests.ts'

/** Reads at a path of the control API or, with a body, acts there. */
export type Act = (path: string, body?: object) => Promise<unknown>

/** Brings a fixture one step further; what WeChat Pay has numbered is known from then on. */
export type Step = (fixture: Fixture) => Promise<Partial<Fixture>>

const day = 86_400

const stepsOf = (call: Call, act: Act) => {
  const ask = async (request: CallRequest): Promise<unknown> => {
    const { status, body } = await call(request)
    const code = valueAt(body, 'code')
    if (status >= 300) throw new Error(`${request.endpoint} got ${status} ${code} on the way.`)
    return body
  }
  const asks =
    (requestOf: (fixture: Fixture) => CallRequest): Step =>
    async (fixture) => {
      await ask(requestOf(fixture))
      return {}
    }
  const does = (operation: Operation) => asks((fixture) => goodRequest(operation, fixture))

  const acts =
    (path: string | ((fixture: Fixture) => string), body: (fixture: Fixture) => object): Step =>
    async (fixture) => {
      await act(typeof path === 'string' ? path : path(fixture), body(fixture))
      return {}
    }
  const passes = (seconds: number) => acts('clock', () => ({ advance_seconds: seconds }))
  const signPlan = (fixture: Fixture) =>
    `user-sign-plans/${signPlanNo(fixture).merchant_sign_plan_no}`
  const order = (fixture: Fixture) => `service-orders/${orderNo(fixture).out_order_no}`

  return {
    createPlan: async (fixture: Fixture) => ({
      plan_id: String(valueAt(await ask(goodRequest('plan.create', fixture)), 'plan_id')),
    }),
    stopPlan: does('plan.stop'),

    offer: async (fixture: Fixture) => {
      const created = await ask(goodRequest('signplan.create', fixture))
      return { sign_plan_id: String(valueAt(created, 'sign_plan', 'sign_plan_id')) }
    },
    stopSignPlan: does('signplan.stop'),
    userSigns: acts((fixture) => `${signPlan(fixture)}/sign`, nothing),
    userCancels: acts(
      (fixture) => `${signPlan(fixture)}/cancel`,
      () => ({ reason: '用户取消' }),
    ),
    userLeaves: acts('permissions/revoke', ({ parties: { service_id }, user }) => ({
      service_id,
      ...user,
    })),

    useDetail: (detail: number) => asks((fixture) => orderOfDetail(fixture, detail)),
    cancelDetail: (detail: number) =>
      asks((fixture) => ({
        ...goodRequest('serviceorder.cancel', fixture),
        path: { out_order_no: detailNo(fixture, detail) },
      })),
    complete: does('serviceorder.complete'),
    chargesEnd: (outcome: string) => acts('charges', () => ({ outcome })),
    findPayment: async (fixture: Fixture) => {
      const found = await ask(goodRequest('serviceorder.query', fixture))
      const transaction_id = valueAt(found, 'collection', 'details', '0', 'transaction_id')
      return { transaction_id: String(transaction_id) }
    },

    createOrder: does('serviceorder.create'),
    findQueryId: async (fixture: Fixture) => ({
      query_id: String(valueAt(await act(order(fixture)), 'query_id')),
    }),
    userConfirms: acts((fixture) => `${order(fixture)}/confirm`, nothing),

    apply: does('permissions.apply'),
    userAuthorises: acts(
      (fixture) => `permissions/${authorizationCode(fixture).authorization_code}/open`,
      ({ user }) => user,
    ),
    endPermission: does('permissions.terminateByCode'),

    orderTransaction: does('pay.jsapi'),
    closeTransaction: does('pay.close'),
    userAtCashier: (outcome: string) =>
      acts(
        (fixture) => `transactions/${tradeNo(fixture).out_trade_no}/pay`,
        () => ({ outcome }),
      ),
    findTransaction: async (fixture: Fixture) => {
      const found = await ask(goodRequest('pay.queryByOutTradeNo', fixture))
      return { transaction_id: String(valueAt(found, 'transaction_id')) }
    },

    refund: async (fixture: Fixture) => ({
      refund_id: String(valueAt(await ask(goodRequest('refund.create', fixture)), 'refund_id')),
    }),
    refundOneFen: (count: number) =>
      asks((fixture) => {
        const { notify_url: _, ...untold } = createRefund(fixture, 1)
        const out_refund_no = `${refundNo(fixture).out_refund_no}${count}`
        return { endpoint: 'refund.create', body: { ...untold, out_refund_no } }
      }),
    refundsEnd: (outcome: string) => acts('refunds', () => ({ outcome })),
    refundEnds: (outcome: string) =>
      acts(
        (fixture) => `refunds/${refundNo(fixture).out_refund_no}/end`,
        () => ({ outcome }),
      ),

    idle: acts('idle', nothing),
    minutePasses: passes(60),
    monthPasses: passes(31 * day),
    planPasses: passes(302 * day),
    yearPasses: passes(366 * day),
  }
}

const nothing = () => ({})

/** The steps that lead to each state. */
export const fixturesOf = (call: Call, act: Act): Record<FixtureState, readonly Step[]> => {
  const step = stepsOf(call, act)
  const plan = [step.createPlan]
  const unsigned = [...plan, step.offer]
  const signed = [...unsigned, step.userSigns]
  const using = [...signed, step.useDetail(1)]
  // What was ordered before might still be waiting for its turn.
  const unpaid = [...using, step.idle, step.chargesEnd('fail'), step.complete, step.idle]
  const paid = [...using, step.idle, step.complete, step.idle, step.findPayment]
  const created = [step.createOrder, step.findQueryId]
  const authorised = [step.apply, step.userAuthorises]
  const withdrawn = [...authorised, step.endPermission]
  const ordered = [step.orderTransaction]
  const atCashier = [...ordered, step.userAtCashier('slow')]
  const pays = [step.userAtCashier('succeed'), step.idle, step.findTransaction]
  const refundedAs = (outcome: string) => [
    ...paid,
    step.refundsEnd(outcome),
    step.refund,
    step.idle,
  ]

  return {
    fresh: [],
    plan,
    stoppedPlan: [...plan, step.stopPlan],
    planOfOtherMode: plan,
    signPlanOfOtherMode: signed,
    usingInOtherMode: using,
    unsigned,
    signed,
    endedByMerchant: [...signed, step.stopSignPlan],
    endedByUser: [...signed, step.userCancels],
    serviceRevoked: [...signed, step.userLeaves],
    allDetailsUsed: [
      ...signed,
      ...[1, 2, 3].flatMap((detail) => [step.useDetail(detail), step.cancelDetail(detail)]),
    ],
    expiredUnsigned: [...unsigned, step.planPasses],
    expiredSigned: [...signed, step.planPasses],
    using,
    usingWithoutMoney: [...using, step.idle, step.chargesEnd('fail')],
    unpaid,
    unpaidWithoutMoney: [...unpaid, step.chargesEnd('fail')],
    unpaidWithSlowCharge: [...unpaid, step.chargesEnd('hold')],
    charging: [...using, step.idle, step.chargesEnd('hold'), step.complete, step.idle],
    paid,
    paidLastYear: [...paid, step.yearPasses],
    revoked: [...using, step.cancelDetail(1)],
    created,
    confirmed: [...created, step.userConfirms],
    expired: [...created, step.monthPasses],
    applied: [step.apply],
    authorised,
    authorisedAgain: [...withdrawn, step.userAuthorises],
    authorisedAndUsing: [...authorised, ...using],
    withdrawn,
    withoutRefundMoney: [...paid, step.refundsEnd('NOT_ENOUGH')],
    refunding: refundedAs('hold'),
    refunded: refundedAs('SUCCESS'),
    refundedAMinuteAgo: [...refundedAs('SUCCESS'), step.minutePasses],
    refundAbnormal: refundedAs('ABNORMAL'),
    refundClosed: refundedAs('CLOSED'),
    refundedAtLast: [...refundedAs('ABNORMAL'), step.refundEnds('SUCCESS')],
    refundClosedAtLast: [...refundedAs('ABNORMAL'), step.refundEnds('CLOSED')],
    ordered,
    orderedInOtherMode: [...ordered, ...pays],
    orderedLongAgo: [...ordered, step.monthPasses],
    closed: [...ordered, step.closeTransaction],
    burnt: [step.closeTransaction],
    atCashier,
    atCashierLong: [...atCashier, step.monthPasses],
    leftCashier: [...atCashier, step.userAtCashier('cancel')],
    transactionPaid: [...ordered, ...pays],
    transactionPaidSlowly: [...atCashier, ...pays],
    transactionRefunded: [...ordered, ...pays, step.refund, step.idle],
    refundedOften: [
      ...paid,
      ...Array.from({ length: 50 }, (_, count) => [step.refundOneFen(count), step.minutePasses]),
    ].flat(),
  }
}
