/**
 * A merchant as it should be: it orders through the client, keeps a book of what it ordered, and
 * takes callbacks by that book. A flaw replaces one of its parts.
 */
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'
import { isUntrustedAnswerError, type Wechatpay } from '../../client/index.ts'
import type { MerchantCredentials } from '../../contracts/credentials.ts'
import { placeOf } from '../../contracts/loopback.ts'

export type Received = { headers: IncomingHttpHeaders; body: string }

export type Event = {
  event_type: string
  resource: {
    out_order_no: string
    sub_mchid?: string | undefined
    total_amount?: number | undefined
  }
}

/** What a receiver holds. */
type Holder = Pick<
  MerchantCredentials,
  'apiv3Key' | 'platformSerial' | 'platformCertificate' | 'serviceId' | 'subMchid'
> & { wxpay: Wechatpay }

export type Reply = { status: number; body: string } | 'hang up'

/** What the merchant knows of an order that it completed. */
export type Account = { amount: number; handled: Set<string> }

export const success = { status: 200, body: '{"code":"SUCCESS","message":"成功"}' }
export const failure = (status: number, message = '失败') => ({
  status,
  body: JSON.stringify({ code: 'FAIL', message }),
})

/** Each part does one thing that a check looks at. */
export type Parts = {
  open(received: Received, merchant: Holder): Promise<Event>
  keyOf(order: { sub_mchid?: string | undefined; out_order_no: string }): string
  isRightAmount(event: Event, account: Account): boolean
  /** Books an event once. */
  handle(event_type: string, account: Account): Promise<Reply> | Reply
  refuse(error: unknown, received: Received): Reply
  /** Around everything else. */
  around(received: Received, next: () => Promise<Reply>): Promise<Reply>
}

export const sound: Parts = {
  open: async ({ headers, body }, { wxpay }) => {
    const { event_type, resource } = await wxpay.notifications.parse(headers, body)
    if (event_type === 'PAYSCORE.USER_PAID' || event_type === 'PAYSCORE.USER_CONFIRM') {
      return { event_type, resource }
    }
    throw new Error(`${event_type} is none of ours.`)
  },
  keyOf: ({ sub_mchid, out_order_no }) => `${sub_mchid} ${out_order_no}`,
  isRightAmount: ({ event_type, resource }, { amount }) =>
    event_type !== 'PAYSCORE.USER_PAID' || resource.total_amount === amount,
  handle: (event_type, { handled }) => {
    handled.add(event_type)
    return success
  },
  refuse: (error) => (isUntrustedAnswerError(error) ? failure(401) : failure(500)),
  around: (_, next) => next(),
}

type Options = { wxpay: Wechatpay; credentials: MerchantCredentials; flaw?: Partial<Parts> }

export const startMerchant = async ({ wxpay, credentials, flaw = {} }: Options) => {
  const parts: Parts = { ...sound, ...flaw }
  const book = new Map<string, Account>()

  const take = async (received: Received): Promise<Reply> => {
    try {
      const event = await parts.open(received, { ...credentials, wxpay })
      const account = book.get(parts.keyOf(event.resource))
      if (!account) return failure(404, 'no such order')
      if (!parts.isRightAmount(event, account)) return failure(409, 'another amount')
      return await parts.handle(event.event_type, account)
    } catch (error) {
      return parts.refuse(error, received)
    }
  }

  const server = createServer(async (request, response) => {
    const received = { headers: request.headers, body: (await buffer(request)).toString() }
    const reply = await parts.around(received, () => take(received))
    if (reply === 'hang up') response.destroy()
    else response.writeHead(reply.status).end(reply.body)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const notify_url = `${placeOf(server.address()).url}/notify`

  const { appid, serviceId: service_id, subMchid: sub_mchid, subAppid: sub_appid } = credentials
  const orders = wxpay.v3.payscore.partner.serviceorder

  /** The merchant's book has the order. */
  const enter = (out_order_no: string, amount = 15_000) => {
    book.set(parts.keyOf({ sub_mchid, out_order_no }), { amount, handled: new Set() })
  }

  return {
    notify_url,
    enter,

    create: (out_order_no: string) =>
      orders.post({
        json: {
          service_id,
          appid,
          sub_mchid,
          sub_appid,
          openid: credentials.openid,
          out_order_no,
          service_introduction: '羽毛球课',
          need_user_confirm: false,
          risk_fund: { name: 'ESTIMATE_ORDER_COST', amount: 20_000 },
          time_range: { start_time: '20091225091010' },
          notify_url,
        },
      }),

    complete: async (out_order_no: string, amount = 15_000) => {
      enter(out_order_no, amount)
      await orders._out_order_no_.complete.post({
        out_order_no,
        json: {
          service_id,
          sub_mchid,
          post_payments: [{ name: '场地费', amount }],
          total_amount: amount,
          time_range: { end_time: '20091225121010' },
        },
      })
    },
  }
}
