import { expect, test } from 'vitest'
import type { Situation } from '../../contracts/errors.ts'
import type { MoveOf, StateOf } from '../../contracts/states.ts'
import { day } from '../../contracts/time.ts'
import { accept, type Decision, refusal } from '../../sandbox/domain/decision.ts'
import { chargeOf } from '../../sandbox/domain/payments.ts'
import {
  createRefund,
  endRefund,
  holdRefund,
  type RefundOutcome,
  type RefundRecord,
  redirectRefund,
} from '../../sandbox/domain/refunds.ts'
import { accepted } from '../../sandbox/domain/refused.ts'
import { completeOrder, payOrder } from '../../sandbox/domain/service-orders.ts'
import { completion, refundRequest } from '../support/requests.ts'
import { edgesOf } from './edges.ts'
import { at, mchid, orderOf, rules, signed } from './records.ts'

const completed = accepted(completeOrder(orderOf(signed), { request: completion, at, rules })).next
const payment = chargeOf(
  accepted(payOrder(completed, { transaction_id: '4200', chargeNumber: 'charge', at })).next,
)
const request = refundRequest('4200')

const create = (changes: Partial<Parameters<typeof createRefund>[1]>, known?: RefundRecord) =>
  createRefund(known, {
    request,
    mchid,
    payment,
    earlier: [],
    refund_id: '5030',
    at,
    delay: 0,
    ...changes,
  })

const refundOf = (amount: number, createdAt = at): RefundRecord => ({
  ...accepted(create({ request: refundRequest('4200', amount) })).next,
  createdAt,
})

const processing = refundOf(9_000)

test('a refund begins PROCESSING and is due at once', () => {
  expect(processing).toMatchObject({ due: at, createdAt: at, request })
  expect(processing.refund).toMatchObject({
    refund_id: '5030',
    out_refund_no: 'YOGA-REFUND',
    transaction_id: '4200',
    out_trade_no: 'charge',
    create_time: '2026-03-03T08:00:00+08:00',
    status: 'PROCESSING',
    funds_account: 'AVAILABLE',
    amount: { total: 9_000, refund: 9_000, payer_refund: 9_000, currency: 'CNY' },
  })
  expect(processing.refund).not.toHaveProperty('success_time')
})

test('both numbers of one payment may be given', () => {
  expect(create({ request: { ...request, out_trade_no: 'charge' } }).ok).toBe(true)
})

test('the members of a refund are sorted by name, and empty lists are shown', () => {
  const { refund } = accepted(endRefund(processing, { outcome: 'SUCCESS', at })).next
  const sorted = (members: object) => Object.keys(members).toSorted()

  expect(Object.keys(refund)).toEqual(sorted(refund))
  expect(Object.keys(refund.amount)).toEqual(sorted(refund.amount))
  expect(refund).toMatchObject({ amount: { from: [], refund_fee: 0 }, promotion_detail: [] })
})

test('a refund names the accounts that were asked for', () => {
  const from: { account: 'AVAILABLE'; amount: number }[] = [{ account: 'AVAILABLE', amount: 9_000 }]
  const asked = {
    ...request,
    funds_account: 'UNSETTLED',
    amount: { ...request.amount, from },
  } as const
  const { refund } = accepted(create({ request: asked })).next

  expect(refund).toMatchObject({ funds_account: 'UNSETTLED', amount: { from } })
})

test('a repeat gives the refund as it is now, other parameters are a conflict first of all', () => {
  const done = accepted(endRefund(processing, { outcome: 'SUCCESS', at })).next

  expect(create({ payment: undefined, earlier: [done] }, done)).toEqual(accept(done))
  expect(create({ request: refundRequest('4200', 9_001) }, done)).toMatchObject(
    refusal('refundTotalMismatch'),
  )
  expect(create({ request: refundRequest('4201') }, done)).toMatchObject(
    refusal('refundTotalMismatch'),
  )
})

test.each<[string, Parameters<typeof create>[0], Situation]>([
  [
    'two numbers of different payments',
    { request: { ...request, out_trade_no: 'another charge' } },
    'refundPaymentMismatch',
  ],
  [
    'no number of the payment',
    { request: { ...request, transaction_id: undefined } },
    'refundPaymentMissing',
  ],
  ['an unknown payment', { payment: undefined }, 'refundOrderUnknown'],
  ['an order that nobody paid', { payment: chargeOf(orderOf(signed)) }, 'refundOrderUnknown'],
  [
    'a payment without its sub-merchant',
    { request: { ...request, sub_mchid: undefined } },
    'refundPartiesMismatch',
  ],
  [
    'accounts that pay another sum',
    {
      request: {
        ...request,
        amount: { ...request.amount, from: [{ account: 'AVAILABLE', amount: 1 }] },
      },
    },
    'refundFromMismatch',
  ],
  ['a payment of more than a year ago', { at: at + 365 * day + 1 }, 'refundTooLate'],
  ['more than was paid', { request: refundRequest('4200', 9_001) }, 'refundTooMuch'],
  ['more than is left', { earlier: [refundOf(1, 0)] }, 'refundTooMuch'],
  [
    'one fen more of a payment that is given back',
    { request: refundRequest('4200', 1), earlier: [processing] },
    'refundedInFull',
  ],
  [
    'a fifty-first part',
    { request: refundRequest('4200', 1), earlier: Array(50).fill(refundOf(1, 0)) },
    'refundTooMany',
  ],
  [
    'a part within a minute of another',
    { request: refundRequest('4200', 1), earlier: [refundOf(1, at - 59_999)] },
    'refundTooSoon',
  ],
])('refuses %s', (_what, changes, situation) => {
  expect(create(changes)).toEqual(refusal(situation))
})

test('takes a refund on the last day, of the last fen, a minute after the one before', () => {
  expect(create({ at: at + 365 * day }).ok).toBe(true)
  expect(
    create({ earlier: Array(49).fill(refundOf(1, 0)), request: refundRequest('4200', 1) }).ok,
  ).toBe(true)
  expect(
    create({ earlier: [refundOf(1, at - 60_000)], request: refundRequest('4200', 8_999) }).ok,
  ).toBe(true)
})

test('a closed refund gives its amount free', () => {
  const closed = accepted(endRefund(processing, { outcome: 'CLOSED', at })).next

  expect(create({ earlier: [closed] }).ok).toBe(true)
})

type Act = (record: RefundRecord) => Decision<RefundRecord, RefundOutcome>

const ending =
  (outcome: RefundOutcome): Act =>
  (record) =>
    endRefund(record, { outcome, at: at + 1000 })

const acts: Record<MoveOf<'refund'>, Act> = {
  SUCCESS: ending('SUCCESS'),
  ABNORMAL: ending('ABNORMAL'),
  CLOSED: ending('CLOSED'),
  redirect: (record) =>
    redirectRefund(record, { redirection: { type: 'MERCHANT_BANK_CARD' }, at, delay: 0 }),
}

const records: Record<StateOf<'refund'>, RefundRecord> = {
  PROCESSING: processing,
  SUCCESS: accepted(acts.SUCCESS(processing)).next,
  ABNORMAL: accepted(acts.ABNORMAL(processing)).next,
  CLOSED: accepted(acts.CLOSED(processing)).next,
}

test.each(edgesOf('refund', { records, acts }))('%s', (_title, { state, move, to }) => {
  const decision = acts[move](records[state])
  const outcome = decision.ok ? decision.next.refund.status : decision.situation

  expect(outcome).toBe(to ?? 'refundStateIllegal')
})

test('a refund that is held runs on until somebody ends it', () => {
  const { next: held } = accepted(holdRefund(processing))

  expect(held).toMatchObject({ refund: processing.refund })
  expect(held).not.toHaveProperty('due')
  expect(acts.ABNORMAL(held).ok).toBe(true)
  expect(holdRefund(records.ABNORMAL)).toEqual(refusal('refundStateIllegal'))
})

test('only a successful refund says when it arrived, and none is due any more', () => {
  const times = Object.values(records).map(({ refund }) => refund.success_time)

  expect(times).toEqual([undefined, '2026-03-03T08:00:01+08:00', undefined, undefined])
  expect(Object.values(records).map(({ due }) => due)).toEqual([
    at,
    undefined,
    undefined,
    undefined,
  ])
})

test('an abnormal refund that is sent another way twice alike is sent once', () => {
  const abnormal = accepted(endRefund(processing, { outcome: 'ABNORMAL', at })).next
  const redirect = {
    redirection: { type: 'USER_BANK_CARD', bank_type: 'ICBC_DEBIT', tail: '1234' },
    at,
    delay: 0,
  } as const
  const redirected = accepted(redirectRefund(abnormal, redirect)).next

  expect(redirected.refund.status).toBe('PROCESSING')
  expect(redirectRefund(redirected, redirect)).toEqual(accept(redirected))
})
