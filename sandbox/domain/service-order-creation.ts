import type { Situation } from '../../contracts/errors.ts'
import type {
  CreateServiceOrder,
  CreateSignPlanOrder,
  ServiceOrder,
} from '../../contracts/service-orders.ts'
import { day } from '../../contracts/time.ts'
import { accept, refusal } from './decision.ts'
import { checkItems } from './order-items.ts'
import { conflictOf } from './re-entry.ts'
import {
  confirmed,
  type OrderDecision,
  type OrderRules,
  type ServiceOrderRecord,
} from './service-orders.ts'
import { checkAttach, checkPeriod, checkPlace, resolveOnAccept } from './time-range.ts'
import type { UserSignPlanRecord } from './user-sign-plans.ts'

const expiryOfCreated = 30 * day

type CreatePlanOrder = {
  request: CreateSignPlanOrder
  mchid: string
  signPlan: UserSignPlanRecord
  order_id: string
  query_id: string
  at: number
  rules: OrderRules
}

/** The order of one detail of a sign plan; whether the detail may be used is the plan's to say. */
export const createPlanOrder = (command: CreatePlanOrder): OrderDecision => {
  const { request, mchid, signPlan, at, rules } = command
  const situation =
    checkPeriod(request.time_range, { at, strict: rules.strictTime }) ??
    checkPlace(request.location) ??
    checkAttach(request.attach)
  const plan = signPlan.signPlan
  const detail = plan.signed_detail_list[request.plan_detail_no - 1]
  if (situation) return refusal(situation)
  if (!detail) return refusal('detailUnknown')

  const { sign_plan_id: _, plan_detail_no, out_trade_no, service_introduction, ...given } = request
  const reduction = detail.original_price - detail.actual_price
  const discount = detail.plan_discount_description || '优惠'
  const created = rules.initialOrderState === 'CREATED'
  const order: ServiceOrder = {
    out_order_no: out_trade_no,
    ...given,
    ...(!created && { time_range: resolveOnAccept(request.time_range, at) }),
    mchid,
    service_introduction: service_introduction || plan.plan_name,
    ...(created ? { state: 'CREATED' } : confirmed),
    post_payments: [
      {
        name: plan.plan_name,
        amount: detail.original_price,
        description: detail.plan_detail_name,
        count: 1,
      },
    ],
    ...(reduction > 0 && {
      post_discounts: [{ name: discount, description: discount, amount: reduction, count: 1 }],
    }),
    risk_fund: { amount: detail.actual_price },
    order_id: command.order_id,
  }

  return accept({
    mchid,
    request,
    order,
    ceiling: detail.actual_price,
    createdAt: at,
    query_id: command.query_id,
    detail: { merchant_sign_plan_no: plan.merchant_sign_plan_no, plan_detail_no },
    ...(created && { due: at + expiryOfCreated }),
  })
}

type CreateOrder = {
  request: CreateServiceOrder
  mchid: string
  order_id: string
  query_id: string
  package: string
  /** Whether the number already names a detail of a sign plan. */
  numberUsed: boolean
  at: number
  rules: OrderRules
}

/** An ordinary order: CREATED until the user confirms, or DOING where no confirmation is needed. */
export const createOrder = (
  known: ServiceOrderRecord | undefined,
  command: CreateOrder,
): OrderDecision => {
  const { request, mchid, at, rules } = command
  if (known) return conflictOf(known.request, request) ?? accept(known)

  const situation =
    (command.numberUsed ? 'numberUsed' : undefined) ??
    checkUser(request) ??
    checkPeriod(request.time_range, { at, strict: rules.strictTime }) ??
    checkPlace(request.location) ??
    checkAttach(request.attach) ??
    checkItems(request)
  if (situation) return refusal(situation)

  const { need_user_confirm = true, device: _, ...given } = request
  const order: ServiceOrder = {
    ...given,
    ...(!need_user_confirm && { time_range: resolveOnAccept(request.time_range, at) }),
    mchid,
    ...(need_user_confirm ? { state: 'CREATED' } : confirmed),
    order_id: command.order_id,
  }

  return accept({
    mchid,
    request,
    order,
    ceiling: ceilingOf(request),
    createdAt: at,
    query_id: command.query_id,
    ...(need_user_confirm && { package: command.package, due: at + expiryOfCreated }),
  })
}

/** A risk fund caps orders that are free of a deposit; who uses first is capped by the service only. */
const ceilingOf = ({ risk_fund: { name, amount } }: CreateServiceOrder): number =>
  name === 'ESTIMATE_ORDER_COST' ? Number.MAX_SAFE_INTEGER : amount

const checkUser = (request: CreateServiceOrder): Situation | undefined => {
  const { openid, sub_openid, need_user_confirm = true } = request
  if (openid !== undefined && sub_openid !== undefined) return 'userAmbiguous'
  if (!need_user_confirm && openid === undefined && sub_openid === undefined) return 'userMissing'
  return sub_openid !== undefined && request.sub_appid === undefined ? 'subAppidMissing' : undefined
}
