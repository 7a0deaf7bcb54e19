import type { CashierRefusal } from '../../contracts/cashier.ts'
import type { User } from './merchants.ts'
import type { TransactionRecord } from './transactions.ts'

/** A user who comes to the cashier; amounts in fen, times in milliseconds. */
export type CashierVisit = {
  handle: string | undefined
  user: User
  bank_type: string
  /** What a coupon takes off. */
  coupon: number | undefined
  at: number
}

/** Why the cashier does not open; nothing when it does. */
export const cashierProblem = (
  record: TransactionRecord,
  visit: CashierVisit,
): CashierRefusal | undefined => {
  const { order, trade_state, visitor } = record
  const { user, at, bank_type, coupon = 0 } = visit
  if (!order) return 'handleUnknown'
  if (trade_state === 'SUCCESS' || trade_state === 'REFUND') return 'paid'
  if (trade_state === 'CLOSED' || at >= order.payableUntil) return 'expired'
  const handle = record.handles.find(({ id }) => id === visit.handle)
  if (!handle) return order.product === 'native' ? 'expired' : 'handleUnknown'
  if (at >= handle.expires) return order.product === 'h5' ? 'h5Expired' : 'expired'

  const { openid, sp_openid, sub_openid } = order.request.payer ?? {}
  if (!isPerson(user, { openid: openid ?? sp_openid, sub_openid })) return 'userOther'
  if (visitor && !isPerson(user, visitor)) return 'scannedByOther'
  if (forbids(order.request.limit_pay, bank_type)) return 'methodForbidden'
  return coupon > order.request.amount.total ? 'couponTooLarge' : undefined
}

/** Whether nothing that is known of both tells them apart. */
const isPerson = (one: User, other: User) =>
  (['openid', 'sub_openid'] as const).every(
    (id) => one[id] === undefined || other[id] === undefined || one[id] === other[id],
  )

const forbids = (limits: readonly string[] = [], bank_type: string): boolean =>
  limits.some((limit) => {
    const isBalance = bank_type === 'OTHERS'
    if (limit === 'no_balance') return isBalance
    if (limit === 'balance_only') return !isBalance
    return bank_type.endsWith(limit === 'no_credit' ? '_CREDIT' : '_DEBIT')
  })
