import { expect, test } from 'vitest'
import { Aes } from 'wechatpay-axios-plugin'
import { CertificateList } from '../../contracts/certificates.ts'
import { PartnerPlan } from '../../contracts/plans.ts'
import { ServiceOrder } from '../../contracts/service-orders.ts'
import { PartnerCreatedUserSignPlan } from '../../contracts/user-sign-plans.ts'
import { platforms } from '../contract/sandbox-target.ts'
import { startSandbox } from '../support/sandbox.ts'
import { pluginWith } from './plugin.ts'

const plans = 'v3/payscore/plan/partner/payscore-plans'
const signPlans = 'v3/payscore/sign-plan/partner/user-sign-plans'
const detailOrders = 'v3/payscore/sign-plan/partner/serviceorder'
const orders = 'v3/payscore/partner/serviceorder'
const refunds = 'v3/refund/domestic/refunds'

// The plugin rejects a success that it cannot verify: what resolves here was signed, 204 included.
test.each(platforms)('the witness lives through a whole plan, in %s mode', async (platform) => {
  const { url, credentials, control } = await startSandbox()
  const plugin = pluginWith(credentials, { baseURL: url, platform })
  const post = (path: string, body: object, place: Record<string, string> = {}) =>
    plugin.chain(path).post<unknown>(body, place)
  const get = (path: string, query: object, place: Record<string, string> = {}) =>
    plugin.chain(path).get<unknown>({ params: query, ...place })

  const { appid, serviceId: service_id, subMchid: sub_mchid, subAppid: sub_appid } = credentials
  const parties = { service_id, appid, sub_mchid, sub_appid }
  const user = { openid: credentials.openid }
  const planNo = { merchant_plan_no: 'YOGA' }
  const signPlanNo = { merchant_sign_plan_no: 'YOGA-S1' }
  const orderNo = (detail: number) => `YOGA-S1-${detail}`

  const plan = await post(plans, {
    ...parties,
    ...planNo,
    plan_name: '瑜伽课',
    plan_duration: 30,
    deduction_quantity: 3,
    total_original_price: 30_000,
    total_actual_price: 24_000,
    plan_detail_list: ['第1节', '第2节', '第3节'].map((plan_detail_name) => ({
      plan_detail_name,
      original_price: 10_000,
      actual_price: 8_000,
    })),
  })
  const signPlan = await post(signPlans, {
    ...parties,
    ...user,
    ...signPlanNo,
    plan_id: PartnerPlan.parse(plan.data).plan_id,
    notify_url: 'https://api.test.com/sign',
    sign_plan_detail: [1, 2, 3].map((plan_detail_no) => ({
      plan_detail_no,
      merchant_plan_detail_no: orderNo(plan_detail_no),
    })),
  })
  await control.userSignPlans.sign(signPlanNo.merchant_sign_plan_no)

  const { sign_plan_id } = PartnerCreatedUserSignPlan.parse(signPlan.data).sign_plan
  const order = async (plan_detail_no: number) => {
    const out_order_no = orderNo(plan_detail_no)
    const { data } = await post(detailOrders, {
      ...parties,
      ...user,
      sign_plan_id,
      plan_detail_no,
      notify_url: 'https://api.test.com/paid',
      service_introduction: '瑜伽课',
      time_range: { start_time: '20091225091010', end_time: '20091225101010' },
      out_trade_no: out_order_no,
    })
    expect(data).toMatchObject({ out_order_no, state: 'DOING' })
    return { out_order_no }
  }
  const query = async (number: { out_order_no: string }) =>
    ServiceOrder.parse((await get(orders, { service_id, sub_mchid, ...number })).data)

  const first = await order(1)
  const amounts = { post_payments: [{ name: '瑜伽课', amount: 7_000 }], total_amount: 7_000 }
  const completion = { service_id, sub_mchid, ...amounts }
  expect(await post(`${orders}/{out_order_no}/complete`, completion, first)).toMatchObject({
    status: 204,
  })
  await control.idle()
  const paid = await query(first)
  expect(paid).toMatchObject({ state: 'DONE', collection: { state: 'USER_PAID' } })

  const refundNo = { out_refund_no: 'YOGA-R1' }
  const refund = await post(refunds, {
    sub_mchid,
    ...refundNo,
    transaction_id: paid.collection?.details?.[0]?.transaction_id,
    amount: { refund: 500, total: 7_000, currency: 'CNY' },
  })
  expect(refund.data).toMatchObject({ ...refundNo, status: 'PROCESSING' })
  await control.idle()
  const arrived = await get(`${refunds}/{out_refund_no}`, { sub_mchid }, refundNo)
  expect(arrived.data).toMatchObject({ status: 'SUCCESS', amount: { refund: 500 } })

  const second = await order(2)
  const cancellation = { service_id, sub_mchid, reason: '用户请假' }
  await post(`${orders}/{out_order_no}/cancel`, cancellation, second)
  expect(await query(second)).toMatchObject({ state: 'REVOKED' })

  const stop = { sub_mchid, stop_reason: '课程结束' }
  const ended = await post(
    `${signPlans}/merchant-sign-plan-no/{merchant_sign_plan_no}/stop`,
    stop,
    signPlanNo,
  )
  expect(ended.data).toMatchObject({
    sign_state: 'SIGN_PLAN_CANCEL',
    signed_detail_list: [
      { plan_detail_state: 'USED', actual_pay_price: 7_000 },
      { plan_detail_state: 'SIGN_PLAN_DETAIL_CANCEL' },
      { plan_detail_state: 'NOT_USED' },
    ],
  })
  const stopped = await post(
    `${plans}/merchant-plan-no/{merchant_plan_no}/stop`,
    { sub_mchid },
    planNo,
  )
  expect(stopped.data).toMatchObject({ plan_state: 'STOP' })
})

test('the witness opens the platform certificate and trusts the next answer by it', async () => {
  const { url, credentials } = await startSandbox()
  const list = async (platformCertificate: string) => {
    const plugin = pluginWith({ ...credentials, platformCertificate }, { baseURL: url })
    return CertificateList.parse((await plugin.chain('v3/certificates').get<unknown>()).data).data
  }

  const [row] = await list(credentials.platformCertificate)
  const { ciphertext = '', nonce = '', associated_data } = row?.encrypt_certificate ?? {}
  const opened = Aes.AesGcm.decrypt(ciphertext, credentials.apiv3Key, nonce, associated_data)

  expect(opened).toBe(credentials.platformCertificate)
  expect(await list(opened)).toHaveLength(1)
})
