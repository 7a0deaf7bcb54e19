import type { Situation } from '../../contracts/errors.ts'
import type { CreateRefund, Refund } from '../../contracts/refunds.ts'
import { type MoveOf, moves, nextState } from '../../contracts/states.ts'
import { day, formatRfc3339 } from '../../contracts/time.ts'
import { accept, type Decision, refusal } from './decision.ts'
import { conflictOf } from './re-entry.ts'
import type { ServiceOrderRecord } from './service-orders.ts'

/** A refund as it is remembered; times in milliseconds. */
export type RefundRecord = {
  mchid: string
  request: CreateRefund
  refund: Refund
  createdAt: number
  /** When a PROCESSING refund reaches the user. */
  due?: number
}

export type RefundOutcome = MoveOf<'refund'>

type Result = Decision<RefundRecord, RefundOutcome>

const window = 365 * day
const mostRefunds = 50
const pause = 60_000

type Create = {
  request: CreateRefund
  mchid: string
  /** The order whose payment is given back. */
  order: ServiceOrderRecord | undefined
  /** The refunds of that payment so far. */
  earlier: readonly RefundRecord[]
  refund_id: string
  /** The number that WeChat Pay gave the payment itself. */
  out_trade_no: string
  at: number
  /** Seconds until the refund ends by itself. */
  delay: number
}

/** Begins to give a payment back, in part or whole. */
export const createRefund = (known: RefundRecord | undefined, command: Create): Result => {
  const { request, mchid, order, at } = command
  if (known) return conflictOf(known.request, request, 'refundTotalMismatch') ?? accept(known)
  const { transaction_id, out_trade_no, out_refund_no } = request
  if (transaction_id === undefined && out_trade_no === undefined) {
    return refusal('refundPaymentMissing')
  }
  if (!order || !transaction_id) return refusal('refundOrderUnknown')
  if (out_trade_no !== undefined && out_trade_no !== command.out_trade_no) {
    return refusal('refundPaymentMismatch')
  }
  const situation = checkAmounts(order, command)
  if (situation) return refusal(situation)

  const { total, refund: amount, from = [] } = request.amount
  // Sorted by name at every level, as the answers of WeChat Pay are.
  const refund: Refund = {
    amount: {
      currency: 'CNY',
      discount_refund: 0,
      from,
      payer_refund: amount,
      payer_total: total,
      refund: amount,
      refund_fee: 0,
      settlement_refund: amount,
      settlement_total: total,
      total,
    },
    channel: 'ORIGINAL',
    create_time: formatRfc3339(at),
    funds_account: request.funds_account ?? 'AVAILABLE',
    out_refund_no,
    out_trade_no: command.out_trade_no,
    promotion_detail: [],
    refund_id: command.refund_id,
    status: moves.refund.none.create.to,
    transaction_id,
    user_received_account: '支付用户零钱',
  }

  return accept({ mchid, request, refund, createdAt: at, due: at + command.delay * 1000 })
}

const counts = ({ refund }: RefundRecord) => refund.status !== 'CLOSED'

const checkAmounts = (order: ServiceOrderRecord, command: Create): Situation | undefined => {
  const { request, earlier, at } = command
  const paid = order.order.collection?.paid_amount ?? 0
  if (request.amount.total !== paid) return 'refundTotalMismatch'
  if (order.paidAt !== undefined && at > order.paidAt + window) return 'refundTooLate'

  const standing = earlier.filter(counts)
  const sum = standing.reduce((given, { refund }) => given + refund.amount.refund, 0)
  if (sum >= paid) return 'refundedInFull'
  if (sum + request.amount.refund > paid) return 'refundTooMuch'
  if (standing.length >= mostRefunds) return 'refundTooMany'

  return standing.some(({ createdAt }) => at - createdAt < pause) ? 'refundTooSoon' : undefined
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
