import { createServer } from 'node:http'
import { buffer } from 'node:stream/consumers'
import type { Wechatpay } from 'wechatpay-sandbox/client'

export const receiver = (wxpay: Wechatpay, markPaid: (orderNo: string) => Promise<void>) =>
  createServer(async (request, response) => {
    try {
      const notification = await wxpay.notifications.parse(request.headers, await buffer(request))
      if (notification.event_type === 'PAYSCORE.USER_PAID') {
        await markPaid(notification.resource.out_order_no)
      }
      response.end('{"code":"SUCCESS","message":"成功"}')
    } catch (error) {
      console.error(error)
      response.writeHead(500).end('{"code":"FAIL","message":"失败"}')
    }
  })
