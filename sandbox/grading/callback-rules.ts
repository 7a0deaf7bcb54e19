import { saysFail } from '../callbacks/post.ts'
import type { Delivery } from './delivery.ts'
import { type CheckVerdict, finding, notSeen, type Observations, pass, type Rule } from './rule.ts'

const needsOrder =
  "let it know a sub-merchant's order that is completed and not yet paid, and name its sandbox by --sandbox; --help says how."

const hasOutcome =
  (...outcomes: readonly Delivery['outcome'][]) =>
  ({ outcome }: Delivery): boolean =>
    outcomes.includes(outcome)
const isAccepted = hasOutcome('accepted')
const isRefused = hasOutcome('refused')

/** Whether there was an answer, in time, of whatever status. */
const isAnswered = ({ status }: Delivery) => status > 0

const genuineNotAccepted = ({ deliveries: { genuine } }: Observations) => {
  if (!isAnswered(genuine)) return notSeen('The genuine callback was not answered.', [genuine])
  const isOdd = hasOutcome('broken')(genuine)
  const why = isOdd ? 'Only 200 and 204 accept.' : `If it knows no such order: ${needsOrder}`
  return notSeen(`The genuine callback was answered with ${genuine.status}. ${why}`, [genuine])
}

/** Refusals say something only of a receiver that accepts what is genuine. */
const passIfGenuineAccepted = (
  observations: Observations,
  why: string,
  evidence: readonly Delivery[],
): CheckVerdict =>
  isAccepted(observations.deliveries.genuine)
    ? pass(why, evidence)
    : genuineNotAccepted(observations)

const unanswered = (silent: readonly Delivery[]) =>
  notSeen('Not every one of these callbacks was answered by 200, 204, 4xx or 5xx.', silent)

const isAnsweredLike = (one: Delivery) => (other: Delivery) =>
  one.outcome === other.outcome && one.status === other.status

export const refusesForgeries: Rule = (observations) => {
  const { forged } = observations.deliveries
  const accepted = forged.filter(isAccepted)
  if (accepted.some(({ answer }) => saysFail(answer))) {
    return finding('For WeChat Pay the status counts: 200 with {"code":"FAIL"} accepts.', accepted)
  }
  if (accepted.length > 0) return finding('Callbacks were accepted that are forged.', accepted)

  const silent = forged.filter(hasOutcome('late', 'broken'))
  if (silent.length > 0) return unanswered(silent)
  return passIfGenuineAccepted(observations, 'Every forged callback was refused.', forged)
}

export const acceptsRepetitions: Rule = (observations) => {
  const { genuine, repeated, concurrent, single } = observations.deliveries
  if (!isAccepted(genuine)) return genuineNotAccepted(observations)

  const failed = repeated.filter(hasOutcome('refused', 'broken'))
  if (failed.length > 0) return finding('A repeated callback was not accepted.', failed)
  const failedConcurrently = concurrent.filter(hasOutcome('refused', 'broken'))
  // One that is refused alone too is unknown, and not wrong for being repeated.
  if (failedConcurrently.length > 0 && ![...concurrent, single].some(isAccepted)) {
    return notSeen('What comes eight times at once must be of a second order that it knows.', [
      single,
    ])
  }
  if (failedConcurrently.length > 0) {
    return finding(
      'Of a callback that came eight times at once, not all were accepted.',
      concurrent,
    )
  }

  const all = [...repeated, ...concurrent]
  const silent = all.filter(hasOutcome('late'))
  if (silent.length > 0) return unanswered(silent)
  return pass('Repetitions were accepted, in a row and at once.', all)
}

export const treatsProbesLikeWrongSignatures: Rule = (observations) => {
  const { probes, wrongSignature } = observations.deliveries
  const accepted = probes.filter(isAccepted)
  if (accepted.length > 0) return finding('A signature probe was accepted.', accepted)
  if ([wrongSignature, ...probes].some(hasOutcome('late'))) return unanswered(probes)

  const other = probes.filter((probe) => !isAnsweredLike(wrongSignature)(probe))
  if (other.length > 0) {
    return finding('A probe is not answered like a wrong signature.', [wrongSignature, ...other])
  }
  if (!isRefused(wrongSignature)) return unanswered(probes)
  return passIfGenuineAccepted(observations, 'Probes are refused like a wrong signature.', probes)
}

const mentionsDecryption = ({ answer }: Delivery) =>
  /decrypt|decipher|cipher|gcm|解密/i.test(answer)

export const verifiesBeforeDecrypting: Rule = (observations) => {
  const { wrongSignature, undecryptable } = observations.deliveries
  const both = [wrongSignature, undecryptable]
  if (both.some(hasOutcome('late')) || hasOutcome('broken')(wrongSignature)) return unanswered(both)
  if (!isAnsweredLike(wrongSignature)(undecryptable)) {
    return finding('What does not open is answered otherwise: it was tried.', both)
  }
  if (mentionsDecryption(undecryptable) && !mentionsDecryption(wrongSignature)) {
    return finding('The answer to a wrong signature speaks of decryption.', both)
  }
  return isAccepted(undecryptable)
    ? notSeen('Wrong signatures are accepted, so what comes after cannot be told.', both)
    : passIfGenuineAccepted(
        observations,
        'A wrong signature is refused alike, whatever is sealed.',
        both,
      )
}

export const acceptsEventsInAnyOrder: Rule = (observations) => {
  const { first, genuine, reordered } = observations.deliveries
  if (!isAccepted(genuine)) return genuineNotAccepted(observations)
  if (!isAccepted(first)) {
    return finding('USER_PAID was refused until USER_CONFIRM had come.', [first, genuine])
  }

  const refused = reordered.filter(isRefused)
  if (refused.length > 0) return finding('An event was refused that came late or again.', refused)
  const silent = reordered.filter(hasOutcome('late', 'broken'))
  if (silent.length > 0) return unanswered(silent)
  const all = [first, ...reordered]
  return pass('Both events of an order were accepted, swapped and repeated.', all)
}

export const answersInTime: Rule = (observations) => {
  const { all, genuine } = observations.deliveries
  const late = all.filter(hasOutcome('late'))
  if (late.length > 0) return finding('Callbacks were not answered within 5 s.', late)

  const answered = all.filter(isAnswered)
  const slowest = answered.reduce(
    (one, other) => (other.milliseconds > one.milliseconds ? other : one),
    genuine,
  )
  const sentence = `The slowest of ${answered.length} answers took ${slowest.milliseconds} ms.`
  return passIfGenuineAccepted(observations, sentence, [slowest])
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
  wrong: Delivery | undefined,
  found: (wrong: Delivery) => CheckVerdict,
): CheckVerdict => {
  if (!wrong) return notSeen(`It was told of no order that it knows: ${needsOrder}`)
  if (isRefused(wrong)) {
    return passIfGenuineAccepted(observations, 'It was refused; the true one was accepted.', [
      wrong,
    ])
  }
  if (!isAccepted(wrong)) return unanswered([wrong])
  return hasQueried(observations)
    ? notSeen('It was accepted, but the order was queried: what counts cannot be told.', [wrong])
    : found(wrong)
}

export const routesBySubMerchant: Rule = (observations) => {
  const { otherSubMerchant, unknownOrder } = observations.deliveries
  return judgeUntrue(observations, otherSubMerchant, (wrong) =>
    unknownOrder && isRefused(unknownOrder)
      ? finding('The order of one sub-merchant was accepted for that of another.', [
          wrong,
          unknownOrder,
        ])
      : notSeen('It accepts whatever it is told of another sub-merchant.', [wrong]),
  )
}

export const comparesAmounts: Rule = (observations) =>
  judgeUntrue(observations, observations.deliveries.otherAmount, (wrong) =>
    finding('A payment of another amount was accepted.', [wrong]),
  )
