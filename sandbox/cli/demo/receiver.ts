import { once } from 'node:events'
import { createServer } from 'node:http'
import { buffer } from 'node:stream/consumers'
import type { Notification, OtherNotification } from '../../../client/index.ts'
import { placeOf } from '../../../contracts/loopback.ts'
import { fill, type Sentence } from '../../../contracts/texts.ts'
import { sentenceOf } from '../input.ts'
import { demoTexts } from '../texts.ts'
import type { Stage } from './stage.ts'

export type Receiver = { url: string; close: () => void }

/** A merchant's receiver of callbacks: verifies, opens, tells, and accepts. */
export const startReceiver = async ({ wxpay, narrator }: Stage): Promise<Receiver> => {
  const server = createServer(async (request, response) => {
    try {
      const notice = await wxpay.notifications.parse(request.headers, await buffer(request))
      narrator.callback(
        fill(demoTexts.opened, { event: notice.event_type, facts: factsOf(notice) }),
      )
      response.writeHead(204).end()
    } catch (error) {
      narrator.callback(fill(demoTexts.refused, { reason: sentenceOf(error) }))
      response.writeHead(500).end()
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  return { url: `${placeOf(server.address()).url}/notify`, close: () => server.close() }
}

const amountOf = (number: string, amount: number | undefined): Sentence =>
  fill(demoTexts.amount, { number, amount: amount ?? 0 })

const factsOf = (notice: Notification | OtherNotification): Sentence => {
  switch (notice.event_type) {
    case 'PAYSCORE.USER_SIGN_PLAN':
    case 'PAYSCORE.USER_CANCEL_SIGN_PLAN':
      return `${notice.resource.merchant_sign_plan_no} ${notice.resource.sign_state}`
    case 'PAYSCORE.USER_PAID':
      return amountOf(notice.resource.out_order_no, notice.resource.collection?.paid_amount)
    case 'REFUND.SUCCESS':
      return amountOf(notice.resource.out_refund_no, notice.resource.amount.refund)
    default:
      return notice.id
  }
}
