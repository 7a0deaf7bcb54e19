import { expect, test } from 'vitest'
import type { Situation } from '../../contracts/errors.ts'
import type { CreateServiceOrder, CreateSignPlanOrder } from '../../contracts/service-orders.ts'
import { day } from '../../contracts/time.ts'
import { accept, refusal } from '../../sandbox/domain/decision.ts'
import { accepted } from '../../sandbox/domain/refused.ts'
import { createOrder, createPlanOrder } from '../../sandbox/domain/service-order-creation.ts'
import { confirmOrder } from '../../sandbox/domain/service-orders.ts'
import { orderRequest, planOrderRequest } from '../support/requests.ts'
import { at, mchid, orderOf, rules, signed } from './records.ts'

const createForPlan = (
  changes: Partial<CreateSignPlanOrder>,
  changed: Partial<typeof rules> = {},
) =>
  createPlanOrder({
    request: { ...planOrderRequest('0102', changes.plan_detail_no), ...changes },
    mchid,
    signPlan: signed,
    order_id: '1000',
    query_id: 'query',
    at,
    rules: { ...rules, ...changed },
  })

test('a plan order is DOING at once, its prices made of the detail', () => {
  const { sign_plan_id: _, plan_detail_no: __, out_trade_no, ...echoed } = planOrderRequest('0102')
  const { next, events } = accepted(createForPlan({}))

  expect(events).toEqual([])
  expect(next).toMatchObject({
    ceiling: 9_000,
    query_id: 'query',
    detail: { merchant_sign_plan_no: 'YOGA-SIGN', plan_detail_no: 1 },
  })
  expect(next.order).toEqual({
    ...echoed,
    out_order_no: out_trade_no,
    mchid,
    state: 'DOING',
    state_description: 'USER_CONFIRM',
    post_payments: [{ name: '瑜伽小班课', amount: 10_000, description: '第1节', count: 1 }],
    post_discounts: [{ name: '早鸟价', description: '早鸟价', amount: 1_000, count: 1 }],
    risk_fund: { amount: 9_000 },
    order_id: '1000',
  })
})

test('a discount without a description has a name all the same, and no discount has none', () => {
  const { signPlan } = signed
  const signed_detail_list = signPlan.signed_detail_list.map((detail) => ({
    ...detail,
    original_price: detail.actual_price,
  }))

  expect(accepted(createForPlan({ plan_detail_no: 3 })).next.order.post_discounts).toEqual([
    { name: '优惠', description: '优惠', amount: 2_000, count: 1 },
  ])
  expect(
    orderOf({ ...signed, signPlan: { ...signPlan, signed_detail_list } }).order,
  ).not.toHaveProperty('post_discounts')
})

test('an empty introduction stands for the name of the plan', () => {
  const { next } = accepted(createForPlan({ service_introduction: '' }))

  expect(next.order.service_introduction).toBe('瑜伽小班课')
})

test('a start OnAccept is the moment of creation, unless the user still has to confirm', () => {
  const asked = { time_range: { start_time: 'OnAccept' } }
  const { next } = accepted(createForPlan(asked))
  const { next: waiting } = accepted(createForPlan(asked, { initialOrderState: 'CREATED' }))
  const { next: later } = accepted(confirmOrder(waiting, { at: at + 60_000 }))

  expect(next.order.time_range).toEqual({ start_time: '20260303080000' })
  expect(waiting.order).toMatchObject({ state: 'CREATED', ...asked })
  expect(waiting.order).not.toHaveProperty('state_description')
  expect(waiting.due).toBe(at + 30 * day)
  expect(later.order.time_range).toEqual({ start_time: '20260303080100' })
})

const wrongTimesAndPlaces: [
  string,
  Partial<CreateServiceOrder & CreateSignPlanOrder>,
  Situation,
][] = [
  ['a day that no calendar has', { time_range: { start_time: '20260230' } }, 'timeFormat'],
  ['an end place alone', { location: { end_location: '二号教室' } }, 'endLocationAlone'],
  ['an attach that is too long', { attach: '课'.repeat(29) }, 'attachTooLong'],
]

test.each<[string, Partial<CreateSignPlanOrder>, Situation]>([
  ...wrongTimesAndPlaces,
  ['a detail beyond the last', { plan_detail_no: 4 }, 'detailUnknown'],
])('refuses a plan order with %s', (_what, changes, situation) => {
  expect(createForPlan(changes)).toEqual(refusal(situation))
})

test('refuses the past where time is strict', () => {
  const past = { time_range: { start_time: '20260302' } }

  expect(createForPlan(past, { strictTime: true })).toEqual(refusal('timePast'))
  expect(create(past, { strictTime: true })).toEqual(refusal('timePast'))
})

const command = {
  request: orderRequest,
  mchid,
  order_id: '1000',
  query_id: 'query',
  package: 'package',
  numberUsed: false,
  at,
  rules,
}

const create = (changes: Partial<CreateServiceOrder>, changed: Partial<typeof rules> = {}) =>
  createOrder(undefined, {
    ...command,
    request: { ...orderRequest, ...changes },
    rules: { ...rules, ...changed },
  })

test('an ordinary order waits thirty days for the user, with a package that opens the page', () => {
  const { next } = accepted(create({ device: { start_device_id: 'DEVICE' } }))

  expect(next).toMatchObject({
    package: 'package',
    due: at + 30 * day,
  })
  expect(next.order).toEqual({ ...orderRequest, mchid, state: 'CREATED', order_id: '1000' })
})

test.each([
  ['DEPOSIT', 9_000],
  ['ADVANCE', 9_000],
  ['CASH_DEPOSIT', 9_000],
  ['ESTIMATE_ORDER_COST', Number.MAX_SAFE_INTEGER],
] as const)('a risk fund of the kind %s caps the total at %d', (name, ceiling) => {
  expect(accepted(create({ risk_fund: { name, amount: 9_000 } })).next.ceiling).toBe(ceiling)
})

test('an ordinary order that needs no confirmation is DOING at once, without a package', () => {
  const { next } = accepted(create({ need_user_confirm: false }))

  expect(next.order).toMatchObject({
    state: 'DOING',
    state_description: 'USER_CONFIRM',
    time_range: { start_time: '20260303080000', end_time: '20260303100000' },
  })
  expect(next).not.toHaveProperty('package')
  expect(next).not.toHaveProperty('due')
})

test.each<[string, Partial<CreateServiceOrder>, Situation]>([
  ...wrongTimesAndPlaces,
  ['both ids of the user', { sub_openid: 'o2' }, 'userAmbiguous'],
  [
    'no user to do without confirming',
    { openid: undefined, need_user_confirm: false },
    'userMissing',
  ],
  [
    'a sub_openid without sub_appid',
    { openid: undefined, sub_openid: 'o2', sub_appid: undefined },
    'subAppidMissing',
  ],
  ['a payment that says nothing', { post_payments: [{ name: '课时费' }] }, 'itemsInvalid'],
])('refuses an ordinary order with %s', (_what, changes, situation) => {
  expect(create(changes)).toEqual(refusal(situation))
})

test('the user of an order that waits may be unknown, or known by sub_openid', () => {
  expect(create({ openid: undefined }).ok).toBe(true)
  expect(create({ openid: undefined, sub_openid: 'o2' }).ok).toBe(true)
})

test('refuses a number that was set aside for a detail', () => {
  expect(createOrder(undefined, { ...command, numberUsed: true })).toEqual(refusal('numberUsed'))
})

test('a repeat gives the order as it is now, other parameters are a conflict first of all', () => {
  const { next: known } = accepted(create({}))
  const { next: confirmed } = accepted(confirmOrder(known, { at }))
  const other = { ...orderRequest, openid: undefined, need_user_confirm: false }

  expect(createOrder(confirmed, { ...command, package: 'other' })).toEqual(accept(confirmed))
  expect(createOrder(known, { ...command, request: other })).toMatchObject(
    refusal('reentryMismatch'),
  )
})
