import { expect, test } from 'vitest'
import {
  day,
  formatOrderDay,
  formatOrderTime,
  formatRfc3339,
  parseOrderTime,
  parseRfc3339,
  startOfDay,
} from '../../contracts/time.ts'

const signing = Date.UTC(2023, 8, 5, 3, 3, 56)

test('writes a moment as the wall clock in Beijing shows it', () => {
  expect(formatRfc3339(signing + 789)).toBe('2023-09-05T11:03:56+08:00')
  expect(formatOrderTime(signing)).toBe('20230905110356')
  expect(formatOrderDay(signing)).toBe('20230905')
})

test('turns the day at midnight in Beijing, not in Greenwich', () => {
  const midnight = Date.UTC(2023, 8, 4, 16)

  expect(startOfDay(signing)).toBe(midnight)
  expect(startOfDay(midnight)).toBe(midnight)
  expect(startOfDay(midnight - 1)).toBe(midnight - day)
  expect(formatOrderDay(midnight - 1)).toBe('20230904')
})

test('finds the expiry that the published notice shows for a plan of 300 days', () => {
  expect(formatRfc3339(startOfDay(signing) + 301 * day)).toBe('2024-07-02T00:00:00+08:00')
})

test.each([
  ['2023-09-05T11:03:56+08:00', signing],
  ['2023-09-05T03:03:56Z', signing],
  ['2023-09-05T03:03:56.120Z', signing + 120],
  ['2024-02-29T00:00:00+08:00', Date.UTC(2024, 1, 28, 16)],
])('reads %s', (text, ms) => {
  expect(parseRfc3339(text)).toBe(ms)
})

test.each([
  '2023-02-29T00:00:00+08:00',
  '2023-13-01T00:00:00+08:00',
  '2023-09-05T24:00:00+08:00',
  '2023-09-05T11:03:60+08:00',
  '2023-09-05T11:03:56+99:00',
  '2023-09-05T11:03:56',
  '2023-09-05 11:03:56+08:00',
  '',
])('finds no moment in "%s"', (text) => {
  expect(parseRfc3339(text)).toBeUndefined()
})

test('reads the time of an order to the second or to the day', () => {
  expect(parseOrderTime('20230905110356')).toEqual({ at: signing, precision: 'second' })
  expect(parseOrderTime('20230905')).toEqual({ at: startOfDay(signing), precision: 'day' })
})

test.each(['20250231', '20250229120000', '20251301', '20250101240000', '202501011200', 'OnAccept'])(
  'finds no time of an order in %s',
  (text) => {
    expect(parseOrderTime(text)).toBeUndefined()
  },
)
