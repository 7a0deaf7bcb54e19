import type { Identities } from '../../contracts/credentials.ts'
import type { EventType } from '../../contracts/notifications.ts'
import {
  notifyOfConfirmation,
  notifyOfPayment,
  notifyOfPermission,
  notifyOfRefund,
  notifyOfSignPlan,
  notifyOfTransaction,
  type Outbox,
} from '../actions/outbox.ts'
import type { NotificationRecord } from '../domain/notifications.ts'
import { chargeOf } from '../domain/payments.ts'
import { applyPermission, openPermission } from '../domain/permissions.ts'
import { createRefund, endRefund, type RefundOutcome } from '../domain/refunds.ts'
import { accepted } from '../domain/refused.ts'
import type { Identifiers } from '../store/identifiers.ts'
import { type SeededMerchant, seedMerchant } from '../world/seeded-merchant.ts'
import { courseOfFirstSeed } from '../world/shop-course.ts'

type Moment = { identities: Identities; ids: Identifiers; at: number }

const rules = {
  strictTime: false,
  initialOrderState: 'DOING',
  cancelWhilePaying: 'allow',
  settlementDelay: 0,
  orderReentry: 'mismatch',
  closeUnknown: 'accept',
} as const
const notify_url = 'http://127.0.0.1:8130/notify'

/** A notification of an event, about what a seeded merchant could have ordered. */
export const sampleNotification = (event_type: EventType, moment: Moment): NotificationRecord => {
  const written: NotificationRecord[] = []
  const outbox: Outbox = {
    put: (_, record) => {
      if ('plaintext' in record) written.push(record)
    },
    ids: moment.ids,
    now: () => moment.at,
  }
  events[event_type](outbox, moment)
  const [notification] = written
  if (!notification) throw new Error(`${event_type} has no sample.`)

  return notification
}

type Write = (outbox: Outbox, moment: Moment) => void

const seededBy = (moment: Moment): SeededMerchant =>
  seedMerchant({ ...moment, platformKeys: 'switching', course: courseOfFirstSeed, rules })

const worldOf = (moment: Moment) => {
  const { userSignPlans, serviceOrders } = seededBy(moment)
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
  (outbox, moment) => {
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
      payment: chargeOf(order),
      earlier: [],
      refund_id: ids.refundId(at),
      at,
      delay: 0,
    })
    const ended = endRefund(accepted(created).next, { outcome, at })
    notifyOfRefund(outbox, accepted(ended).next, outcome)
  }

const events: Record<EventType, Write> = {
  'PAYSCORE.USER_SIGN_PLAN': (outbox, moment) =>
    notifyOfSignPlan(outbox, worldOf(moment).signPlan, 'user-signed'),
  'PAYSCORE.USER_CANCEL_SIGN_PLAN': (outbox, moment) =>
    notifyOfSignPlan(outbox, worldOf(moment).signPlan, 'user-cancelled'),
  'PAYSCORE.USER_PAID': (outbox, moment) => notifyOfPayment(outbox, worldOf(moment).order),
  'PAYSCORE.USER_CONFIRM': (outbox, moment) => {
    const { order } = worldOf(moment)
    notifyOfConfirmation(outbox, { ...order, order: { ...order.order, state: 'DOING' } })
  },
  'PAYSCORE.USER_OPEN_SERVICE': (outbox, moment) =>
    notifyOfPermission(outbox, permissionOf(moment), 'opened'),
  'PAYSCORE.USER_CLOSE_SERVICE': (outbox, moment) =>
    notifyOfPermission(outbox, permissionOf(moment), 'closed'),
  'TRANSACTION.SUCCESS': (outbox, moment) => {
    const { transactions } = seededBy(moment)
    const paid = transactions.find(({ payment }) => payment)
    if (paid) notifyOfTransaction(outbox, paid)
  },
  'REFUND.SUCCESS': refunded('SUCCESS'),
  'REFUND.ABNORMAL': refunded('ABNORMAL'),
  'REFUND.CLOSED': refunded('CLOSED'),
}
