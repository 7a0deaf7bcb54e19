import fc from 'fast-check'
import { expect, test } from 'vitest'
import { render } from '../../contracts/texts.ts'
import { conflictOf } from '../../sandbox/domain/re-entry.ts'

test('the order of keys does not matter, at any depth', () => {
  expect(conflictOf({ a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 })).toBeUndefined()
})

test('an absent member is like an undefined one', () => {
  expect(conflictOf({ a: 1 }, { a: 1, b: undefined })).toBeUndefined()
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
  expect(conflictOf(one, other)).toMatchObject({ situation: 'reentryMismatch' })
  expect(conflictOf(other, one)).toMatchObject({ situation: 'reentryMismatch' })
})

test('JSON is the same after a round trip, and differs when wrapped', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const copy: unknown = JSON.parse(JSON.stringify(value))
      expect(conflictOf(copy, JSON.parse(JSON.stringify(value)))).toBeUndefined()
      expect(conflictOf(copy, [copy])).toMatchObject({ situation: 'reentryMismatch' })
    }),
  )
})

test.each([
  [
    { time_range: { end_time: '20091225121010' } },
    { time_range: { end_time: '20091225121011' } },
    '/body/time_range/end_time was "20091225121010" in the first request and is "20091225121011" in this one. ',
  ],
  [{ a: 1 }, {}, '/body/a was 1 in the first request and is not there in this one. '],
  [{ rows: [1] }, { rows: [1, 2] }, '/body/rows/1 was not there in the first request and is 2'],
  [{ a: 'x'.repeat(200) }, { a: 1 }, `/body/a was "${'x'.repeat(99)}… in the first request`],
])('the conflict of %j and %j names the member and both values', (first, now, sentence) => {
  const reason = conflictOf(first, now)?.reason ?? ''
  expect(render(reason, 'en')).toContain(sentence)
})
