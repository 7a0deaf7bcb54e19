import type { NotificationRecord } from '../domain/notifications.ts'
import type { PermissionRecord } from '../domain/permissions.ts'
import type { PlanRecord } from '../domain/plans.ts'
import type { RefundRecord } from '../domain/refunds.ts'
import type { ServiceOrderRecord } from '../domain/service-orders.ts'
import type { UserSignPlanRecord } from '../domain/user-sign-plans.ts'

export type Records = {
  plans: PlanRecord
  userSignPlans: UserSignPlanRecord
  serviceOrders: ServiceOrderRecord
  refunds: RefundRecord
  permissions: PermissionRecord
  notifications: NotificationRecord
}

/** The look-ups beside the merchant's own number; every request goes through a key or one of them. */
export type Indexes = {
  plans: 'plan_id'
  userSignPlans: 'sign_plan_id' | 'package' | 'merchant_plan_detail_no' | 'user'
  serviceOrders: 'query_id' | 'transaction_id' | 'user'
  refunds: 'transaction_id'
  permissions: 'user'
  notifications: never
}

export type Layout<Record, Index extends string> = {
  number: (record: Record) => string
  indexes: { [Name in Index]: (record: Record) => readonly (string | undefined)[] }
  /** When the record changes by itself next, in milliseconds; nothing while it only waits. */
  due: (record: Record) => number | undefined
}

/** A user as an index value: the service, and the id that the merchant knows the user by. */
export const userKey = (service_id: string, user: string): string => `${service_id}/${user}`

type Used = {
  service_id: string
  openid?: string | undefined
  sub_openid?: string | undefined
}

const users = ({ service_id, openid, sub_openid }: Used) =>
  [openid, sub_openid].map((user) => user && userKey(service_id, user))

export const layout: { [Name in keyof Records]: Layout<Records[Name], Indexes[Name]> } = {
  plans: {
    number: ({ plan }) => plan.merchant_plan_no,
    indexes: { plan_id: ({ plan }) => [plan.plan_id] },
    due: () => undefined,
  },
  userSignPlans: {
    number: ({ signPlan }) => signPlan.merchant_sign_plan_no,
    indexes: {
      sign_plan_id: ({ signPlan }) => [signPlan.sign_plan_id],
      package: (record) => [record.package],
      merchant_plan_detail_no: ({ signPlan }) =>
        signPlan.signed_detail_list.map((detail) => detail.merchant_plan_detail_no),
      user: ({ signPlan }) => users(signPlan),
    },
    due: (record) => record.due,
  },
  serviceOrders: {
    number: ({ order }) => order.out_order_no,
    indexes: {
      query_id: (record) => [record.query_id],
      transaction_id: (record) => [record.transaction_id],
      user: ({ order }) => users(order),
    },
    due: (record) => record.due,
  },
  refunds: {
    number: ({ refund }) => refund.out_refund_no,
    indexes: { transaction_id: ({ refund }) => [refund.transaction_id] },
    due: (record) => record.due,
  },
  permissions: {
    number: ({ permission }) => permission.authorization_code,
    indexes: { user: ({ permission }) => users(permission) },
    due: () => undefined,
  },
  notifications: {
    number: ({ id }) => id,
    indexes: {},
    due: (record) => record.due,
  },
}
