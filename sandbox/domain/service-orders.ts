import type { Situation } from '../../contracts/errors.ts'
import type {
  CompleteServiceOrder,
  CreateServiceOrder,
  CreateSignPlanOrder,
  ModifyServiceOrder,
  ServiceOrder,
  SyncServiceOrder,
} from '../../contracts/service-orders.ts'
import { type MoveOf, nextState, type OrderPhase } from '../../contracts/states.ts'
import { formatOrderTime, parseOrderTime } from '../../contracts/time.ts'
import { accept, type Decision, type Refusal, refusal } from './decision.ts'
import { checkItems, type Items, totalOf } from './order-items.ts'
import { conflictOf } from './re-entry.ts'
import { checkCompletion, checkPlace, resolveOnAccept } from './time-range.ts'
import type { DetailCommand } from './user-sign-plans.ts'

/** A service order as it is remembered; times in milliseconds, amounts in fen. */
export type ServiceOrderRecord = {
  mchid: string
  request: CreateSignPlanOrder | CreateServiceOrder
  order: ServiceOrder
  /** The most that may be charged. */
  ceiling: number
  createdAt: number
  query_id: string
  /** The detail of a sign plan that this order serves; nothing for an ordinary order. */
  detail?: { merchant_sign_plan_no: string; plan_detail_no: number }
  /** Opens the page on which the user confirms an ordinary order. */
  package?: string
  completion?: CompleteServiceOrder
  cancelReason?: string
  transaction_id?: string
  /** The order number that WeChat Pay gave its own charge. */
  chargeNumber?: string
  paidAt?: number
  /** While USER_PAYING: whether the next attempt waits for `due`, or one is running. */
  charge?: 'waiting' | 'running'
  /** When a CREATED order expires, or the next charge is attempted. */
  due?: number
}

export type OrderEvent =
  | { type: 'confirmed' }
  | { type: 'completed'; total_amount: number }
  | { type: 'settled'; total_amount: number; at: number; paid_type?: 'NEWTON' | 'MCH' }
  | { type: 'cancelled'; at: number }

export type OrderRules = {
  /** Refuses times in the past; the documented examples are of 2009. */
  strictTime: boolean
  /** What a plan order begins as; CREATED waits for the user, for pessimistic tests. */
  initialOrderState: 'DOING' | 'CREATED'
  /** Whether a completed order may be cancelled before it is paid; the sources disagree. */
  cancelWhilePaying: 'allow' | 'deny'
  /** Seconds of business time until a charge or a refund ends by itself. */
  settlementDelay: number
}

export type OrderDecision = Decision<ServiceOrderRecord, OrderEvent>

type Move = MoveOf<'serviceorder'>

/** How a move is refused that a phase does not have; the first of phase and `otherwise`. */
const refusals: Record<Move, Partial<Record<OrderPhase, Situation>> & { otherwise: Situation }> = {
  confirm: { otherwise: 'orderStateIllegal' },
  expire: { otherwise: 'orderStateIllegal' },
  cancel: { DONE: 'orderDone', REVOKED: 'orderCanceled', otherwise: 'cancelNotAllowed' },
  complete: { otherwise: 'orderStateIllegal' },
  settle: { otherwise: 'orderStateIllegal' },
  modify: { otherwise: 'modifyNotPaying' },
  pay: {
    CREATED: 'payTooEarly',
    'DOING/USER_CONFIRM': 'payTooEarly',
    DONE: 'orderDone',
    REVOKED: 'orderCanceled',
    otherwise: 'orderStateIllegal',
  },
  sync: { DONE: 'orderDone', REVOKED: 'orderCanceled', otherwise: 'orderStateIllegal' },
}

export const phaseOf = ({ state, state_description }: ServiceOrder): OrderPhase =>
  state === 'DOING' ? `${state}/${state_description || 'USER_CONFIRM'}` : state

const check = (record: ServiceOrderRecord, move: Move): Refusal | undefined => {
  const phase = phaseOf(record.order)
  if (nextState('serviceorder', phase, move)) return undefined

  return refusal(refusals[move][phase] ?? refusals[move].otherwise)
}

export const confirmed = { state: 'DOING', state_description: 'USER_CONFIRM' } as const

/** The user confirms a CREATED order; a start of `OnAccept` becomes this moment. */
export const confirmOrder = (record: ServiceOrderRecord, { at }: { at: number }): OrderDecision => {
  const refused = check(record, 'confirm')
  if (refused) return refused

  const { due: _, ...rest } = record
  const order: ServiceOrder = {
    ...record.order,
    ...confirmed,
    ...(record.order.time_range && { time_range: resolveOnAccept(record.order.time_range, at) }),
  }
  return accept({ ...rest, order }, { type: 'confirmed' })
}

/** Nobody confirmed a CREATED order in time; a detail that it was to serve is used up. */
export const expireOrder = (record: ServiceOrderRecord, { at }: { at: number }): OrderDecision => {
  const refused = check(record, 'expire')
  if (refused) return refused

  const { due: _, ...rest } = record
  const order: ServiceOrder = { ...record.order, state: 'EXPIRED' }
  return accept({ ...rest, order }, { type: 'cancelled', at })
}

/** The merchant cancels; the same reason again is a repeat. */
export const cancelOrder = (
  record: ServiceOrderRecord,
  { reason, at, rules }: { reason: string; at: number; rules: OrderRules },
): OrderDecision => {
  if (record.order.state === 'REVOKED' && record.cancelReason === reason) return accept(record)
  const refused = check(record, 'cancel')
  if (refused) return refused
  if (record.charge === 'running') return refusal('chargeRunning')
  if (phaseOf(record.order) === 'DOING/MCH_COMPLETE' && rules.cancelWhilePaying === 'deny') {
    return refusal('cancelNotAllowed')
  }

  const order: ServiceOrder = { ...withoutDescription(record.order), state: 'REVOKED' }
  return accept(
    { ...withoutCharge(record), order, cancelReason: reason },
    { type: 'cancelled', at },
  )
}

type Completion = { request: CompleteServiceOrder; at: number; rules: OrderRules }

/** The merchant says what the service cost; the charge follows by itself. */
export const completeOrder = (
  record: ServiceOrderRecord,
  { request, at, rules }: Completion,
): OrderDecision => {
  if (phaseOf(record.order) === 'DOING/MCH_COMPLETE' && record.completion) {
    return conflictOf(record.completion, request) ?? accept(record)
  }
  const refused = check(record, 'complete')
  if (refused) return refused

  const created = record.order.time_range ?? {}
  const actual = request.time_range ?? {}
  const situation =
    checkCompletion({
      created,
      actual,
      createdAt: record.createdAt,
      at,
      strict: rules.strictTime,
    }) ??
    checkPlace(request.location) ??
    checkItems(request, { namesRepeat: isPartners(request) }) ??
    checkTotal(request, record.ceiling)
  if (situation) return refusal(situation)

  const { total_amount, post_payments, post_discounts } = request
  const { post_discounts: _, ...before } = record.order
  const order: ServiceOrder = {
    ...before,
    post_payments,
    ...(post_discounts && { post_discounts }),
    total_amount,
    need_collection: total_amount > 0,
    ...(request.time_range && {
      time_range: resolveOnAccept(
        { ...record.order.time_range, ...request.time_range },
        record.createdAt,
      ),
    }),
    ...(request.location && { location: request.location }),
  }
  const completed = { type: 'completed', total_amount } as const

  if (total_amount === 0) {
    const done: ServiceOrder = { ...withoutDescription(order), state: 'DONE' }
    const settled = { type: 'settled', total_amount, at } as const
    return accept({ ...record, order: done, completion: request }, completed, settled)
  }

  const paying: ServiceOrder = {
    ...order,
    state_description: 'MCH_COMPLETE',
    collection: collectionOf(total_amount),
  }
  const due = at + rules.settlementDelay * 1000
  return accept(
    { ...record, order: paying, completion: request, charge: 'waiting', due },
    completed,
  )
}

// The partner's pages of 2025 let names repeat.
const isPartners = (request: CompleteServiceOrder | ModifyServiceOrder) => 'sub_mchid' in request

const collectionOf = (total_amount: number) =>
  ({
    state: 'USER_PAYING',
    total_amount,
    paying_amount: total_amount,
    paid_amount: 0,
  }) as const

const checkTotal = (
  items: Items & { total_amount: number },
  ceiling: number,
): Situation | undefined => {
  if (totalOf(items) !== items.total_amount) return 'totalIllegal'
  return items.total_amount > ceiling ? 'totalAboveRisk' : undefined
}

/** The merchant asks for less than at completion, while the user has not paid. */
export const modifyOrder = (
  record: ServiceOrderRecord,
  { request }: { request: ModifyServiceOrder },
): OrderDecision => {
  const refused = check(record, 'modify')
  if (refused) return refused
  if (record.charge === 'running') return refusal('chargeRunning')

  const { total_amount, post_payments, post_discounts } = request
  const situation =
    checkItems(request, { namesRepeat: isPartners(request) }) ?? checkTotal(request, record.ceiling)
  if (situation) return refusal(situation)
  if (total_amount >= (record.order.total_amount ?? 0)) return refusal('modifyNotLower')

  const { post_discounts: _, ...before } = record.order
  const order: ServiceOrder = {
    ...before,
    post_payments,
    ...(post_discounts && { post_discounts }),
    total_amount,
    collection: collectionOf(total_amount),
  }
  return accept({ ...record, order }, { type: 'completed', total_amount })
}

/** An attempt to charge begins; until it ends, nothing else may change the order. */
export const beginCharge = (record: ServiceOrderRecord): OrderDecision => {
  const refused = check(record, 'pay')
  if (refused) return refused
  if (record.charge === 'running') return refusal('chargeRunning')

  const { due: _, ...rest } = record
  return accept({ ...rest, charge: 'running' })
}

/** The attempt failed; WeChat Pay tries again at `retryAt`, without end. */
export const failCharge = (
  record: ServiceOrderRecord,
  { retryAt }: { retryAt: number },
): OrderDecision => check(record, 'pay') ?? accept({ ...record, charge: 'waiting', due: retryAt })

/** The attempt succeeded, or the user paid on the order's page. */
export const payOrder = (
  record: ServiceOrderRecord,
  {
    transaction_id,
    chargeNumber,
    at,
  }: { transaction_id: string; chargeNumber: string; at: number },
): OrderDecision => {
  const refused = check(record, 'pay')
  if (refused) return refused

  const paid_time = formatOrderTime(at)
  const [paid, event] = settle(record, { paid_type: 'NEWTON', transaction_id, paid_time, at })
  return accept({ ...paid, chargeNumber, transaction_id }, event)
}

/** The merchant was paid outside of PayScore. */
export const syncOrder = (
  record: ServiceOrderRecord,
  { request, at }: { request: SyncServiceOrder; at: number },
): OrderDecision => {
  const refused = check(record, 'sync')
  if (refused) return refused
  if (record.charge === 'running') return refusal('chargeRunning')
  if (!parseOrderTime(request.detail.paid_time)) return refusal('timeFormat')

  return accept(...settle(record, { paid_type: 'MCH', paid_time: request.detail.paid_time, at }))
}

type Payment = {
  paid_type: 'NEWTON' | 'MCH'
  paid_time: string
  transaction_id?: string
  at: number
}

const settle = (
  record: ServiceOrderRecord,
  { at, ...payment }: Payment,
): [ServiceOrderRecord, OrderEvent] => {
  const total_amount = record.order.total_amount ?? 0
  const order: ServiceOrder = {
    ...withoutDescription(record.order),
    state: 'DONE',
    collection: {
      state: 'USER_PAID',
      total_amount,
      paying_amount: 0,
      paid_amount: total_amount,
      details: [{ seq: 1, amount: total_amount, ...payment }],
    },
  }
  const next = { ...withoutCharge(record), order, paidAt: at }

  return [next, { type: 'settled', total_amount, at, paid_type: payment.paid_type }]
}

/** An order as a query shows it: texts that are not set are there, and empty. */
export const asQueried = (order: ServiceOrder): ServiceOrder => ({
  ...order,
  state_description: order.state_description ?? '',
  attach: order.attach ?? '',
  ...(order.risk_fund && { risk_fund: { description: '', ...order.risk_fund } }),
})

const withoutDescription = ({ state_description: _, ...order }: ServiceOrder): ServiceOrder => order

const withoutCharge = ({ charge: _, due: __, ...record }: ServiceOrderRecord): ServiceOrderRecord =>
  record

/** What an event of a plan order does to its detail. */
export const detailCommand = (event: OrderEvent): DetailCommand | undefined => {
  switch (event.type) {
    case 'confirmed':
      return undefined
    case 'completed':
      return { move: 'complete', total_amount: event.total_amount }
    case 'settled':
      return { move: 'pay', total_amount: event.total_amount, at: event.at }
    case 'cancelled':
      return { move: 'cancel', at: event.at }
  }
}
