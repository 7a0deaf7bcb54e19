/**
 * The ways into the states of the suite: the merchant's steps go through the call that is tested,
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
} from './bodies.ts'
import type { Call, CallRequest, Course, CourseState } from './interaction.ts'
import { goodRequest, type Operation, orderOfDetail } from './requests.ts'

/** Reads at a path of the control API or, with a body, acts there. */
export type Act = (path: string, body?: object) => Promise<unknown>

/** Brings a course one step further; what WeChat Pay has numbered is known from then on. */
export type Step = (course: Course) => Promise<Partial<Course>>

const day = 86_400

const stepsOf = (call: Call, act: Act) => {
  const ask = async (request: CallRequest): Promise<unknown> => {
    const { status, body } = await call(request)
    const code = valueAt(body, 'code')
    if (status >= 300) throw new Error(`${request.endpoint} got ${status} ${code} on the way.`)
    return body
  }
  const asks =
    (requestOf: (course: Course) => CallRequest): Step =>
    async (course) => {
      await ask(requestOf(course))
      return {}
    }
  const does = (operation: Operation) => asks((course) => goodRequest(operation, course))

  const acts =
    (path: string | ((course: Course) => string), body: (course: Course) => object): Step =>
    async (course) => {
      await act(typeof path === 'string' ? path : path(course), body(course))
      return {}
    }
  const passes = (seconds: number) => acts('clock', () => ({ advance_seconds: seconds }))
  const signPlan = (course: Course) => `user-sign-plans/${signPlanNo(course).merchant_sign_plan_no}`
  const order = (course: Course) => `service-orders/${orderNo(course).out_order_no}`

  return {
    createPlan: async (course: Course) => ({
      plan_id: String(valueAt(await ask(goodRequest('plan.create', course)), 'plan_id')),
    }),
    stopPlan: does('plan.stop'),

    offer: async (course: Course) => {
      const created = await ask(goodRequest('signplan.create', course))
      return { sign_plan_id: String(valueAt(created, 'sign_plan', 'sign_plan_id')) }
    },
    stopSignPlan: does('signplan.stop'),
    userSigns: acts((course) => `${signPlan(course)}/sign`, nothing),
    userCancels: acts(
      (course) => `${signPlan(course)}/cancel`,
      () => ({ reason: '用户取消' }),
    ),
    userLeaves: acts('permissions/revoke', ({ parties: { service_id }, user }) => ({
      service_id,
      ...user,
    })),

    useDetail: (detail: number) => asks((course) => orderOfDetail(course, detail)),
    cancelDetail: (detail: number) =>
      asks((course) => ({
        ...goodRequest('serviceorder.cancel', course),
        path: { out_order_no: detailNo(course, detail) },
      })),
    complete: does('serviceorder.complete'),
    chargesEnd: (outcome: string) => acts('charges', () => ({ outcome })),
    findPayment: async (course: Course) => {
      const found = await ask(goodRequest('serviceorder.query', course))
      const transaction_id = valueAt(found, 'collection', 'details', '0', 'transaction_id')
      return { transaction_id: String(transaction_id) }
    },

    createOrder: does('serviceorder.create'),
    findQueryId: async (course: Course) => ({
      query_id: String(valueAt(await act(order(course)), 'query_id')),
    }),
    userConfirms: acts((course) => `${order(course)}/confirm`, nothing),

    apply: does('permissions.apply'),
    userAuthorises: acts(
      (course) => `permissions/${authorizationCode(course).authorization_code}/open`,
      ({ user }) => user,
    ),
    endPermission: does('permissions.terminateByCode'),

    refund: does('refund.create'),
    refundOneFen: (count: number) =>
      asks((course) => {
        const { notify_url: _, ...untold } = createRefund(course, 1)
        const out_refund_no = `${refundNo(course).out_refund_no}${count}`
        return { endpoint: 'refund.create', body: { ...untold, out_refund_no } }
      }),
    refundsEnd: (outcome: string) => acts('refunds', () => ({ outcome })),
    refundEnds: (outcome: string) =>
      acts(
        (course) => `refunds/${refundNo(course).out_refund_no}/end`,
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
export const waysOf = (call: Call, act: Act): Record<CourseState, readonly Step[]> => {
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
    refundAbnormal: refundedAs('ABNORMAL'),
    refundClosed: refundedAs('CLOSED'),
    refundedAtLast: [...refundedAs('ABNORMAL'), step.refundEnds('SUCCESS')],
    refundClosedAtLast: [...refundedAs('ABNORMAL'), step.refundEnds('CLOSED')],
    refundedOften: [
      ...paid,
      ...Array.from({ length: 50 }, (_, count) => [step.refundOneFen(count), step.minutePasses]),
    ].flat(),
  }
}
