import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sameParameters } from '../../sandbox/domain/same-parameters.ts'

test('the order of keys does not matter, at any depth', () => {
  expect(sameParameters({ a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 })).toBe(true)
})

test('an absent member is like an undefined one', () => {
  expect(sameParameters({ a: 1 }, { a: 1, b: undefined })).toBe(true)
})

test.each<[string, unknown, unknown]>([
  ['another value', { a: 1 }, { a: 2 }],
  ['another type', { a: 1 }, { a: '1' }],
  ['another value within', { a: { b: [1] } }, { a: { b: [2] } }],
  ['one member more', { a: 1 }, { a: 1, b: '' }],
  ['rows in another order', [1, 2], [2, 1]],
  ['one row more', [1], [1, 1]],
  ['a list for an object', {}, []],
  ['an object for a text', { a: {} }, { a: 'text' }],
])('%s makes a difference, either way round', (_what, one, other) => {
  expect(sameParameters(one, other)).toBe(false)
  expect(sameParameters(other, one)).toBe(false)
})

test('JSON is the same after a round trip, and differs when wrapped', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const copy: unknown = JSON.parse(JSON.stringify(value))
      expect(sameParameters(copy, JSON.parse(JSON.stringify(value)))).toBe(true)
      expect(sameParameters(copy, [copy])).toBe(false)
    }),
  )
})
