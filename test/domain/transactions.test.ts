import { expect, test } from 'vitest'
import type { MoveOf, StateOf } from '../../contracts/states.ts'
import type { CreateTransaction, Product } from '../../contracts/transactions.ts'
import { exampleIdentities } from '../../sandbox/authority/example-identities.ts'
import { cashierProblem } from '../../sandbox/domain/cashier.ts'
import type { Decision } from '../../sandbox/domain/decision.ts'
import type { MerchantRecord } from '../../sandbox/domain/merchants.ts'
import { chargeAsTransaction, chargeOf, paymentOf } from '../../sandbox/domain/payments.ts'
import { accepted } from '../../sandbox/domain/refused.ts'
import { completeOrder, payOrder } from '../../sandbox/domain/service-orders.ts'
import { callerProblem, orderProblem } from '../../sandbox/domain/transaction-parties.ts'
import {
  beginPayment,
  closeTransaction,
  expireTransaction,
  leaveCashier,
  markRefunded,
  orderTransaction,
  payTransaction,
  type TransactionRecord,
  transactionOf,
} from '../../sandbox/domain/transactions.ts'
import {
  anonymous,
  completion,
  directTransaction,
  partnerTransaction,
} from '../support/requests.ts'
import { edgesOf } from './edges.ts'
import { at, mchid, orderOf, rules, signed } from './records.ts'

const order = (
  request: CreateTransaction = directTransaction,
  product: Product = 'jsapi',
  existing?: TransactionRecord,
) => orderTransaction(existing, { mchid, product, request, handle: 'handle', at, rules })

const waiting = accepted(order()).next
const payer = { openid: 'o1', sub_openid: 'o2' }
const payment = {
  transaction_id: '4200',
  bank_type: 'OTHERS',
  payer,
  paidAt: at,
}
const { out_trade_no } = directTransaction
const close = (existing?: TransactionRecord) =>
  closeTransaction(existing, { mchid, out_trade_no, at, rules })

const inState = (trade_state: StateOf<'transaction'>): TransactionRecord => ({
  ...waiting,
  trade_state,
})

const records: Record<StateOf<'transaction'>, TransactionRecord> = {
  NOTPAY: waiting,
  USERPAYING: accepted(beginPayment(waiting, payer)).next,
  SUCCESS: accepted(payTransaction(waiting, payment)).next,
  REFUND: markRefunded(accepted(payTransaction(waiting, payment)).next),
  CLOSED: accepted(close(waiting)).next,
  REVOKED: inState('REVOKED'),
  PAYERROR: inState('PAYERROR'),
  ACCEPT: inState('ACCEPT'),
}

type Act = (record: TransactionRecord) => Decision<TransactionRecord>

const acts: Record<Exclude<MoveOf<'transaction'>, 'refund'>, Act> = {
  pay: (record) => payTransaction(record, payment),
  begin: (record) => beginPayment(record, payer),
  leave: (record) => leaveCashier(record, payer),
  close,
  expire: expireTransaction,
}

/** What is done once more changes nothing. */
const repeats = ['USERPAYING: begin', 'NOTPAY: leave', 'CLOSED: close']

test.each(edgesOf('transaction', { records, acts }))('%s', (title, { state, move, to }) => {
  const decision = acts[move](records[state])
  const isRepeat = repeats.some((repeat) => title.startsWith(repeat))

  expect(decision.ok ? decision.next.trade_state : undefined).toBe(isRepeat ? state : to)
  const isOpen = ['NOTPAY', 'USERPAYING'].includes(to ?? state)
  if (decision.ok) expect(decision.next.due !== undefined).toBe(isOpen)
})

test('only the first refund marks a payment', () => {
  expect(records.REFUND.trade_state).toBe('REFUND')
  expect(markRefunded(records.REFUND)).toBe(records.REFUND)
})

test('a code is void once there is another; of other handles twenty are remembered', () => {
  const native = accepted(order(anonymous(directTransaction), 'native')).next
  const again = accepted(order(anonymous(directTransaction), 'native', native)).next
  expect(again.handles).toHaveLength(1)

  const often = Array.from({ length: 30 }).reduce<TransactionRecord>(
    (record) => accepted(order(directTransaction, 'jsapi', record)).next,
    waiting,
  )
  expect(often.handles).toHaveLength(20)
})

test('what only a payment brings is not told before it, and nothing of a number without an order', () => {
  expect(transactionOf(accepted(close()).next)).toBeUndefined()
  expect(paymentOf(waiting)).toBeUndefined()
  expect(transactionOf(waiting)).not.toHaveProperty('attach')
  expect(transactionOf(records.SUCCESS)).toMatchObject({ attach: '', payer: { openid: 'o1' } })
})

test('a sub-merchant’s payer goes by the ids of both apps, where it has one', () => {
  const { sub_appid: _, ...alone } = partnerTransaction
  const payerIn = (request: CreateTransaction) =>
    transactionOf(accepted(payTransaction(accepted(order(request)).next, payment)).next)

  expect(payerIn(partnerTransaction)).toMatchObject({
    payer: { sp_openid: 'o1', sub_openid: 'o2' },
  })
  expect(payerIn(alone)).toHaveProperty('payer', { sp_openid: 'o1' })
})

test('the device of an order is told before the payment and after it', () => {
  const scene_info = { payer_client_ip: '127.0.0.1', device_id: 'D1' }
  const { next } = accepted(order({ ...directTransaction, scene_info }))
  const paid = accepted(payTransaction(next, payment)).next

  expect(transactionOf(next)?.scene_info).toEqual({ device_id: 'D1' })
  expect(transactionOf(paid)?.scene_info).toEqual({ device_id: 'D1' })
})

const completed = accepted(completeOrder(orderOf(signed), { request: completion, at, rules })).next
const charged = accepted(
  payOrder(completed, { transaction_id: '4200', chargeNumber: 'charge', at }),
).next

test('the charge of a service order is a payment, told as one', () => {
  const charge = chargeOf(charged)
  if (!charge) throw new Error('It was charged.')

  expect(charge).toMatchObject({ out_trade_no: 'charge', total: 9_000 })
  expect(chargeAsTransaction(charged, { charge, refunded: false })).toMatchObject({
    trade_state: 'SUCCESS',
    sp_mchid: mchid,
    out_trade_no: 'charge',
  })
  const { sub_mchid: _, sub_appid: _appid, ...alone } = charged.order
  expect(
    chargeAsTransaction({ ...charged, order: alone }, { charge, refunded: true }),
  ).toMatchObject({ trade_state: 'REFUND', mchid, appid: alone.appid })
})

const { appid, subMchid, subAppid } = exampleIdentities
const merchant: MerchantRecord = {
  mchid,
  appids: [appid],
  subMerchants: [{ sub_mchid: subMchid, sub_appids: [subAppid] }],
  services: [],
  users: [{ openid: 'oSP', sub_openid: 'oSUB' }],
  platformKeys: 'switching',
}

const partnerWith = (payer: CreateTransaction['payer'], changes: Partial<CreateTransaction> = {}) =>
  orderProblem(merchant, 'jsapi', { ...partnerTransaction, payer, ...changes })

test('an openid of the other app is told from the right one', () => {
  expect(partnerWith({ sp_openid: 'oSP', sub_openid: 'oSUB' })).toBeUndefined()
  expect(partnerWith({ sp_openid: 'oSUB' })).toBe('openidMismatch')
  expect(partnerWith({ sub_openid: 'oSP' })).toBe('subOpenidMismatch')
  expect(partnerWith({ sub_openid: 'oANYBODY' })).toBeUndefined()
  expect(partnerWith(undefined)).toBe('openidMissing')
  expect(partnerWith({ sub_openid: 'oSUB' }, { sub_appid: undefined })).toBe('subAppidMissing')
  expect(partnerWith({ sp_openid: '1' })).toBe('openidInvalid')
})

test('who asks must be who signs, for a sub-merchant of its own', () => {
  expect(callerProblem(undefined, { mchid })).toBe('acquiringMerchantUnknown')
  expect(callerProblem(merchant, {})).toBe('mchidMalformed')
  expect(callerProblem(merchant, { mchid: '1900000001' })).toBe('mchidMismatch')
  expect(callerProblem(merchant, { sp_mchid: mchid, sub_mchid: mchid })).toBe('subMchidOwn')
  expect(callerProblem(merchant, { sp_mchid: mchid, sub_mchid: '1' })).toBe('acquiringUnbound')
  expect(callerProblem(merchant, { sp_mchid: mchid, sub_mchid: subMchid })).toBeUndefined()
})

test('an app must be bound, goods must fit, and a time must exist', () => {
  const direct = (changes: Partial<CreateTransaction>) =>
    orderProblem(merchant, 'native', { ...anonymous(directTransaction), ...changes })
  const goods = { merchant_goods_id: 'G'.repeat(32), quantity: 1, unit_price: 1 }

  expect(direct({})).toBeUndefined()
  expect(direct({ appid: undefined })).toBe('appidMismatch')
  expect(direct({ sub_appid: 'wx' })).toBe('subAppidMismatch')
  expect(direct({ detail: { goods_detail: Array(100).fill(goods) } })).toBe('goodsDetailTooLong')
  expect(direct({ time_expire: '2026-02-31T00:00:00+08:00' })).toBe('expireTimeInvalid')
  expect(direct({ mchid: '1900000001' })).toBe('mchidMismatch')
})

const visit = { handle: 'handle', user: {}, bank_type: 'OTHERS', coupon: undefined, at }
const limited = (limit: 'no_balance' | 'no_credit' | 'no_debit' | 'balance_only') =>
  accepted(order({ ...directTransaction, limit_pay: [limit] })).next

test.each([
  ['no_balance', 'OTHERS'],
  ['balance_only', 'ICBC_DEBIT'],
  ['no_credit', 'ICBC_CREDIT'],
  ['no_debit', 'ICBC_DEBIT'],
] as const)('%s keeps %s from paying', (limit, bank_type) => {
  expect(cashierProblem(limited(limit), { ...visit, bank_type })).toBe('methodForbidden')
  expect(cashierProblem(waiting, { ...visit, bank_type })).toBeUndefined()
})

test('the cashier needs a handle of this very order', () => {
  const burnt = accepted(close()).next
  const native = accepted(order(anonymous(directTransaction), 'native')).next

  expect(cashierProblem(burnt, visit)).toBe('handleUnknown')
  expect(cashierProblem(waiting, { ...visit, handle: 'other' })).toBe('handleUnknown')
  expect(cashierProblem(native, { ...visit, handle: 'older' })).toBe('expired')
  expect(cashierProblem(records.CLOSED, visit)).toBe('expired')
})
