import type { ApplyPermission } from '../../contracts/permissions.ts'
import type { CreatePlan } from '../../contracts/plans.ts'
import type { CreateRefund } from '../../contracts/refunds.ts'
import type {
  CompleteServiceOrder,
  CreateServiceOrder,
  CreateSignPlanOrder,
  ModifyServiceOrder,
  SyncServiceOrder,
} from '../../contracts/service-orders.ts'
import type { CreateTransaction } from '../../contracts/transactions.ts'
import type { CreateUserSignPlan } from '../../contracts/user-sign-plans.ts'
import { exampleIdentities } from '../../sandbox/authority/example-identities.ts'

/** A yoga course of three lessons, and everything that is asked for on its way. */
const { mchid, appid, subMchid, subAppid, serviceId, openid } = exampleIdentities

export const parties = {
  service_id: serviceId,
  appid,
  sub_mchid: subMchid,
  sub_appid: subAppid,
}

const addressed = { service_id: serviceId, sub_mchid: subMchid }
const notify_url = 'https://merchant.example/notify'

const detail = { original_price: 10_000, plan_discount_description: '早鸟价', actual_price: 9_000 }

export const planRequest = {
  ...parties,
  plan_name: '瑜伽小班课',
  plan_duration: 30,
  deduction_quantity: 3,
  total_original_price: 30_000,
  total_actual_price: 26_000,
  plan_detail_list: [
    { ...detail, plan_detail_name: '第1节' },
    { ...detail, plan_detail_name: '第2节' },
    { original_price: 10_000, actual_price: 8_000, plan_detail_name: '第3节' },
  ],
  merchant_plan_no: 'YOGA',
} satisfies CreatePlan

export const signPlanRequest = (plan_id: string) =>
  ({
    ...parties,
    plan_id,
    openid,
    merchant_sign_plan_no: 'YOGA-SIGN',
    notify_url,
    sign_plan_detail: [1, 2, 3].map((plan_detail_no) => ({
      plan_detail_no,
      merchant_plan_detail_no: `YOGA-${plan_detail_no}`,
    })),
  }) satisfies CreateUserSignPlan

export const planOrderRequest = (sign_plan_id: string, plan_detail_no = 1) =>
  ({
    ...parties,
    sign_plan_id,
    plan_detail_no,
    openid,
    notify_url,
    service_introduction: '瑜伽课',
    time_range: { start_time: '20260303090000', end_time: '20260303100000' },
    out_trade_no: `YOGA-${plan_detail_no}`,
  }) satisfies CreateSignPlanOrder

export const orderRequest = {
  ...parties,
  out_order_no: 'LESSON',
  service_introduction: '单次课',
  post_payments: [{ name: '课时费', amount: 9_000 }],
  risk_fund: { name: 'ESTIMATE_ORDER_COST', amount: 9_000 },
  time_range: { start_time: 'OnAccept', end_time: '20260303100000' },
  openid,
  notify_url,
} satisfies CreateServiceOrder

export const completion = {
  ...addressed,
  post_payments: [{ name: '课时费', amount: 9_000 }],
  total_amount: 9_000,
} satisfies CompleteServiceOrder

export const modification = {
  ...addressed,
  post_payments: [{ name: '课时费', amount: 5_000 }],
  total_amount: 5_000,
  reason: '提前下课',
} satisfies ModifyServiceOrder

export const sync = {
  ...addressed,
  type: 'Order_Paid',
  detail: { paid_time: '20260303110000' },
} satisfies SyncServiceOrder

export const cancellation = { ...addressed, reason: '课程取消' }

export const refundRequest = (transaction_id: string, refund = 9_000) =>
  ({
    sub_mchid: subMchid,
    transaction_id,
    out_refund_no: 'YOGA-REFUND',
    amount: { refund, total: 9_000, currency: 'CNY' },
  }) satisfies CreateRefund

export const permissionRequest = {
  ...parties,
  authorization_code: 'YOGA-PERMIT',
  notify_url,
} satisfies ApplyPermission

const lesson = {
  description: '单次课',
  out_trade_no: 'LESSON2026',
  notify_url,
  amount: { total: 9_000, currency: 'CNY' },
} as const

export const directTransaction = {
  ...lesson,
  appid,
  mchid,
  payer: { openid },
} satisfies CreateTransaction

export const partnerTransaction = {
  ...lesson,
  sp_appid: appid,
  sp_mchid: mchid,
  sub_appid: subAppid,
  sub_mchid: subMchid,
  payer: { sp_openid: openid },
} satisfies CreateTransaction

/** The same order for a product whose payer is not named. */
export const anonymous = <Order extends { payer: object }>({ payer: _, ...order }: Order) => order

/** What an H5 order has beside. */
export const scene_info = { payer_client_ip: '127.0.0.1', h5_info: { type: 'Wap' } }
