import { type EventType, notifications } from '../../contracts/notifications.ts'
import { formatOrderTime, formatRfc3339 } from '../../contracts/time.ts'
import type { PermissionEvent, PermissionRecord } from '../domain/permissions.ts'
import type { RefundOutcome, RefundRecord } from '../domain/refunds.ts'
import type { ServiceOrderRecord } from '../domain/service-orders.ts'
import type { SignPlanEvent, UserSignPlanRecord } from '../domain/user-sign-plans.ts'
import type { Ids } from '../store/identifiers.ts'
import type { Unit } from '../store/store.ts'

/** Where notices lie until they are sent. */
type OutboxUnit = Pick<Unit, 'put'>

type Notice = { event_type: EventType; mchid: string; url: string | undefined; resource: unknown }

/** Writes notices into the outbox, in the same step as the change that they tell of. */
export const createOutbox = ({ ids, now }: { ids: Ids; now: () => number }) => {
  const put = (unit: OutboxUnit, { event_type, mchid, url, resource }: Notice) => {
    if (!url) return
    const at = now()
    unit.put('notifications', {
      mchid,
      id: ids.uuid(),
      event_type,
      create_time: formatRfc3339(at),
      url,
      plaintext: JSON.stringify(notifications[event_type].resource.parse(resource)),
      nonce: ids.sealNonce(),
      state: 'PENDING',
      attempts: [],
      retries: 0,
      due: at,
    })
  }

  return {
    ofSignPlan: (unit: OutboxUnit, { mchid, signPlan }: UserSignPlanRecord, event: SignPlanEvent) =>
      put(unit, {
        event_type: signPlanEvents[event],
        mchid,
        url: signPlan.merchant_callback_url,
        resource: signPlan,
      }),

    ofConfirmation: (unit: OutboxUnit, { mchid, order }: ServiceOrderRecord) =>
      put(unit, {
        event_type: 'PAYSCORE.USER_CONFIRM',
        mchid,
        url: order.notify_url,
        resource: order,
      }),

    ofPayment: (unit: OutboxUnit, { mchid, order, chargeNumber }: ServiceOrderRecord) =>
      put(unit, {
        event_type: 'PAYSCORE.USER_PAID',
        mchid,
        url: order.notify_url,
        resource: { ...order, out_trade_no: chargeNumber },
      }),

    ofPermission: (
      unit: OutboxUnit,
      { mchid, permission }: PermissionRecord,
      event: PermissionEvent,
    ) => {
      const { sub_mchid, ...rest } = permission
      const user_service_status = permissionEvents[event]
      put(unit, {
        event_type: `PAYSCORE.${user_service_status}`,
        mchid,
        url: permission.notify_url,
        resource: {
          ...rest,
          mch_id: mchid,
          sub_mch_id: sub_mchid,
          user_service_status,
          openorclose_time: formatOrderTime(now()),
        },
      })
    },

    ofRefund: (
      unit: OutboxUnit,
      { mchid, request, refund }: RefundRecord,
      outcome: RefundOutcome,
    ) => {
      const { sub_mchid, notify_url } = request
      const merchants = sub_mchid === undefined ? { mchid } : { sp_mchid: mchid, sub_mchid }
      put(unit, {
        event_type: `REFUND.${outcome}`,
        mchid,
        url: notify_url,
        resource: { ...merchants, ...refund, refund_status: outcome },
      })
    },
  }
}

export type Outbox = ReturnType<typeof createOutbox>

const signPlanEvents = {
  'user-signed': 'PAYSCORE.USER_SIGN_PLAN',
  'user-cancelled': 'PAYSCORE.USER_CANCEL_SIGN_PLAN',
} as const satisfies Record<SignPlanEvent, EventType>

const permissionEvents = {
  opened: 'USER_OPEN_SERVICE',
  closed: 'USER_CLOSE_SERVICE',
} as const satisfies Record<PermissionEvent, string>
