import type { EventType } from '../../contracts/notifications.ts'
import { createOutbox, type Outbox } from '../actions/outbox.ts'
import type { Identities } from '../authority/credentials.ts'
import type { NotificationRecord } from '../domain/notifications.ts'
import { applyPermission, openPermission } from '../domain/permissions.ts'
import { createRefund, endRefund, type RefundOutcome } from '../domain/refunds.ts'
import { accepted } from '../domain/refused.ts'
import type { Ids } from '../store/identifiers.ts'
import type { Unit } from '../store/store.ts'
import { type SeededMerchant, seedMerchant } from '../world/seeded-merchant.ts'

type Moment = { identities: Identities; ids: Ids; at: number }

const rules = { strictTime: false, initialOrderState: 'DOING', cancelWhilePaying: 'allow' } as const
const notify_url = 'http://127.0.0.1:8130/notify'

/** A notice of an event, about what a seeded merchant could have ordered. */
export const sampleNotification = (event_type: EventType, moment: Moment): NotificationRecord => {
  let notice: NotificationRecord | undefined
  const unit: OutboxUnit = {
    put: (_, record) => {
      if ('event_type' in record) notice = record
    },
  }
  const notices = createOutbox({ ids: moment.ids, now: () => moment.at })
  events[event_type](notices, unit, moment)
  if (!notice) throw new Error(`There is no sample of ${event_type}.`)

  return notice
}

type OutboxUnit = Pick<Unit, 'put'>
type Write = (notices: Outbox, unit: OutboxUnit, moment: Moment) => void

const worldOf = (moment: Moment) => {
  const { userSignPlans, serviceOrders }: SeededMerchant = seedMerchant({
    ...moment,
    seed: 1,
    rules,
  })
  const [signPlan, order] = [userSignPlans[0], serviceOrders[0]]
  if (!signPlan || !order) throw new Error('The seeded world holds no sign plan or no order.')

  return { signPlan, order: { ...order, order: { ...order.order, notify_url } } }
}

const partiesOf = ({ serviceId, appid, subMchid, subAppid }: Identities) => ({
  service_id: serviceId,
  appid,
  sub_mchid: subMchid,
  sub_appid: subAppid,
})

const permissionOf = ({ identities, at }: Moment) => {
  const { mchid, openid } = identities
  const request = { ...partiesOf(identities), authorization_code: 'AUTHORISE2026', notify_url }
  const asked = accepted(applyPermission(undefined, { request, mchid, token: '' })).next
  return accepted(openPermission(asked, { user: { openid }, at })).next
}

const refunded =
  (outcome: RefundOutcome): Write =>
  (notices, unit, moment) => {
    const { identities, ids, at } = moment
    const { mchid, subMchid: sub_mchid } = identities
    const { order } = worldOf(moment)
    const { transaction_id = '' } = order
    const { total_amount: total = 0 } = order.order
    const request = {
      sub_mchid,
      transaction_id,
      out_refund_no: 'REFUND2026',
      notify_url,
      amount: { refund: 500, total, currency: 'CNY' },
    } as const
    const created = createRefund(undefined, {
      request,
      mchid,
      order,
      earlier: [],
      refund_id: ids.refundId(at),
      out_trade_no: order.chargeNumber ?? '',
      at,
    })
    const ended = endRefund(accepted(created).next, { outcome, at })
    notices.ofRefund(unit, accepted(ended).next, outcome)
  }

const events: Record<EventType, Write> = {
  'PAYSCORE.USER_SIGN_PLAN': (notices, unit, moment) =>
    notices.ofSignPlan(unit, worldOf(moment).signPlan, 'user-signed'),
  'PAYSCORE.USER_CANCEL_SIGN_PLAN': (notices, unit, moment) =>
    notices.ofSignPlan(unit, worldOf(moment).signPlan, 'user-cancelled'),
  'PAYSCORE.USER_PAID': (notices, unit, moment) => notices.ofPayment(unit, worldOf(moment).order),
  'PAYSCORE.USER_CONFIRM': (notices, unit, moment) => {
    const { order } = worldOf(moment)
    notices.ofConfirmation(unit, { ...order, order: { ...order.order, state: 'DOING' } })
  },
  'PAYSCORE.USER_OPEN_SERVICE': (notices, unit, moment) =>
    notices.ofPermission(unit, permissionOf(moment), 'opened'),
  'PAYSCORE.USER_CLOSE_SERVICE': (notices, unit, moment) =>
    notices.ofPermission(unit, permissionOf(moment), 'closed'),
  'REFUND.SUCCESS': refunded('SUCCESS'),
  'REFUND.ABNORMAL': refunded('ABNORMAL'),
  'REFUND.CLOSED': refunded('CLOSED'),
}
