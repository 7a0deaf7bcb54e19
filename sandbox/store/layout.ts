import type { EndpointId } from '../../contracts/endpoints.ts'
import type { EventType } from '../../contracts/notifications.ts'
import type { MerchantRecord } from '../domain/merchants.ts'
import type { NotificationRecord } from '../domain/notifications.ts'
import type { PermissionRecord } from '../domain/permissions.ts'
import type { PlanRecord } from '../domain/plans.ts'
import type { RefundRecord } from '../domain/refunds.ts'
import type { ServiceOrderRecord } from '../domain/service-orders.ts'
import type { TransactionRecord } from '../domain/transactions.ts'
import type { UserSignPlanRecord } from '../domain/user-sign-plans.ts'

/** Owns what belongs to the sandbox as a whole and to no merchant. */
export const platform = ''

/** How the next charges or refunds of a merchant end, in order. */
export type PlannedOutcomesRecord = {
  mchid: string
  of: 'charges' | 'refunds'
  outcomes: readonly string[]
}

/** A requested fault that waits: `count` times more, until `expires_at` in ms of wall time. */
export type FaultRecord = {
  mchid: string
  id: string
  fault: string
  operation?: EndpointId | undefined
  event_type?: EventType | undefined
  count: number
  seconds?: number | undefined
  error?: string | number | undefined
  expires_at?: number | undefined
}

/** Something that counts once: a magic value, or a request whose answer was a signature probe. */
export type MarkRecord = { mchid: string; of: 'magic-value' | 'probe'; value: string }

/** Shares, 0 to 1, of answers and callbacks whose signature is made to fail, and the streams that draw. */
export type ProbesRecord = {
  mchid: typeof platform
  shares: { answers: number; callbacks: number }
  streams: { answers: readonly number[]; callbacks: readonly number[] }
}

/** Platform certificates beside the folder's own, oldest first, keys and all, in PEM. */
export type RotationRecord = {
  mchid: typeof platform
  /** The serial of the one that signs. */
  signing: string
  /** The serials that are listed. */
  listed: readonly string[]
  issued: readonly { certificate: string; privateKey: string }[]
}

/** A world under a name, and about how many bytes it takes. */
type SnapshotRecord = { mchid: typeof platform; name: string; world: object; bytes: number }

export type Records = {
  plans: PlanRecord
  userSignPlans: UserSignPlanRecord
  serviceOrders: ServiceOrderRecord
  transactions: TransactionRecord
  refunds: RefundRecord
  permissions: PermissionRecord
  notifications: NotificationRecord
  merchants: MerchantRecord
  plannedOutcomes: PlannedOutcomesRecord
  faults: FaultRecord
  marks: MarkRecord
  probes: ProbesRecord
  rotations: RotationRecord
  snapshots: SnapshotRecord
}

/** The look-ups beside the record's own number; every request goes through a key or one of them. */
export type Indexes = {
  plans: 'plan_id'
  userSignPlans: 'sign_plan_id' | 'package' | 'merchant_plan_detail_no' | 'user'
  serviceOrders: 'query_id' | 'transaction_id' | 'chargeNumber' | 'user'
  transactions: 'transaction_id' | 'handle'
  refunds: 'transaction_id'
  permissions: 'user'
  notifications: 'held'
  merchants: never
  plannedOutcomes: never
  faults: 'waiting'
  marks: 'of'
  probes: never
  rotations: never
  snapshots: 'all'
}

export type Layout<Record, Index extends string> = {
  number: (record: Record) => string
  indexes: { [Name in Index]: (record: Record) => readonly (string | undefined)[] }
  /** When the record changes by itself next, in milliseconds; nothing while it only waits. */
  due?: (record: Record) => number | undefined
}

/** A user as an index value: the service, and the id that the merchant knows the user by. */
export const userKey = (service_id: string, user: string): string => `${service_id}/${user}`

/** The index value of everything that an index holds of a merchant. */
export const every = 'every'

type Used = {
  service_id: string
  openid?: string | undefined
  sub_openid?: string | undefined
}

const users = ({ service_id, openid, sub_openid }: Used) =>
  [openid, sub_openid].map((user) => user && userKey(service_id, user))

const due = (record: { due?: number }) => record.due

export const layout: { [Name in keyof Records]: Layout<Records[Name], Indexes[Name]> } = {
  plans: {
    number: ({ plan }) => plan.merchant_plan_no,
    indexes: { plan_id: ({ plan }) => [plan.plan_id] },
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
    due,
  },
  serviceOrders: {
    number: ({ order }) => order.out_order_no,
    indexes: {
      query_id: (record) => [record.query_id],
      transaction_id: (record) => [record.transaction_id],
      chargeNumber: (record) => [record.chargeNumber],
      user: ({ order }) => users(order),
    },
    due,
  },
  transactions: {
    number: (record) => record.out_trade_no,
    indexes: {
      transaction_id: ({ payment }) => [payment?.transaction_id],
      handle: ({ handles }) => handles.map(({ id }) => id),
    },
    due,
  },
  refunds: {
    number: ({ refund }) => refund.out_refund_no,
    indexes: { transaction_id: ({ refund }) => [refund.transaction_id] },
    due,
  },
  permissions: {
    number: ({ permission }) => permission.authorization_code,
    indexes: { user: ({ permission }) => users(permission) },
  },
  notifications: {
    number: ({ id }) => id,
    indexes: { held: ({ waitsForNext }) => [waitsForNext && every] },
    due,
  },
  merchants: { number: ({ mchid }) => mchid, indexes: {} },
  plannedOutcomes: { number: (record) => record.of, indexes: {} },
  faults: { number: ({ id }) => id, indexes: { waiting: () => [every] } },
  marks: { number: ({ of, value }) => `${of}/${value}`, indexes: { of: (record) => [record.of] } },
  probes: { number: () => 'probes', indexes: {} },
  rotations: { number: () => 'rotation', indexes: {} },
  snapshots: { number: ({ name }) => name, indexes: { all: () => [every] } },
}
