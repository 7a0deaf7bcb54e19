import { expect, test } from 'vitest'
import { doing, openShop, orderCount, outcomeOf, paid, times } from '../../support/shop.ts'

test('100 equal orders at once are one order, and 100 equal answers', async () => {
  const shop = await openShop()
  const before = await orderCount(shop)
  const answers = await times(100, () => shop.order())

  expect(new Set(answers.map(({ data }) => JSON.stringify(data))).size).toBe(1)
  expect(await orderCount(shop)).toBe(before + 1)
})

test('two equal completions at once both succeed and charge once', async () => {
  const shop = await openShop()
  await doing(shop)
  await shop.control.charges.order({ outcome: 'fail' })
  const outcomes = await times(2, () => outcomeOf(shop.complete()))
  await shop.clock.advance(3_600_000)
  const { data } = await shop.queryOrder()

  expect(outcomes).toEqual(['204', '204'])
  expect(data.collection).toMatchObject({ paid_amount: 15_000, details: [{ amount: 15_000 }] })
})

test('equal refunds at once are one', async () => {
  const shop = await openShop()
  await paid(shop)
  const answers = await times(30, () => shop.refund())

  expect(new Set(answers.map(({ data }) => data.refund_id)).size).toBe(1)
  expect(await shop.control.refunds.list()).toHaveLength(1)
})
