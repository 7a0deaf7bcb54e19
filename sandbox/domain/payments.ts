import { formatRfc3339 } from '../../contracts/time.ts'
import type { Promotion } from '../../contracts/transactions.ts'
import type { ServiceOrderRecord } from './service-orders.ts'
import { stateWords, type TransactionRecord } from './transactions.ts'

/** Money that came in, be it for a transaction or as the charge of a service order. */
export type Payment = {
  sub_mchid: string | undefined
  transaction_id: string
  out_trade_no: string
  total: number
  coupon?: Promotion
  paidAt: number
}

/** The payment of a transaction, once it is paid. */
export const paymentOf = ({
  order,
  payment,
  out_trade_no,
}: TransactionRecord): Payment | undefined => {
  if (!order || !payment) return undefined
  const { amount, sub_mchid } = order.request
  return { ...payment, out_trade_no, total: amount.total, sub_mchid }
}

/** The payment of a service order that was charged. */
export const chargeOf = (record: ServiceOrderRecord): Payment | undefined => {
  const { order, transaction_id, chargeNumber, paidAt } = record
  if (transaction_id === undefined || chargeNumber === undefined || paidAt === undefined)
    return undefined

  return {
    sub_mchid: order.sub_mchid,
    transaction_id,
    out_trade_no: chargeNumber,
    total: order.collection?.paid_amount ?? 0,
    paidAt,
  }
}

/** A charge as the queries of transactions tell of it, which know no product of its kind. */
export const chargeAsTransaction = (
  { mchid, order }: ServiceOrderRecord,
  { charge, refunded }: { charge: Payment; refunded: boolean },
) => {
  const { appid, sub_mchid, sub_appid, openid = '', sub_openid, attach = '' } = order
  const trade_state = refunded ? ('REFUND' as const) : ('SUCCESS' as const)
  const parties =
    sub_mchid === undefined
      ? { appid, mchid, payer: { openid } }
      : {
          sp_appid: appid,
          sp_mchid: mchid,
          sub_appid,
          sub_mchid,
          payer: { sp_openid: openid, sub_openid },
        }

  return {
    ...parties,
    out_trade_no: charge.out_trade_no,
    transaction_id: charge.transaction_id,
    trade_state,
    trade_state_desc: stateWords[trade_state],
    bank_type: 'OTHERS',
    attach,
    success_time: formatRfc3339(charge.paidAt),
    amount: {
      total: charge.total,
      payer_total: charge.total,
      currency: 'CNY',
      payer_currency: 'CNY',
    },
    promotion_detail: [],
  }
}
