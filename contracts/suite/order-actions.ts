import type { Endpoint } from '../endpoint.ts'
import { endpoints } from '../endpoints.ts'
import type { Situation } from '../errors.ts'
import { documented } from '../evidence.ts'
import type { Edge } from '../states.ts'
import { type About, about } from './about.ts'
import { echoes, leavesState, shows, unset } from './assertions.ts'
import {
  cancelOrder,
  completed,
  completeOrder,
  modified,
  modifyOrder,
  orderNo,
  syncOrder,
} from './bodies.ts'
import { foreignService, missingOrder } from './foreign-parties.ts'
import {
  type Assertion,
  type CallRequest,
  type Fixture,
  type FixtureState,
  type Interaction,
  type Mode,
  modes,
} from './interaction.ts'
import { goodRequest, ordinaryOrder, type RequestParts } from './requests.ts'
import { wrongTimes } from './times.ts'

const pages = documented('orderPages')

const planOrder = (fixture: Fixture) => goodRequest('serviceorder.query', fixture)

/** Only the direct pages answer an action with the order, as far as their answers have it. */
const answersOrder = ({ mode, endpoint }: About, order: object): Assertion[] => {
  const { response }: Endpoint = endpoints[endpoint]
  if (mode !== 'direct' || !('body' in response)) return []
  const answered = Object.entries(order).filter(([name]) => name in response.body.shape)

  return [
    ...echoes(endpoint, { evidence: pages }),
    ...shows({ ...Object.fromEntries(answered), order_id: /^\d{31}$/ }, pages),
  ]
}

type Acts = {
  does: string
  given: FixtureState
  /** What becomes of the order. */
  leaves: object
  edge?: Edge
  but?(fixture: Fixture): RequestParts
  after?(fixture: Fixture): readonly CallRequest[]
  followUp?: typeof planOrder
}

const acts = (action: About, { leaves, edge, followUp = planOrder, ...row }: Acts): Interaction =>
  action.succeeds({
    ...row,
    evidence: pages,
    followUp,
    holds: [...answersOrder(action, leaves), ...leavesState({ ...leaves }, pages)],
    ...(edge && { edges: [edge] }),
  })

/** What no action does: act on an order that is not there, or not under this service. */
const misdirected = (action: About): Interaction[] => [
  ...missingOrder(action),
  ...foreignService(action, 'using'),
]

const inState =
  (action: About) =>
  (given: FixtureState, what: string, situation: Situation): Interaction =>
    action.refuses({ what, given, situation })

/** The ordinary order of the fixture instead of its detail's. */
const ordinary = (fixture: Fixture): RequestParts => ({ path: orderNo(fixture) })

/** What an order is not yet that the user has not confirmed, and no longer when it has expired. */
const unconfirmed = (
  action: About,
  { created, expired }: Record<'created' | 'expired', Situation>,
): Interaction[] => [
  action.refuses({
    what: 'an order that the user has not confirmed',
    given: 'created',
    situation: created,
    but: ordinary,
  }),
  action.refuses({
    what: 'an order that has expired',
    given: 'expired',
    situation: expired,
    but: ordinary,
  }),
]

const cancellations = (mode: Mode): Interaction[] => {
  const cancel = about('serviceorder.cancel', mode)
  const refuses = inState(cancel)
  const otherReason = (fixture: Fixture): RequestParts => ({
    body: { ...cancelOrder(fixture), reason: '下雨' },
  })
  const revoked = { state: 'REVOKED', state_description: unset }

  return [
    acts(cancel, {
      does: 'cancels an order in service',
      given: 'using',
      leaves: revoked,
      edge: 'serviceorder:DOING/USER_CONFIRM→REVOKED (cancel)',
    }),
    acts(cancel, {
      does: 'cancels an order that waits for the user',
      given: 'created',
      but: ordinary,
      followUp: ordinaryOrder,
      leaves: revoked,
      edge: 'serviceorder:CREATED→REVOKED (cancel)',
    }),
    acts(cancel, {
      does: 'cancels an order that waits for its money',
      given: 'unpaid',
      leaves: revoked,
      edge: 'serviceorder:DOING/MCH_COMPLETE→REVOKED (cancel)',
    }),
    acts(cancel, { does: 'takes a repeat for the same reason', given: 'revoked', leaves: revoked }),
    cancel.refuses({
      what: 'a repeat for another reason',
      given: 'revoked',
      situation: 'orderCanceled',
      but: otherReason,
    }),
    refuses('paid', 'an order that is paid', 'orderDone'),
    refuses('charging', 'an order that is being charged', 'chargeRunning'),
    cancel.refuses({
      what: 'an order that has expired',
      given: 'expired',
      situation: 'cancelNotAllowed',
      but: ordinary,
    }),
    ...misdirected(cancel),
  ]
}

const charge = (name: string, amount: number) => ({
  post_payments: [{ name, amount }],
  post_discounts: undefined,
  total_amount: amount,
})

/** Amounts that are each well written and do not go together. */
const wrongAmounts = (
  action: About,
  { given, body }: { given: FixtureState; body(fixture: Fixture): object },
) => {
  const refuses = (what: string, situation: Situation, change: object) =>
    action.refuses({
      what,
      given,
      situation,
      but: (fixture) => ({ body: { ...body(fixture), ...change } }),
    })

  const sameNames = [
    { name: '课时费', amount: 1 },
    { name: '课时费', amount: 2 },
  ]

  return [
    action.mode === 'partner'
      ? action.succeeds({
          does: 'takes charges of one name and of none',
          evidence: pages,
          given,
          but: (fixture) => ({
            body: {
              ...body(fixture),
              post_payments: [...sameNames, { amount: 3 }],
              post_discounts: [{ description: '无名优惠' }],
              total_amount: 6,
            },
          }),
        })
      : refuses('two charges of one name', 'itemsInvalid', { post_payments: sameNames }),
    refuses('a charge without amount and description', 'itemsInvalid', {
      post_payments: [{ name: '课时费' }],
    }),
    refuses('a total that is not that of the charges', 'totalIllegal', { total_amount: 1 }),
    refuses('a total above the ceiling', 'totalAboveRisk', charge('课时费', 15_001)),
  ]
}

const completions = (mode: Mode): Interaction[] => {
  const complete = about('serviceorder.complete', mode)
  const refuses = inState(complete)
  const good = { given: 'using', body: completeOrder } as const
  const again = (fixture: Fixture) => [goodRequest('serviceorder.complete', fixture)]
  const paying = {
    state: 'DOING',
    state_description: 'MCH_COMPLETE',
    total_amount: completed,
    need_collection: true,
    collection: {
      state: 'USER_PAYING',
      total_amount: completed,
      paying_amount: completed,
      paid_amount: 0,
    },
  }

  return [
    acts(complete, {
      does: 'says what is to be paid',
      given: 'usingWithoutMoney',
      leaves: paying,
      edge: 'serviceorder:DOING/USER_CONFIRM→DOING/MCH_COMPLETE (complete)',
    }),
    acts(complete, {
      does: 'ends an order that costs nothing',
      given: 'using',
      but: (fixture) => ({ body: { ...completeOrder(fixture), ...charge('课时费', 0) } }),
      leaves: { state: 'DONE', total_amount: 0, need_collection: false, collection: undefined },
      edge: 'serviceorder:DOING/USER_CONFIRM→DONE (settle)',
    }),
    acts(complete, {
      does: 'takes a repeat for the same completion',
      given: 'usingWithoutMoney',
      after: again,
      leaves: paying,
    }),
    complete.refuses({
      what: 'a repeat with another amount',
      given: 'unpaid',
      situation: 'reentryMismatch',
      but: (fixture) => ({ body: { ...completeOrder(fixture), ...charge('课时费', 11_000) } }),
    }),
    refuses('paid', 'an order that is paid', 'orderStateIllegal'),
    refuses('revoked', 'an order that is cancelled', 'orderStateIllegal'),
    ...unconfirmed(complete, { created: 'orderStateIllegal', expired: 'orderStateIllegal' }),
    complete.refuses({
      what: 'a start after the end that was planned',
      given: 'using',
      situation: 'endBeforeStart',
      but: (fixture) => ({
        body: { ...completeOrder(fixture), time_range: { start_time: '20091225130000' } },
      }),
    }),
    complete.refuses({
      what: 'an end to the day of a start that was planned to the second',
      given: 'using',
      situation: 'timeFormat',
      but: (fixture) => ({
        body: { ...completeOrder(fixture), time_range: { end_time: '20091226' } },
      }),
    }),
    complete.refuses({
      what: 'an order without an end',
      given: 'signed',
      situation: 'endMissing',
      after: (fixture) => [
        {
          ...goodRequest('signplan.serviceorder.create', fixture),
          body: {
            ...Object(goodRequest('signplan.serviceorder.create', fixture).body),
            time_range: { start_time: '20091225091010' },
          },
        },
      ],
      but: (fixture) => ({
        body: { ...completeOrder(fixture), time_range: { start_time: '20091225091010' } },
      }),
    }),
    ...wrongAmounts(complete, good),
    ...wrongTimes(complete, good),
    ...misdirected(complete),
  ]
}

const modifications = (mode: Mode): Interaction[] => {
  const modify = about('serviceorder.modify', mode)
  const refuses = inState(modify)

  return [
    acts(modify, {
      does: 'lowers what is to be paid',
      given: 'unpaid',
      leaves: {
        state_description: 'MCH_COMPLETE',
        total_amount: modified,
        collection: { state: 'USER_PAYING', total_amount: modified, paying_amount: modified },
      },
      edge: 'serviceorder:DOING/MCH_COMPLETE→DOING/MCH_COMPLETE (modify)',
    }),
    modify.refuses({
      what: 'an amount that is not lower',
      given: 'unpaid',
      situation: 'modifyNotLower',
      but: (fixture) => ({ body: { ...modifyOrder(fixture), ...charge('课时费', completed) } }),
    }),
    modify.refuses({
      what: 'an order whose service is not named',
      given: 'unpaid',
      situation: 'serviceForbidden',
      but: (fixture) => ({ body: { ...modifyOrder(fixture), service_id: undefined } }),
    }),
    ...unconfirmed(modify, { created: 'modifyNotPaying', expired: 'modifyNotPaying' }),
    refuses('using', 'an order that is not completed', 'modifyNotPaying'),
    refuses('revoked', 'an order that is cancelled', 'modifyNotPaying'),
    refuses('paid', 'an order that is paid', 'modifyNotPaying'),
    refuses('charging', 'an order that is being charged', 'chargeRunning'),
    ...wrongAmounts(modify, { given: 'unpaid', body: modifyOrder }),
    ...misdirected(modify),
  ]
}

const lowered = (fixture: Fixture) => [goodRequest('serviceorder.modify', fixture)]

const payments = (mode: Mode): Interaction[] => {
  const pay = about('serviceorder.pay', mode)
  const refuses = inState(pay)

  return [
    acts(pay, {
      does: 'charges once more',
      given: 'unpaid',
      leaves: {
        state: 'DONE',
        collection: {
          state: 'USER_PAID',
          paid_amount: completed,
          details: [{ paid_type: 'NEWTON', transaction_id: /^4200\d{24}$/ }],
        },
      },
      edge: 'serviceorder:DOING/MCH_COMPLETE→DONE (pay)',
    }),
    acts(pay, {
      does: 'charges what was lowered',
      given: 'unpaid',
      after: lowered,
      leaves: { state: 'DONE', total_amount: modified, collection: { paid_amount: modified } },
    }),
    acts(pay, {
      does: 'begins a charge that goes on',
      given: 'unpaidWithSlowCharge',
      leaves: { state_description: 'MCH_COMPLETE', collection: { state: 'USER_PAYING' } },
    }),
    refuses('unpaidWithoutMoney', 'an order for which there is no money', 'chargeFailed'),
    refuses('using', 'an order that is not completed', 'payTooEarly'),
    refuses('paid', 'an order that is paid', 'orderDone'),
    refuses('revoked', 'an order that is cancelled', 'orderCanceled'),
    refuses('charging', 'an order that is being charged', 'chargeRunning'),
    ...unconfirmed(pay, { created: 'payTooEarly', expired: 'orderStateIllegal' }),
    ...misdirected(pay),
  ]
}

const syncs = (mode: Mode): Interaction[] => {
  const sync = about('serviceorder.sync', mode)
  const refuses = inState(sync)

  return [
    acts(sync, {
      does: 'takes the word of the merchant that the user has paid',
      given: 'unpaid',
      leaves: {
        state: 'DONE',
        collection: {
          state: 'USER_PAID',
          paid_amount: completed,
          details: [{ paid_type: 'MCH', paid_time: '20091225121210', transaction_id: undefined }],
        },
      },
      edge: 'serviceorder:DOING/MCH_COMPLETE→DONE (sync)',
    }),
    acts(sync, {
      does: 'takes for paid what was lowered',
      given: 'unpaid',
      after: lowered,
      leaves: { state: 'DONE', total_amount: modified, collection: { paid_amount: modified } },
    }),
    sync.refuses({
      what: 'a moment that no calendar has',
      given: 'unpaid',
      situation: 'timeFormat',
      but: (fixture) => ({ body: { ...syncOrder(fixture), detail: { paid_time: '20091340' } } }),
    }),
    ...unconfirmed(sync, { created: 'orderStateIllegal', expired: 'orderStateIllegal' }),
    refuses('using', 'an order that is not completed', 'orderStateIllegal'),
    refuses('paid', 'an order that is paid', 'orderDone'),
    refuses('revoked', 'an order that is cancelled', 'orderCanceled'),
    refuses('charging', 'an order that is being charged', 'chargeRunning'),
    ...misdirected(sync),
  ]
}

export const orderActions: readonly Interaction[] = modes.flatMap((mode) => [
  ...cancellations(mode),
  ...completions(mode),
  ...modifications(mode),
  ...payments(mode),
  ...syncs(mode),
])
