import type { MistakeCode } from '../../contracts/diagnosis/mistakes.ts'
import type { EventType } from '../../contracts/notifications.ts'
import { fill, list } from '../../contracts/texts.ts'
import {
  type RecordedNotification,
  type RecordedRequest,
  type RecordedTraffic,
  textMember,
} from './recorded-traffic.ts'
import {
  type HistoryPredicate,
  isAction,
  isPartnerOperation,
  isPartnerRequest,
  namesSubMerchant,
} from './request-predicates.ts'
import { finding, notSeen, pass, type Reason, type Rule } from './rule.ts'
import { reasonTexts } from './texts/reasons.ts'
import { latest, lostEvidence } from './traffic-evidence.ts'

type RequestRule = {
  /** What shows that the check is kept. */
  complies?: HistoryPredicate
  violates: HistoryPredicate
  found: Reason
  unseen: Reason
}

const trafficRule =
  (judge: (traffic: RecordedTraffic, queryWithin: number) => ReturnType<Rule>): Rule =>
  ({ traffic, queryWithin }) =>
    traffic ? judge(traffic, queryWithin) : notSeen(reasonTexts.sandboxMissing)

/** Why the journal shows nothing: of this merchant it has nothing at all, or nothing of this kind. */
const unseenIn = ({ requests, mchid, others }: RecordedTraffic, unseen: Reason): Reason => {
  if (requests.length > 0) return unseen
  return others.length > 0
    ? fill(reasonTexts.othersOnly, { mchid, others: list(others) })
    : fill(reasonTexts.requestsMissing, { mchid })
}

const comply = (requests: readonly RecordedRequest[]) =>
  pass(fill(reasonTexts.requestsComply, { count: requests.length }), latest(requests))

/** Judges what the merchant sent, request by request. */
export const requestRule = ({
  complies = () => false,
  violates,
  found,
  unseen,
}: RequestRule): Rule =>
  trafficRule((traffic) => {
    const { requests } = traffic
    const those = (test: HistoryPredicate) =>
      requests.filter((request, index) => test(request, requests.slice(0, index)))
    const violations = those(violates)
    if (violations.length > 0) return finding(found, latest(violations))

    const compliant = those(complies)
    return compliant.length > 0 ? comply(compliant) : notSeen(unseenIn(traffic, unseen))
  })

const keyOfSubMerchant: MistakeCode = 'keyOfSubMerchant'

export const signsAsPartner = trafficRule((traffic) => {
  const { requests, ofSubMerchants } = traffic
  const withOtherKey = requests.filter(({ diagnosis }) =>
    diagnosis?.mistakes.some(({ code }) => code === keyOfSubMerchant),
  )
  if (withOtherKey.length > 0) return finding(reasonTexts.subMerchantKeyUsed, latest(withOtherKey))
  // What it asks for itself may be none of this integration's business.
  const forPartner = ofSubMerchants.filter(
    (request) => isPartnerOperation(request) || namesSubMerchant(request),
  )
  if (forPartner.length > 0) return finding(reasonTexts.signedAsSubMerchant, latest(forPartner))
  if (ofSubMerchants.length > 0) {
    return notSeen(reasonTexts.subMerchantCallsToo, latest(ofSubMerchants))
  }

  const compliant = requests.filter(isPartnerRequest)
  return compliant.length > 0
    ? comply(compliant)
    : notSeen(unseenIn(traffic, reasonTexts.partnerRequestsMissing))
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
  const open = lost.filter((notification) => !queryOf(seen)(notification))
  const evidence = open.map(lostEvidence)

  if (open.some((notification) => seen.readAt - lostSince(seen, notification) >= queryWithin)) {
    return finding(reasonTexts.lostOrderNotQueried, evidence)
  }
  if (open.length > 0) return notSeen(reasonTexts.queryNotYetDue, evidence)
  return lost.length > 0
    ? pass(reasonTexts.lostOrdersQueried, latest(lost.flatMap((each) => queryOf(seen)(each) ?? [])))
    : notSeen(unseenIn(seen, reasonTexts.callbacksAllArrived))
})
