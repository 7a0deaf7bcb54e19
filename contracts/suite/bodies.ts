/**
 * Requests that would be accepted in the right state, no member left out. The numbers of a fixture
 * begin with its own, so that they are used by nobody else.
 * @module
 */
import type { ApplyPermission } from '../permissions.ts'
import type { CreatePlan } from '../plans.ts'
import type { CreateRefund, RedirectRefund } from '../refunds.ts'
import type {
  CancelServiceOrder,
  CompleteServiceOrder,
  CreateServiceOrder,
  CreateSignPlanOrder,
  ModifyServiceOrder,
  PayServiceOrder,
  SyncServiceOrder,
} from '../service-orders.ts'
import type { Product } from '../transactions.ts'
import type { CreateUserSignPlan, StopUserSignPlan } from '../user-sign-plans.ts'
import type { Fixture } from './interaction.ts'

/** The number set aside for a detail of the plan. */
export const detailNo = ({ number }: Fixture, detail = 1) => `${number}D${detail}`

export const planNo = ({ number }: Fixture) => ({ merchant_plan_no: number })
export const signPlanNo = ({ number }: Fixture) => ({ merchant_sign_plan_no: `${number}S` })
export const orderNo = ({ number }: Fixture) => ({ out_order_no: `${number}O` })
/** The order of the first detail. */
export const planOrderNo = (fixture: Fixture) => ({ out_order_no: detailNo(fixture) })
export const tradeNo = ({ number }: Fixture) => ({ out_trade_no: `${number}T` })
export const refundNo = ({ number }: Fixture) => ({ out_refund_no: `${number}R` })
export const authorizationCode = ({ number }: Fixture) => ({ authorization_code: `${number}A` })

/** Whose resource is asked for; a merchant for itself need not say so. */
export const subMerchant = ({ parties: { sub_mchid } }: Fixture) => ({
  ...(sub_mchid !== undefined && { sub_mchid }),
})

/** Whose order it is. */
export const owner = ({ mode, parties: { service_id, appid, sub_mchid = '' } }: Fixture) =>
  mode === 'partner' ? { service_id, sub_mchid } : { service_id, appid }

const detailPrices = [
  { original_price: 20_000, actual_price: 15_000 },
  { original_price: 20_000, actual_price: 12_000 },
  { original_price: 10_000, actual_price: 10_000 },
]

/** The most that the order of the first detail can charge. */
export const ceiling = 15_000

export const createPlan = (fixture: Fixture): CreatePlan => ({
  ...fixture.parties,
  ...planNo(fixture),
  plan_name: '羽毛球课基础练习',
  plan_duration: 300,
  deduction_quantity: 3,
  total_original_price: 50_000,
  total_actual_price: 37_000,
  plan_detail_list: detailPrices.map((prices, index) => ({
    ...prices,
    plan_discount_description: '新用户优惠',
    plan_detail_name: `第${index + 1}节`,
  })),
})

export const createSignPlan = (fixture: Fixture): CreateUserSignPlan => ({
  ...fixture.parties,
  ...fixture.user,
  ...signPlanNo(fixture),
  plan_id: fixture.plan_id,
  notify_url: fixture.notify_url,
  sign_plan_detail: [1, 2, 3].map((plan_detail_no) => ({
    plan_detail_no,
    merchant_plan_detail_no: detailNo(fixture, plan_detail_no),
  })),
})

export const stopSignPlan = (fixture: Fixture): StopUserSignPlan => ({
  ...subMerchant(fixture),
  stop_reason: '课程结束',
})

const time_range = {
  start_time: '20091225091010',
  end_time: '20091225121010',
  start_time_remark: '准时',
  end_time_remark: '可延长',
}

const location = { start_location: '一号馆', end_location: '二号馆' }

const device = {
  start_device_id: 'D-1',
  end_device_id: 'D-2',
  materiel_no: 'https://www.weixin.qq.com/x',
}

const attach = 'Easdfowealsdkjfnlaksjdlfkwqoi&wl3l2sald'

export const createDetailOrder = (fixture: Fixture, plan_detail_no = 1): CreateSignPlanOrder => ({
  ...fixture.parties,
  ...fixture.user,
  sign_plan_id: fixture.sign_plan_id,
  plan_detail_no,
  notify_url: fixture.notify_url,
  service_introduction: '羽毛球课',
  time_range,
  location,
  attach,
  out_trade_no: detailNo(fixture, plan_detail_no),
})

const charges = (amount: number, reduction: number) => ({
  post_payments: [{ name: '课时费', description: '一节', amount, count: 1 }],
  post_discounts: [{ name: '会员优惠', description: '九折', amount: reduction, count: 1 }],
  total_amount: amount - reduction,
})

/** An ordinary order, which the user is to confirm. */
export const createOrder = (fixture: Fixture): CreateServiceOrder => {
  const { post_payments, post_discounts } = charges(15_000, 3000)

  return {
    ...fixture.parties,
    ...fixture.user,
    ...orderNo(fixture),
    service_introduction: '羽毛球课',
    post_payments,
    post_discounts,
    risk_fund: { name: 'ESTIMATE_ORDER_COST', amount: ceiling, description: '一节课' },
    time_range,
    location,
    need_user_confirm: true,
    notify_url: fixture.notify_url,
    attach,
    device,
  }
}

export const cancelOrder = (fixture: Fixture): CancelServiceOrder => ({
  ...owner(fixture),
  reason: '用户请假',
})

export const completeOrder = (fixture: Fixture): CompleteServiceOrder => ({
  ...owner(fixture),
  ...charges(15_000, 3000),
  time_range,
  location,
  profit_sharing: false,
  ...(fixture.mode === 'partner' && { complete_time: '2009-12-25T12:10:10+08:00' }),
  goods_tag: 'goods',
  device,
})

/** What the completion asks for. */
export const completed = 12_000

export const modifyOrder = (fixture: Fixture): ModifyServiceOrder => ({
  ...owner(fixture),
  ...charges(10_000, 1000),
  reason: '会员价',
  device,
})

/** What the modification asks for. */
export const modified = 9000

export const payOrder = (fixture: Fixture): PayServiceOrder => owner(fixture)

export const syncOrder = (fixture: Fixture): SyncServiceOrder => ({
  ...owner(fixture),
  type: 'Order_Paid',
  detail: {
    paid_time: '20091225121210',
    ...(fixture.mode === 'partner' && { seq: 1, paid_amount: completed }),
  },
})

export const applyPermission = (fixture: Fixture): ApplyPermission => {
  const { service_id, appid, sub_mchid = '', sub_appid } = fixture.parties
  return {
    service_id,
    appid,
    sub_mchid,
    ...(sub_appid !== undefined && { sub_appid }),
    ...authorizationCode(fixture),
    notify_url: fixture.notify_url,
  }
}

export const endPermission = ({ parties: { service_id, sub_mchid = '' } }: Fixture) => ({
  service_id,
  sub_mchid,
  reason: '用户要求',
})

/** Who asks about a transaction. */
export const acquirer = ({ mode, mchid, parties: { sub_mchid = '' } }: Fixture) =>
  mode === 'partner' ? { sp_mchid: mchid, sub_mchid } : { mchid }

const orderingParties = (fixture: Fixture) => {
  const { mode, mchid, parties } = fixture
  const { appid, sub_appid = '', sub_mchid = '' } = parties
  return mode === 'partner'
    ? { sp_appid: appid, sp_mchid: mchid, sub_appid, sub_mchid }
    : { appid, mchid }
}

const payerOf = ({ mode, user: { openid } }: Fixture) =>
  mode === 'partner' ? { sp_openid: openid, sub_openid: openid } : { openid }

/** An order of any product, paid with as much as the completion of a service order asks for. */
export const orderTransaction = (fixture: Fixture, product: Product = 'jsapi') => ({
  ...orderingParties(fixture),
  description: '羽毛球课',
  ...tradeNo(fixture),
  // Fractions and any offset are taken; so late a moment is brought forward.
  time_expire: '2099-12-31T23:59:59.123456789+08:00',
  attach: '自定义数据',
  notify_url: fixture.notify_url,
  goods_tag: 'WXG',
  limit_pay: ['no_credit'],
  support_fapiao: false,
  amount: { total: completed, currency: 'CNY' },
  payer: { ...(product === 'jsapi' && payerOf(fixture)), identity: {} },
  detail: {
    cost_price: 15_000,
    invoice_id: 'R123',
    goods_detail: [
      {
        merchant_goods_id: 'G-1',
        wechatpay_goods_id: '1001',
        goods_name: '羽毛球课',
        quantity: 1,
        unit_price: completed,
      },
    ],
  },
  scene_info: {
    payer_client_ip: '14.23.150.211',
    device_id: '013467007045764',
    store_info: { id: '0001', name: '一号馆', area_code: '440305', address: '科技中一道 1 号' },
    ...(product === 'h5' && {
      h5_info: {
        type: 'Wap',
        app_name: '羽毛球馆',
        app_url: 'https://merchant.example',
        bundle_id: 'example.merchant',
        package_name: 'example.merchant',
      },
    }),
  },
  settle_info: { profit_sharing: false },
  ...((product === 'jsapi' || product === 'app') && { subsidy_info: {} }),
})

export const redirectRefund = (fixture: Fixture): RedirectRefund => ({
  ...subMerchant(fixture),
  ...refundNo(fixture),
  type: 'MERCHANT_BANK_CARD',
})

export const createRefund = (fixture: Fixture, refund = 500): CreateRefund => ({
  ...subMerchant(fixture),
  ...refundNo(fixture),
  transaction_id: fixture.transaction_id,
  reason: '课程取消',
  notify_url: fixture.notify_url,
  funds_account: 'AVAILABLE',
  amount: {
    refund,
    from: [{ account: 'AVAILABLE', amount: refund }],
    total: completed,
    currency: 'CNY',
  },
  goods_detail: [
    {
      merchant_goods_id: 'G-1',
      wechatpay_goods_id: '1001',
      goods_name: '羽毛球课',
      unit_price: completed,
      refund_amount: refund,
      refund_quantity: 1,
    },
  ],
})
