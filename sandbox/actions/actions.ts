import type { Due, Key } from '../store/store.ts'
import type { Context } from './context.ts'
import { createNotificationActions } from './notifications.ts'
import { createPermissionActions } from './permissions.ts'
import { chargeOutcomes, createPlannedOutcomes, refundOutcomes } from './planned-outcomes.ts'
import { createPlanActions } from './plans.ts'
import { createRefundActions } from './refunds.ts'
import { createServiceOrderActions } from './service-orders.ts'
import { createTransactionActions } from './transactions.ts'
import { createUserSignPlanActions } from './user-sign-plans.ts'

/** Begins to deliver a notification at this moment. */
type Deliver = (key: Key, at: number) => Promise<void>

/** Everything that can be done, by whatever door: the API, the control API, or the clock. */
export const createActions = (context: Context, deliver: Deliver) => {
  const { store } = context
  const charges = createPlannedOutcomes(store, { of: 'charges', outcomes: chargeOutcomes })
  const plannedRefunds = createPlannedOutcomes(store, { of: 'refunds', outcomes: refundOutcomes })
  const userSignPlans = createUserSignPlanActions(context)
  const serviceOrders = createServiceOrderActions(context, charges)
  const refunds = createRefundActions(context, plannedRefunds)
  const transactions = createTransactionActions(context)

  return {
    charges,
    plannedRefunds,
    plans: createPlanActions(context),
    userSignPlans,
    serviceOrders,
    transactions,
    refunds,
    permissions: createPermissionActions(context, userSignPlans),
    notifications: createNotificationActions(context),

    /** Does what the clock brings to a record. */
    runDue: async ({ collection, key, at }: Due): Promise<void> => {
      switch (collection) {
        case 'userSignPlans':
          await userSignPlans.expire(key)
          break
        case 'serviceOrders':
          await serviceOrders.runDue(key, at)
          break
        case 'transactions':
          await transactions.expire(key)
          break
        case 'refunds':
          await refunds.runDue(key, at)
          break
        case 'notifications':
          await deliver(key, at)
          break
        default:
          throw new Error(`Nothing is ever due in ${collection}.`)
      }
    },
  }
}

export type Actions = ReturnType<typeof createActions>
