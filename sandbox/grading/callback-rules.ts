import { fill } from '../../contracts/texts.ts'
import { saysFail } from '../callbacks/post.ts'
import type { Deliveries } from './deliveries.ts'
import type { Delivery } from './delivery.ts'
import { isAttempted, isEverAccepted } from './recorded-traffic.ts'
import {
  type CheckVerdict,
  finding,
  notSeen,
  type Observations,
  pass,
  type Reason,
  type Rule,
} from './rule.ts'
import { reasonTexts } from './texts/reasons.ts'
import { lastAttempt, mostEvidence } from './traffic-evidence.ts'

const hasOutcome =
  (...outcomes: readonly Delivery['outcome'][]) =>
  ({ outcome }: Delivery): boolean =>
    outcomes.includes(outcome)
const isAccepted = hasOutcome('accepted')
const isRefused = hasOutcome('refused')

/** Whether there was an answer, in time, of whatever status. */
const isAnswered = ({ status }: Delivery) => status > 0

/** Why the genuine callback shows nothing else: it was not accepted. */
const genuineReason = ({ genuine, toldPaid }: Deliveries): Reason => {
  const { status } = genuine
  const isKnown = toldPaid.length > 0
  if (!isAnswered(genuine)) {
    const isClosed = isKnown && hasOutcome('broken')(genuine)
    return isClosed ? reasonTexts.genuineHungUp : reasonTexts.genuineUnanswered
  }
  if (!isRefused(genuine)) return fill(reasonTexts.genuineNeitherNor, { status })
  return fill(isKnown ? reasonTexts.genuineRefused : reasonTexts.genuineUnknown, { status })
}

const genuineNotAccepted = ({ deliveries }: Observations) =>
  notSeen(genuineReason(deliveries), [deliveries.genuine])

/** Refusals say something only of a receiver that accepts what is genuine. */
const passIfGenuineAccepted = (
  observations: Observations,
  why: Reason,
  evidence: readonly Delivery[],
): CheckVerdict =>
  isAccepted(observations.deliveries.genuine)
    ? pass(why, evidence)
    : genuineNotAccepted(observations)

const unanswered = (silent: readonly Delivery[]) => notSeen(reasonTexts.forgeriesUnanswered, silent)

const isAnsweredLike = (one: Delivery) => (other: Delivery) =>
  one.outcome === other.outcome && one.status === other.status

/** Whoever refuses the genuine callbacks about its own orders refuses forgeries by chance. */
const genuineFinding = ({ deliveries, traffic }: Observations): CheckVerdict | undefined => {
  const { genuine, toldPaid } = deliveries
  if (hasOutcome('accepted', 'late')(genuine)) return undefined
  if (toldPaid.length > 0) return finding(genuineReason(deliveries), [genuine])

  const attempted = traffic?.toReceiver.filter(isAttempted) ?? []
  return attempted.length > 0 && !attempted.some(isEverAccepted)
    ? finding(reasonTexts.sandboxNeverAccepted, attempted.slice(-mostEvidence).map(lastAttempt))
    : undefined
}

export const refusesForgeries: Rule = (observations) => {
  const { forged, oldTimestamp } = observations.deliveries
  const accepted = forged.filter(isAccepted)
  if (accepted.some(({ answer }) => saysFail(answer))) {
    return finding(reasonTexts.failCountsAsAccepted, accepted)
  }
  if (accepted.length > 0) {
    const isOnlyOld = accepted.every((each) => each === oldTimestamp)
    const why = isOnlyOld ? reasonTexts.oldTimestampAccepted : reasonTexts.forgeriesAccepted
    return finding(why, accepted)
  }

  const ofGenuine = genuineFinding(observations)
  if (ofGenuine) return ofGenuine
  const silent = forged.filter(hasOutcome('late', 'broken'))
  if (silent.length > 0) return unanswered(silent)
  return passIfGenuineAccepted(observations, reasonTexts.forgeriesRefused, forged)
}

export const acceptsRepetitions: Rule = (observations) => {
  const { genuine, repeated, concurrent, single } = observations.deliveries
  if (!isAccepted(genuine)) return genuineNotAccepted(observations)

  const failed = repeated.filter(hasOutcome('refused', 'broken'))
  if (failed.length > 0) return finding(reasonTexts.repetitionNotAccepted, failed)
  const failedConcurrently = concurrent.filter(hasOutcome('refused', 'broken'))
  // One that is refused alone too is unknown, and not wrong for being repeated.
  if (failedConcurrently.length > 0 && ![...concurrent, single].some(isAccepted)) {
    return notSeen(reasonTexts.secondOrderMissing, [single])
  }
  if (failedConcurrently.length > 0) {
    return finding(reasonTexts.concurrentNotAccepted, concurrent)
  }

  const all = [...repeated, ...concurrent]
  const silent = all.filter(hasOutcome('late'))
  if (silent.length > 0) return unanswered(silent)
  return pass(reasonTexts.repetitionsAccepted, all)
}

export const treatsProbesLikeWrongSignatures: Rule = (observations) => {
  const { probes, wrongSignature } = observations.deliveries
  const accepted = probes.filter(isAccepted)
  if (accepted.length > 0) return finding(reasonTexts.probeAccepted, accepted)
  if ([wrongSignature, ...probes].some(hasOutcome('late'))) return unanswered(probes)

  const other = probes.filter((probe) => !isAnsweredLike(wrongSignature)(probe))
  if (other.length > 0) {
    return finding(reasonTexts.probeAnsweredOtherwise, [wrongSignature, ...other])
  }
  if (!isRefused(wrongSignature)) return unanswered(probes)
  return passIfGenuineAccepted(observations, reasonTexts.probesRefusedAlike, probes)
}

const mentionsDecryption = ({ answer }: Delivery) =>
  /decrypt|decipher|cipher|gcm|解密/i.test(answer)

export const verifiesBeforeDecrypting: Rule = (observations) => {
  const { wrongSignature, undecryptable } = observations.deliveries
  const both = [wrongSignature, undecryptable]
  if (both.some(hasOutcome('late')) || hasOutcome('broken')(wrongSignature)) {
    return unanswered(both)
  }
  if (!isAnsweredLike(wrongSignature)(undecryptable)) {
    return finding(reasonTexts.decryptionAttempted, both)
  }
  if (mentionsDecryption(undecryptable) && !mentionsDecryption(wrongSignature)) {
    return finding(reasonTexts.decryptionMentioned, both)
  }
  return isAccepted(undecryptable)
    ? notSeen(reasonTexts.wrongSignatureAccepted, both)
    : passIfGenuineAccepted(observations, reasonTexts.wrongSignatureRefusedAlike, both)
}

export const acceptsEventsInAnyOrder: Rule = (observations) => {
  const { first, genuine, reordered } = observations.deliveries
  if (!isAccepted(genuine)) return genuineNotAccepted(observations)
  if (!isAccepted(first)) return finding(reasonTexts.confirmationFirst, [first, genuine])

  const refused = reordered.filter(isRefused)
  if (refused.length > 0) return finding(reasonTexts.lateEventRefused, refused)
  const silent = reordered.filter(hasOutcome('late', 'broken'))
  if (silent.length > 0) return unanswered(silent)
  return pass(reasonTexts.anyOrderAccepted, [first, ...reordered])
}

export const answersInTime: Rule = (observations) => {
  const { all, genuine } = observations.deliveries
  const late = all.filter(hasOutcome('late'))
  if (late.length > 0) return finding(reasonTexts.answeredLate, late)

  const answered = all.filter(isAnswered)
  const slowest = answered.reduce(
    (one, other) => (other.milliseconds > one.milliseconds ? other : one),
    genuine,
  )
  const { milliseconds } = slowest
  const why = fill(reasonTexts.answeredInTime, { count: answered.length, milliseconds })
  return passIfGenuineAccepted(observations, why, [slowest])
}

/** Whether the merchant asked WeChat Pay for the truth, and may have kept to that. */
const hasQueried = ({ traffic, deliveries }: Observations): boolean =>
  traffic?.requests.some(
    ({ id, method, number }) =>
      method === 'GET' && number === deliveries.order.out_order_no && id > traffic.lastEntryBefore,
  ) ?? false

/** Of a callback about a known order that must not be believed. */
const judgeUntrue = (
  observations: Observations,
  untrue: Delivery | undefined,
  found: (untrue: Delivery) => CheckVerdict,
): CheckVerdict => {
  const { first, genuine } = observations.deliveries
  if (!untrue) return notSeen(reasonTexts.ordersMissing)
  if (isRefused(untrue)) {
    // Then it was refused for coming before USER_CONFIRM, whatever it said.
    return isAccepted(genuine) && !isAccepted(first)
      ? notSeen(reasonTexts.paidRefusedAtFirst, [untrue, first])
      : passIfGenuineAccepted(observations, reasonTexts.untrueRefused, [untrue])
  }
  if (!isAccepted(untrue)) return unanswered([untrue])
  return hasQueried(observations) ? notSeen(reasonTexts.orderQueried, [untrue]) : found(untrue)
}

export const routesBySubMerchant: Rule = (observations) => {
  const { otherSubMerchant, unknownOrder } = observations.deliveries
  return judgeUntrue(observations, otherSubMerchant, (untrue) =>
    unknownOrder && isRefused(unknownOrder)
      ? finding(reasonTexts.subMerchantIgnored, [untrue, unknownOrder])
      : notSeen(reasonTexts.otherSubMerchantsAccepted, [untrue]),
  )
}

export const comparesAmounts: Rule = (observations) =>
  judgeUntrue(observations, observations.deliveries.otherAmount, (untrue) =>
    finding(reasonTexts.otherAmountAccepted, [untrue]),
  )
