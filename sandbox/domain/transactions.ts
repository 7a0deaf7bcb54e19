import type { Situation } from '../../contracts/errors.ts'
import { type MoveOf, moves, nextState } from '../../contracts/states.ts'
import { fill } from '../../contracts/texts.ts'
import { day, formatOrderTime, formatRfc3339, parseRfc3339 } from '../../contracts/time.ts'
import type {
  CreateTransaction,
  Product,
  Promotion,
  TradeState,
  TradeType,
} from '../../contracts/transactions.ts'
import { accept, type Decision, type Refusal, refusal } from './decision.ts'
import type { User } from './merchants.ts'
import { conflictOf } from './re-entry.ts'
import { domainTexts } from './texts.ts'

/** What opens the cashier: a prepay_id, an h5_url or a code_url; useless from `expires` on. */
type Handle = { id: string; expires: number }

/** An order of basic payments as it is remembered; times in milliseconds. */
export type TransactionRecord = {
  mchid: string
  out_trade_no: string
  trade_state: TradeState
  createdAt: number
  /** Nothing of a number that was closed before anybody ordered under it. */
  order?: { product: Product; request: CreateTransaction; payableUntil: number }
  handles: readonly Handle[]
  /** Whoever came to the cashier first. */
  visitor?: User
  payment?: {
    transaction_id: string
    bank_type: string
    payer: User
    coupon?: Promotion
    paidAt: number
  }
  /** When the platform closes it, unpaid. */
  due?: number
}

export type TransactionRules = {
  /** How a known number with other parameters is refused; documents and reality disagree. */
  orderReentry: 'mismatch' | 'used'
  /** What closing an unknown number comes to: 204 as was seen, or a refusal. */
  closeUnknown: 'accept' | 'refuse'
}

type Result = Decision<TransactionRecord>

const hour = 3_600_000
const lifetimes: Record<Product, number> = {
  jsapi: 2 * hour,
  app: 2 * hour,
  h5: hour / 12,
  native: 2 * hour,
}

/** So many are remembered of an order that is repeated without end. */
const mostHandles = 20

const h5Cashier = 'https://wx.tenpay.com/cgi-bin/mmpayweb-bin/checkmweb'

type Numbers = { chargeNumber(at: number): string; uuid(): string; token(): string }

/** What opens the cashier, of the shapes that were seen: a prepay_id, an h5_url or a code_url. */
export const newHandle = (product: Product, ids: Numbers, at: number): string => {
  if (product === 'native') return `weixin://wxpay/bizpayurl?pr=${ids.token().slice(0, 9)}`
  const number = ids.chargeNumber(at)
  const hex = ids.uuid().replaceAll('-', '').slice(-16)
  const prepayId = `wx${formatOrderTime(at).slice(6)}${number.slice(-6)}${hex}0000`
  return product === 'h5'
    ? `${h5Cashier}?prepay_id=${prepayId}&package=${number.slice(-10)}`
    : prepayId
}

const age = 7 * day
const longest = 15 * day
const shortest = 60_000

/** Until when may be paid: a moment that is too early or too late is moved without a word. */
const payableUntil = ({ time_expire }: CreateTransaction, at: number): number => {
  const asked = time_expire === undefined ? undefined : parseRfc3339(time_expire)
  if (asked === undefined) return at + age
  if (asked < at + shortest) return at + shortest
  if (asked > at + longest) return at + longest
  return asked
}

type OrderCommand = {
  mchid: string
  product: Product
  request: CreateTransaction
  /** What would open the cashier. */
  handle: string
  at: number
  rules: TransactionRules
}

/** Orders under a new number, or hands out one more way to the cashier of the same order. */
export const orderTransaction = (
  existing: TransactionRecord | undefined,
  { handle: id, ...command }: OrderCommand,
): Result => {
  const { mchid, product, request, at, rules } = command
  const handle = { id, expires: at + lifetimes[product] }
  if (existing) {
    const refused = repeatProblem(existing, { product, request, at, rules })
    if (refused) return refused
    // A code is void once there is a new one; other handles live out their time.
    const handles = product === 'native' ? [handle] : [...existing.handles, handle]
    return accept({ ...existing, handles: handles.slice(-mostHandles) })
  }

  const until = payableUntil(request, at)
  return accept({
    mchid,
    out_trade_no: request.out_trade_no,
    trade_state: moves.transaction.none.create.to,
    createdAt: at,
    order: { product, request, payableUntil: until },
    handles: [handle],
    due: until - at > age ? until : at + age,
  })
}

type Repeat = Pick<OrderCommand, 'product' | 'request' | 'at' | 'rules'>

/** Why a known number cannot be ordered again; nothing for a repeat of an order that waits. */
const repeatProblem = (
  { trade_state, order }: TransactionRecord,
  { product, request, at, rules }: Repeat,
): Refusal | undefined => {
  if (!order) return refusal('transactionReentryMismatch')
  const first = order.request
  if (first.sub_mchid !== request.sub_mchid) return refusal('outTradeNoForeign')
  if (trade_state === 'SUCCESS' || trade_state === 'REFUND') return refusal('transactionPaid')

  const situation =
    rules.orderReentry === 'used' ? 'outTradeNoRepeated' : 'transactionReentryMismatch'
  if (order.product !== product) {
    return refusal(
      situation,
      fill(domainTexts.otherProduct, { first: order.product, now: product }),
    )
  }
  const conflict = conflictOf(inFull(first), inFull(request), situation)
  if (conflict) return conflict
  return trade_state === 'CLOSED' || at >= order.payableUntil
    ? refusal('transactionClosed')
    : undefined
}

const inFull = ({ amount, ...request }: CreateTransaction) => ({
  ...request,
  amount: { currency: 'CNY', ...amount },
})

/** The number is closed; one that nobody has ordered under can never be ordered from then on. */
export const closeTransaction = (
  existing: TransactionRecord | undefined,
  {
    mchid,
    out_trade_no,
    at,
    rules,
  }: { mchid: string; out_trade_no: string; at: number; rules: TransactionRules },
): Result => {
  if (!existing) {
    if (rules.closeUnknown === 'refuse') return refusal('transactionUnknown')
    const trade_state = moves.transaction.none.burn.to
    return accept({ mchid, out_trade_no, trade_state, createdAt: at, handles: [] })
  }
  if (existing.trade_state === 'CLOSED') return accept(existing)
  return move(existing, 'close')
}

/** How a move is refused that a state does not have. */
const refusals: Partial<Record<TradeState, Situation>> = {
  SUCCESS: 'closePaid',
  REFUND: 'closePaid',
  USERPAYING: 'transactionFrequencyLimited',
}

const move = (
  record: TransactionRecord,
  how: MoveOf<'transaction'>,
  changes: Partial<TransactionRecord> = {},
): Result => {
  const { due, ...rest } = record
  const trade_state = nextState('transaction', record.trade_state, how)
  if (!trade_state) return refusal(refusals[record.trade_state] ?? 'transactionClosed')
  const waits = trade_state === 'NOTPAY' || trade_state === 'USERPAYING'

  return accept({ ...rest, ...changes, trade_state, ...(waits && due !== undefined && { due }) })
}

/** Nobody paid in a week, or by the time that the order itself gave. */
export const expireTransaction = (record: TransactionRecord): Result => move(record, 'expire')

/** The user is at the cashier and takes long. */
export const beginPayment = (record: TransactionRecord, visitor: User): Result =>
  record.trade_state === 'USERPAYING' ? accept(record) : move(record, 'begin', { visitor })

/** The user leaves the cashier without having paid. */
export const leaveCashier = (record: TransactionRecord, visitor: User): Result =>
  record.trade_state === 'NOTPAY'
    ? accept({ ...record, visitor })
    : move(record, 'leave', { visitor })

/** The user pays. */
export const payTransaction = (
  record: TransactionRecord,
  payment: NonNullable<TransactionRecord['payment']>,
): Result => move(record, 'pay', { visitor: payment.payer, payment })

/** A first refund of it was accepted. */
export const markRefunded = (record: TransactionRecord): TransactionRecord =>
  record.trade_state === 'SUCCESS'
    ? { ...record, trade_state: moves.transaction.SUCCESS.refund.to }
    : record

const tradeTypes: Record<Product, TradeType> = {
  jsapi: 'JSAPI',
  app: 'APP',
  h5: 'MWEB',
  native: 'NATIVE',
}

export const stateWords: Record<TradeState, string> = {
  SUCCESS: '支付成功',
  REFUND: '订单发生过退款，退款详情请查询退款单',
  NOTPAY: '订单未支付',
  CLOSED: '订单已关闭',
  USERPAYING: '需要用户输入支付密码',
  REVOKED: '订单已撤销',
  PAYERROR: '支付失败',
  ACCEPT: '已接收，等待扣款',
}

const partiesOf = (request: CreateTransaction) => {
  const { appid, mchid, sp_appid, sp_mchid, sub_appid, sub_mchid } = request
  return sub_mchid === undefined ? { appid, mchid } : { sp_appid, sp_mchid, sub_appid, sub_mchid }
}

const payerOf = ({ sub_mchid, sub_appid }: CreateTransaction, { openid, sub_openid }: User) => {
  if (sub_mchid === undefined) return { openid }
  return { sp_openid: openid, ...(sub_appid !== undefined && { sub_openid }) }
}

/** An order as its query tells of it; nothing of a number that nobody ordered under. */
export const transactionOf = ({ order, payment, trade_state, out_trade_no }: TransactionRecord) => {
  if (!order) return undefined
  const { product, request } = order
  const { device_id } = request.scene_info ?? {}
  const { total } = request.amount
  const head = {
    ...partiesOf(request),
    out_trade_no,
    trade_state,
    trade_state_desc: stateWords[trade_state],
    promotion_detail: payment?.coupon ? [payment.coupon] : [],
  }
  if (!payment) {
    const scene_info = { device_id: device_id ?? '' }
    return { ...head, amount: { total, payer_currency: 'CNY' }, scene_info }
  }

  return {
    ...head,
    transaction_id: payment.transaction_id,
    trade_type: tradeTypes[product],
    bank_type: payment.bank_type,
    attach: request.attach ?? '',
    success_time: formatRfc3339(payment.paidAt),
    payer: payerOf(request, payment.payer),
    amount: {
      total,
      payer_total: total - (payment.coupon?.amount ?? 0),
      currency: 'CNY',
      payer_currency: 'CNY',
    },
    ...(device_id !== undefined && { scene_info: { device_id } }),
  }
}
