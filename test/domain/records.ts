import { exampleIdentities } from '../../sandbox/authority/example-identities.ts'
import { createPlan, type PlanRecord } from '../../sandbox/domain/plans.ts'
import { accepted } from '../../sandbox/domain/refused.ts'
import { createPlanOrder } from '../../sandbox/domain/service-order-creation.ts'
import type { OrderRules } from '../../sandbox/domain/service-orders.ts'
import type { TransactionRules } from '../../sandbox/domain/transactions.ts'
import {
  createSignPlan,
  moveDetail,
  signSignPlan,
  type UserSignPlanRecord,
} from '../../sandbox/domain/user-sign-plans.ts'
import { planOrderRequest, planRequest, signPlanRequest } from '../support/requests.ts'

export const { mchid } = exampleIdentities

/** The moment in which everything here happens. */
export const at = Date.parse('2026-03-03T08:00:00+08:00')

export const rules: OrderRules & TransactionRules = {
  strictTime: false,
  initialOrderState: 'DOING',
  cancelWhilePaying: 'allow',
  settlementDelay: 0,
  orderReentry: 'mismatch',
  closeUnknown: 'accept',
}

export const limits = { maxPlanDuration: 365, maxDeductionQuantity: 10, lenientSums: false }

export const plan: PlanRecord = accepted(
  createPlan(undefined, { request: planRequest, mchid, plan_id: '0100', limits }),
).next

export const unsigned: UserSignPlanRecord = accepted(
  createSignPlan(undefined, {
    request: signPlanRequest('0100'),
    mchid,
    plan,
    sign_plan_id: '0102',
    package: 'package',
    numberUsed: false,
    at,
  }),
).next

export const signed = accepted(signSignPlan(unsigned, { plan, at })).next

/** The order of a detail, beside whatever the sign plan says of it. */
export const orderOf = (
  signPlan: UserSignPlanRecord,
  plan_detail_no = 1,
  changed: Partial<OrderRules> = {},
) =>
  accepted(
    createPlanOrder({
      request: planOrderRequest(signPlan.signPlan.sign_plan_id, plan_detail_no),
      mchid,
      signPlan,
      order_id: `1000-${plan_detail_no}`,
      query_id: `query-${plan_detail_no}`,
      at,
      rules: { ...rules, ...changed },
    }),
  ).next

/** The sign plan after its details, in order, came to these ends. */
export const after = (...ends: ('using' | 'pay' | 'cancel')[]): UserSignPlanRecord =>
  ends.reduce((record, end, index) => {
    const use = { move: 'use', order_id: `1000-${index + 1}`, at } as const
    const used = accepted(moveDetail(record, index + 1, use)).next
    if (end === 'using') return used

    const command =
      end === 'pay'
        ? ({ move: 'pay', total_amount: 100, at } as const)
        : ({ move: 'cancel', at } as const)
    return accepted(moveDetail(used, index + 1, command)).next
  }, signed)
