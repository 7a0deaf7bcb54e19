import { expect, test } from 'vitest'
import {
  type Attempt,
  beginDelivery,
  cancelNotification,
  endDelivery,
  isAcceptance,
  type NotificationRecord,
  type NotificationState,
  notificationMoves,
  redeliver,
  withholdNotification,
} from '../../sandbox/domain/notifications.ts'

const notice = (more: Partial<NotificationRecord> = {}): NotificationRecord => ({
  mchid: '1230000109',
  id: 'EV-1',
  event_type: 'PAYSCORE.USER_PAID',
  create_time: '2026-11-23T08:00:00+08:00',
  url: 'http://127.0.0.1:8130/notify',
  plaintext: '{}',
  nonce: 'Kj7QIyUiYx1q',
  state: 'PENDING',
  attempts: [],
  retries: 0,
  due: 1000,
  sending: 'now',
  ...more,
})

const attempt = (more: Partial<Attempt> = {}): Attempt => ({
  at: 1000,
  probe: false,
  headers: {},
  body: '{}',
  milliseconds: 1,
  ...more,
})

const intervals = [15, 30]

const end = (record: NotificationRecord, more?: Partial<Attempt>) =>
  endDelivery(record, { sending: 'now', attempts: [attempt(more)], intervals })

const moves = {
  send: (record) => beginDelivery(record, 'now'),
  withhold: (record) => withholdNotification(record, 'not delivered: public host'),
  succeed: (record) => end(record, { status: 204 }),
  retry: (record) => end(record, { status: 500 }),
  giveUp: (record) => end({ ...record, retries: 2 }, { status: 500 }),
  cancel: (record) => cancelNotification(record, 'cancelled'),
  redeliver: (record) => redeliver(record, { at: 5000 }),
} satisfies Record<string, (record: NotificationRecord) => ReturnType<typeof beginDelivery>>

const isState = (text: string): text is NotificationState => Object.hasOwn(notificationMoves, text)

const edges = Object.keys(notificationMoves)
  .filter(isState)
  .flatMap((from) =>
    Object.entries(moves).map(([move, decide]) => {
      const table: Record<string, NotificationState> = notificationMoves[from]
      return { from, move, decide, to: table[move] }
    }),
  )

test.each(edges.filter(({ to }) => to))('$move takes $from to $to', ({ from, decide, to }) => {
  expect(decide(notice({ state: from }))).toMatchObject({ ok: true, next: { state: to } })
})

// An attempt that ends is the one thing that a cancelled notice still takes note of.
const isNoted = ({ from, move }: (typeof edges)[number]) =>
  from === 'CANCELLED' && ['succeed', 'retry', 'giveUp'].includes(move)

test.each(edges.filter((edge) => !edge.to && !isNoted(edge)))(
  '$move is refused in $from',
  ({ from, decide }) => {
    expect(decide(notice({ state: from }))).toEqual({
      ok: false,
      situation: 'notificationStateIllegal',
    })
  },
)

test.each(edges.filter(isNoted))('a cancelled notice notes what $move told of', ({ decide }) => {
  const { due: _, ...cancelled } = notice({ state: 'CANCELLED', reason: 'cancelled' })

  expect(decide(cancelled)).toMatchObject({
    ok: true,
    next: { state: 'CANCELLED', reason: 'cancelled', attempts: [{ at: 1000 }] },
  })
})

test('while it is sent, nothing of it is due', () => {
  const sent = beginDelivery(notice({ reason: 'earlier' }), 'now')

  expect(sent).toMatchObject({ ok: true, next: { state: 'SENDING' } })
  expect(sent).not.toHaveProperty('next.due')
  expect(sent).not.toHaveProperty('next.reason')
})

test('each failure is followed by the next interval, the last by nothing', () => {
  const first = end(notice({ state: 'SENDING' }), { status: 500 })
  expect(first).toMatchObject({ next: { state: 'PENDING', retries: 1, due: 16_000 } })

  const second = end(notice({ state: 'SENDING', retries: 1 }), { error: 'socket hang up' })
  expect(second).toMatchObject({ next: { state: 'PENDING', retries: 2, due: 31_000 } })

  const last = end(notice({ state: 'SENDING', retries: 2 }), { status: 302 })
  expect(last).toMatchObject({
    next: { state: 'EXHAUSTED', reason: 'the schedule is used up', attempts: [{ status: 302 }] },
  })
  expect(last).not.toHaveProperty('next.due')
})

test.each([204, 401])('a probe answered %i is followed at once, and no retry is used', (status) => {
  expect(end(notice({ state: 'SENDING', retries: 1 }), { status, probe: true })).toMatchObject({
    ok: true,
    next: { state: 'PENDING', retries: 1, due: 1000, attempts: [{ probe: true, status }] },
  })
})

test('redelivery begins the schedule anew and keeps what was attempted', () => {
  const exhausted = notice({ state: 'EXHAUSTED', retries: 2, attempts: [attempt()] })

  expect(redeliver(exhausted, { at: 5000 })).toMatchObject({
    next: { state: 'PENDING', retries: 0, due: 5000, attempts: [{ at: 1000 }] },
  })
})

test('what is withheld or cancelled says why', () => {
  expect(moves.withhold(notice())).toMatchObject({ next: { reason: 'not delivered: public host' } })
  expect(moves.cancel(notice())).toMatchObject({ next: { reason: 'cancelled' } })
})

test('what attempts of an earlier delivery come to is not booked on a later one', () => {
  const again = notice({ state: 'SENDING', sending: 'later' })

  expect(end(again, { status: 500 })).toEqual({ ok: false, situation: 'notificationStateIllegal' })
})

test('200 and 204 are acceptance, and nothing else is', () => {
  const statuses = Array.from({ length: 600 }, (_, status) => status)

  expect(statuses.filter((status) => isAcceptance({ status }))).toEqual([200, 204])
  expect(isAcceptance({})).toBe(false)
})
