import type { BodyOf } from '../../../contracts/endpoints.ts'
import { exampleOrder, parties } from './example-order.ts'

/** A shop's plan of yoga lessons: the bodies of the demo's calls. Amounts in fen. */
export const yoga = {
  planNo: 'YOGA2026',
  signPlanNo: 'YOGASIGN2026',
  refundNo: 'YOGAREFUND1',
  details: 8,
  price: 8_800,
  reduced: 6_600,
}

export const detailNumber = (plan_detail_no: number): string => `YOGA2026D${plan_detail_no}`

const each = <T>(of: (plan_detail_no: number) => T): T[] =>
  Array.from({ length: yoga.details }, (_, index) => of(index + 1))

export const planBody: BodyOf<'plan.create.partner'> = {
  ...parties,
  plan_name: '瑜伽小班课月卡',
  plan_duration: 300,
  deduction_quantity: yoga.details,
  total_original_price: yoga.price * yoga.details,
  total_actual_price: yoga.reduced * yoga.details,
  plan_detail_list: each((plan_detail_no) => ({
    original_price: yoga.price,
    plan_discount_description: '老学员优惠',
    actual_price: yoga.reduced,
    plan_detail_name: `第${plan_detail_no}节课`,
  })),
  merchant_plan_no: yoga.planNo,
}

export const signPlanBody = (
  plan_id: string,
  notify_url: string,
): BodyOf<'signplan.create.partner'> => ({
  ...parties,
  plan_id,
  openid: exampleOrder.openid,
  merchant_sign_plan_no: yoga.signPlanNo,
  notify_url,
  sign_plan_detail: each((plan_detail_no) => ({
    plan_detail_no,
    merchant_plan_detail_no: detailNumber(plan_detail_no),
  })),
})

type Order = { sign_plan_id: string; plan_detail_no: number; notify_url: string }

export const orderBody = (order: Order): BodyOf<'signplan.serviceorder.create.partner'> => ({
  ...parties,
  ...order,
  openid: exampleOrder.openid,
  service_introduction: '瑜伽小班课',
  time_range: { start_time: '20261201090000', end_time: '20261201100000' },
  out_trade_no: detailNumber(order.plan_detail_no),
})

export const completionBody = (total_amount: number): BodyOf<'serviceorder.complete.partner'> => ({
  service_id: parties.service_id,
  sub_mchid: parties.sub_mchid,
  post_payments: [{ name: '瑜伽小班课', amount: total_amount }],
  total_amount,
})
