import {
  type CreateRefund,
  type RedirectRefund,
  RedirectToCard,
  type Refund,
} from '../../contracts/refunds.ts'
import { check } from '../../contracts/violation.ts'
import {
  createRefund,
  endRefund,
  holdRefund,
  type RefundOutcome,
  redirectRefund,
} from '../domain/refunds.ts'
import { accepted, refuse } from '../domain/refused.ts'
import { isAcquired } from '../domain/transaction-parties.ts'
import { markRefunded } from '../domain/transactions.ts'
import type { Key, Lock, Unit } from '../store/store.ts'
import { type Context, type Parties, partiesDiffer } from './context.ts'
import { notifyOfRefund } from './outbox.ts'
import { findPayment } from './payments.ts'
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

  const markPayment = async (unit: Unit, key: Key | undefined) => {
    const transaction = key && (await unit.get('transactions', key))
    if (transaction) unit.put('transactions', markRefunded(transaction))
  }

  return {
    create: async (mchid: string, request: CreateRefund): Promise<Refund> => {
      const key: Key = [mchid, request.out_refund_no]
      const found = await findPayment(store, mchid, request)
      const payment = found?.payment
      const locks: Lock[] = found ? [found.lock] : []

      const decide = async (unit: Unit) => {
        const at = unit.now()
        const existing = await unit.get('refunds', key)
        const merchant = await unit.get('merchants', [mchid, mchid])
        const { sub_mchid } = request
        if (!existing && sub_mchid !== undefined && !isAcquired(merchant, sub_mchid)) {
          return refuse('acquiringUnbound')
        }
        const { next } = accepted(
          createRefund(existing, {
            request,
            mchid,
            payment,
            earlier: payment
              ? await unit.find('refunds', 'transaction_id', [mchid, payment.transaction_id])
              : [],
            refund_id: unit.ids.refundId(at),
            at,
            delay: rules.settlementDelay,
          }),
        )
        const short = !existing && (await planned.pending(unit, mchid))[0] === 'NOT_ENOUGH'
        if (short) await planned.take(unit, mchid)
        else {
          unit.put('refunds', next)
          await markPayment(unit, found?.transaction && [mchid, found.transaction.out_trade_no])
        }
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

    /** An abnormal refund goes another way; `decrypt` reads what is encrypted in the request. */
    redirect: async (
      mchid: string,
      request: RedirectRefund & { refund_id: string },
      decrypt: (texts: readonly string[]) => Promise<readonly string[]>,
    ): Promise<Refund> => {
      const { refund_id, out_refund_no, sub_mchid, type, bank_type } = request
      const key: Key = [mchid, out_refund_no]
      const card = type === 'USER_BANK_CARD' ? check(RedirectToCard, request, 'body') : undefined
      if (card && !card.ok) return refuse(card.violation.situation, card.violation)
      const [account] = card ? await decrypt([card.data.bank_account, card.data.real_name]) : []
      const redirection = { type, bank_type, ...(account && { tail: account.slice(-4) }) }

      return store.change([['refunds', ...key]], async (unit) => {
        const record = (await unit.get('refunds', key)) ?? refuse('refundUnknown')
        const isMeant = record.refund.refund_id === refund_id
        if (!isMeant || record.request.sub_mchid !== sub_mchid) return refuse('refundUnknown')
        const at = unit.now()
        const delay = rules.settlementDelay
        const { next } = accepted(redirectRefund(record, { redirection, at, delay }))
        unit.put('refunds', next)
        return next.refund
      })
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
