import { callbacks } from './callbacks.ts'
import { certificates } from './certificates.ts'
import type { Interaction, State } from './interaction.ts'
import { orderActions } from './order-actions.ts'
import { ordinaryOrders } from './ordinary-orders.ts'
import { permissions } from './permissions.ts'
import { plans } from './plans.ts'
import { refunds } from './refunds.ts'
import { requestCheck } from './request-check.ts'
import { serviceOrders } from './service-orders.ts'
import { transactions } from './transactions.ts'
import { userSignPlans } from './user-sign-plans.ts'

/** What must pass before such a state is reached, passes for everything that waits by then. */
const timely: readonly State[] = [
  'expired',
  'expiredSigned',
  'expiredUnsigned',
  'paidLastYear',
  'refundedAMinuteAgo',
  'refundedOften',
  'orderedLongAgo',
  'atCashierLong',
]

/** The whole suite but for what strict times add; where the clock is moved comes first. */
export const interactions: readonly Interaction[] = [
  ...requestCheck,
  ...certificates,
  ...plans,
  ...userSignPlans,
  ...serviceOrders,
  ...ordinaryOrders,
  ...orderActions,
  ...permissions,
  ...transactions,
  ...refunds,
  ...callbacks,
].toSorted(
  (one, other) => Number(timely.includes(other.given)) - Number(timely.includes(one.given)),
)
