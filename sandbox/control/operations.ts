import { z } from 'zod'
import { cashierOutcomes, clients } from '../../contracts/cashier.ts'
import { complaint } from '../../contracts/complaints.ts'
import { Identities } from '../../contracts/credentials.ts'
import { openId, serviceId } from '../../contracts/fields.ts'
import { type Language, render } from '../../contracts/texts.ts'
import { formatRfc3339, parseRfc3339 } from '../../contracts/time.ts'
import { chargeOutcomes, refundOutcomes } from '../actions/planned-outcomes.ts'
import { keyModes } from '../domain/merchants.ts'
import { inLanguage, type NotificationRecord } from '../domain/notifications.ts'
import { FaultRequest } from '../faults/fault-queue.ts'
import { faultNames, faultOf } from '../faults/faults.ts'
import { RequestMatch } from '../journal/matching.ts'
import type { Control, MerchantScope, ResourceName } from './control.ts'
import { RequestFilter } from './requests.ts'
import { controlTexts } from './texts.ts'

/** One row of the control API: everything that its route and its document are made of. */
export type ControlOperation<
  Body extends z.ZodType = z.ZodType,
  Query extends z.ZodObject = z.ZodObject,
> = {
  method: 'GET' | 'POST'
  path: string
  summary: string
  body?: Body
  /** Whether the body is a world, which may be larger than any other. */
  takesWorld?: true
  /** What the query may say beside `mchid`. */
  query?: Query
  run(control: Control, input: Input<z.infer<Body>, z.infer<Query>>): unknown
}

type Input<Body, Query> = {
  number: string
  whose: MerchantScope
  query: Query
  body: Body
  /** Of whoever asks. */
  language: Language
}

const operation = <Body extends z.ZodType = z.ZodType, Query extends z.ZodObject = z.ZodObject>(
  row: ControlOperation<Body, Query>,
): ControlOperation<Body, Query> => row

/** Pages through a list. */
const Paging = z.object({
  skip: z.coerce.number().int().min(0).optional(),
  take: z.coerce.number().int().min(1).max(1000).optional(),
})

const user = { openid: openId.optional(), sub_openid: openId.optional() }

const share = z.number().min(0).max(1)

const time = z.string().superRefine((text, context) => {
  if (parseRfc3339(text) === undefined) context.addIssue(complaint(controlTexts.timeExpected))
})

/** One of three ways to move the clock. */
const ClockMove = z
  .strictObject({
    at: time.optional(),
    advance_seconds: z
      .int()
      .min(0)
      .max(10 * 366 * 86_400)
      .optional(),
    hold: z.boolean().optional(),
  })
  .superRefine((move, context) => {
    const given = Object.values(move).filter((value) => value !== undefined)
    if (given.length !== 1) context.addIssue(complaint(controlTexts.clockExpected))
  })

const reading = ({ now }: { now: number }) => ({ now: formatRfc3339(now) })

/** Reads of a resource: the list, and one by the merchant's own number. */
const reads = (path: string, parameter: string, name: ResourceName): ControlOperation[] => [
  operation({
    method: 'GET',
    path: `/${path}`,
    summary: `List the ${path} that are remembered.`,
    query: Paging,
    run: (control, { whose, query }) => control[name].list({ ...whose, ...query }),
  }),
  operation({
    method: 'GET',
    path: `/${path}/{${parameter}}`,
    summary: `Read one of the ${path} as it is remembered.`,
    run: (control, { number, whose }) => control[name].get(number, whose),
  }),
]

/** JSON that leaves piece by piece. */
const streamed = (pieces: Generator<string>): Response => {
  const stream = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      const { done, value } = pieces.next()
      if (done) controller.close()
      else controller.enqueue(Buffer.from(value))
    },
  })
  return new Response(stream, { headers: { 'Content-Type': 'application/json' } })
}

/** A notification with what is said of it in the reader's language. */
const toldIn = (record: NotificationRecord, language: Language) => ({
  ...inLanguage(record, language),
  attempts: record.attempts.map((attempt) => inLanguage(attempt, language)),
})

/** The control API, in the order in which its document lists it. */
export const operations: readonly ControlOperation[] = [
  operation({
    method: 'GET',
    path: '/merchants',
    summary: 'List the merchants and where their keys lie.',
    run: (control) => control.merchants.list(),
  }),
  operation({
    method: 'POST',
    path: '/merchants',
    summary: 'Add a merchant with a credentials folder and a world of its own.',
    body: Identities,
    run: (control, { body }) => control.merchants.add(body),
  }),

  ...reads('plans', 'merchant_plan_no', 'plans'),

  ...reads('user-sign-plans', 'merchant_sign_plan_no', 'userSignPlans'),
  operation({
    method: 'POST',
    path: '/user-sign-plans/{merchant_sign_plan_no}/sign',
    summary: 'The user signs the plan.',
    run: (control, { number, whose }) => control.userSignPlans.sign(number, whose),
  }),
  operation({
    method: 'POST',
    path: '/user-sign-plans/{merchant_sign_plan_no}/refuse',
    summary: 'The user closes the page without signing; its package is used up.',
    run: (control, { number, whose }) => control.userSignPlans.refuse(number, whose),
  }),
  operation({
    method: 'POST',
    path: '/user-sign-plans/{merchant_sign_plan_no}/cancel',
    summary: 'The user cancels the signed plan.',
    body: z.strictObject({ reason: z.string().max(128).optional() }),
    run: (control, { number, whose, body }) =>
      control.userSignPlans.cancel(number, {
        ...whose,
        ...(body.reason && { reason: body.reason }),
      }),
  }),

  ...reads('service-orders', 'out_order_no', 'serviceOrders'),
  operation({
    method: 'POST',
    path: '/service-orders/{out_order_no}/confirm',
    summary: 'The user confirms the order.',
    run: (control, { number, whose }) => control.serviceOrders.confirm(number, whose),
  }),
  operation({
    method: 'POST',
    path: '/service-orders/{out_order_no}/pay',
    summary: 'The user pays on the page of the order.',
    run: (control, { number, whose }) => control.serviceOrders.pay(number, whose),
  }),
  operation({
    method: 'POST',
    path: '/service-orders/{out_order_no}/end-charge',
    summary: 'End an attempt to charge that is held.',
    body: z.strictObject({ outcome: z.enum(['succeed', 'fail']) }),
    run: (control, { number, whose, body }) =>
      control.serviceOrders.endCharge(number, { ...whose, ...body }),
  }),

  ...reads('transactions', 'out_trade_no', 'transactions'),
  operation({
    method: 'POST',
    path: '/transactions/{out_trade_no}/pay',
    summary: 'The user comes to the cashier: pays, cancels, takes long, or fails to pay.',
    body: z.strictObject({
      outcome: z.enum(cashierOutcomes).optional(),
      ...user,
      handle: z.string().optional(),
      bank_type: z.string().min(1).max(32).optional(),
      coupon: z
        .strictObject({
          amount: z.int().min(1),
          type: z.enum(['CASH', 'NOCASH']).optional(),
          name: z.string().min(1).max(64).optional(),
        })
        .optional(),
    }),
    run: (control, { number, whose, body }) =>
      control.transactions.pay(number, { ...whose, ...body }),
  }),
  operation({
    method: 'POST',
    path: '/invocations/check',
    summary: 'Check what a front end hands to WeChat as the cashier would, and say what is wrong.',
    body: z.strictObject({
      client: z.enum(clients),
      parameters: z.record(z.string(), z.unknown()),
    }),
    run: (control, { whose, body, language }) =>
      control.invocations.check({ ...whose, ...body, language }),
  }),

  operation({
    method: 'GET',
    path: '/charges',
    summary: 'What the next attempts to charge will come to.',
    run: (control, { whose }) => control.charges.list(whose),
  }),
  operation({
    method: 'POST',
    path: '/charges',
    summary: 'Let the next attempts to charge succeed, fail, or be held running.',
    body: z.strictObject({
      outcome: z.enum(chargeOutcomes),
      count: z.int().min(1).max(1000).default(1),
    }),
    run: (control, { whose, body }) => control.charges.order({ ...whose, ...body }),
  }),

  ...reads('refunds', 'out_refund_no', 'refunds'),
  operation({
    method: 'POST',
    path: '/refunds',
    summary: 'Let the next refunds end so, be held running, or fail for want of money.',
    body: z.strictObject({
      outcome: z.enum(refundOutcomes),
      count: z.int().min(1).max(1000).default(1),
    }),
    run: (control, { whose, body }) => control.refunds.order({ ...whose, ...body }),
  }),
  operation({
    method: 'POST',
    path: '/refunds/{out_refund_no}/end',
    summary: 'End a refund that is held.',
    body: z.strictObject({ outcome: z.enum(['SUCCESS', 'ABNORMAL', 'CLOSED']) }),
    run: (control, { number, whose, body }) => control.refunds.end(number, { ...whose, ...body }),
  }),

  ...reads('permissions', 'authorization_code', 'permissions'),
  operation({
    method: 'POST',
    path: '/permissions/{authorization_code}/open',
    summary: 'The user authorises the service.',
    body: z.strictObject(user),
    run: (control, { number, whose, body }) =>
      control.permissions.open(number, { ...whose, ...body }),
  }),
  operation({
    method: 'POST',
    path: '/permissions/revoke',
    summary: 'The user leaves the service; plans signed under it end.',
    body: z.strictObject({ service_id: serviceId, ...user }),
    run: (control, { whose, body }) => control.permissions.revoke({ ...whose, ...body }),
  }),

  operation({
    method: 'GET',
    path: '/notifications',
    summary: 'List the notifications that are remembered.',
    query: Paging,
    run: async (control, { whose, query, language }) => {
      const records = await control.notifications.list({ ...whose, ...query })
      return records.map((record) => toldIn(record, language))
    },
  }),
  operation({
    method: 'GET',
    path: '/notifications/{id}',
    summary: 'Read one of the notifications as it is remembered.',
    run: async (control, { number, whose, language }) =>
      toldIn(await control.notifications.get(number, whose), language),
  }),
  operation({
    method: 'POST',
    path: '/notifications/{id}/redeliver',
    summary: 'Begin the schedule of a notice anew.',
    run: (control, { number, whose }) => control.notifications.redeliver(number, whose),
  }),
  operation({
    method: 'POST',
    path: '/notifications/{id}/cancel',
    summary: 'Stop delivering a notice.',
    run: (control, { number, whose }) => control.notifications.cancel(number, whose),
  }),

  operation({
    method: 'GET',
    path: '/probes',
    summary: 'Read how often signatures are made to fail.',
    run: (control) => control.probes.read(),
  }),
  operation({
    method: 'POST',
    path: '/probes',
    summary: 'Set how often signatures of answers and callbacks are made to fail, 0 to 1.',
    body: z.strictObject({ answers: share.optional(), callbacks: share.optional() }),
    run: (control, { body: { answers, callbacks } }) =>
      control.probes.set({
        ...(answers !== undefined && { answers }),
        ...(callbacks !== undefined && { callbacks }),
      }),
  }),

  operation({
    method: 'GET',
    path: '/faults',
    summary: 'What can be made to go wrong, and what waits to.',
    run: async (control, { whose, language }) => ({
      waiting: await control.faults.list(whose),
      known: Object.fromEntries(
        faultNames.map((name) => {
          const fault = faultOf(name)
          return [name, { ...fault, summary: render(fault.summary, language) }]
        }),
      ),
    }),
  }),
  operation({
    method: 'POST',
    path: '/faults',
    summary: 'Let the next answers or callbacks go wrong, by name.',
    body: FaultRequest,
    run: (control, { whose, body }) => control.faults.order({ ...whose, ...body }),
  }),
  operation({
    method: 'POST',
    path: '/faults/{id}/cancel',
    summary: 'Take back what waits under this id.',
    run: (control, { number }) => control.faults.cancel(number),
  }),
  operation({
    method: 'POST',
    path: '/faults/clear',
    summary: 'Take back everything that waits, or all of `mchid`.',
    run: (control, { whose }) => control.faults.clear(whose),
  }),

  operation({
    method: 'GET',
    path: '/requests',
    summary:
      'List the requests and deliveries that the journal keeps, the latest first; /requests/stream sends them as they come.',
    query: RequestFilter.extend(Paging.shape),
    run: (control, { whose, query, language }) =>
      control.requests.list({ ...whose, ...query, language }),
  }),
  operation({
    method: 'POST',
    path: '/requests/count',
    summary: 'How often such a request came; when never, which came nearest.',
    body: RequestMatch.omit({ mchid: true }),
    run: (control, { whose, body }) => control.requests.count({ ...whose, ...body }),
  }),
  operation({
    method: 'GET',
    path: '/requests/{id}',
    summary: 'Bytes, headers, checks, rule, reason and diagnosis of one; secrets are masked.',
    run: (control, { number, language }) => control.requests.get(Number(number), language),
  }),

  operation({
    method: 'GET',
    path: '/platform-keys',
    summary: 'Read which key signs for a merchant, and the platform certificates.',
    run: (control, { whose }) => control.platformKeys.read(whose),
  }),
  operation({
    method: 'POST',
    path: '/platform-keys',
    summary:
      'Set which key signs for a merchant and, while it is switching, the share of callbacks that the public key signs.',
    body: z.strictObject({ mode: z.enum(keyModes).optional(), callbacks: share.optional() }),
    run: (control, { whose, body }) => control.platformKeys.setMode({ ...whose, ...body }),
  }),
  operation({
    method: 'POST',
    path: '/platform-keys/rotate',
    summary:
      'List a new platform certificate (prepare), let it sign (promote), drop the old (retire).',
    body: z.strictObject({ step: z.enum(['prepare', 'promote', 'retire']) }),
    run: (control, { body }) => control.platformKeys.rotate(body.step),
  }),

  operation({
    method: 'GET',
    path: '/clock',
    summary: 'Read the business clock.',
    run: (control) => reading(control.clock.read()),
  }),
  operation({
    method: 'POST',
    path: '/clock',
    summary: 'Move the business clock, what is due until then first; hold it, or let it run.',
    body: ClockMove,
    run: async ({ clock }, { body: { at, advance_seconds, hold } }) => {
      if (hold !== undefined) return reading(await (hold ? clock.hold() : clock.run()))
      if (at !== undefined) return reading(await clock.set(parseRfc3339(at) ?? clock.read().now))
      return reading(await clock.advance((advance_seconds ?? 0) * 1000))
    },
  }),
  operation({
    method: 'POST',
    path: '/idle',
    summary: 'Wait until nothing is due any more and no callback is on its way.',
    run: (control) => control.idle(),
  }),
  operation({
    method: 'GET',
    path: '/world',
    summary: 'Export everything that is remembered as one document; keys are no part of it.',
    run: async (control) => streamed(await control.worlds.json()),
  }),
  operation({
    method: 'POST',
    path: '/world',
    summary: 'Take up an exported world. Keys are kept; deliveries on their way are dropped.',
    body: z.unknown(),
    takesWorld: true,
    run: (control, { body }) => control.worlds.import(body),
  }),
  operation({
    method: 'GET',
    path: '/snapshots',
    summary: 'List the names under which worlds were kept.',
    run: (control) => control.worlds.list(),
  }),
  operation({
    method: 'POST',
    path: '/snapshots/{name}',
    summary:
      'Keep what is remembered under a name, as long as the sandbox or its state folder lasts.',
    run: (control, { number }) => control.worlds.snapshot(number),
  }),
  operation({
    method: 'POST',
    path: '/snapshots/{name}/restore',
    summary: 'Take up what was kept. Keys are kept; deliveries on their way are dropped.',
    run: (control, { number }) => control.worlds.restore(number),
  }),
  operation({
    method: 'POST',
    path: '/snapshots/{name}/drop',
    summary: 'Forget what was kept under a name.',
    run: (control, { number }) => control.worlds.drop(number),
  }),
  operation({
    method: 'POST',
    path: '/reset',
    summary: 'Forget everything, or everything of `mchid`, and seed again; keys are kept.',
    run: (control, { whose }) => control.reset(whose.mchid),
  }),
]
