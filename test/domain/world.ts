import fc from 'fast-check'
import type { Decision } from '../../sandbox/domain/decision.ts'
import { chargeOf } from '../../sandbox/domain/payments.ts'
import { type PlanRecord, stopPlan } from '../../sandbox/domain/plans.ts'
import {
  createRefund,
  endRefund,
  type RefundOutcome,
  type RefundRecord,
} from '../../sandbox/domain/refunds.ts'
import { createPlanOrder } from '../../sandbox/domain/service-order-creation.ts'
import {
  beginCharge,
  cancelOrder,
  completeOrder,
  confirmOrder,
  detailCommand,
  expireOrder,
  failCharge,
  modifyOrder,
  type OrderDecision,
  type OrderRules,
  payOrder,
  type ServiceOrderRecord,
  syncOrder,
} from '../../sandbox/domain/service-orders.ts'
import {
  checkUse,
  endSignPlan,
  expireSignPlan,
  moveDetail,
  refuseToSign,
  signSignPlan,
  type UserSignPlanRecord,
} from '../../sandbox/domain/user-sign-plans.ts'
import {
  completion,
  modification,
  planOrderRequest,
  refundRequest,
  sync,
} from '../support/requests.ts'
import { at, mchid, plan, rules, signed, unsigned } from './records.ts'

/** One plan, one user's sign plan, and its orders and refunds by number. */
export type World = {
  now: number
  rules: OrderRules
  plan: PlanRecord
  signPlan: UserSignPlanRecord
  orders: ReadonlyMap<string, ServiceOrderRecord>
  refunds: ReadonlyMap<string, RefundRecord>
  /** How many orders and payments there have been; numbers them. */
  issued: number
}

/** `ahead` counts from the detail that was used last. */
export type Command =
  | { type: 'stop plan' | 'sign' | 'close page' | 'expire' | 'stop' | 'cancel' | 'revoke' }
  | { type: 'wait'; milliseconds: number }
  | { type: 'use'; ahead: number }
  | { type: 'complete' | 'modify'; ahead: number; amount: number }
  | { type: 'confirm' | 'expire order' | 'cancel order'; ahead: number }
  | { type: 'begin charge' | 'fail charge' | 'pay' | 'sync'; ahead: number }
  | { type: 'refund'; ahead: number; amount: number; number: string }
  | { type: 'end refund'; outcome: RefundOutcome; number: string }

const ahead = fc.constantFrom(0, 0, 0, 0, -1, -2)
const amount = fc.constantFrom(0, 1, 4_000, 4_000, 8_000, 8_000, 9_000, 9_001)
const number = fc.constantFrom('R1', 'R2', 'R3')

const types = <Type extends Command['type']>(...names: Type[]) => fc.constantFrom(...names)

const endings = types('stop plan', 'close page', 'expire', 'stop', 'cancel', 'revoke')
const lives = types('confirm', 'confirm', 'confirm', 'expire order', 'cancel order')
const charges = types('pay', 'pay', 'pay', 'begin charge', 'fail charge', 'sync')

const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 1, arbitrary: fc.record({ type: endings }) },
  { weight: 2, arbitrary: fc.record({ type: types('sign') }) },
  {
    weight: 6,
    arbitrary: fc.record({
      type: types('wait'),
      milliseconds: fc.constantFrom(60_000, 60_000, 59_999, 3_000_000),
    }),
  },
  {
    weight: 12,
    arbitrary: fc.record({ type: types('use'), ahead: fc.constantFrom(1, 1, 1, 0, 2) }),
  },
  {
    weight: 14,
    arbitrary: fc.record({ type: types('complete', 'complete', 'modify'), ahead, amount }),
  },
  { weight: 6, arbitrary: fc.record({ type: lives, ahead }) },
  { weight: 14, arbitrary: fc.record({ type: charges, ahead }) },
  { weight: 14, arbitrary: fc.record({ type: types('refund'), ahead, amount, number }) },
  {
    weight: 10,
    arbitrary: fc.record({
      type: types('end refund'),
      outcome: fc.constantFrom<RefundOutcome>('SUCCESS', 'ABNORMAL', 'CLOSED'),
      number,
    }),
  },
)

/** A beginning, and what everybody wants to do then, allowed or not. */
export const histories = fc.record({
  beginning: fc.record({
    signPlan: fc.constantFrom(unsigned, signed, signed),
    initialOrderState: fc.constantFrom('DOING', 'DOING', 'CREATED'),
  }),
  commands: fc.array(command, { minLength: 60, maxLength: 120 }),
})

type Begin = { signPlan: UserSignPlanRecord; initialOrderState: OrderRules['initialOrderState'] }

export const begin = ({ signPlan, initialOrderState }: Begin): World => ({
  now: at,
  rules: { ...rules, initialOrderState },
  plan,
  signPlan,
  orders: new Map(),
  refunds: new Map(),
  issued: 0,
})

/** Carries out what the rules allow; a refused command leaves the world as it is. */
export const step = (world: World, command: Command): World => {
  const { now, signPlan } = world

  switch (command.type) {
    case 'stop plan':
      return taken(world, stopPlan(world.plan, { at: now }), (next) => ({ plan: next }))
    case 'sign':
      return signing(world, signSignPlan(signPlan, { plan: world.plan, at: now }))
    case 'close page':
      return signing(world, refuseToSign(signPlan, { at: now }))
    case 'expire':
      return signing(world, expireSignPlan(signPlan))
    case 'stop':
    case 'cancel':
    case 'revoke':
      return signing(world, endSignPlan(signPlan, { move: command.type, reason: '', at: now }))
    case 'wait':
      return { ...world, now: now + command.milliseconds }
    case 'use':
      return use(world, detailOf(world, command))
    case 'refund':
      return refund(world, command)
    case 'end refund':
      return endingRefund(world, command)
    default:
      return ordering(world, command)
  }
}

const taken = <Next>(
  world: World,
  decision: Decision<Next, unknown>,
  change: (next: Next) => Partial<World>,
): World => (decision.ok ? { ...world, ...change(decision.next), issued: world.issued + 1 } : world)

const signing = (world: World, decision: Decision<UserSignPlanRecord, unknown>) =>
  taken(world, decision, (signPlan) => ({ signPlan }))

const detailOf = ({ signPlan }: World, { ahead }: { ahead: number }) =>
  signPlan.signPlan.going_detail_no + ahead

const use = (world: World, plan_detail_no: number): World => {
  const { now, signPlan, orders, issued } = world
  const request = planOrderRequest('0102', plan_detail_no)
  const signer = { openid: request.openid }
  if (checkUse(signPlan, { use: request, signer, at: now })) return world

  const order_id = `order ${issued}`
  const created = createPlanOrder({
    request,
    mchid,
    signPlan,
    order_id,
    query_id: '',
    at: now,
    rules: world.rules,
  })
  const moved = moveDetail(signPlan, plan_detail_no, { move: 'use', order_id, at: now })
  if (!moved.ok) return world

  return taken(world, created, (order) => ({
    signPlan: moved.next,
    orders: new Map([...orders, [request.out_trade_no, order]]),
  }))
}

type OrderCommand = Extract<Command, { ahead: number }>

const ordering = (world: World, command: OrderCommand): World => {
  const out_order_no = `YOGA-${detailOf(world, command)}`
  const record = world.orders.get(out_order_no)
  if (!record) return world

  const decision = decide(world, { record, command })
  return taken(world, decision, (order) => ({
    signPlan: followed(world.signPlan, record, decision),
    orders: new Map([...world.orders, [out_order_no, order]]),
  }))
}

const followed = (
  signPlan: UserSignPlanRecord,
  { detail }: ServiceOrderRecord,
  decision: OrderDecision,
): UserSignPlanRecord => {
  const commands = (decision.ok ? decision.events : []).flatMap(
    (event) => detailCommand(event) ?? [],
  )
  return commands.reduce((followed, command) => {
    const moved = moveDetail(followed, detail?.plan_detail_no ?? 0, command)
    if (!moved.ok) throw new Error(`The detail cannot follow: ${moved.situation}.`)
    return moved.next
  }, signPlan)
}

const charging = (total_amount: number) => ({
  post_payments: [{ name: '课时费', amount: total_amount }],
  total_amount,
})

const decide = (
  { now, rules, issued }: World,
  { record, command }: { record: ServiceOrderRecord; command: OrderCommand },
): OrderDecision => {
  switch (command.type) {
    case 'confirm':
      return confirmOrder(record, { at: now })
    case 'expire order':
      return expireOrder(record, { at: now })
    case 'cancel order':
      return cancelOrder(record, { reason: '', at: now, rules })
    case 'complete': {
      const request = { ...completion, ...charging(command.amount) }
      return completeOrder(record, { request, at: now, rules })
    }
    case 'modify':
      return modifyOrder(record, { request: { ...modification, ...charging(command.amount) } })
    case 'begin charge':
      return beginCharge(record)
    case 'fail charge':
      return failCharge(record, { retryAt: now })
    case 'sync':
      return syncOrder(record, { request: sync, at: now })
    default:
      return payOrder(record, { transaction_id: `payment ${issued}`, chargeNumber: '', at: now })
  }
}

const refund = (world: World, command: Extract<Command, { type: 'refund' }>): World => {
  const { now, orders, refunds } = world
  const order = orders.get(`YOGA-${detailOf(world, command)}`)
  const transaction_id = order?.transaction_id
  const total = order?.order.total_amount
  if (!order || !transaction_id || !total) return world

  const created = createRefund(refunds.get(command.number), {
    request: {
      ...refundRequest(transaction_id),
      out_refund_no: command.number,
      amount: { refund: command.amount, total, currency: 'CNY' },
    },
    mchid,
    payment: chargeOf(order),
    earlier: [...refunds.values()].filter(
      (earlier) => earlier.refund.transaction_id === transaction_id,
    ),
    refund_id: '',
    at: now,
    delay: 0,
  })
  return taken(world, created, (next) => ({
    refunds: new Map([...refunds, [command.number, next]]),
  }))
}

const endingRefund = (
  world: World,
  { number, outcome }: Extract<Command, { type: 'end refund' }>,
): World => {
  const record = world.refunds.get(number)
  if (!record) return world

  return taken(world, endRefund(record, { outcome, at: world.now }), (next) => ({
    refunds: new Map([...world.refunds, [number, next]]),
  }))
}
