import type { CreateRefund, Refund } from '../../contracts/refunds.ts'
import { createRefund, endRefund, holdRefund, type RefundOutcome } from '../domain/refunds.ts'
import { accepted, refuse } from '../domain/refused.ts'
import type { Key, Lock, Unit } from '../store/store.ts'
import { type Context, type Parties, partiesDiffer } from './context.ts'
import { notifyOfRefund } from './outbox.ts'
import type { PlannedOutcomes, PlannedRefund } from './planned-outcomes.ts'

const foreign = { unknown: 'refundUnknown', mismatch: 'refundUnknown' } as const

/** What can be done with refunds. @throws {Refused} */
export const createRefundActions = (
  { store, rules }: Context,
  planned: PlannedOutcomes<PlannedRefund>,
) => {
  const endIn = async (unit: Unit, key: Key, ending: { outcome: RefundOutcome; at: number }) => {
    const record = (await unit.get('refunds', key)) ?? refuse('refundUnknown')
    const { next } = accepted(endRefund(record, ending))
    unit.put('refunds', next)
    notifyOfRefund(unit, next, ending.outcome)
    return next.refund
  }

  return {
    create: async (mchid: string, request: CreateRefund): Promise<Refund> => {
      const key: Key = [mchid, request.out_refund_no]
      const payment: Key = [mchid, request.transaction_id ?? '']
      const [found] = await store.find('serviceOrders', 'transaction_id', payment)
      const order = found && found.order.sub_mchid === request.sub_mchid ? found : undefined
      const locks: Lock[] = order ? [['serviceOrders', mchid, order.order.out_order_no]] : []

      const decide = async (unit: Unit) => {
        const at = unit.now()
        const existing = await unit.get('refunds', key)
        const earlier = await unit.find('refunds', 'transaction_id', payment)
        const { next } = accepted(
          createRefund(existing, {
            request,
            mchid,
            order,
            earlier,
            refund_id: unit.ids.refundId(at),
            out_trade_no: order?.chargeNumber ?? '',
            at,
            delay: rules.settlementDelay,
          }),
        )
        const short = !existing && (await planned.pending(unit, mchid))[0] === 'NOT_ENOUGH'
        if (!short) unit.put('refunds', next)
        else await planned.take(unit, mchid)
        return { refund: next.refund, short }
      }
      const held: Lock[] = [['refunds', ...key], planned.lock(mchid), ...locks]
      const { refund, short } = await store.change(held, decide)

      // The plan is used up by this refusal, so it is not thrown within the change.
      return short ? refuse('balanceShort') : refund
    },

    query: async (key: Key, parties: Parties): Promise<Refund> => {
      const record = await store.get('refunds', key)
      if (!record || partiesDiffer(record.request, parties, foreign)) return refuse('refundUnknown')

      return record.refund
    },

    /** The money arrives, or does not. */
    end: (key: Key, outcome: RefundOutcome): Promise<Refund> =>
      store.change([['refunds', ...key]], (unit) => endIn(unit, key, { outcome, at: unit.now() })),

    runDue: ([mchid, number]: Key, at: number): Promise<void> => {
      const key: Key = [mchid, number]
      return store.change([['refunds', ...key], planned.lock(mchid)], async (unit) => {
        // Want of money is for the next creation; this refund was created already.
        const isShort = (await planned.pending(unit, mchid))[0] === 'NOT_ENOUGH'
        const outcome = isShort ? 'SUCCESS' : await planned.take(unit, mchid)
        if (outcome === 'NOT_ENOUGH') return
        if (outcome !== 'hold') {
          await endIn(unit, key, { outcome, at })
          return
        }
        const record = (await unit.get('refunds', key)) ?? refuse('refundUnknown')
        unit.put('refunds', accepted(holdRefund(record)).next)
      })
    },
  }
}

export type RefundActions = ReturnType<typeof createRefundActions>
