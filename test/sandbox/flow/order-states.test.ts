import { expect, test } from 'vitest'
import { type Act, advance, type Beginning, cellsOf, control, playCell } from './cells.ts'
import {
  charging,
  doing,
  first,
  openShop,
  orderNo,
  outcomeOf,
  paid,
  payFor,
  paying,
  revoked,
  type Shop,
  type Step,
} from './shop.ts'

/** The order, and the detail that it serves. */
const orderState = async ({ control: remembered }: Shop): Promise<string> => {
  const { order } = await remembered.serviceOrders.get(orderNo)
  const { signPlan } = await remembered.userSignPlans.get('SIGN2026BADMINTON')
  const detail = signPlan.signed_detail_list[1]

  return [order.state, order.state_description, detail?.plan_detail_state]
    .filter((part) => part !== undefined)
    .join(' ')
}

const waiting = { options: { initialOrderState: 'CREATED' }, prepare: doing } as const

const orders = {
  CREATED: waiting,
  CONFIRMED: { prepare: doing },
  PAYING: { prepare: paying },
  DONE: { prepare: paid },
  REVOKED: { prepare: revoked },
  EXPIRED: { ...waiting, prepare: first(doing, advance(30)) },
} satisfies Record<string, Beginning>

const nothing = { post_payments: [{ name: '课', amount: 0 }], total_amount: 0 }

const orderActs = {
  confirm: (shop) => control(shop, `service-orders/${orderNo}/confirm`),
  complete: (shop) => outcomeOf(shop.complete(orderNo, { goods_tag: 'new' })),
  'complete for nothing': (shop) => outcomeOf(shop.complete(orderNo, nothing)),
  modify: (shop) => outcomeOf(shop.modify()),
  pay: (shop) => outcomeOf(shop.pay()),
  'user pays': (shop) => control(shop, `service-orders/${orderNo}/pay`),
  sync: (shop) => outcomeOf(shop.sync()),
  cancel: (shop) => outcomeOf(shop.cancel(orderNo, { reason: '停业' })),
  'thirty days': advance(30),
} satisfies Record<string, Act>

const illegal = '400 INVALID_REQUEST 当前订单状态不合法'
const tooEarly = '400 INVALID_REQUEST 当前订单状态不合法,订单状态为确认状态'
const notPaying = '400 INVALID_REQUEST 仅服务订单支付状态为待支付时，才可使用此能力'
const mismatch = '400 INVALID_REQUEST 订单重入参数校验失败'
const notCancellable = '400 PARAM_ERROR 当前订单状态不满足撤销条件'
const isDone = '400 ORDER_DONE 订单已完成'
const isCanceled = '400 ORDER_CANCELED 单据已取消'

const orderTable: Record<keyof typeof orders, Record<keyof typeof orderActs, string>> = {
  CREATED: {
    confirm: 'DOING USER_CONFIRM USING',
    complete: illegal,
    'complete for nothing': illegal,
    modify: notPaying,
    pay: tooEarly,
    'user pays': tooEarly,
    sync: illegal,
    cancel: 'REVOKED SIGN_PLAN_DETAIL_CANCEL',
    'thirty days': 'EXPIRED SIGN_PLAN_DETAIL_CANCEL',
  },
  CONFIRMED: {
    confirm: illegal,
    complete: 'DOING MCH_COMPLETE USING',
    'complete for nothing': 'DONE USED',
    modify: notPaying,
    pay: tooEarly,
    'user pays': tooEarly,
    sync: illegal,
    cancel: 'REVOKED SIGN_PLAN_DETAIL_CANCEL',
    'thirty days': 'DOING USER_CONFIRM USING',
  },
  PAYING: {
    confirm: illegal,
    complete: mismatch,
    'complete for nothing': mismatch,
    modify: 'DOING MCH_COMPLETE USING',
    pay: 'DONE USED',
    'user pays': 'DONE USED',
    sync: 'DONE USED',
    cancel: 'REVOKED SIGN_PLAN_DETAIL_CANCEL',
    'thirty days': 'DONE USED',
  },
  DONE: {
    confirm: illegal,
    complete: illegal,
    'complete for nothing': illegal,
    modify: notPaying,
    pay: isDone,
    'user pays': isDone,
    sync: isDone,
    cancel: isDone,
    'thirty days': 'DONE USED',
  },
  REVOKED: {
    confirm: illegal,
    complete: illegal,
    'complete for nothing': illegal,
    modify: notPaying,
    pay: isCanceled,
    'user pays': isCanceled,
    sync: isCanceled,
    cancel: isCanceled,
    'thirty days': 'REVOKED SIGN_PLAN_DETAIL_CANCEL',
  },
  EXPIRED: {
    confirm: illegal,
    complete: illegal,
    'complete for nothing': illegal,
    modify: notPaying,
    pay: illegal,
    'user pays': illegal,
    sync: illegal,
    cancel: notCancellable,
    'thirty days': 'EXPIRED SIGN_PLAN_DETAIL_CANCEL',
  },
}

test.each(cellsOf(orderTable))('an order that is %s, %s: %s', async (from, move, expected) => {
  // The charge that completion brings is held back: here only the call itself counts.
  const act: Act = async (shop) => {
    if (move.startsWith('complete')) await shop.control.charges.order({ outcome: 'fail' })
    return orderActs[move](shop)
  }

  expect(await playCell({ beginning: orders[from], act, state: orderState })).toBe(expected)
})

test.each<[string, Step, object]>([
  ['PayScore collects', (shop) => shop.pay(), { paid_type: 'NEWTON' }],
  [
    'the merchant collects',
    (shop) => shop.sync(),
    { paid_type: 'MCH', paid_time: '20260303110000' },
  ],
])('an order says what was paid when %s', async (_what, step, payment) => {
  const shop = await openShop()
  await first(paying, (each) => each.modify(), step)(shop)

  expect((await shop.queryOrder()).data).toMatchObject({
    state: 'DONE',
    total_amount: 5_000,
    need_collection: true,
    collection: {
      state: 'USER_PAID',
      paying_amount: 0,
      paid_amount: 5_000,
      details: [{ amount: 5_000, ...payment }],
    },
  })
})

test('a charge that failed is attempted again and again, hour by hour', async () => {
  const shop = await openShop()
  await paying(shop)
  await shop.control.charges.order({ outcome: 'fail', count: 2 })
  await shop.clock.advance(3 * 3_600_000 - 60_000)
  const { data: unpaid } = await shop.queryOrder()
  await shop.clock.advance(60_000)
  const { data: done } = await shop.queryOrder()

  expect(unpaid.collection?.state).toBe('USER_PAYING')
  expect(done.collection?.state).toBe('USER_PAID')
})

test.each([
  ['succeed', 'DONE USED'],
  ['fail', 'DOING MCH_COMPLETE USING'],
])('a charge that is held ends when it is told to %s', async (outcome, state) => {
  const act: Act = (shop) => control(shop, `service-orders/${orderNo}/end-charge`, { outcome })

  expect(await playCell({ beginning: { prepare: charging }, act, state: orderState })).toBe(state)
})

test('an ordinary order goes from confirmation to payment', async () => {
  const shop = await openShop()
  const { data: created } = await shop.orderAlone()
  await control(shop, 'service-orders/LESSON/confirm')
  await payFor('LESSON', 9_000)(shop)

  expect(created).toMatchObject({ state: 'CREATED', package: expect.any(String) })
  expect((await shop.queryOrder('LESSON')).data).toMatchObject({
    state: 'DONE',
    collection: { paid_amount: 9_000 },
  })
})
