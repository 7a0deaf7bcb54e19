import { isApiError, type Send, Wechatpay } from '../../../client/index.ts'
import { detailNumber, exampleOrder, orderOf, parties } from './example-order.ts'
import { narrator } from './narrator.ts'
import { startSandboxProcess } from './sandbox-process.ts'
import { sixStyles } from './six-styles.ts'

type Stage = { wxpay: Wechatpay; url: string; credentials: string }

/** Shows the documented call and a plan's whole life on a sandbox that is gone afterwards. */
export const demo = async (): Promise<void> => {
  const { stop, ...place } = await startSandboxProcess()
  const { url: baseUrl, credentials } = place

  try {
    const stage = { ...place, wxpay: Wechatpay.fromCredentials(credentials, { baseUrl }) }
    await documentedCall(stage)
    await changedOnTheWay(stage)
    await wholeLife(stage)
  } finally {
    await stop()
  }
}

const documentedCall = async ({ wxpay }: Stage) => {
  narrator.chapter('The documented call in its six styles: the same parameters, the same order')
  for (const { call, run } of sixStyles) {
    narrator.call(call)
    const { data, status } = await run(wxpay, exampleOrder)
    narrator.answer({ status, out_order_no: data.out_order_no, order_id: data.order_id })
  }
}

const changedOnTheWay = async ({ url: baseUrl, credentials }: Stage) => {
  narrator.chapter('A body that is changed after it was signed')
  const tampering: Send = (request) => fetch(new Request(request, { body: '{"changed":true}' }))
  const victim = Wechatpay.fromCredentials(credentials, { baseUrl, fetch: tampering })

  await refused('wxpay.chain(…).post({ json }), its body replaced behind the signature', () =>
    victim.v3.payscore.signPlan.partner.serviceorder.post({ json: exampleOrder }),
  )
}

const refused = async (call: string, attempt: () => Promise<unknown>) => {
  narrator.call(call)
  try {
    await attempt()
  } catch (error) {
    if (!isApiError(error)) throw error
    narrator.refusal(`${error.status} ${error.body}`)
    return
  }
  throw new Error(`The demo expected a refusal of: ${call}`)
}

const told = async <T>(call: string, run: () => T | Promise<T>): Promise<T> => {
  narrator.call(call)
  const result = await run()
  narrator.answer(result)
  return result
}

const control = async (url: string, path: string): Promise<unknown> => {
  const response = await fetch(`${url}/_sandbox${path}`, { method: 'POST' })
  if (!response.ok) throw new Error(`POST /_sandbox${path}: ${await response.text()}`)

  return response.status === 204 ? undefined : response.json()
}

const details = 8
const price = 8_800
const reduced = 6_600

const wholeLife = async ({ wxpay, url }: Stage) => {
  const { v3 } = wxpay
  const { sub_mchid, service_id } = parties
  const act = (path: string) => control(url, path)
  const query = { sub_mchid }

  narrator.chapter('The merchant makes a plan, the user signs it')
  const plan = await told('POST payscore-plans', async () => {
    const { data } = await v3.payscore.plan.partner.payscorePlans.post({ json: planBody })
    return { plan_id: data.plan_id, plan_state: data.plan_state }
  })
  const signed = await told('POST user-sign-plans', async () => {
    const json = signPlanBody(plan.plan_id)
    const { data } = await v3.payscore.signPlan.partner.userSignPlans.post({ json })
    const { sign_plan_id, sign_state } = data.sign_plan
    return { sign_plan_id, sign_state }
  })
  await told('POST /_sandbox/user-sign-plans/YOGASIGN2026/sign (the user)', async () => {
    await act('/user-sign-plans/YOGASIGN2026/sign')
    return signState(wxpay)
  })

  narrator.chapter('Detail after detail: ordered, completed, charged')
  for (const [index, { call, run }] of sixStyles.entries()) {
    const plan_detail_no = index + 1
    const out_order_no = detailNumber(plan_detail_no)
    await told(`detail ${plan_detail_no}: ${call}`, async () => {
      const { data } = await run(wxpay, orderOf(signed.sign_plan_id, plan_detail_no))
      return { out_order_no: data.out_order_no, state: data.state }
    })
    await told(`POST serviceorder/${out_order_no}/complete, then WeChat Pay charges`, async () => {
      const json = { service_id, sub_mchid, ...charged(reduced) }
      await v3.payscore.partner.serviceorder._out_order_no_.complete.post({ out_order_no, json })
      await act('/idle')
      const { data } = await v3.payscore.partner.serviceorder.get({
        query: { ...query, out_order_no },
      })
      return { state: data.state, paid_amount: data.collection?.paid_amount }
    })
  }

  narrator.chapter('Half of the last payment goes back')
  const out_order_no = detailNumber(sixStyles.length)
  const { data: paid } = await v3.payscore.partner.serviceorder.get({
    query: { ...query, out_order_no },
  })
  const transaction_id = paid.collection?.details?.[0]?.transaction_id ?? ''
  await told(`POST refunds, transaction_id ${transaction_id}`, async () => {
    const amount = { refund: reduced / 2, total: reduced, currency: 'CNY' } as const
    const json = { sub_mchid, transaction_id, out_refund_no: 'YOGAREFUND1', amount }
    const { data } = await v3.refund.domestic.refunds.post({ json })
    return { refund_id: data.refund_id, status: data.status }
  })
  await act('/idle')
  await told('GET refunds/YOGAREFUND1', async () => {
    const found = await v3.refund.domestic.refunds._out_refund_no_.get({
      out_refund_no: 'YOGAREFUND1',
      query,
    })
    return { status: found.data.status, refund: found.data.amount.refund }
  })

  narrator.chapter('An order is cancelled, the plan ends')
  const last = detailNumber(sixStyles.length + 1)
  await told(`detail ${sixStyles.length + 1}: ordered and cancelled`, async () => {
    const json = orderOf(signed.sign_plan_id, sixStyles.length + 1)
    await v3.payscore.signPlan.partner.serviceorder.post({ json })
    await v3.payscore.partner.serviceorder._out_order_no_.cancel.post({
      out_order_no: last,
      json: { service_id, sub_mchid, reason: '用户请假' },
    })
    const { data } = await v3.payscore.partner.serviceorder.get({
      query: { ...query, out_order_no: last },
    })
    return { out_order_no: last, state: data.state }
  })
  await told('POST user-sign-plans/…/YOGASIGN2026/stop', async () => {
    const { data } =
      await v3.payscore.signPlan.partner.userSignPlans.merchantSignPlanNo._merchant_sign_plan_no_.stop.post(
        { merchant_sign_plan_no: 'YOGASIGN2026', json: { sub_mchid, stop_reason: '课程结束' } },
      )
    return { sign_state: data.sign_state, cancel_sign_type: data.cancel_sign_type }
  })
}

const signState = async (wxpay: Wechatpay) => {
  const { data } =
    await wxpay.v3.payscore.signPlan.partner.userSignPlans.merchantSignPlanNo._merchant_sign_plan_no_.get(
      { merchant_sign_plan_no: 'YOGASIGN2026', query: { sub_mchid: parties.sub_mchid } },
    )
  return { sign_state: data.sign_state, plan_over_time: data.plan_over_time }
}

const charged = (total_amount: number) => ({
  post_payments: [{ name: '瑜伽小班课', amount: total_amount }],
  total_amount,
})

const planBody = {
  ...parties,
  plan_name: '瑜伽小班课月卡',
  plan_duration: 300,
  deduction_quantity: details,
  total_original_price: price * details,
  total_actual_price: reduced * details,
  plan_detail_list: Array.from({ length: details }, (_, index) => ({
    original_price: price,
    plan_discount_description: '老学员优惠',
    actual_price: reduced,
    plan_detail_name: `第${index + 1}节课`,
  })),
  merchant_plan_no: 'YOGA2026',
}

const signPlanBody = (plan_id: string) => ({
  ...parties,
  plan_id,
  openid: exampleOrder.openid,
  merchant_sign_plan_no: 'YOGASIGN2026',
  notify_url: 'http://127.0.0.1:8130/notify',
  sign_plan_detail: Array.from({ length: details }, (_, index) => ({
    plan_detail_no: index + 1,
    merchant_plan_detail_no: detailNumber(index + 1),
  })),
})
