import { chargeOf, type Payment, paymentOf } from '../domain/payments.ts'
import type { ServiceOrderRecord } from '../domain/service-orders.ts'
import type { TransactionRecord } from '../domain/transactions.ts'
import type { Lock, Reader } from '../store/store.ts'

type Numbers = { transaction_id?: string | undefined; out_trade_no?: string | undefined }

/** What has one of these numbers, the first where both are given, and the payment it came to. */
export type Found = { lock: Lock; payment: Payment | undefined } & (
  | { transaction: TransactionRecord; charged?: never }
  | { charged: ServiceOrderRecord; transaction?: never }
)

/** Finds a transaction, or the service order that was charged under such a number. */
export const findPayment = async (
  reader: Reader,
  mchid: string,
  { transaction_id, out_trade_no = '' }: Numbers,
): Promise<Found | undefined> => {
  const transaction =
    transaction_id === undefined
      ? await reader.get('transactions', [mchid, out_trade_no])
      : (await reader.find('transactions', 'transaction_id', [mchid, transaction_id]))[0]
  if (transaction) {
    const lock: Lock = ['transactions', mchid, transaction.out_trade_no]
    return { transaction, lock, payment: paymentOf(transaction) }
  }

  const [charged] =
    transaction_id === undefined
      ? await reader.find('serviceOrders', 'chargeNumber', [mchid, out_trade_no])
      : await reader.find('serviceOrders', 'transaction_id', [mchid, transaction_id])
  if (!charged) return undefined
  const lock: Lock = ['serviceOrders', mchid, charged.order.out_order_no]
  return { charged, lock, payment: chargeOf(charged) }
}
