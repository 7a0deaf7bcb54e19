import type { startSandbox } from '../support/sandbox.ts'

type Started = Pick<Awaited<ReturnType<typeof startSandbox>>, 'wxpay' | 'control' | 'credentials'>

/** What a merchant orders through its client; every callback of it goes to `notify_url`. */
export const merchantOf = ({ wxpay, control, credentials }: Started, notify_url: string) => {
  const { appid, serviceId: service_id, subMchid: sub_mchid, subAppid: sub_appid } = credentials
  const { openid } = credentials
  const parties = { service_id, appid, sub_mchid, sub_appid }
  const scope = { service_id, sub_mchid }
  const { payscore } = wxpay.v3
  const orders = payscore.partner.serviceorder
  const paid = { service_introduction: '羽毛球课', notify_url }

  return {
    parties,

    /** A plan of eight details that waits for its user. */
    signPlan: async (merchant_sign_plan_no = 'SIGN') => {
      const { plan } = await control.plans.get('BADMINTON2026')
      const sign_plan_detail = plan.plan_detail_list.map(({ plan_detail_no }) => ({
        plan_detail_no,
        merchant_plan_detail_no: `${merchant_sign_plan_no}-${plan_detail_no}`,
      }))
      const json = { ...parties, openid, merchant_sign_plan_no, notify_url, sign_plan_detail }
      const { data } = await payscore.signPlan.partner.userSignPlans.post({
        json: { ...json, plan_id: plan.plan_id },
      })
      return data.sign_plan
    },

    stopSignPlan: (merchant_sign_plan_no = 'SIGN') =>
      wxpay.v3.payscore.signPlan.partner.userSignPlans.merchantSignPlanNo._merchant_sign_plan_no_.stop.post(
        { merchant_sign_plan_no, json: { sub_mchid, stop_reason: '课程结束' } },
      ),

    /** The order of a signed plan's detail. */
    planOrder: async (plan_detail_no: number, merchant_sign_plan_no = 'SIGN') => {
      const { signPlan } = await control.userSignPlans.get(merchant_sign_plan_no)
      const out_trade_no = `${merchant_sign_plan_no}-${plan_detail_no}`
      const { sign_plan_id } = signPlan
      const { data } = await payscore.signPlan.partner.serviceorder.post({
        json: {
          ...parties,
          ...paid,
          openid,
          sign_plan_id,
          plan_detail_no,
          out_trade_no,
          time_range: { start_time: '20091225091010', end_time: '20091225121010' },
        },
      })
      return data
    },

    /** An ordinary order, confirmed by its user unless `need_user_confirm`. */
    order: async (out_order_no = 'ORDER', need_user_confirm = false) => {
      const { data } = await orders.post({
        json: {
          ...parties,
          ...paid,
          out_order_no,
          need_user_confirm,
          ...(!need_user_confirm && { openid }),
          risk_fund: { name: 'ESTIMATE_ORDER_COST', amount: 20_000 },
          time_range: { start_time: '20091225091010' },
        },
      })
      return data
    },

    complete: (out_order_no: string, amount = 15_000) =>
      orders._out_order_no_.complete.post({
        out_order_no,
        json: {
          ...scope,
          post_payments: [{ name: '场地费', amount }],
          total_amount: amount,
          time_range: { end_time: '20091225121010' },
        },
      }),

    sync: (out_order_no: string) =>
      orders._out_order_no_.sync.post({
        out_order_no,
        json: { ...scope, type: 'Order_Paid', detail: { paid_time: '20091225121510' } },
      }),

    authorise: async (authorization_code = 'AUTHORISE') => {
      await payscore.partner.permissions.post({
        json: { ...parties, authorization_code, notify_url },
      })
      await control.permissions.open(authorization_code, { openid })
    },

    terminate: (authorization_code = 'AUTHORISE') =>
      payscore.partner.permissions.authorizationCode._authorization_code_.terminate.post({
        authorization_code,
        json: { ...scope, reason: '用户要求' },
      }),

    /** Gives back what the seeded order was paid. */
    refund: async (out_refund_no = 'REFUND') => {
      const [paidOrder] = await control.serviceOrders.list()
      const { data } = await wxpay.v3.refund.domestic.refunds.post({
        json: {
          sub_mchid,
          transaction_id: paidOrder?.transaction_id ?? '',
          out_refund_no,
          notify_url,
          amount: { refund: 500, total: 15_000, currency: 'CNY' },
        },
      })
      return data
    },
  }
}
