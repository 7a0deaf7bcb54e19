import type { CreateRefund, Refund } from '../../contracts/refunds.ts'
import { createRefund, endRefund, holdRefund, type RefundOutcome } from '../domain/refunds.ts'
import { accepted, refuse } from '../domain/refused.ts'
import type { Key, Lock } from '../store/store.ts'
import { type Context, type Parties, partiesDiffer } from './context.ts'
import type { PlannedOutcomes, PlannedRefund } from './planned-outcomes.ts'

const foreign = { unknown: 'refundUnknown', mismatch: 'refundUnknown' } as const

/** What can be done with refunds. @throws {Refused} */
export const createRefundActions = (
  { store, ids, now, notices }: Context,
  orders: PlannedOutcomes<PlannedRefund>,
) => {
  const end = (key: Key, outcome: RefundOutcome, at: number): Promise<Refund> =>
    store.change([['refunds', ...key]], async (unit) => {
      const record = (await unit.get('refunds', key)) ?? refuse('refundUnknown')
      const { next } = accepted(endRefund(record, { outcome, at }))
      unit.put('refunds', next)
      notices.ofRefund(unit, next, outcome)
      return next.refund
    })

  const hold = (key: Key) =>
    store.change([['refunds', ...key]], async (unit) => {
      const record = await unit.get('refunds', key)
      if (record) unit.put('refunds', accepted(holdRefund(record)).next)
    })

  return {
    create: async (mchid: string, request: CreateRefund): Promise<Refund> => {
      const key: Key = [mchid, request.out_refund_no]
      const payment: Key = [mchid, request.transaction_id ?? '']
      const [found] = await store.find('serviceOrders', 'transaction_id', payment)
      const order = found && found.order.sub_mchid === request.sub_mchid ? found : undefined
      const locks: Lock[] = order ? [['serviceOrders', mchid, order.order.out_order_no]] : []

      return store.change([['refunds', ...key], ...locks], async (unit) => {
        const at = now()
        const known = await unit.get('refunds', key)
        const earlier = await unit.find('refunds', 'transaction_id', payment)
        const { next } = accepted(
          createRefund(known, {
            request,
            mchid,
            order,
            earlier,
            refund_id: ids.refundId(at),
            out_trade_no: order?.chargeNumber ?? '',
            at,
          }),
        )
        if (!known && orders.pending(mchid)[0] === 'NOT_ENOUGH') {
          orders.next(mchid)
          return refuse('balanceShort')
        }
        unit.put('refunds', next)
        return next.refund
      })
    },

    query: async (key: Key, parties: Parties): Promise<Refund> => {
      const record = await store.get('refunds', key)
      if (!record || partiesDiffer(record.request, parties, foreign)) return refuse('refundUnknown')

      return record.refund
    },

    /** The money arrives, or does not. */
    end,

    settle: async (key: Key, at: number): Promise<void> => {
      // Want of money is for the next creation; this refund was created already.
      const [mchid] = key
      const outcome = orders.pending(mchid)[0] === 'NOT_ENOUGH' ? 'SUCCESS' : orders.next(mchid)
      if (outcome === 'hold') await hold(key)
      else if (outcome !== 'NOT_ENOUGH') await end(key, outcome, at)
    },
  }
}

export type RefundActions = ReturnType<typeof createRefundActions>
