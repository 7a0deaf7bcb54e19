import { expect, test } from 'vitest'
import type { Situation } from '../../contracts/errors.ts'
import {
  checkAttach,
  checkCompletion,
  checkPeriod,
  checkPlace,
  type Period,
  resolveOnAccept,
} from '../../sandbox/domain/time-range.ts'

const at = Date.parse('2026-03-03T08:00:00+08:00')

const period = (start_time?: string, end_time?: string): Period => ({ start_time, end_time })

type Row = { given: Period; lenient: Situation | undefined; strict: Situation | undefined }

const fine = undefined

test.each<Row>([
  { given: period(), lenient: fine, strict: fine },
  { given: period('OnAccept'), lenient: fine, strict: fine },
  { given: period('20260303080001'), lenient: fine, strict: fine },
  { given: period('20260303080000'), lenient: fine, strict: 'timePast' },
  { given: period('20260303'), lenient: fine, strict: fine },
  { given: period('20260302'), lenient: fine, strict: 'timePast' },
  { given: period('20260229'), lenient: 'timeFormat', strict: 'timeFormat' },
  { given: period('20260303250000'), lenient: 'timeFormat', strict: 'timeFormat' },
  { given: period('20260304', '20260304'), lenient: fine, strict: fine },
  { given: period('20260304', '20260303'), lenient: 'endBeforeStart', strict: 'endBeforeStart' },
  { given: period('20260304', '20260304090000'), lenient: 'timeFormat', strict: 'timeFormat' },
  { given: period('20260304', '20260230'), lenient: 'timeFormat', strict: 'timeFormat' },
  { given: period('20260303090000', '20260303090001'), lenient: fine, strict: fine },
  {
    given: period('20260303090000', '20260303090000'),
    lenient: 'endBeforeStart',
    strict: 'endBeforeStart',
  },
  { given: period('20091225091010', '20091225121010'), lenient: fine, strict: 'timePast' },
  { given: period('OnAccept', '20260303080100'), lenient: fine, strict: 'timePast' },
  { given: period('OnAccept', '20260303080101'), lenient: fine, strict: fine },
  { given: period('OnAccept', '20260303'), lenient: fine, strict: fine },
  { given: period('OnAccept', '20260302'), lenient: fine, strict: 'timePast' },
  { given: period(undefined, '20260302'), lenient: fine, strict: 'timePast' },
])('a new order from $given.start_time to $given.end_time', ({ given, lenient, strict }) => {
  expect(checkPeriod(given, { at, strict: false })).toBe(lenient)
  expect(checkPeriod(given, { at, strict: true })).toBe(strict)
})

test.each<[Period, Situation | undefined]>([
  [{ start_time: 'OnAccept', start_time_remark: '开始' }, undefined],
  [{ start_time_remark: '开始' }, 'remarkWithoutTime'],
  [{ start_time: 'OnAccept', end_time_remark: '结束' }, 'remarkWithoutTime'],
  [{ end_time_remark: '' }, undefined],
])('a remark goes with its time: %j', (given, situation) => {
  expect(checkPeriod(given, { at, strict: false })).toBe(situation)
})

const createdAt = Date.parse('2026-03-03T06:00:00+08:00')

type Completion = Row & { created: Period }

test.each<Completion>([
  { created: period(), given: period(), lenient: 'endMissing', strict: 'endMissing' },
  { created: period('20260303'), given: period(), lenient: 'endMissing', strict: 'endMissing' },
  { created: period('20090101', '20090102'), given: period(), lenient: fine, strict: fine },
  { created: period(), given: period(undefined, '20260303070000'), lenient: fine, strict: fine },
  {
    created: period('20260303'),
    given: period(undefined, '20260303'),
    lenient: fine,
    strict: fine,
  },
  {
    created: period('20260303'),
    given: period(undefined, '20260304'),
    lenient: fine,
    strict: 'endInFuture',
  },
  {
    created: period('OnAccept'),
    given: period(undefined, '20260303080001'),
    lenient: fine,
    strict: 'endInFuture',
  },
  {
    created: period('OnAccept'),
    given: period(undefined, '20260303'),
    lenient: 'timeFormat',
    strict: 'timeFormat',
  },
  {
    created: period('20260303'),
    given: period('20260303070000', '20260303'),
    lenient: 'timeFormat',
    strict: 'timeFormat',
  },
  {
    created: period('20260303'),
    given: period('20260230', '20260303'),
    lenient: 'timeFormat',
    strict: 'timeFormat',
  },
  {
    created: period('20260303070000'),
    given: period(undefined, '20260303070000'),
    lenient: 'endBeforeStart',
    strict: 'endBeforeStart',
  },
  {
    created: period('20260303070000', '20260303073000'),
    given: period('20260303074000'),
    lenient: 'endBeforeStart',
    strict: 'endBeforeStart',
  },
  {
    created: period('20260303070000', '20260303090000'),
    given: period('20260303074000'),
    lenient: fine,
    strict: fine,
  },
  {
    created: period('20260303070000'),
    given: period('20260303055959', '20260303073000'),
    lenient: fine,
    strict: 'timePast',
  },
  {
    created: period('20260303070000'),
    given: period('20260303080001', '20260303090000'),
    lenient: fine,
    strict: 'timePast',
  },
  {
    created: period('20260303'),
    given: period('20260302', '20260303'),
    lenient: fine,
    strict: 'timePast',
  },
])(
  'from $created.start_time to $created.end_time it was, in the end, $given.start_time to $given.end_time',
  ({ created, given, lenient, strict }) => {
    const completion = { created, actual: given, createdAt, at }

    expect(checkCompletion({ ...completion, strict: false })).toBe(lenient)
    expect(checkCompletion({ ...completion, strict: true })).toBe(strict)
  },
)

test('a remark of the completion may go with a time of the creation', () => {
  const completion = { created: period('20260303', '20260303'), createdAt, at, strict: false }

  expect(checkCompletion({ ...completion, actual: { end_time_remark: '结束' } })).toBeUndefined()
  expect(
    checkCompletion({
      ...completion,
      created: period(undefined, '20260303080000'),
      actual: { start_time_remark: '开始' },
    }),
  ).toBe('remarkWithoutTime')
})

test('OnAccept becomes a moment, everything else stays', () => {
  expect(resolveOnAccept({ start_time: 'OnAccept', end_time: '20260304' }, at)).toEqual({
    start_time: '20260303080000',
    end_time: '20260304',
  })
  expect(resolveOnAccept({ start_time: '20260303' }, at)).toEqual({ start_time: '20260303' })
})

test('an end place needs a start place', () => {
  expect(checkPlace(undefined)).toBeUndefined()
  expect(checkPlace({ start_location: '一号教室' })).toBeUndefined()
  expect(checkPlace({ start_location: '一号教室', end_location: '二号教室' })).toBeUndefined()
  expect(checkPlace({ end_location: '二号教室' })).toBe('endLocationAlone')
})

test.each<[string, string, Situation | undefined]>([
  ['256 plain characters', 'a'.repeat(256), undefined],
  ['257 plain characters', 'a'.repeat(257), 'attachTooLong'],
  ['28 Chinese characters, nine each', `${'课'.repeat(28)}abcd`, undefined],
  ['29 Chinese characters', '课'.repeat(29), 'attachTooLong'],
  ['what is encoded already, as it stands', '%E8'.repeat(85), undefined],
])('attach is counted after URL encoding: %s', (_what, attach, situation) => {
  expect(checkAttach(attach)).toBe(situation)
})

test('attach may be absent', () => {
  expect(checkAttach(undefined)).toBeUndefined()
})
