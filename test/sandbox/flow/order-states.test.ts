import { expect, test } from 'vitest'
import {
  charging,
  doing,
  first,
  openShop,
  orderNo,
  paid,
  payFor,
  paying,
  revoked,
  type Shop,
} from '../../support/shop.ts'
import { type Act, advance, type Beginning, cellsOf, control, playCell } from './cells.ts'

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

const orderActs = {
  confirm: (shop) => control(shop, `service-orders/${orderNo}/confirm`),
  'user pays': (shop) => control(shop, `service-orders/${orderNo}/pay`),
  'thirty days': advance(30),
} satisfies Record<string, Act>

const illegal = '400 INVALID_REQUEST 当前订单状态不合法'
const tooEarly = '400 INVALID_REQUEST 当前订单状态不合法，订单状态为确认状态'

const orderTable: Record<keyof typeof orders, Record<keyof typeof orderActs, string>> = {
  CREATED: {
    confirm: 'DOING USER_CONFIRM USING',
    'user pays': tooEarly,
    'thirty days': 'EXPIRED SIGN_PLAN_DETAIL_CANCEL',
  },
  CONFIRMED: {
    confirm: illegal,
    'user pays': tooEarly,
    'thirty days': 'DOING USER_CONFIRM USING',
  },
  PAYING: { confirm: illegal, 'user pays': 'DONE USED', 'thirty days': 'DONE USED' },
  DONE: {
    confirm: illegal,
    'user pays': '400 ORDER_DONE 订单已完成',
    'thirty days': 'DONE USED',
  },
  REVOKED: {
    confirm: illegal,
    'user pays': '400 ORDER_CANCELED 单据已取消',
    'thirty days': 'REVOKED SIGN_PLAN_DETAIL_CANCEL',
  },
  EXPIRED: {
    confirm: illegal,
    'user pays': illegal,
    'thirty days': 'EXPIRED SIGN_PLAN_DETAIL_CANCEL',
  },
}

test.each(cellsOf(orderTable))('an order that is %s, %s: %s', async (from, move, expected) => {
  const cell = { beginning: orders[from], act: orderActs[move], state: orderState }

  expect(await playCell(cell)).toBe(expected)
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

test('a query shows texts that are not set as the observed one does: empty', async () => {
  const shop = await openShop()
  await shop.orderAlone()
  await shop.control.serviceOrders.confirm('LESSON')
  expect((await shop.queryOrder('LESSON')).data).toMatchObject({
    state_description: 'USER_CONFIRM',
    attach: '',
    risk_fund: { description: '' },
  })
  await payFor('LESSON', 9_000)(shop)

  const { data } = await shop.queryOrder('LESSON')
  expect(data).toMatchObject({
    state: 'DONE',
    state_description: '',
    attach: '',
    risk_fund: { name: 'ESTIMATE_ORDER_COST', amount: 9_000, description: '' },
  })
  for (const left of ['post_discounts', 'location']) expect(data).not.toHaveProperty(left)
})
