import { saysFail } from '../callbacks/post.ts'
import { type CheckVerdict, finding, notSeen, type Observations, pass, type Rule } from './check.ts'
import type { Delivery } from './delivery.ts'

const needsOrder =
  "let it know a sub-merchant's order that is completed and not yet paid, and name its sandbox by --sandbox; --help says how."

const is =
  (...outcomes: readonly Delivery['outcome'][]) =>
  ({ outcome }: Delivery): boolean =>
    outcomes.includes(outcome)
const isAccepted = is('accepted')
const isRefused = is('refused')

/** Whether there was an answer, in time, of whatever status. */
const isAnswered = ({ status }: Delivery) => status > 0

const refusesAll = ({ played: { genuine } }: Observations) => {
  if (!isAnswered(genuine)) return notSeen('The genuine callback was not answered.', [genuine])
  const isOdd = is('broken')(genuine)
  const why = isOdd ? 'Only 200 and 204 accept.' : `If it knows no such order: ${needsOrder}`
  return notSeen(`The genuine callback was answered with ${genuine.status}. ${why}`, [genuine])
}

/** Refusals say something only of a receiver that accepts what is genuine. */
const passIfAccepting = (
  scene: Observations,
  why: string,
  evidence: readonly Delivery[],
): CheckVerdict => (isAccepted(scene.played.genuine) ? pass(why, evidence) : refusesAll(scene))

const noAnswer = (silent: readonly Delivery[]) =>
  notSeen('Not every one of these callbacks was answered by 200, 204, 4xx or 5xx.', silent)

const isTreatedLike = (one: Delivery) => (other: Delivery) =>
  one.outcome === other.outcome && one.status === other.status

export const refusesForgeries: Rule = (scene) => {
  const { forged } = scene.played
  const taken = forged.filter(isAccepted)
  if (taken.some(({ answer }) => saysFail(answer))) {
    return finding('For WeChat Pay the status counts: 200 with {"code":"FAIL"} accepts.', taken)
  }
  if (taken.length > 0) return finding('Callbacks were accepted that are forged.', taken)

  const silent = forged.filter(is('late', 'broken'))
  if (silent.length > 0) return noAnswer(silent)
  return passIfAccepting(scene, 'Every forged callback was refused.', forged)
}

export const takesRepetitions: Rule = (scene) => {
  const { genuine, repeated, together, alone } = scene.played
  if (!isAccepted(genuine)) return refusesAll(scene)

  const failed = repeated.filter(is('refused', 'broken'))
  if (failed.length > 0) return finding('A repeated callback was not accepted.', failed)
  const failedTogether = together.filter(is('refused', 'broken'))
  // One that is refused alone too is unknown, and not wrong for being repeated.
  if (failedTogether.length > 0 && ![...together, alone].some(isAccepted)) {
    return notSeen('What comes eight times at once must be of a second order that it knows.', [
      alone,
    ])
  }
  if (failedTogether.length > 0) {
    return finding('Of a callback that came eight times at once, not all were accepted.', together)
  }

  const all = [...repeated, ...together]
  const silent = all.filter(is('late'))
  if (silent.length > 0) return noAnswer(silent)
  return pass('Repetitions were accepted, in a row and at once.', all)
}

export const treatsProbesAlike: Rule = (scene) => {
  const { probes, wrongSignature } = scene.played
  const taken = probes.filter(isAccepted)
  if (taken.length > 0) return finding('A signature probe was accepted.', taken)
  if ([wrongSignature, ...probes].some(is('late'))) return noAnswer(probes)

  const other = probes.filter((probe) => !isTreatedLike(wrongSignature)(probe))
  if (other.length > 0) {
    return finding('A probe is not answered like a wrong signature.', [wrongSignature, ...other])
  }
  if (!isRefused(wrongSignature)) return noAnswer(probes)
  return passIfAccepting(scene, 'Probes are refused like a wrong signature.', probes)
}

const speaksOfOpening = ({ answer }: Delivery) => /decrypt|decipher|cipher|gcm|解密/i.test(answer)

export const verifiesBeforeOpening: Rule = (scene) => {
  const { wrongSignature, undecryptable } = scene.played
  const both = [wrongSignature, undecryptable]
  if (both.some(is('late')) || is('broken')(wrongSignature)) return noAnswer(both)
  if (!isTreatedLike(wrongSignature)(undecryptable)) {
    return finding('What does not open is answered otherwise: it was tried.', both)
  }
  if (speaksOfOpening(undecryptable) && !speaksOfOpening(wrongSignature)) {
    return finding('The answer to a wrong signature speaks of decryption.', both)
  }
  return isAccepted(undecryptable)
    ? notSeen('Wrong signatures are accepted, so what comes after cannot be told.', both)
    : passIfAccepting(scene, 'A wrong signature is refused alike, whatever is sealed.', both)
}

export const takesEventsInAnyOrder: Rule = (scene) => {
  const { atFirst, genuine, shuffled } = scene.played
  if (!isAccepted(genuine)) return refusesAll(scene)
  if (!isAccepted(atFirst)) {
    return finding('USER_PAID was refused until USER_CONFIRM had come.', [atFirst, genuine])
  }

  const refused = shuffled.filter(isRefused)
  if (refused.length > 0) return finding('An event was refused that came late or again.', refused)
  const silent = shuffled.filter(is('late', 'broken'))
  if (silent.length > 0) return noAnswer(silent)
  const all = [atFirst, ...shuffled]
  return pass('Both events of an order were accepted, swapped and repeated.', all)
}

export const answersInTime: Rule = (scene) => {
  const { deliveries, genuine } = scene.played
  const late = deliveries.filter(is('late'))
  if (late.length > 0) return finding('Callbacks were not answered within 5 s.', late)

  const answered = deliveries.filter(isAnswered)
  const slowest = answered.reduce(
    (one, other) => (other.milliseconds > one.milliseconds ? other : one),
    genuine,
  )
  const sentence = `The slowest of ${answered.length} answers took ${slowest.milliseconds} ms.`
  return passIfAccepting(scene, sentence, [slowest])
}

/** Whether the merchant asked WeChat Pay for the truth, and may have kept to that. */
const hasQueried = ({ traffic, played }: Observations): boolean =>
  traffic?.calls.some(
    ({ id, method, number }) =>
      method === 'GET' && number === played.order.out_order_no && id > traffic.before,
  ) ?? false

/** Of a callback about a known order that must not be believed. */
const judgeWrong = (
  scene: Observations,
  wrong: Delivery | undefined,
  found: (wrong: Delivery) => CheckVerdict,
): CheckVerdict => {
  if (!wrong) return notSeen(`It was told of no order that it knows: ${needsOrder}`)
  if (isRefused(wrong)) {
    return passIfAccepting(scene, 'It was refused; the true one was accepted.', [wrong])
  }
  if (!isAccepted(wrong)) return noAnswer([wrong])
  return hasQueried(scene)
    ? notSeen('It was accepted, but the order was queried: what counts cannot be told.', [wrong])
    : found(wrong)
}

export const routesBySubMerchant: Rule = (scene) => {
  const { foreign, stranger } = scene.played
  return judgeWrong(scene, foreign, (wrong) =>
    stranger && isRefused(stranger)
      ? finding('The order of one sub-merchant was taken for that of another.', [wrong, stranger])
      : notSeen('It accepts whatever it is told of another sub-merchant.', [wrong]),
  )
}

export const comparesAmounts: Rule = (scene) =>
  judgeWrong(scene, scene.played.otherAmount, (wrong) =>
    finding('A payment of another amount was accepted.', [wrong]),
  )
