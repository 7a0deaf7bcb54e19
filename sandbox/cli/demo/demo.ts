import { isApiError, type Send, Wechatpay } from '../../../client/index.ts'
import { exampleOrder } from './example-order.ts'
import { narrator } from './narrator.ts'
import { planLife } from './plan-life.ts'
import { startReceiver } from './receiver.ts'
import { startSandboxProcess } from './sandbox-process.ts'
import { sixStyles } from './six-styles.ts'
import { type Stage, stageOf } from './stage.ts'

/** Shows the documented call and a plan's whole life on a sandbox that is gone afterwards. */
export const demo = async (): Promise<void> => {
  const { stop, ...place } = await startSandboxProcess()
  const stage = stageOf(place)
  const receiver = await startReceiver(stage.wxpay)

  try {
    await documentedCall(stage)
    await changedOnTheWay(stage)
    await planLife(stage, receiver.url)
  } finally {
    receiver.close()
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
  const tampering: Send = (request) => fetch(new Request(request, { body: '{"changed":true}' }))
  const victim = Wechatpay.fromCredentials(credentials, { baseUrl, fetch: tampering })

  narrator.chapter('A body that is changed after it was signed')
  narrator.call('wxpay.chain(…).post({ json }), its body replaced behind the signature')
  try {
    await victim.v3.payscore.signPlan.partner.serviceorder.post({ json: exampleOrder })
  } catch (error) {
    if (!isApiError(error)) throw error
    narrator.refusal(`${error.status} ${error.body}`)
    return
  }
  throw new Error('The sandbox accepted a body that was not signed.')
}
