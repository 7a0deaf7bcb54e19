import { type EventType, notifications } from '../../contracts/notifications.ts'
import { formatOrderTime, formatRfc3339 } from '../../contracts/time.ts'
import type { PermissionEvent, PermissionRecord } from '../domain/permissions.ts'
import type { RefundOutcome, RefundRecord } from '../domain/refunds.ts'
import type { ServiceOrderRecord } from '../domain/service-orders.ts'
import { type TransactionRecord, transactionOf } from '../domain/transactions.ts'
import type { SignPlanEvent, UserSignPlanRecord } from '../domain/user-sign-plans.ts'
import type { Unit } from '../store/store.ts'

/** Where notifications lie until they are sent: the change that they tell of writes them too. */
export type Outbox = Pick<Unit, 'put' | 'ids' | 'now'>

type Told = { event_type: EventType; mchid: string; url: string | undefined; resource: unknown }

const put = (outbox: Outbox, { event_type, mchid, url, resource }: Told) => {
  if (!url) return
  const at = outbox.now()
  outbox.put('notifications', {
    mchid,
    id: outbox.ids.uuid(),
    event_type,
    create_time: formatRfc3339(at),
    url,
    plaintext: JSON.stringify(notifications[event_type].resource.parse(resource)),
    nonce: outbox.ids.sealNonce(),
    state: 'PENDING',
    attempts: [],
    retries: 0,
    due: at,
  })
}

export const notifyOfSignPlan = (
  outbox: Outbox,
  { mchid, signPlan }: UserSignPlanRecord,
  event: SignPlanEvent,
): void =>
  put(outbox, {
    event_type: signPlanEvents[event],
    mchid,
    url: signPlan.merchant_callback_url,
    resource: signPlan,
  })

export const notifyOfConfirmation = (outbox: Outbox, { mchid, order }: ServiceOrderRecord): void =>
  put(outbox, {
    event_type: 'PAYSCORE.USER_CONFIRM',
    mchid,
    url: order.notify_url,
    resource: order,
  })

export const notifyOfPayment = (
  outbox: Outbox,
  { mchid, order, chargeNumber }: ServiceOrderRecord,
): void =>
  put(outbox, {
    event_type: 'PAYSCORE.USER_PAID',
    mchid,
    url: order.notify_url,
    // Real callbacks have it, though nothing is left to describe.
    resource: { ...order, state_description: '', out_trade_no: chargeNumber },
  })

export const notifyOfPermission = (
  outbox: Outbox,
  { mchid, permission }: PermissionRecord,
  event: PermissionEvent,
): void => {
  const { sub_mchid, ...rest } = permission
  const user_service_status = permissionEvents[event]
  put(outbox, {
    event_type: `PAYSCORE.${user_service_status}`,
    mchid,
    url: permission.notify_url,
    resource: {
      ...rest,
      mch_id: mchid,
      sub_mch_id: sub_mchid,
      user_service_status,
      openorclose_time: formatOrderTime(outbox.now()),
    },
  })
}

export const notifyOfTransaction = (outbox: Outbox, record: TransactionRecord): void => {
  const { promotion_detail = [], ...told } = transactionOf(record) ?? {}
  put(outbox, {
    event_type: 'TRANSACTION.SUCCESS',
    mchid: record.mchid,
    url: record.order?.request.notify_url,
    resource: { ...told, ...(promotion_detail.length > 0 && { promotion_detail }) },
  })
}

export const notifyOfRefund = (
  outbox: Outbox,
  { mchid, request, refund }: RefundRecord,
  outcome: RefundOutcome,
): void => {
  const { sub_mchid, notify_url } = request
  const merchants = sub_mchid === undefined ? { mchid } : { sp_mchid: mchid, sub_mchid }
  put(outbox, {
    event_type: `REFUND.${outcome}`,
    mchid,
    url: notify_url,
    resource: { ...merchants, ...refund, refund_status: outcome },
  })
}

const signPlanEvents = {
  'user-signed': 'PAYSCORE.USER_SIGN_PLAN',
  'user-cancelled': 'PAYSCORE.USER_CANCEL_SIGN_PLAN',
} as const satisfies Record<SignPlanEvent, EventType>

const permissionEvents = {
  opened: 'USER_OPEN_SERVICE',
  closed: 'USER_CLOSE_SERVICE',
} as const satisfies Record<PermissionEvent, string>
