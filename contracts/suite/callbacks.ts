/**
 * The callbacks that the states of a fixture bring.
 * @module
 */
import { chosen, documented, observed } from '../evidence.ts'
import { jsonOf } from '../json.ts'
import {
  type EventType,
  Notification,
  NotificationEnvelope,
  notifications,
} from '../notifications.ts'
import { open } from '../protocol/cipher.ts'
import { answers, is, issuesOf, matches, signatureHeaders, spells, valueAt } from './assertions.ts'
import {
  type Assertion,
  type Callback,
  type CallRequest,
  type Finding,
  type Fixture,
  type FixtureState,
  type Interaction,
  interaction,
  type Mode,
} from './interaction.ts'
import { goodRequest, type Operation, ordinaryOrder } from './requests.ts'
import { sampleOf } from './sample.ts'

type Rule = Omit<Assertion<FixtureState>, 'check'> & { check(callback: Callback): Finding }

/** Holds of the callback; where nobody receives any, it is not seen. */
const ofCallback = ({ check, ...rule }: Rule): Assertion<FixtureState> => ({
  ...rule,
  check: ({ callback }) => {
    const expected = 'a callback'
    if (callback === undefined) return { held: true, expected, got: 'not seen', notSeen: true }
    return callback === 'none' ? { held: false, expected, got: 'none' } : check(callback)
  },
})

const webhooks = documented('webhooks')

const rulesOf = (event: EventType): Assertion<FixtureState>[] => [
  ofCallback({ says: `sends ${event}`, evidence: webhooks, check: () => is(true, true) }),
  ofCallback({
    says: 'signs it',
    evidence: webhooks,
    check: ({ trusted }) => is(true, trusted),
  }),
  ofCallback({
    says: 'sends it with the headers of a signature, spelled as WeChat Pay does',
    evidence: observed('capture'),
    check: (callback) => spells([...signatureHeaders, 'Content-Type'], callback),
  }),
  ofCallback({
    says: 'sends it as application/json',
    evidence: observed('capture'),
    check: ({ headers }) => matches(/^application\/json\b/, headers.get('Content-Type')),
  }),
  ofCallback({
    says: 'sends an envelope that fits the contract',
    evidence: webhooks,
    check: ({ body }) => {
      const { data, error } = NotificationEnvelope.safeParse(body)
      return error ? is([], issuesOf(error)) : is(data, body)
    },
  }),
  ofCallback({
    says: 'sums it up as WeChat Pay does',
    evidence: notifications[event].summaryEvidence,
    check: ({ body }) => is(notifications[event].summary, valueAt(body, 'summary')),
  }),
  ofCallback({
    says: 'seals what fits the contract under the APIv3 key',
    evidence: webhooks,
    check: ({ body, resource }) => {
      const { data, error } = Notification.safeParse({ ...Object(body), resource })
      return error ? is([], issuesOf(error)) : is(data.resource, resource)
    },
  }),
]

type Row = { event: EventType; given: FixtureState; query: (fixture: Fixture) => CallRequest }

const asks = (operation: Operation) => (fixture: Fixture) => goodRequest(operation, fixture)

const ofPlans: readonly Row[] = [
  { event: 'PAYSCORE.USER_SIGN_PLAN', given: 'signed', query: asks('signplan.query') },
  { event: 'PAYSCORE.USER_CANCEL_SIGN_PLAN', given: 'endedByUser', query: asks('signplan.query') },
  { event: 'PAYSCORE.USER_CONFIRM', given: 'confirmed', query: ordinaryOrder },
  { event: 'PAYSCORE.USER_PAID', given: 'paid', query: asks('serviceorder.query') },
  { event: 'TRANSACTION.SUCCESS', given: 'transactionPaid', query: asks('pay.queryByOutTradeNo') },
]

const byCode = asks('permissions.queryByCode')

const ofPartners: readonly Row[] = [
  { event: 'PAYSCORE.USER_OPEN_SERVICE', given: 'authorised', query: byCode },
  { event: 'PAYSCORE.USER_CLOSE_SERVICE', given: 'withdrawn', query: byCode },
  { event: 'REFUND.SUCCESS', given: 'refunded', query: asks('refund.query') },
  { event: 'REFUND.ABNORMAL', given: 'refundAbnormal', query: asks('refund.query') },
  { event: 'REFUND.CLOSED', given: 'refundClosed', query: asks('refund.query') },
]

/** The query finds what the callback tells of. */
const sent =
  (mode: Mode) =>
  ({ event, given, query }: Row): Interaction =>
    interaction({
      name: `${event} is sent to a ${mode} merchant`,
      endpoint: query(sampleOf(mode)).endpoint,
      mode,
      given,
      when: (fixture) => [query(fixture)],
      callback: event,
      holds: [answers(200, chosen), ...rulesOf(event)],
    })

export const callbacks: readonly Interaction[] = [
  ...[...ofPlans, ...ofPartners].map(sent('partner')),
  ...ofPlans.map(sent('direct')),
]

/** What is sealed in the body of a callback; `undefined` when the key does not open it. */
export const openResource = (body: unknown, apiv3Key: string): unknown => {
  const { data } = NotificationEnvelope.safeParse(body)
  try {
    return data && jsonOf(open(data.resource, apiv3Key).toString())
  } catch {
    return undefined
  }
}
