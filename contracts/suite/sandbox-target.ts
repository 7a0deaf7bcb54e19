/**
 * A sandbox as the target of the suite, by its address: the merchant's steps go through the call
 * that is tested, those of the user and of WeChat Pay through the control API.
 * @module
 */
import { randomBytes } from 'node:crypto'
import type { EndpointId } from '../endpoints.ts'
import { valueAt } from './assertions.ts'
import {
  applyPermission,
  authorizationCode,
  cancelOrder,
  completeOrder,
  createDetailOrder,
  createOrder,
  createPlan,
  createRefund,
  createSignPlan,
  endPermission,
  orderNo,
  owner,
  planNo,
  planOrderNo,
  refundNo,
  signPlanNo,
  stopSignPlan,
  subMerchant,
} from './bodies.ts'
import {
  type Call,
  type Caller,
  type CallRequest,
  type Course,
  type CourseState,
  courseStates,
  type Mode,
  type Target,
} from './interaction.ts'

/** Who the merchant is, as in the file `credentials.json` of a sandbox. */
export type Identities = {
  mchid: string
  appid: string
  subMchid: string
  subAppid: string
  serviceId: string
  openid: string
  subOpenid: string
  apiv3Key: string
}

type Options = {
  url: string
  identities: Identities
  platform: Caller['platform']
  call: Call
  /** Where callbacks go; nobody need listen there. @default a port that nobody listens at */
  notifyUrl?: string
  /** Reaches the control API. @default globalThis.fetch */
  fetch?: (request: Request) => Promise<Response>
}

export const sandboxTarget = (options: Options): Target => {
  const { identities, platform, notifyUrl = 'http://127.0.0.1:9/notify', call } = options
  const { mchid, apiv3Key } = identities
  const caller: Caller = { mchid, platform, apiv3Key }
  const act = actsOf(options)
  const ways = waysOf(stepsOf(call, act))
  const nextNumber = countFrom(newPrefix())

  const begin = (mode: Mode): Course => {
    const number = nextNumber()

    return {
      ...caller,
      mode,
      number,
      parties: partiesOf(identities, mode),
      user: { openid: `o${number}` },
      notify_url: notifyUrl,
      plan_id: '0',
      sign_plan_id: '0',
      query_id: '0',
      transaction_id: '0',
    }
  }

  const reach = async (state: CourseState, course: Course): Promise<Course> => {
    let reached = course
    for (const step of ways[state]) reached = { ...reached, ...(await step(reached)) }
    return reached
  }

  const courses = courseStates.map((state) => [state, (mode: Mode) => reach(state, begin(mode))])
  const courseGiven: Partial<Record<CourseState, (mode: Mode) => Promise<Course>>> =
    Object.fromEntries(courses)

  return {
    call,
    given: {
      ...courseGiven,
      planOfOtherMode: async (mode) => {
        const other = begin(mode === 'partner' ? 'direct' : 'partner')
        const { plan_id } = await reach('plan', other)
        return { ...begin(mode), plan_id }
      },
      merchant: async () => caller,
      detailInTurn: async (mode) => {
        const { openid, subOpenid } = identities
        const signed = await reach('signed', { ...begin(mode), user: { openid } })
        const sub_openid = mode === 'partner' ? { sub_openid: subOpenid } : {}
        return { ...caller, order: { ...createDetailOrder(signed), ...sub_openid } }
      },
    },
  }
}

const newPrefix = () => `${Date.now().toString(36)}${randomBytes(3).toString('hex')}`.toUpperCase()

const countFrom = (prefix: string) => {
  let count = 0
  return () => {
    count += 1
    return `${prefix}-${count}`
  }
}

const partiesOf = (
  { serviceId, appid, subMchid, subAppid }: Identities,
  mode: Mode,
): Course['parties'] => ({
  service_id: serviceId,
  appid,
  ...(mode === 'partner' && { sub_mchid: subMchid, sub_appid: subAppid }),
})

/** What the user and WeChat Pay do, at a path of the control API. */
type Act = (path: string, body?: object) => Promise<unknown>

const actsOf = ({
  url,
  identities: { mchid },
  fetch = (request) => globalThis.fetch(request),
}: Options): Act => {
  const send = async (path: string, init: RequestInit) => {
    const response = await fetch(new Request(`${url}/_sandbox/${path}?mchid=${mchid}`, init))
    const text = await response.text()
    if (!response.ok) throw new Error(`/_sandbox/${path} got ${response.status}: ${text}`)
    return text === '' ? undefined : JSON.parse(text)
  }

  return (path, body) =>
    send(path, body ? { method: 'POST', body: JSON.stringify(body) } : { method: 'GET' })
}

/** Brings a course one step further; what WeChat Pay has numbered is known from then on. */
type Step = (course: Course) => Promise<Partial<Course>>

const day = 86_400

const stepsOf = (call: Call, act: Act) => {
  const ask = async (request: CallRequest): Promise<unknown> => {
    const { status, body } = await call(request)
    const code = valueAt(body, 'code')
    if (status >= 300) throw new Error(`${request.endpoint} got ${status} ${code} on the way.`)
    return body
  }

  const asked =
    (requestOf: (course: Course) => CallRequest): Step =>
    async (course) => {
      await ask(requestOf(course))
      return {}
    }
  const acted =
    (path: string | ((course: Course) => string), body?: (course: Course) => object): Step =>
    async (course) => {
      await act(typeof path === 'string' ? path : path(course), body?.(course) ?? {})
      return {}
    }
  const ordered = (what: 'charges' | 'refunds', outcome: string) => acted(what, () => ({ outcome }))
  const passed = (seconds: number) => acted('clock', () => ({ advance_seconds: seconds }))

  const numbered = (member: 'plan_id' | 'sign_plan_id', answer: unknown) => ({
    [member]: String(valueAt(answer, member)),
  })

  return {
    createPlan: async (course: Course) =>
      numbered(
        'plan_id',
        await ask({ endpoint: `plan.create.${course.mode}`, body: createPlan(course) }),
      ),
    stopPlan: asked((course) => ({
      endpoint: `plan.stop.${course.mode}`,
      path: planNo(course),
      ...(course.mode === 'partner' && { body: subMerchant(course) }),
    })),

    offer: async (course: Course) => {
      const endpoint: EndpointId = `signplan.create.${course.mode}`
      const created = await ask({ endpoint, body: createSignPlan(course) })
      return numbered('sign_plan_id', valueAt(created, 'sign_plan'))
    },
    sign: acted((course) => `user-sign-plans/${signPlanNo(course).merchant_sign_plan_no}/sign`),
    stopSignPlan: asked((course) => ({
      endpoint: `signplan.stop.${course.mode}`,
      path: signPlanNo(course),
      body: stopSignPlan(course),
    })),
    userCancels: acted(
      (course) => `user-sign-plans/${signPlanNo(course).merchant_sign_plan_no}/cancel`,
      () => ({ reason: '用户取消' }),
    ),
    userLeaves: acted('permissions/revoke', ({ parties: { service_id }, user }) => ({
      service_id,
      ...user,
    })),

    useDetail: (detail: number) =>
      asked((course) => ({
        endpoint: `signplan.serviceorder.create.${course.mode}`,
        body: createDetailOrder(course, detail),
      })),
    cancelDetail: (detail: number) =>
      asked((course) => ({
        endpoint: `serviceorder.cancel.${course.mode}`,
        path: { out_order_no: createDetailOrder(course, detail).out_trade_no },
        body: cancelOrder(course),
      })),
    complete: asked((course) => ({
      endpoint: `serviceorder.complete.${course.mode}`,
      path: planOrderNo(course),
      body: completeOrder(course),
    })),
    chargeFails: ordered('charges', 'fail'),
    chargeIsHeld: ordered('charges', 'hold'),
    findPayment: async (course: Course) => {
      const order = await ask({
        endpoint: `serviceorder.query.${course.mode}`,
        query: { ...owner(course), ...planOrderNo(course) },
      })
      const transaction_id = valueAt(order, 'collection', 'details', '0', 'transaction_id')
      return { transaction_id: String(transaction_id) }
    },

    createOrder: asked((course) => ({
      endpoint: `serviceorder.create.${course.mode}`,
      body: createOrder(course),
    })),
    findQueryId: async (course: Course) => {
      const record = await act(`service-orders/${orderNo(course).out_order_no}`)
      return { query_id: String(valueAt(record, 'query_id')) }
    },
    userConfirms: acted((course) => `service-orders/${orderNo(course).out_order_no}/confirm`),

    apply: asked((course) => ({
      endpoint: 'permissions.apply.partner',
      body: applyPermission(course),
    })),
    userAuthorises: acted(
      (course) => `permissions/${authorizationCode(course).authorization_code}/open`,
      ({ user }) => user,
    ),
    endPermission: asked((course) => ({
      endpoint: 'permissions.terminateByCode.partner',
      path: authorizationCode(course),
      body: endPermission(course),
    })),

    refund: asked((course) => ({ endpoint: 'refund.create', body: createRefund(course) })),
    refundOneFen: (count: number) =>
      asked((course) => {
        const { notify_url: _, ...untold } = createRefund(course, 1)
        return {
          endpoint: 'refund.create',
          body: { ...untold, out_refund_no: `${refundNo(course).out_refund_no}${count}` },
        }
      }),
    refundsEnd: (outcome: string) => ordered('refunds', outcome),
    refundEnds: (outcome: string) =>
      acted(
        (course) => `refunds/${refundNo(course).out_refund_no}/end`,
        () => ({ outcome }),
      ),

    idle: acted('idle'),
    minutePasses: passed(60),
    monthPasses: passed(31 * day),
    planPasses: passed(302 * day),
    yearPasses: passed(366 * day),
  }
}

type Steps = ReturnType<typeof stepsOf>

/** The steps that lead to each state. */
const waysOf = (step: Steps): Record<CourseState, readonly Step[]> => {
  const plan = [step.createPlan]
  const unsigned = [...plan, step.offer]
  const signed = [...unsigned, step.sign]
  const using = [...signed, step.useDetail(1)]
  // What was ordered before might still be waiting for its turn.
  const unpaid = [...using, step.idle, step.chargeFails, step.complete, step.idle]
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
    usingWithoutMoney: [...using, step.idle, step.chargeFails],
    unpaid,
    unpaidWithoutMoney: [...unpaid, step.chargeFails],
    charging: [...using, step.idle, step.chargeIsHeld, step.complete, step.idle],
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
