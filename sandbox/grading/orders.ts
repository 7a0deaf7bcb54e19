import type { Identities } from '../../contracts/credentials.ts'
import { ConfirmedOrder, PaidOrder } from '../../contracts/notifications.ts'
import type { ServiceOrder } from '../../contracts/service-orders.ts'
import { formatOrderTime } from '../../contracts/time.ts'

/** An order that nobody made, for receivers that accept whatever they are told of. */
export const sampleOrder = (identities: Identities, out_order_no: string): ServiceOrder => ({
  service_id: identities.serviceId,
  appid: identities.appid,
  mchid: identities.mchid,
  sub_appid: identities.subAppid,
  sub_mchid: identities.subMchid,
  openid: identities.openid,
  out_order_no,
  order_id: `15${out_order_no.replace(/\D/g, '')}`,
  service_introduction: '羽毛球课',
  state: 'DOING',
  post_payments: [{ name: '场地费', amount: 15_000 }],
  risk_fund: { name: 'ESTIMATE_ORDER_COST', amount: 20_000 },
  total_amount: 15_000,
})

/** What callbacks say of an order: the same every time, as repetitions do. */
export const resourcesOf = (order: ServiceOrder, paidAt: number) => {
  const { state_description: _, total_amount = 0, need_collection: __, ...rest } = order
  const { order_id = rest.out_order_no } = rest
  const details = [
    {
      seq: 1,
      amount: total_amount,
      paid_type: 'NEWTON',
      paid_time: formatOrderTime(paidAt),
      transaction_id: `42${order_id.slice(-26)}`,
    },
  ]

  return {
    'PAYSCORE.USER_CONFIRM': ConfirmedOrder.parse({
      ...rest,
      state: 'DOING',
      state_description: 'USER_CONFIRM',
    }),
    'PAYSCORE.USER_PAID': PaidOrder.parse({
      ...rest,
      state: 'DONE',
      total_amount,
      need_collection: true,
      collection: {
        state: 'USER_PAID',
        total_amount,
        paying_amount: 0,
        paid_amount: total_amount,
        details,
      },
    }),
  }
}
