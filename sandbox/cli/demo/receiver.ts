import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import type { Notification, OtherNotification, Wechatpay } from '../../../client/index.ts'
import { narrator } from './narrator.ts'

export type Receiver = { url: string; close: () => void }

/** A merchant's receiver of callbacks: verifies, opens, tells, and accepts. */
export const startReceiver = async (wxpay: Wechatpay): Promise<Receiver> => {
  const server = createServer(async (request, response) => {
    try {
      const notice = await wxpay.notifications.parse(request.headers, await buffer(request))
      narrator.callback(`${notice.event_type} verified and opened: ${factsOf(notice)}`)
      response.writeHead(204).end()
    } catch (error) {
      narrator.callback(`refused: ${String(error)}`)
      response.writeHead(500).end()
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = addressOf(server.address())

  return { url: `http://127.0.0.1:${port}/notify`, close: () => server.close() }
}

const addressOf = (address: string | AddressInfo | null): AddressInfo => {
  if (address === null || typeof address === 'string') throw new Error('The receiver has no port.')
  return address
}

const factsOf = (notice: Notification | OtherNotification): string => {
  switch (notice.event_type) {
    case 'PAYSCORE.USER_SIGN_PLAN':
    case 'PAYSCORE.USER_CANCEL_SIGN_PLAN':
      return `${notice.resource.merchant_sign_plan_no} ${notice.resource.sign_state}`
    case 'PAYSCORE.USER_PAID':
      return `${notice.resource.out_order_no} ${notice.resource.collection?.paid_amount} fen`
    case 'REFUND.SUCCESS':
      return `${notice.resource.out_refund_no} ${notice.resource.amount.refund} fen`
    default:
      return notice.id
  }
}
