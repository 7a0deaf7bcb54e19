import { Hono } from 'hono'
import type { Wechatpay } from 'wechatpay-sandbox/client'

export const receiver = (wxpay: Wechatpay, markPaid: (orderNo: string) => Promise<void>) =>
  new Hono()
    .post('/notify', async (c) => {
      const notification = await wxpay.notifications.parse(c.req.raw.headers, await c.req.text())
      if (notification.event_type === 'PAYSCORE.USER_PAID') {
        await markPaid(notification.resource.out_order_no)
      }
      return c.json({ code: 'SUCCESS', message: '成功' })
    })
    .onError((error, c) => {
      console.error(error)
      return c.json({ code: 'FAIL', message: '失败' }, 500)
    })
