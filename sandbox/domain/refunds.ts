import type { Situation } from '../../contracts/errors.ts'
import type { CreateRefund, RedirectRefund, Refund } from '../../contracts/refunds.ts'
import { type MoveOf, moves, nextState } from '../../contracts/states.ts'
import { day, formatRfc3339 } from '../../contracts/time.ts'
import { accept, type Decision, refusal } from './decision.ts'
import type { Payment } from './payments.ts'
import { conflictOf } from './re-entry.ts'

/** A refund as it is remembered; times in milliseconds. */
export type RefundRecord = {
  mchid: string
  request: CreateRefund
  refund: Refund
  createdAt: number
  /** Where it was sent after it had turned out abnormal. */
  redirection?: Redirection
  /** When a PROCESSING refund reaches the user. */
  due?: number
}

/** How a refund ends. */
export type RefundOutcome = Exclude<MoveOf<'refund'>, 'redirect'>

type Result = Decision<RefundRecord, RefundOutcome>

const window = 365 * day
const mostRefunds = 50
const pause = 60_000

type Create = {
  request: CreateRefund
  mchid: string
  /** What is given back; nothing while there is none. */
  payment: Payment | undefined
  /** The refunds of that payment so far. */
  earlier: readonly RefundRecord[]
  refund_id: string
  at: number
  /** Seconds until the refund ends by itself. */
  delay: number
}

/** Begins to give a payment back, in part or whole. */
export const createRefund = (known: RefundRecord | undefined, command: Create): Result => {
  const { request, mchid, payment, at } = command
  if (known) return conflictOf(known.request, request, 'refundTotalMismatch') ?? accept(known)
  if (request.transaction_id === undefined && request.out_trade_no === undefined) {
    return refusal('refundPaymentMissing')
  }
  if (!payment) return refusal('refundOrderUnknown')
  const situation = checkPayment(request, payment) ?? checkAmounts(payment, command)
  if (situation) return refusal(situation)

  // Sorted by name at every level, as the answers of WeChat Pay are.
  const refund: Refund = {
    amount: amountOf(payment, command),
    channel: 'ORIGINAL',
    create_time: formatRfc3339(at),
    funds_account: request.funds_account ?? 'AVAILABLE',
    out_refund_no: request.out_refund_no,
    out_trade_no: payment.out_trade_no,
    promotion_detail: promotionsOf(payment, command),
    refund_id: command.refund_id,
    status: moves.refund.none.create.to,
    transaction_id: payment.transaction_id,
    user_received_account: '支付用户零钱',
  }

  return accept({ mchid, request, refund, createdAt: at, due: at + command.delay * 1000 })
}

const checkPayment = (request: CreateRefund, payment: Payment): Situation | undefined => {
  const { transaction_id = payment.transaction_id, out_trade_no = payment.out_trade_no } = request
  if (transaction_id !== payment.transaction_id || out_trade_no !== payment.out_trade_no) {
    return 'refundPaymentMismatch'
  }
  return request.sub_mchid === payment.sub_mchid ? undefined : 'refundPartiesMismatch'
}

const counts = ({ refund }: RefundRecord) => refund.status !== 'CLOSED'

const sumOf = (refunds: readonly RefundRecord[], member: 'refund' | 'discount_refund') =>
  refunds.filter(counts).reduce((sum, { refund }) => sum + refund.amount[member], 0)

const checkAmounts = (
  { total, paidAt }: Payment,
  { request, earlier, at }: Create,
): Situation | undefined => {
  const { refund, from } = request.amount
  if (request.amount.total !== total) return 'refundTotalMismatch'
  if (from && from.reduce((sum, { amount }) => sum + amount, 0) !== refund) {
    return 'refundFromMismatch'
  }
  if (at > paidAt + window) return 'refundTooLate'

  const standing = earlier.filter(counts)
  const sum = sumOf(earlier, 'refund')
  if (sum >= total) return 'refundedInFull'
  if (sum + refund > total) return 'refundTooMuch'
  if (standing.length >= mostRefunds) return 'refundTooMany'

  return standing.some(({ createdAt }) => at - createdAt < pause) ? 'refundTooSoon' : undefined
}

/** What of a refund goes back as a coupon: its share, and the last refund takes the rest. */
const discountOf = ({ total, coupon }: Payment, { request, earlier }: Create): number => {
  if (!coupon) return 0
  const { refund } = request.amount
  const rest = coupon.amount - sumOf(earlier, 'discount_refund')
  const left = total - sumOf(earlier, 'refund')
  const share = rounded((coupon.amount * refund) / total)
  return refund === left || share > rest ? rest : share
}

const rounded = (amount: number) => amount + 0.5 - ((amount + 0.5) % 1)

const amountOf = (payment: Payment, command: Create): Refund['amount'] => {
  const { total, coupon } = payment
  const { refund, from = [] } = command.request.amount
  const discount_refund = discountOf(payment, command)
  // A coupon without cash behind it is not settled to the merchant.
  const unsettled = coupon?.type === 'NOCASH'

  return {
    currency: 'CNY',
    discount_refund,
    from,
    payer_refund: refund - discount_refund,
    payer_total: total - (coupon?.amount ?? 0),
    refund,
    refund_fee: 0,
    settlement_refund: refund - (unsettled ? discount_refund : 0),
    settlement_total: total - (unsettled ? coupon.amount : 0),
    total,
  }
}

const promotionsOf = (payment: Payment, command: Create): Refund['promotion_detail'] => {
  const { coupon } = payment
  if (!coupon) return []
  return [
    {
      amount: coupon.amount,
      promotion_id: coupon.coupon_id,
      refund_amount: discountOf(payment, command),
      scope: coupon.scope ?? 'GLOBAL',
      type: coupon.type === 'CASH' ? 'COUPON' : 'DISCOUNT',
    },
  ]
}

/** The refund goes on running until somebody ends it. */
export const holdRefund = (record: RefundRecord): Result => {
  const { due: _, ...rest } = record
  return record.refund.status === 'PROCESSING' ? accept(rest) : refusal('refundStateIllegal')
}

/** The refund ends: at the user, or not. */
export const endRefund = (
  record: RefundRecord,
  { outcome, at }: { outcome: RefundOutcome; at: number },
): Result => {
  const status = nextState('refund', record.refund.status, outcome)
  if (!status) return refusal('refundStateIllegal')

  const { due: _, refund: before, ...rest } = record
  const { transaction_id, user_received_account, ...head } = before
  const refund: Refund = {
    ...head,
    status,
    ...(status === 'SUCCESS' && { success_time: formatRfc3339(at) }),
    transaction_id,
    user_received_account,
  }
  return accept({ ...rest, refund }, outcome)
}

/** Where an abnormal refund goes: to a card of the user, told by its bank and last digits, or back. */
type Redirection = Pick<RedirectRefund, 'type' | 'bank_type'> & { tail?: string }

type Redirect = { redirection: Redirection; at: number; delay: number }

/** The merchant sends an abnormal refund another way; the same way again is a repeat. */
export const redirectRefund = (
  record: RefundRecord,
  { redirection, at, delay }: Redirect,
): Result => {
  if (record.redirection && !conflictOf(record.redirection, redirection)) return accept(record)
  const status = nextState('refund', record.refund.status, 'redirect')
  if (!status) return refusal('refundStateIllegal')

  const { type, bank_type, tail = '' } = redirection
  const card = `${bankNames[bank_type ?? ''] ?? ''}借记卡${tail}`
  const refund: Refund = {
    ...record.refund,
    channel: 'OTHER_BANKCARD',
    status,
    user_received_account: type === 'MERCHANT_BANK_CARD' ? '商户结算银行账户' : card,
  }
  return accept({ ...record, refund, redirection, due: at + delay * 1000 })
}

const bankNames: Partial<Record<string, string>> = {
  CMB_DEBIT: '招商银行',
  COMM_DEBIT: '交通银行',
  ABC_DEBIT: '农业银行',
  CCB_DEBIT: '建设银行',
  ICBC_DEBIT: '工商银行',
  BOC_DEBIT: '中国银行',
  PAB_DEBIT: '平安银行',
  SPDB_DEBIT: '浦发银行',
  CITIC_DEBIT: '中信银行',
  CEB_DEBIT: '光大银行',
  CMBC_DEBIT: '民生银行',
  CIB_DEBIT: '兴业银行',
  GDB_DEBIT: '广发银行',
  PSBC_DEBIT: '邮储银行',
  NBCB_DEBIT: '宁波银行',
}
