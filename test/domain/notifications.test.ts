import { expect, test } from 'vitest'
import { accept, type Decision, refuse } from '../../sandbox/domain/decision.ts'
import {
  type Attempt,
  beginDelivery,
  cancelNotification,
  endDelivery,
  type NotificationRecord,
  notificationMoves,
  redeliver,
  withholdNotification,
} from '../../sandbox/domain/notifications.ts'
import { accepted } from '../../sandbox/refused.ts'
import { edgesOf, type MovesOf } from './edges.ts'
import { at, mchid } from './records.ts'

const pending: NotificationRecord = {
  mchid,
  id: 'id',
  event_type: 'REFUND.SUCCESS',
  create_time: '2026-03-03T08:00:00+08:00',
  url: 'https://merchant.example/notify',
  plaintext: '{}',
  nonce: 'nonce',
  state: 'PENDING',
  attempts: [],
  retries: 0,
  due: at,
}

const attempt = (answered: Partial<Attempt> = {}): Attempt => ({
  at,
  probe: false,
  headers: {},
  body: '{}',
  milliseconds: 1,
  ...answered,
})

type Act = (record: NotificationRecord) => Decision<NotificationRecord>

const ending =
  (answered: Partial<Attempt>, intervals: readonly number[] = [15, 30]): Act =>
  (record) =>
    endDelivery(record, { attempt: attempt(answered), intervals })

const acts: Record<MovesOf<typeof notificationMoves>, Act> = {
  send: beginDelivery,
  withhold: (record) => withholdNotification(record, 'public host'),
  succeed: ending({ status: 200 }),
  retry: ending({ status: 500 }),
  giveUp: ending({ status: 500 }, []),
  cancel: (record) => cancelNotification(record, 'cancelled'),
  redeliver: (record) => redeliver(record, { at: at + 1000 }),
}

const sending = accepted(beginDelivery(pending)).next

const records: Record<keyof typeof notificationMoves, NotificationRecord> = {
  PENDING: pending,
  SENDING: sending,
  DELIVERED: accepted(acts.succeed(sending)).next,
  EXHAUSTED: accepted(acts.giveUp(sending)).next,
  WITHHELD: accepted(acts.withhold(pending)).next,
  CANCELLED: accepted(acts.cancel(pending)).next,
}

test.each(edgesOf(notificationMoves, acts))('%s', (_title, { state, move, to }) => {
  const decision = acts[move](records[state])
  const late = state === 'CANCELLED' && ['succeed', 'retry', 'giveUp'].includes(move)
  const refused = late ? 'CANCELLED' : 'notificationStateIllegal'

  expect(decision.ok ? decision.next.state : decision.situation).toBe(to ?? refused)
})

test('a notice is due only while it waits', () => {
  const due = Object.values(records).filter((record) => 'due' in record)

  expect(due).toEqual([pending])
})

test.each([200, 204])('%i delivers a notice', (status) => {
  expect(accepted(ending({ status })(sending)).next).toMatchObject({
    state: 'DELIVERED',
    attempts: [attempt({ status })],
  })
})

test.each<[string, Partial<Attempt>]>([
  ['a refusal', { status: 400 }],
  ['a redirect', { status: 302 }],
  ['another success', { status: 201 }],
  ['no answer', { error: 'timeout' }],
])('%s brings the notice back after the next interval', (_what, answered) => {
  const { next: once } = accepted(ending(answered)(sending))
  const { next: twice } = accepted(ending(answered)(accepted(beginDelivery(once)).next))
  const { next: over } = accepted(ending(answered)(accepted(beginDelivery(twice)).next))

  expect(once).toMatchObject({ state: 'PENDING', retries: 1, due: at + 15_000 })
  expect(twice).toMatchObject({ state: 'PENDING', retries: 2, due: at + 30_000 })
  expect(over).toMatchObject({ state: 'EXHAUSTED', reason: 'the schedule is used up' })
  expect(over.attempts).toHaveLength(3)
})

test('the genuine notice follows a probe at once, whatever came of it', () => {
  for (const status of [200, 401]) {
    const { next } = accepted(ending({ probe: true, status })(sending))
    expect(next).toMatchObject({ state: 'PENDING', retries: 0, due: at })
  }
})

test('an attempt that ends after the notice was cancelled is remembered all the same', () => {
  const late = ending({ status: 200 })(records.CANCELLED)

  expect(late).toEqual(accept({ ...records.CANCELLED, attempts: [attempt({ status: 200 })] }))
})

test('a schedule that begins anew forgets the reason and the retries', () => {
  const { next } = accepted(acts.redeliver({ ...records.EXHAUSTED, retries: 2 }))

  expect(next).toEqual({
    ...pending,
    attempts: [attempt({ status: 500 })],
    due: at + 1000,
  })
  expect(acts.redeliver(pending)).toEqual(refuse('notificationStateIllegal'))
})
