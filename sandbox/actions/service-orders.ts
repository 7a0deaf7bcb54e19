import type {
  CancelServiceOrder,
  CompleteServiceOrder,
  CreateServiceOrder,
  CreateSignPlanOrder,
  ModifyServiceOrder,
  PayServiceOrder,
  ServiceOrder,
  SyncServiceOrder,
} from '../../contracts/service-orders.ts'
import { accept } from '../domain/decision.ts'
import { userOf } from '../domain/merchants.ts'
import { conflictOf } from '../domain/re-entry.ts'
import { accepted, refuse } from '../domain/refused.ts'
import { createOrder, createPlanOrder } from '../domain/service-order-creation.ts'
import {
  asQueried,
  beginCharge,
  cancelOrder,
  completeOrder,
  confirmOrder,
  detailCommand,
  expireOrder,
  failCharge,
  modifyOrder,
  type OrderDecision,
  type OrderEvent,
  payOrder,
  phaseOf,
  type ServiceOrderRecord,
  syncOrder,
} from '../domain/service-orders.ts'
import { checkUse, moveDetail } from '../domain/user-sign-plans.ts'
import type { Key, Lock, Unit } from '../store/store.ts'
import { type Context, merchantFor, type Parties, partiesDiffer } from './context.ts'
import { notifyOfConfirmation, notifyOfPayment } from './outbox.ts'
import type { ChargeOutcome, PlannedOutcomes } from './planned-outcomes.ts'

const foreign = { unknown: 'orderUnknown', mismatch: 'orderMismatch' } as const

/** How long WeChat Pay waits between two attempts; the real interval is not published. */
const chargeInterval = 60 * 60 * 1000

type Asked = Parties & { out_order_no?: string | undefined; query_id?: string | undefined }

/** What can be done with service orders, by merchant, user, platform and clock. @throws {Refused} */
export const createServiceOrderActions = (
  { store, rules }: Context,
  charges: PlannedOutcomes<ChargeOutcome>,
) => {
  type Decide = (record: ServiceOrderRecord, unit: Unit) => OrderDecision | Promise<OrderDecision>

  /** Decides about an order and lets the detail that it serves follow. */
  const change = async (
    key: Key,
    decide: Decide,
    held: readonly Lock[] = [],
  ): Promise<ServiceOrderRecord> => {
    const { detail } = (await store.get('serviceOrders', key)) ?? refuse('orderUnknown')
    const signPlanKey: Key | undefined = detail && [key[0], detail.merchant_sign_plan_no]
    const locks: Lock[] = signPlanKey ? [['userSignPlans', ...signPlanKey]] : []

    return store.change([['serviceOrders', ...key], ...locks, ...held], async (unit) => {
      const record = (await unit.get('serviceOrders', key)) ?? refuse('orderUnknown')
      const { next, events } = accepted(await decide(record, unit))
      unit.put('serviceOrders', next)
      for (const event of events) notify(unit, next, event)

      let signPlan = signPlanKey && (await unit.get('userSignPlans', signPlanKey))
      for (const event of events) {
        const command = detailCommand(event)
        if (!signPlan || !detail || !command) continue
        signPlan = accepted(moveDetail(signPlan, detail.plan_detail_no, command)).next
        unit.put('userSignPlans', signPlan)
      }
      return next
    })
  }

  /** A plan order has no confirmation to tell of, and the merchant knows what it synced itself. */
  const notify = (unit: Unit, record: ServiceOrderRecord, event: OrderEvent) => {
    if (event.type === 'confirmed' && !record.detail) notifyOfConfirmation(unit, record)
    if (event.type === 'settled' && event.paid_type === 'NEWTON') notifyOfPayment(unit, record)
  }

  const changeAs = async (key: Key, asked: Parties, decide: Decide): Promise<ServiceOrder> => {
    const { order } = await change(key, (record, unit) => {
      const situation = partiesDiffer(record.order, asked, foreign)
      return situation ? refuse(situation) : decide(record, unit)
    })
    return order
  }

  const usedByDetail = async (unit: Unit, key: Key) =>
    (await unit.find('userSignPlans', 'merchant_plan_detail_no', key)).length > 0

  type ChargeEnd = { outcome: 'succeed' | 'fail'; at: number }

  const decideEnd = (record: ServiceOrderRecord, { ids }: Unit, { outcome, at }: ChargeEnd) =>
    outcome === 'succeed'
      ? payOrder(record, {
          transaction_id: ids.transactionId(at),
          chargeNumber: ids.chargeNumber(at),
          at,
        })
      : failCharge(record, { retryAt: at + chargeInterval })

  /** Attempts a charge and ends it as planned; a held attempt stays running. */
  const attempt = async (key: Key, at?: number, asked?: Parties) => {
    const [mchid] = key
    const ended: { outcome: ChargeOutcome } = { outcome: 'hold' }
    const decide: Decide = async (record, unit) => {
      const situation = asked && partiesDiffer(record.order, asked, foreign)
      if (situation) return refuse(situation)
      const { next: begun } = accepted(beginCharge(record))
      const outcome = await charges.take(unit, mchid)
      ended.outcome = outcome
      return outcome === 'hold'
        ? accept(begun)
        : decideEnd(begun, unit, { outcome, at: at ?? unit.now() })
    }
    const { order } = await change(key, decide, [charges.lock(mchid)])

    return { order, outcome: ended.outcome }
  }

  return {
    /** The seed: the order of one detail of a signed plan. */
    createForDetail: async (mchid: string, request: CreateSignPlanOrder): Promise<ServiceOrder> => {
      const key: Key = [mchid, request.out_trade_no]
      const signPlanId: Key = [mchid, request.sign_plan_id]
      const [found] = await store.find('userSignPlans', 'sign_plan_id', signPlanId)
      const signPlanKey: Key | undefined = found && [mchid, found.signPlan.merchant_sign_plan_no]
      const locks: Lock[] = signPlanKey ? [['userSignPlans', ...signPlanKey]] : []

      return store.change([['serviceOrders', ...key], ...locks], async (unit) => {
        const existing = await unit.get('serviceOrders', key)
        if (existing) {
          return accepted(conflictOf(existing.request, request) ?? accept(existing)).next.order
        }

        const merchant = await merchantFor(unit, mchid, request)
        const signPlan =
          (signPlanKey && (await unit.get('userSignPlans', signPlanKey))) ??
          refuse('signPlanUnknown')
        const at = unit.now()
        const signer = userOf(merchant, signPlan.signPlan)
        const situation = checkUse(signPlan, { use: request, signer, at })
        if (situation) return refuse(situation)

        const { next } = accepted(
          createPlanOrder({
            request,
            mchid,
            signPlan,
            order_id: unit.ids.orderId(at),
            query_id: unit.ids.token(),
            at,
            rules,
          }),
        )
        const order_id = next.order.order_id ?? ''
        const use = { move: 'use', order_id, at } as const
        unit.put('serviceOrders', next)
        unit.put('userSignPlans', accepted(moveDetail(signPlan, request.plan_detail_no, use)).next)
        return next.order
      })
    },

    create: (
      mchid: string,
      request: CreateServiceOrder,
    ): Promise<ServiceOrder & { package?: string }> => {
      const key: Key = [mchid, request.out_order_no]

      return store.change([['serviceOrders', ...key]], async (unit) => {
        const existing = await unit.get('serviceOrders', key)
        if (!existing) await merchantFor(unit, mchid, request)
        const at = unit.now()
        const { next } = accepted(
          createOrder(existing, {
            request,
            mchid,
            order_id: unit.ids.orderId(at),
            query_id: unit.ids.token(),
            package: unit.ids.token(),
            numberUsed: await usedByDetail(unit, key),
            at,
            rules,
          }),
        )
        unit.put('serviceOrders', next)
        return { ...next.order, ...(next.package && { package: next.package }) }
      })
    },

    query: async (mchid: string, asked: Asked): Promise<ServiceOrder> => {
      const { out_order_no, query_id } = asked
      if ((out_order_no === undefined) === (query_id === undefined)) {
        return refuse('orderKeyAmbiguous')
      }
      const record = out_order_no
        ? await store.get('serviceOrders', [mchid, out_order_no])
        : (await store.find('serviceOrders', 'query_id', [mchid, query_id ?? '']))[0]
      if (!record) return refuse('orderUnknown')
      const situation = partiesDiffer(record.order, asked, foreign)

      return situation ? refuse(situation) : asQueried(record.order)
    },

    cancel: (key: Key, request: CancelServiceOrder) =>
      changeAs(key, request, (record, unit) =>
        cancelOrder(record, { reason: request.reason, at: unit.now(), rules }),
      ),

    complete: (key: Key, request: CompleteServiceOrder) =>
      changeAs(key, request, (record, unit) =>
        completeOrder(record, { request, at: unit.now(), rules }),
      ),

    modify: async (key: Key, request: ModifyServiceOrder) => {
      if (request.service_id === undefined) return refuse('serviceForbidden')
      return changeAs(key, request, (record) => modifyOrder(record, { request }))
    },

    sync: (key: Key, request: SyncServiceOrder) =>
      changeAs(key, request, (record, unit) => syncOrder(record, { request, at: unit.now() })),

    /** The merchant asks for an attempt at once. */
    pay: async (key: Key, request: PayServiceOrder): Promise<ServiceOrder> => {
      const { order, outcome } = await attempt(key, undefined, request)
      return outcome === 'fail' ? refuse('chargeFailed') : order
    },

    /** The user confirms an order that waits for it. */
    confirm: (key: Key) => change(key, (record, unit) => confirmOrder(record, { at: unit.now() })),

    /** Somebody ends a held attempt, or the user pays on the order's page. */
    endCharge: (key: Key, outcome: ChargeEnd['outcome']) =>
      change(key, (record, unit) => decideEnd(record, unit, { outcome, at: unit.now() })),

    /** What is due by the clock: the expiry of an unconfirmed order, or a charge. */
    runDue: async (key: Key, at: number): Promise<void> => {
      const record = await store.get('serviceOrders', key)
      if (!record) return
      if (phaseOf(record.order) === 'CREATED') {
        await change(key, (created) => expireOrder(created, { at }))
        return
      }
      await attempt(key, at)
    },
  }
}

export type ServiceOrderActions = ReturnType<typeof createServiceOrderActions>
