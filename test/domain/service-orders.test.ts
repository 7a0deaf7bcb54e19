import { expect, test } from 'vitest'
import type { BodyOf } from '../../contracts/endpoints.ts'
import type { Situation } from '../../contracts/errors.ts'
import type { MoveOf, OrderPhase } from '../../contracts/states.ts'
import { accept, refusal } from '../../sandbox/domain/decision.ts'
import { accepted } from '../../sandbox/domain/refused.ts'
import {
  beginCharge,
  cancelOrder,
  completeOrder,
  confirmOrder,
  detailCommand,
  expireOrder,
  failCharge,
  modifyOrder,
  type OrderDecision,
  type OrderEvent,
  payOrder,
  phaseOf,
  type ServiceOrderRecord,
  syncOrder,
} from '../../sandbox/domain/service-orders.ts'
import { completion, modification, sync } from '../support/requests.ts'
import { edgesOf } from './edges.ts'
import { at, orderOf, rules, signed } from './records.ts'

type Complete = BodyOf<'serviceorder.complete.partner'>
type Modify = BodyOf<'serviceorder.modify.partner'>
type Act = (record: ServiceOrderRecord) => OrderDecision

const paid = { transaction_id: '4200', chargeNumber: 'charge', at: at + 1000 }

const complete =
  (changes: Partial<Complete> = {}): Act =>
  (record) =>
    completeOrder(record, { request: { ...completion, ...changes }, at, rules })

const modify =
  (changes: Partial<Modify> = {}): Act =>
  (record) =>
    modifyOrder(record, { request: { ...modification, ...changes } })

const cancel =
  (reason = '课程取消', changed: Partial<typeof rules> = {}): Act =>
  (record) =>
    cancelOrder(record, { reason, at, rules: { ...rules, ...changed } })

const free = { post_payments: [{ name: '课时费', amount: 0 }], total_amount: 0 }

const acts: Record<MoveOf<'serviceorder'>, Act> = {
  confirm: (record) => confirmOrder(record, { at }),
  expire: (record) => expireOrder(record, { at }),
  cancel: cancel('别的原因'),
  complete: complete({ goods_tag: '另一次' }),
  settle: complete(free),
  modify: modify(),
  pay: (record) => payOrder(record, paid),
  sync: (record) => syncOrder(record, { request: sync, at }),
}

const created = orderOf(signed, 1, { initialOrderState: 'CREATED' })
const doing = orderOf(signed)
const paying = accepted(complete()(doing)).next
const running = accepted(beginCharge(paying)).next
const done = accepted(payOrder(running, paid)).next

const confirmed = 'DOING/USER_CONFIRM'
const completed = 'DOING/MCH_COMPLETE'

const records: Record<OrderPhase, ServiceOrderRecord> = {
  CREATED: created,
  [confirmed]: doing,
  [completed]: paying,
  DONE: done,
  REVOKED: accepted(cancel()(doing)).next,
  EXPIRED: accepted(expireOrder(created, { at })).next,
}

const illegal = 'orderStateIllegal'

/** How a move is refused in a phase that does not have it. */
const refusals: Record<
  keyof typeof acts,
  Partial<Record<OrderPhase, Situation>> & { rest: Situation }
> = {
  confirm: { rest: illegal },
  expire: { rest: illegal },
  cancel: { DONE: 'orderDone', REVOKED: 'orderCanceled', rest: 'cancelNotAllowed' },
  complete: { [completed]: 'reentryMismatch', rest: illegal },
  settle: { [completed]: 'reentryMismatch', rest: illegal },
  modify: { rest: 'modifyNotPaying' },
  pay: {
    CREATED: 'payTooEarly',
    [confirmed]: 'payTooEarly',
    DONE: 'orderDone',
    REVOKED: 'orderCanceled',
    rest: illegal,
  },
  sync: { DONE: 'orderDone', REVOKED: 'orderCanceled', rest: illegal },
}

const outcomeOf = (decision: OrderDecision) =>
  decision.ok ? phaseOf(decision.next.order) : decision.situation

test.each(edgesOf('serviceorder', { records, acts }))('%s', (_title, { state, move, to }) => {
  const refused = refusals[move][state] ?? refusals[move].rest

  expect(outcomeOf(acts[move](records[state]))).toBe(to ?? refused)
})

test.each<[string, ServiceOrderRecord]>([
  ['beginCharge', records.DONE],
  ['failCharge', records.REVOKED],
])('%s is refused as a payment is', (name, record) => {
  const act = name === 'beginCharge' ? beginCharge : failCharge
  const situation = record === done ? 'orderDone' : 'orderCanceled'

  expect(act(record, { retryAt: at })).toEqual(refusal(situation))
})

test('a final order says no more what it waits for, and is due no more', () => {
  for (const record of [records.DONE, records.REVOKED, records.EXPIRED]) {
    expect(record.order).not.toHaveProperty('state_description')
    expect(record).not.toHaveProperty('due')
    expect(record).not.toHaveProperty('charge')
  }
})

test('cancelling with the same reason again is a repeat', () => {
  expect(cancel()(records.REVOKED)).toEqual(accept(records.REVOKED))
})

test('completing with the same parameters again is a repeat while the user is paying', () => {
  const lowered = accepted(modify()(paying)).next

  expect(complete()(paying)).toEqual(accept(paying))
  expect(complete()(running)).toEqual(accept(running))
  expect(complete()(lowered)).toEqual(accept(lowered))
  expect(complete()(done)).toEqual(refusal(illegal))
})

test('completion replaces what was planned, and the charge is due at once', () => {
  const asked = {
    post_payments: [{ name: '课时费', amount: 8_500 }],
    post_discounts: [{ name: '券', description: '券', amount: 500 }],
    total_amount: 8_000,
    time_range: { start_time: 'OnAccept', end_time: '20260303093000', end_time_remark: '提前' },
    location: { start_location: '一号教室' },
  }
  const { next, events } = accepted(complete(asked)(doing))

  expect(events).toEqual([{ type: 'completed', total_amount: 8_000 }])
  expect(next).toMatchObject({ charge: 'waiting', due: at })
  expect(next.order).toMatchObject({
    ...asked,
    time_range: { ...asked.time_range, start_time: '20260303080000' },
    state: 'DOING',
    state_description: 'MCH_COMPLETE',
    need_collection: true,
    collection: {
      state: 'USER_PAYING',
      total_amount: 8_000,
      paying_amount: 8_000,
      paid_amount: 0,
    },
  })
})

test('completion without discounts, times or places leaves only the times and places', () => {
  expect(paying.order).not.toHaveProperty('post_discounts')
  expect(paying.order.time_range).toEqual(doing.order.time_range)
  expect(paying.order.location).toEqual(doing.order.location)
})

test('an order of nothing is DONE without a collection', () => {
  const { next, events } = accepted(complete(free)(doing))

  expect(next.order).toMatchObject({ state: 'DONE', total_amount: 0, need_collection: false })
  expect(next.order).not.toHaveProperty('collection')
  expect(next).not.toHaveProperty('due')
  expect(events).toEqual([
    { type: 'completed', total_amount: 0 },
    { type: 'settled', total_amount: 0, at },
  ])
})

test.each<[string, Partial<Complete>, Situation]>([
  ['an end before the start', { time_range: { end_time: '20260303085959' } }, 'endBeforeStart'],
  ['an end place alone', { location: { end_location: '二号教室' } }, 'endLocationAlone'],
  ['a charge that says nothing', { post_payments: [{ name: '课时费' }] }, 'itemsInvalid'],
  ['another sum', { total_amount: 8_999 }, 'totalIllegal'],
  [
    'more than the detail costs',
    { post_payments: [{ name: '课时费', amount: 9_001 }], total_amount: 9_001 },
    'totalAboveRisk',
  ],
])('refuses a completion with %s', (_what, changes, situation) => {
  expect(complete(changes)(doing)).toEqual(refusal(situation))
})

test('an order without a time needs an end at completion, or has none to compare with', () => {
  const { time_range: _, ...order } = doing.order

  expect(complete()({ ...doing, order })).toEqual(refusal('endMissing'))
  expect(complete({ time_range: { end_time: '20260303080001' } })({ ...doing, order }).ok).toBe(
    true,
  )
})

test('a modification lowers what the user still has to pay', () => {
  const asked = {
    post_payments: [{ name: '课时费', amount: 6_000 }],
    post_discounts: [{ name: '券', amount: 1_000 }],
  }
  const { next, events } = accepted(modify(asked)(paying))

  expect(events).toEqual([{ type: 'completed', total_amount: 5_000 }])
  expect(next).toMatchObject({ charge: 'waiting', due: at })
  expect(next.order).toMatchObject({
    ...asked,
    total_amount: 5_000,
    collection: { state: 'USER_PAYING', total_amount: 5_000, paying_amount: 5_000 },
  })
})

test.each<[string, Partial<Modify>, Situation]>([
  [
    'the same amount',
    { post_payments: completion.post_payments, total_amount: 9_000 },
    'modifyNotLower',
  ],
  ['another sum', { total_amount: 4_999 }, 'totalIllegal'],
  ['a charge that says nothing', { post_payments: [{ name: '课时费' }] }, 'itemsInvalid'],
  [
    'more than the detail costs',
    { post_payments: [{ name: '课时费', amount: 9_001 }], total_amount: 9_001 },
    'totalAboveRisk',
  ],
])('refuses a modification with %s', (_what, changes, situation) => {
  expect(modify(changes)(paying)).toEqual(refusal(situation))
})

test.each([
  ['cancel', cancel()],
  ['modify', modify()],
  ['sync', acts.sync],
  ['beginCharge', beginCharge],
])('refuses to %s while a charge is running', (_name, act) => {
  expect(act(running)).toEqual(refusal('chargeRunning'))
})

test('the rules may deny to cancel what is completed', () => {
  const denying = cancel('课程取消', { cancelWhilePaying: 'deny' })

  expect(denying(paying)).toEqual(refusal('cancelNotAllowed'))
  expect(denying(doing).ok).toBe(true)
})

test('an attempt that failed is due again', () => {
  const { next, events } = accepted(failCharge(running, { retryAt: at + 5000 }))

  expect(running).not.toHaveProperty('due')
  expect(next).toMatchObject({ charge: 'waiting', due: at + 5000, order: running.order })
  expect(events).toEqual([])
})

test('what PayScore collected has a transaction to refund', () => {
  const { next, events } = accepted(payOrder(running, paid))

  expect(next).toMatchObject({ transaction_id: '4200', chargeNumber: 'charge', paidAt: paid.at })
  expect(next.order).toMatchObject({
    state: 'DONE',
    collection: {
      state: 'USER_PAID',
      total_amount: 9_000,
      paying_amount: 0,
      paid_amount: 9_000,
      details: [
        {
          seq: 1,
          amount: 9_000,
          paid_type: 'NEWTON',
          paid_time: '20260303080001',
          transaction_id: '4200',
        },
      ],
    },
  })
  expect(events).toEqual([
    { type: 'settled', total_amount: 9_000, at: paid.at, paid_type: 'NEWTON' },
  ])
})

test('what the merchant collected has none', () => {
  const { next, events } = accepted(acts.sync(paying))

  expect(next).not.toHaveProperty('transaction_id')
  expect(next.order.collection).toMatchObject({
    state: 'USER_PAID',
    details: [{ seq: 1, amount: 9_000, paid_type: 'MCH', paid_time: '20260303110000' }],
  })
  expect(events).toEqual([{ type: 'settled', total_amount: 9_000, at, paid_type: 'MCH' }])
})

test('a payment elsewhere was on a day of the calendar', () => {
  const request = { ...sync, detail: { paid_time: '20260230' } }

  expect(syncOrder(paying, { request, at })).toEqual(refusal('timeFormat'))
})

test.each<[OrderEvent, ReturnType<typeof detailCommand>]>([
  [{ type: 'confirmed' }, undefined],
  [
    { type: 'completed', total_amount: 5 },
    { move: 'complete', total_amount: 5 },
  ],
  [
    { type: 'settled', total_amount: 5, at },
    { move: 'pay', total_amount: 5, at },
  ],
  [
    { type: 'cancelled', at },
    { move: 'cancel', at },
  ],
])('the detail follows: %j', (event, command) => {
  expect(detailCommand(event)).toEqual(command)
})

test('an order that expires leaves its detail behind as a cancelled one does', () => {
  expect(accepted(expireOrder(created, { at })).events).toEqual([{ type: 'cancelled', at }])
})
