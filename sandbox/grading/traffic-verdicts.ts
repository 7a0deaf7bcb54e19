import type { EventType } from '../../contracts/notifications.ts'
import { does, type Test } from './calls.ts'
import { finding, notSeen, pass, type Rule, type Sighting } from './check.ts'
import { type SeenCall, type SentNotification, type Traffic, textIn } from './traffic.ts'

type TrafficRule = {
  /** What shows that the check is kept. */
  keeps?: Test
  breaks: Test
  found: string
  unseen: string
}

/** Reports name so many, the latest. */
const most = 5

const evidenceOf = ({ id, method, target, status, situation, fault }: SeenCall): Sighting => ({
  sent: `${method} ${target}`,
  got: [status || 'no answer', situation, fault].filter(Boolean).join(' '),
  entry: id,
})

const latest = (calls: readonly SeenCall[]) => calls.slice(-most).map(evidenceOf)

const reading =
  (judge: (traffic: Traffic, queryWithin: number) => ReturnType<Rule>): Rule =>
  ({ traffic, queryWithin }) =>
    traffic
      ? judge(traffic, queryWithin)
      : notSeen('Name the sandbox that the merchant calls by --sandbox.')

/** Judges what the merchant sent, request by request. */
export const traffic = ({ keeps = () => false, breaks, found, unseen }: TrafficRule): Rule =>
  reading(({ calls }) => {
    const those = (test: Test) => calls.filter((call, index) => test(call, calls.slice(0, index)))
    const against = those(breaks)
    if (against.length > 0) return finding(found, latest(against))

    const kept = those(keeps)
    return kept.length > 0
      ? pass(`The journal has ${kept.length} that show it and none against it.`, latest(kept))
      : notSeen(unseen)
  })

/** The states in which an order has not come to what the callback tells. */
const statesBefore: Partial<Record<EventType, readonly string[]>> = {
  'PAYSCORE.USER_CONFIRM': ['CREATED'],
  'PAYSCORE.USER_PAID': ['CREATED', 'DOING'],
}

const asks = does('query')

/** A query of the order that was answered with what the callback would have told. */
const queryOf =
  ({ calls }: Traffic) =>
  ({ event_type, number }: SentNotification): SeenCall | undefined =>
    calls.find((call) => {
      const state = textIn(call.answer.body, 'state')
      const isOver = state !== undefined && !statesBefore[event_type]?.includes(state)
      return asks(call) && call.number === number && isOver
    })

/** Since when at least, in wall time: the notice has business time, which may run ahead. */
const lostSince = ({ calls, now }: Traffic, { number, create_time }: SentNotification): number => {
  const changes = calls.filter((call) => call.number === number && !asks(call))
  return Math.max(Math.min(create_time, now), ...changes.map(({ at }) => at))
}

export const queriesLostOrders = reading((seen, queryWithin) => {
  const lost = seen.notices.filter(({ isLost, event_type }) => isLost && statesBefore[event_type])
  const open = lost.filter((notice) => !queryOf(seen)(notice))
  const evidence = open.map(({ event_type, number }) => ({
    sent: `${event_type} of ${number}, which got lost`,
    got: 'no query of the order',
  }))

  if (open.some((notice) => seen.now - lostSince(seen, notice) >= queryWithin)) {
    return finding('An order without its callback was not queried.', evidence)
  }
  if (open.length > 0) return notSeen('It is not yet time to query: see --query-within.', evidence)
  return lost.length > 0
    ? pass(
        'Every order without its callback was queried.',
        latest(lost.flatMap((each) => queryOf(seen)(each) ?? [])),
      )
    : notSeen(
        'No callback got lost: order one, {"fault":"CALLBACK_LOST"}, by POST /_sandbox/faults.',
      )
})
