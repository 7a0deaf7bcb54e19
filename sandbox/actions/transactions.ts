import {
  CashierError,
  type CashierOutcome,
  clientResult,
  failureWords,
} from '../../contracts/cashier.ts'
import type { CreateTransaction, Product, Promotion } from '../../contracts/transactions.ts'
import { type CashierVisit, cashierProblem } from '../domain/cashier.ts'
import { type User, userOf } from '../domain/merchants.ts'
import { chargeAsTransaction } from '../domain/payments.ts'
import { accepted, refuse } from '../domain/refused.ts'
import { type Caller, callerProblem, orderProblem } from '../domain/transaction-parties.ts'
import {
  beginPayment,
  closeTransaction,
  expireTransaction,
  leaveCashier,
  newHandle,
  orderTransaction,
  payTransaction,
  type TransactionRecord,
  transactionOf,
} from '../domain/transactions.ts'
import type { Key, Unit } from '../store/store.ts'
import type { Context } from './context.ts'
import { notifyOfTransaction } from './outbox.ts'
import { findPayment } from './payments.ts'

/** What the user does at the cashier. */
export type Visit = Partial<User> & {
  /** How it ends. @default 'succeed' */
  outcome?: CashierOutcome | undefined
  /** What opened the cashier; the order's latest when it is not said. */
  handle?: string | undefined
  /** @default 'OTHERS', the balance */
  bank_type?: string | undefined
  /** A coupon that is used, of so many fen. */
  coupon?:
    | { amount: number; type?: 'CASH' | 'NOCASH' | undefined; name?: string | undefined }
    | undefined
}

const transactionId = /^\d{28}$/

/** What can be done with orders of basic payments, by merchant, user and clock. @throws {Refused} */
export const createTransactionActions = ({ store, rules }: Context) => {
  const checkCaller = async (mchid: string, caller: Caller) => {
    const problem = callerProblem(await store.get('merchants', [mchid, mchid]), caller)
    if (problem) refuse(problem)
  }

  const differs = ({ sub_mchid }: Caller, owner: string | undefined) => {
    if (sub_mchid === owner) return
    refuse(sub_mchid === undefined ? 'transactionForeign' : 'subMerchantTransactionForeign')
  }

  /** Only of a number of WeChat Pay's can be told that it is another merchant's. */
  const isForeign = async (transaction_id: string) => {
    for (const { mchid } of await store.list('merchants')) {
      if (await findPayment(store, mchid, { transaction_id })) return true
    }
    return false
  }

  type Decide = (record: TransactionRecord | undefined, unit: Unit) => TransactionRecord

  const change = (key: Key, decide: Decide) =>
    store.change([['transactions', ...key]], async (unit) => {
      const next = decide(await unit.get('transactions', key), unit)
      unit.put('transactions', next)
      return next
    })

  /** Every id of the payer, as far as WeChat knows them; one that it must tell is made up. */
  const payerAs = async (mchid: string, record: TransactionRecord, asked: User): Promise<User> => {
    const merchant = await store.get('merchants', [mchid, mchid])
    const { openid, sp_openid, sub_openid } = record.order?.request.payer ?? {}
    const named = { openid: openid ?? sp_openid, sub_openid }
    const said = [asked, named].find((user) => user.openid ?? user.sub_openid)
    return userOf(merchant, said ?? merchant?.users[0] ?? {})
  }

  return {
    order: (mchid: string, product: Product, request: CreateTransaction) => {
      const key: Key = [mchid, request.out_trade_no]
      return store.change([['transactions', ...key]], async (unit) => {
        const problem = orderProblem(await unit.get('merchants', [mchid, mchid]), product, request)
        if (problem) refuse(problem)
        const at = unit.now()
        const handle = newHandle(product, unit.ids, at)
        const existing = await unit.get('transactions', key)
        const command = { mchid, product, request, handle, at, rules }
        unit.put('transactions', accepted(orderTransaction(existing, command)).next)

        // The schema of each answer keeps the one of its product.
        return { prepay_id: handle, h5_url: handle, code_url: handle }
      })
    },

    query: async (
      mchid: string,
      asked: Caller & { transaction_id?: string; out_trade_no?: string },
    ) => {
      await checkCaller(mchid, asked)
      const { transaction_id } = asked
      if (transaction_id !== undefined && !transactionId.test(transaction_id)) {
        refuse('transactionIdMalformed')
      }
      const { transaction, charged, payment } = (await findPayment(store, mchid, asked)) ?? {}
      const shown = transaction && transactionOf(transaction)
      if (shown) {
        differs(asked, shown.sub_mchid)
        return shown
      }
      if (charged && payment) {
        differs(asked, payment.sub_mchid)
        const key: Key = [mchid, payment.transaction_id]
        const refunds = await store.find('refunds', 'transaction_id', key)
        return chargeAsTransaction(charged, { charge: payment, refunded: refunds.length > 0 })
      }
      const foreign = transaction_id !== undefined && (await isForeign(transaction_id))
      return refuse(foreign ? 'transactionForeign' : 'transactionUnknown')
    },

    close: async (
      mchid: string,
      { out_trade_no, ...caller }: Caller & { out_trade_no: string },
    ) => {
      await checkCaller(mchid, caller)
      await change([mchid, out_trade_no], (existing, unit) => {
        if (existing?.order) differs(caller, existing.order.request.sub_mchid)
        const command = { mchid, out_trade_no, at: unit.now(), rules }
        return accepted(closeTransaction(existing, command)).next
      })
    },

    /** The user comes to the cashier. @throws {CashierError} when it does not open */
    visit: async ([mchid, number]: Key, { outcome = 'succeed', ...visit }: Visit) => {
      const key: Key = [mchid, number]
      const found = (await store.get('transactions', key)) ?? refuse('transactionUnknown')
      const user = await payerAs(mchid, found, visit)
      const record = await change(key, (existing = found, unit) => {
        const at = unit.now()
        const { handle = existing.handles.at(-1)?.id, bank_type = 'OTHERS', coupon } = visit
        const arrival: CashierVisit = { handle, user, bank_type, coupon: coupon?.amount, at }
        const problem = cashierProblem(existing, arrival)
        if (problem) throw new CashierError(problem)
        if (outcome === 'slow') return accepted(beginPayment(existing, user)).next
        if (outcome !== 'succeed') return accepted(leaveCashier(existing, user)).next

        const { ids } = unit
        const { openid = `o${ids.token().slice(0, 27)}`, sub_openid = openid } = user
        const payment = {
          transaction_id: ids.transactionId(at),
          bank_type,
          payer: { openid, sub_openid },
          ...(coupon && { coupon: promotionOf(coupon, ids.chargeNumber(at)) }),
          paidAt: at,
        }
        const paid = accepted(payTransaction(existing, payment)).next
        notifyOfTransaction(unit, paid)
        return paid
      })
      const shown = failureWords[outcome]

      return {
        outcome,
        ...(shown !== undefined && { shown }),
        result: clientResult(found.order?.product ?? 'native', outcome),
        transaction: transactionOf(record),
      }
    },

    expire: async (key: Key) => {
      await change(
        key,
        (existing) => accepted(expireTransaction(existing ?? refuse('transactionUnknown'))).next,
      )
    },
  }
}

const promotionOf = (
  { amount, type = 'NOCASH', name = '代金券' }: NonNullable<Visit['coupon']>,
  number: string,
): Promotion => ({
  coupon_id: number.slice(-11),
  name,
  scope: 'GLOBAL',
  type,
  amount,
  stock_id: number.slice(-8),
  wechatpay_contribute: 0,
  merchant_contribute: amount,
  other_contribute: 0,
  currency: 'CNY',
})

export type TransactionActions = ReturnType<typeof createTransactionActions>
