import { isApiError, type Send, Wechatpay } from '../../../client/index.ts'
import { SentenceError } from '../../../contracts/texts.ts'
import type { CommandLine } from '../command-line.ts'
import { demoTexts } from '../texts.ts'
import { exampleOrder } from './example-order.ts'
import { createNarrator } from './narrator.ts'
import { planLife } from './plan-life.ts'
import { startReceiver } from './receiver.ts'
import { startSandboxProcess } from './sandbox-process.ts'
import { sixStyles } from './six-styles.ts'
import { type Stage, stageOf } from './stage.ts'

/** Shows the documented call and a plan's whole life on a sandbox that is gone afterwards. */
export const demo = async (commandLine: CommandLine): Promise<void> => {
  const { stop, ...place } = await startSandboxProcess(commandLine.language)
  const stage = stageOf(place, createNarrator(commandLine))
  const receiver = await startReceiver(stage)

  try {
    await documentedCall(stage)
    await changedOnTheWay(stage)
    await planLife(stage, receiver.url)
  } finally {
    receiver.close()
    await stop()
  }
}

const documentedCall = async ({ wxpay, narrator }: Stage) => {
  narrator.chapter(demoTexts.documentedCall)
  for (const { call, run } of sixStyles) {
    narrator.call(call)
    const { data, status } = await run(wxpay, exampleOrder)
    narrator.answer({ status, out_order_no: data.out_order_no, order_id: data.order_id })
  }
}

const changedOnTheWay = async ({ url: baseUrl, credentials, narrator }: Stage) => {
  const tampering: Send = (request) => fetch(new Request(request, { body: '{"changed":true}' }))
  const victim = Wechatpay.fromCredentials(credentials, { baseUrl, fetch: tampering })

  narrator.chapter(demoTexts.tampering)
  narrator.call(demoTexts.tamperedCall)
  try {
    await victim.v3.payscore.signPlan.partner.serviceorder.post({ json: exampleOrder })
  } catch (error) {
    if (!isApiError(error)) throw error
    narrator.refusal(`${error.status} ${error.body}`)
    return
  }
  throw new SentenceError(demoTexts.tamperingAccepted)
}
