import { expect, test } from 'vitest'
import { checkItems, type Items, totalOf } from '../../sandbox/domain/order-items.ts'

test('a total is payments less discounts; counts do not multiply', () => {
  const twice = { name: '课时费', amount: 300, count: 2 }

  expect(totalOf({})).toBe(0)
  expect(totalOf({ post_payments: [twice, { name: '教材' }] })).toBe(300)
  expect(totalOf({ post_payments: [twice], post_discounts: [{ amount: 100 }] })).toBe(200)
})

test.each<[string, Items]>([
  ['no rows', {}],
  ['a payment with an amount', { post_payments: [{ name: '课时费', amount: 1 }] }],
  ['a payment with a description', { post_payments: [{ name: '课时费', description: '每节' }] }],
  [
    'one name on both sides',
    { post_payments: [{ name: '课', amount: 1 }], post_discounts: [{ name: '课' }] },
  ],
])('takes %s', (_what, items) => {
  expect(checkItems(items)).toBeUndefined()
})

test.each<[string, Items]>([
  ['a payment that says neither amount nor description', { post_payments: [{ name: '课时费' }] }],
  [
    'payments of one name',
    {
      post_payments: [
        { name: '课', amount: 1 },
        { name: '课', amount: 2 },
      ],
    },
  ],
  ['discounts of one name', { post_discounts: [{ name: '券' }, { name: '券' }] }],
])('refuses %s', (_what, items) => {
  expect(checkItems(items)).toBe('itemsInvalid')
})

test('takes names that repeat, and rows without any, where the page lets them', () => {
  const items = { post_payments: [{ amount: 1 }, { amount: 2 }], post_discounts: [{}, {}] }

  expect(checkItems(items)).toBe('itemsInvalid')
  expect(checkItems(items, { namesRepeat: true })).toBeUndefined()
  expect(checkItems({ post_payments: [{ name: '课' }] }, { namesRepeat: true })).toBe(
    'itemsInvalid',
  )
})
