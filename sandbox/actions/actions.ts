import type { Due, Key } from '../store/store.ts'
import type { Context } from './context.ts'
import { createNotificationActions } from './notifications.ts'
import { createPermissionActions } from './permissions.ts'
import {
  type ChargeOutcome,
  createPlannedOutcomes,
  type PlannedRefund,
} from './planned-outcomes.ts'
import { createPlanActions } from './plans.ts'
import { createRefundActions } from './refunds.ts'
import { createServiceOrderActions } from './service-orders.ts'
import { createUserSignPlanActions } from './user-sign-plans.ts'

/** Begins to deliver a notice at this moment. */
type Deliver = (key: Key, at: number) => Promise<void>

/** Everything that can be done, by whatever door: the API, the control API, or the clock. */
export const createActions = (context: Context, deliver: Deliver) => {
  const charges = createPlannedOutcomes<ChargeOutcome>('succeed')
  const refundOrders = createPlannedOutcomes<PlannedRefund>('SUCCESS')
  const userSignPlans = createUserSignPlanActions(context)
  const serviceOrders = createServiceOrderActions(context, charges)
  const refunds = createRefundActions(context, refundOrders)

  return {
    charges,
    refundOrders,
    plans: createPlanActions(context),
    userSignPlans,
    serviceOrders,
    refunds,
    permissions: createPermissionActions(context, userSignPlans),
    notifications: createNotificationActions(context),

    /** Does what the clock brings to a record. */
    settle: async ({ collection, key, at }: Due): Promise<void> => {
      switch (collection) {
        case 'userSignPlans':
          await userSignPlans.expire(key)
          break
        case 'serviceOrders':
          await serviceOrders.settle(key, at)
          break
        case 'refunds':
          await refunds.settle(key, at)
          break
        case 'notifications':
          await deliver(key, at)
          break
        case 'plans':
        case 'permissions':
          break
      }
    },
  }
}

export type Actions = ReturnType<typeof createActions>
