import { expect, test } from 'vitest'
import {
  doing,
  openShop,
  orderCount,
  orderNo,
  outcomeOf,
  paid,
  paying,
  type Shop,
  signed,
  times,
} from '../../support/shop.ts'

/** How often each outcome came, by status and code. */
const tally = (outcomes: readonly string[]) => {
  const counts: Record<string, number> = {}
  for (const outcome of outcomes) {
    const [name = ''] = /^\d+( \w+)?/.exec(outcome) ?? []
    counts[name] = (counts[name] ?? 0) + 1
  }

  return counts
}

test('50 different orders at once for one detail are one order', async () => {
  const shop = await openShop()
  const before = await orderCount(shop)
  const outcomes = await times(50, (index) => outcomeOf(shop.order({ attach: `${index}` })))

  expect(tally(outcomes)).toEqual({ 200: 1, '400 INVALID_REQUEST': 49 })
  expect(await orderCount(shop)).toBe(before + 1)
})

test.each<[string, (shop: Shop, index: number) => Promise<{ status: number }>]>([
  ['plans', (shop, index) => shop.createPlan({ plan_name: `瑜伽${index}` })],
  [
    'sign plans',
    (shop, index) => shop.createSignPlan({ notify_url: `https://merchant.example/${index}` }),
  ],
  ['ordinary orders', (shop, index) => shop.orderAlone({ attach: `${index}` })],
])('20 different %s of one number at once are one', async (what, call) => {
  const shop = await openShop()
  if (what === 'sign plans') await shop.createPlan()
  const outcomes = await times(20, (index) => outcomeOf(call(shop, index)))

  expect(tally(outcomes)).toEqual({ 200: 1, '400 INVALID_REQUEST': 19 })
})

test('a number is one order, whether a sign plan sets it aside or an order takes it', async () => {
  const shop = await openShop()
  await shop.createPlan()
  const outcomes = await Promise.all([
    outcomeOf(shop.createSignPlan()),
    outcomeOf(shop.orderAlone({ out_order_no: 'YOGA-2' })),
    outcomeOf(shop.createSignPlan({ merchant_sign_plan_no: 'YOGA-SIGN-2' })),
  ])

  expect(tally(outcomes)).toEqual({ 200: 1, '400 INVALID_REQUEST': 2 })
})

test('orders for all details at once are those that follow one another', async () => {
  const shop = await openShop()
  const outcomes = await times(7, (index) => {
    const plan_detail_no = index + 2
    const out_trade_no = index === 0 ? orderNo : `BADMINTON2026D${plan_detail_no}`
    return outcomeOf(shop.order({ plan_detail_no, out_trade_no }))
  })

  expect(tally(outcomes)).toEqual({ 200: 1, '400 INVALID_REQUEST': 6 })
})

test('of two different completions at once, one is a conflict', async () => {
  const shop = await openShop()
  await doing(shop)
  await shop.control.charges.order({ outcome: 'fail' })
  const outcomes = await times(2, (index) =>
    outcomeOf(shop.complete(orderNo, { goods_tag: `${index}` })),
  )

  expect(tally(outcomes)).toEqual({ 204: 1, '400 INVALID_REQUEST': 1 })
})

test('an order that is cancelled among completions is never charged', async () => {
  const shop = await openShop()
  await doing(shop)
  await shop.control.charges.order({ outcome: 'fail' })
  const outcomes = await times(20, (index) =>
    outcomeOf(index % 2 === 0 ? shop.complete() : shop.cancel()),
  )
  await shop.clock.advance(3_600_000)
  const { data } = await shop.queryOrder()

  expect(outcomes).toContain('204')
  expect(data.state).toBe('REVOKED')
  expect(data.collection?.paid_amount ?? 0).toBe(0)
})

test('an order is paid once, however many ask for it at once', async () => {
  const shop = await openShop()
  await paying(shop)
  const outcomes = await times(20, (index) => outcomeOf(index % 2 === 0 ? shop.pay() : shop.sync()))
  const { data } = await shop.queryOrder()

  expect(tally(outcomes)['204']).toBe(1)
  expect(data.collection?.details).toHaveLength(1)
})

test('refunds of one payment at once never exceed it', async () => {
  const shop = await openShop()
  await paid(shop)
  const outcomes = await times(30, (index) =>
    outcomeOf(shop.refund(10_000, { out_refund_no: `R${index}` })),
  )
  const refunds = await shop.control.refunds.list()

  expect(tally(outcomes)).toEqual({ 200: 1, '400 INVALID_REQUEST': 29 })
  expect(refunds.map(({ refund }) => refund.amount.refund)).toEqual([10_000])
})

test('the clock brings nothing to an order that the user pays at that very moment', async () => {
  const shop = await openShop()
  await paying(shop)
  await Promise.all([shop.control.serviceOrders.pay(orderNo), shop.clock.advance(3_600_000)])
  const { data } = await shop.queryOrder()

  expect(data.collection).toMatchObject({ paid_amount: 15_000, details: [{ amount: 15_000 }] })
})

test('a plan is stopped or its next lesson begun, never both', async () => {
  const shop = await openShop()
  await signed(shop)
  const { data } = await shop.querySignPlan()
  const order = { sign_plan_id: data.sign_plan_id, plan_detail_no: 1, out_trade_no: 'YOGA-1' }
  const outcomes = await Promise.all([outcomeOf(shop.order(order)), outcomeOf(shop.stopSignPlan())])

  expect(tally(outcomes)).toEqual({ 200: 1, '400 INVALID_REQUEST': 1 })
})
