import type { EventType } from '../../contracts/notifications.ts'
import type { CheckEvidence } from './evidence.ts'
import {
  type RecordedNotification,
  type RecordedRequest,
  type RecordedTraffic,
  textMember,
} from './recorded-traffic.ts'
import { type HistoryPredicate, isAction } from './request-predicates.ts'
import { finding, notSeen, pass, type Rule } from './rule.ts'

type RequestRule = {
  /** What shows that the check is kept. */
  complies?: HistoryPredicate
  violates: HistoryPredicate
  found: string
  unseen: string
}

/** Reports name so many, the latest. */
const mostEvidence = 5

const evidenceOf = ({
  id,
  method,
  target,
  status,
  situation,
  fault,
}: RecordedRequest): CheckEvidence => ({
  sent: `${method} ${target}`,
  got: [status || 'no answer', situation, fault].filter(Boolean).join(' '),
  entry: id,
})

const latest = (calls: readonly RecordedRequest[]) => calls.slice(-mostEvidence).map(evidenceOf)

const trafficRule =
  (judge: (traffic: RecordedTraffic, queryWithin: number) => ReturnType<Rule>): Rule =>
  ({ traffic, queryWithin }) =>
    traffic
      ? judge(traffic, queryWithin)
      : notSeen('Name the sandbox that the merchant calls by --sandbox.')

/** Judges what the merchant sent, request by request. */
export const requestRule = ({
  complies = () => false,
  violates,
  found,
  unseen,
}: RequestRule): Rule =>
  trafficRule(({ requests }) => {
    const those = (test: HistoryPredicate) =>
      requests.filter((call, index) => test(call, requests.slice(0, index)))
    const against = those(violates)
    if (against.length > 0) return finding(found, latest(against))

    const kept = those(complies)
    return kept.length > 0
      ? pass(`The journal has ${kept.length} that show it and none against it.`, latest(kept))
      : notSeen(unseen)
  })

/** The states in which an order has not come to what the callback tells. */
const statesBefore: Partial<Record<EventType, readonly string[]>> = {
  'PAYSCORE.USER_CONFIRM': ['CREATED'],
  'PAYSCORE.USER_PAID': ['CREATED', 'DOING'],
}

const isQuery = isAction('query')

/** A query of the order that was answered with what the callback would have told. */
const queryOf =
  ({ requests }: RecordedTraffic) =>
  ({ event_type, number }: RecordedNotification): RecordedRequest | undefined =>
    requests.find((call) => {
      const state = textMember(call.answer.body, 'state')
      const isOver = state !== undefined && !statesBefore[event_type]?.includes(state)
      return isQuery(call) && call.number === number && isOver
    })

/** Since when at least, in wall time: the notice has business time, which may run ahead. */
const lostSince = (
  { requests, readAt }: RecordedTraffic,
  { number, create_time }: RecordedNotification,
): number => {
  const changes = requests.filter((call) => call.number === number && !isQuery(call))
  return Math.max(Math.min(create_time, readAt), ...changes.map(({ at }) => at))
}

export const queriesLostOrders = trafficRule((seen, queryWithin) => {
  const lost = seen.notifications.filter(
    ({ isLost, event_type }) => isLost && statesBefore[event_type],
  )
  const open = lost.filter((notice) => !queryOf(seen)(notice))
  const evidence = open.map(({ event_type, number }) => ({
    sent: `${event_type} of ${number}, which got lost`,
    got: 'no query of the order',
  }))

  if (open.some((notice) => seen.readAt - lostSince(seen, notice) >= queryWithin)) {
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
