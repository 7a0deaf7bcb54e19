import express from 'express'
import type { Wechatpay } from 'wechatpay-sandbox/client'

export const receiver = (wxpay: Wechatpay, markPaid: (orderNo: string) => Promise<void>) =>
  express().post('/notify', express.raw({ type: '*/*' }), async (request, response) => {
    try {
      const notification = await wxpay.notifications.parse(request.headers, request.body)
      if (notification.event_type === 'PAYSCORE.USER_PAID') {
        await markPaid(notification.resource.out_order_no)
      }
      response.json({ code: 'SUCCESS', message: '成功' })
    } catch (error) {
      console.error(error)
      response.status(500).json({ code: 'FAIL', message: '失败' })
    }
  })
