import type { Situation } from '../errors.ts'
import { chosen, documented } from '../evidence.ts'
import type { Edge } from '../states.ts'
import { about } from './about.ts'
import { beijingTime, echoes, leavesState, sameAsBefore, shows } from './assertions.ts'
import { completed, createRefund } from './bodies.ts'
import { missingResource } from './foreign-parties.ts'
import {
  type Fixture,
  type FixtureState,
  type Interaction,
  type Mode,
  modes,
} from './interaction.ts'
import { goodRequest } from './requests.ts'

const page = documented('refundPage')

const creations = (mode: Mode): Interaction[] => {
  const create = about('refund.create', mode)

  return [
    create.succeeds({
      does: `begins to give a payment back to the payer of a ${mode} order`,
      evidence: page,
      given: 'paid',
      holds: [
        ...echoes(create.endpoint, { evidence: page, except: ['out_trade_no'] }),
        ...shows({ status: 'PROCESSING', refund_id: /^50\d{27}$/, create_time: beijingTime }, page),
        ...shows({ amount: { payer_total: completed, payer_refund: 500 } }, page),
        ...leavesState({ state: 'DONE', collection: { paid_amount: completed } }, chosen),
      ],
      followUp: (fixture) => goodRequest('serviceorder.query', fixture),
      edges: ['refund:none→PROCESSING (create)'],
    }),
  ]
}

const create = about('refund.create', 'partner')
const another = (change: (fixture: Fixture) => object) => (fixture: Fixture) => ({
  body: { ...createRefund(fixture), ...change(fixture) },
})
const other = ({ number }: Fixture) => ({ out_refund_no: `${number}RX` })
const refuses = (
  given: FixtureState,
  {
    what,
    situation,
    change,
  }: { what: string; situation: Situation; change: (fixture: Fixture) => object },
) => create.refuses({ what, given, situation, but: another(change) })
const amounts = (change: object) => (fixture: Fixture) => ({
  amount: { ...createRefund(fixture).amount, from: undefined, ...change },
})

const wholes: Interaction[] = [
  create.succeeds({
    does: 'gives a whole payment back',
    evidence: page,
    given: 'paid',
    but: another(amounts({ refund: completed })),
  }),
  create.succeeds({
    does: 'gives back all that is left',
    evidence: page,
    given: 'refundedAMinuteAgo',
    but: another((fixture) => ({
      ...other(fixture),
      ...amounts({ refund: completed - 500 })(fixture),
    })),
  }),
]

const repeats: Interaction[] = [
  create.succeeds({
    does: 'takes a repeat for the same refund',
    evidence: page,
    given: 'paid',
    after: (fixture) => [goodRequest('refund.create', fixture)],
    holds: [sameAsBefore(page, 'refund_id'), sameAsBefore(page, 'amount')],
  }),
  refuses('refunded', {
    what: 'a repeat with another reason',
    situation: 'refundTotalMismatch',
    change: () => ({ reason: '其他' }),
  }),
  refuses('refunded', {
    what: 'a repeat with more than was paid',
    situation: 'refundTotalMismatch',
    change: amounts({ refund: completed + 1 }),
  }),
  refuses('refunded', {
    what: 'a repeat for another payment',
    situation: 'refundTotalMismatch',
    change: () => ({ transaction_id: '4200' }),
  }),
]

const refusals: Interaction[] = [
  refuses('paid', {
    what: 'a refund of no payment',
    situation: 'refundPaymentMissing',
    change: () => ({ transaction_id: undefined }),
  }),
  refuses('paid', {
    what: 'a refund of two payments',
    situation: 'refundPaymentMismatch',
    change: () => ({ out_trade_no: '1' }),
  }),
  refuses('paid', {
    what: 'a payment by the number of the order',
    situation: 'refundOrderUnknown',
    change: ({ number }) => ({ transaction_id: undefined, out_trade_no: `${number}D1` }),
  }),
  refuses('fresh', {
    what: 'a payment that does not exist',
    situation: 'refundOrderUnknown',
    change: () => ({ transaction_id: '4200' }),
  }),
  refuses('paid', {
    what: 'a merchant that is no sub-merchant',
    situation: 'acquiringUnbound',
    change: () => ({ sub_mchid: '1900000999' }),
  }),
  refuses('paid', {
    what: 'a payment of a sub-merchant that is not named',
    situation: 'refundPartiesMismatch',
    change: () => ({ sub_mchid: undefined }),
  }),
  refuses('paid', {
    what: 'another total than was paid',
    situation: 'refundTotalMismatch',
    change: amounts({ total: completed + 1 }),
  }),
  refuses('paid', {
    what: 'more than was paid',
    situation: 'refundTooMuch',
    change: amounts({ refund: completed + 1 }),
  }),
  refuses('refunded', {
    what: 'more than is left',
    situation: 'refundTooMuch',
    change: (fixture) => ({ ...other(fixture), ...amounts({ refund: completed - 499 })(fixture) }),
  }),
  create.refuses({
    what: 'more of a payment that is given back in full',
    given: 'paid',
    situation: 'refundedInFull',
    after: (fixture) => [
      {
        ...goodRequest('refund.create', fixture),
        ...another(amounts({ refund: completed }))(fixture),
      },
    ],
    but: another(other),
  }),
  create.refuses({
    what: 'a second refund within a minute',
    given: 'paid',
    situation: 'refundTooSoon',
    after: (fixture) => [goodRequest('refund.create', fixture)],
    but: another(other),
  }),
  refuses('paidLastYear', {
    what: 'a payment of more than a year ago',
    situation: 'refundTooLate',
    change: () => ({}),
  }),
  refuses('refundedOften', {
    what: 'the 51st refund of a payment',
    situation: 'refundTooMany',
    change: other,
  }),
  refuses('withoutRefundMoney', {
    what: 'a refund for which there is no money',
    situation: 'balanceShort',
    change: () => ({}),
  }),
]

const query = about('refund.query', 'partner')

const finds = (
  given: FixtureState,
  { status, edges }: { status: string; edges: readonly Edge[] },
) =>
  query.succeeds({
    does: `finds a refund, ${given}`,
    evidence: page,
    given,
    holds: shows(
      { status, success_time: status === 'SUCCESS' ? beijingTime : undefined, out_refund_no: /R$/ },
      page,
    ),
    edges,
  })

const queries: Interaction[] = [
  finds('refunding', { status: 'PROCESSING', edges: [] }),
  finds('refunded', { status: 'SUCCESS', edges: ['refund:PROCESSING→SUCCESS (SUCCESS)'] }),
  finds('refundAbnormal', { status: 'ABNORMAL', edges: ['refund:PROCESSING→ABNORMAL (ABNORMAL)'] }),
  finds('refundClosed', { status: 'CLOSED', edges: ['refund:PROCESSING→CLOSED (CLOSED)'] }),
  finds('refundedAtLast', { status: 'SUCCESS', edges: ['refund:ABNORMAL→SUCCESS (SUCCESS)'] }),
  finds('refundClosedAtLast', { status: 'CLOSED', edges: ['refund:ABNORMAL→CLOSED (CLOSED)'] }),
  create.succeeds({
    does: 'gives back what a closed refund has not',
    evidence: chosen,
    given: 'refundClosed',
    but: another(other),
  }),
  ...missingResource(query, { what: 'a refund', given: 'refunded', situation: 'refundUnknown' }),
]

export const refunds: readonly Interaction[] = [
  ...modes.flatMap(creations),
  ...wholes,
  ...repeats,
  ...refusals,
  ...queries,
]
