import { fill } from '../../../contracts/texts.ts'
import { demoTexts } from '../texts.ts'
import { parties } from './example-order.ts'
import { sixStyles } from './six-styles.ts'
import type { Stage } from './stage.ts'
import { completionBody, detailNumber, orderBody, planBody, signPlanBody, yoga } from './yoga.ts'

const { service_id, sub_mchid } = parties

/** A plan from its creation to its end, callbacks included. */
export const planLife = async (stage: Stage, notify_url: string): Promise<void> => {
  const sign_plan_id = await makeAndSign(stage, notify_url)
  await useDetails(stage, { sign_plan_id, notify_url })
  await refundHalf(stage, notify_url)
  await cancelAndStop(stage, { sign_plan_id, notify_url })
}

type Signed = { sign_plan_id: string; notify_url: string }

const makeAndSign = async (
  { wxpay, act, narrator, told }: Stage,
  notify_url: string,
): Promise<string> => {
  const { plan, signPlan } = wxpay.v3.payscore

  narrator.chapter(demoTexts.signing)
  const { plan_id } = await told('POST payscore-plans', async () => {
    const { data } = await plan.partner.payscorePlans.post({ json: planBody })
    return { plan_id: data.plan_id, plan_state: data.plan_state }
  })
  const { sign_plan_id } = await told('POST user-sign-plans', async () => {
    const json = signPlanBody(plan_id, notify_url)
    const { data } = await signPlan.partner.userSignPlans.post({ json })
    return { sign_plan_id: data.sign_plan.sign_plan_id, sign_state: data.sign_plan.sign_state }
  })
  const call = `POST /_sandbox/user-sign-plans/${yoga.signPlanNo}/sign`
  narrator.call(fill(demoTexts.userSigns, { call }))
  await act(`/user-sign-plans/${yoga.signPlanNo}/sign`)
  await act('/idle')

  return sign_plan_id
}

const useDetails = async ({ wxpay, act, narrator, told }: Stage, signed: Signed) => {
  const { serviceorder } = wxpay.v3.payscore.partner

  narrator.chapter(demoTexts.details)
  for (const [index, { call, run }] of sixStyles.entries()) {
    const plan_detail_no = index + 1
    const out_order_no = detailNumber(plan_detail_no)
    await told(fill(demoTexts.detail, { number: plan_detail_no, call }), async () => {
      const { data } = await run(wxpay, orderBody({ ...signed, plan_detail_no }))
      return { out_order_no: data.out_order_no, state: data.state }
    })
    const completion = `POST serviceorder/${out_order_no}/complete`
    await told(fill(demoTexts.charged, { call: completion }), async () => {
      const json = completionBody(yoga.reduced)
      await serviceorder._out_order_no_.complete.post({ out_order_no, json })
      await act('/idle')
      const { data } = await serviceorder.get({ query: { sub_mchid, out_order_no } })
      return { state: data.state, paid_amount: data.collection?.paid_amount }
    })
  }
}

const refundHalf = async ({ wxpay, act, narrator, told }: Stage, notify_url: string) => {
  const { refunds } = wxpay.v3.refund.domestic
  const out_order_no = detailNumber(sixStyles.length)
  const { data: paid } = await wxpay.v3.payscore.partner.serviceorder.get({
    query: { sub_mchid, out_order_no },
  })
  const transaction_id = paid.collection?.details?.[0]?.transaction_id ?? ''

  narrator.chapter(demoTexts.refunding)
  await told(`POST refunds, transaction_id ${transaction_id}`, async () => {
    const amount = { refund: yoga.reduced / 2, total: yoga.reduced, currency: 'CNY' } as const
    const json = { sub_mchid, transaction_id, out_refund_no: yoga.refundNo, notify_url, amount }
    const { data } = await refunds.post({ json })
    return { refund_id: data.refund_id, status: data.status }
  })
  await act('/idle')
  await told(`GET refunds/${yoga.refundNo}`, async () => {
    const { data } = await refunds._out_refund_no_.get({
      out_refund_no: yoga.refundNo,
      query: { sub_mchid },
    })
    return { status: data.status, refund: data.amount.refund }
  })
}

const cancelAndStop = async ({ wxpay, narrator, told }: Stage, signed: Signed) => {
  const { partner, signPlan } = wxpay.v3.payscore
  const plan_detail_no = sixStyles.length + 1
  const out_order_no = detailNumber(plan_detail_no)

  narrator.chapter(demoTexts.ending)
  await told(fill(demoTexts.cancelled, { number: plan_detail_no }), async () => {
    await signPlan.partner.serviceorder.post({ json: orderBody({ ...signed, plan_detail_no }) })
    const json = { service_id, sub_mchid, reason: '用户请假' }
    await partner.serviceorder._out_order_no_.cancel.post({ out_order_no, json })
    const { data } = await partner.serviceorder.get({ query: { sub_mchid, out_order_no } })
    return { out_order_no, state: data.state }
  })
  await told(`POST user-sign-plans/…/${yoga.signPlanNo}/stop`, async () => {
    const { merchantSignPlanNo } = signPlan.partner.userSignPlans
    const { data } = await merchantSignPlanNo._merchant_sign_plan_no_.stop.post({
      merchant_sign_plan_no: yoga.signPlanNo,
      json: { sub_mchid, stop_reason: '课程结束' },
    })
    return { sign_state: data.sign_state, cancel_sign_type: data.cancel_sign_type }
  })
}
