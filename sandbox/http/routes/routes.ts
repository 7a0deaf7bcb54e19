import type { Actions } from '../../actions/actions.ts'
import type { Authority } from '../../authority/authority.ts'
import { createFieldReader } from '../../authority/field-reader.ts'
import type { SigningKeys } from '../../authority/signing-keys.ts'
import type { Handlers } from '../parse-call.ts'
import { certificateRoutes } from './certificates.ts'
import { permissionRoutes } from './permissions.ts'
import { planRoutes } from './plans.ts'
import { refundRoutes } from './refunds.ts'
import { serviceOrderRoutes } from './service-orders.ts'
import { transactionRoutes } from './transactions.ts'
import { userSignPlanRoutes } from './user-sign-plans.ts'

/** Every row of the table; one without an answer does not compile. */
export const createHandlers = (
  actions: Actions,
  authority: Authority,
  signingKeys: SigningKeys,
): Handlers => ({
  ...planRoutes(actions.plans),
  ...userSignPlanRoutes(actions.userSignPlans),
  ...serviceOrderRoutes(actions.serviceOrders),
  ...permissionRoutes(actions.permissions),
  ...transactionRoutes(actions.transactions),
  ...refundRoutes(actions.refunds, createFieldReader(authority, signingKeys)),
  ...certificateRoutes(authority, signingKeys),
})
