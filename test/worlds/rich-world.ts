import { merchantOf } from '../callbacks/merchant.ts'
import { startSandbox } from '../support/sandbox.ts'

export const heldAt = Date.parse('2026-11-23T08:00:00+08:00')

/** A sandbox in which there is something of every kind, in the states that they can be in. */
export const startRich = async (options: Parameters<typeof startSandbox>[0] = {}) => {
  const sandbox = await startSandbox({ heldAt, ...options })
  const { control, wxpay } = sandbox
  const merchant = merchantOf(sandbox, 'http://127.0.0.1:1/notify')

  await merchant.signPlan('CANCELLED')
  await control.userSignPlans.sign('CANCELLED')
  await control.userSignPlans.cancel('CANCELLED')
  await merchant.authorise('CLOSED')
  await merchant.terminate('CLOSED')
  await merchant.authorise('OPEN')
  await merchant.signPlan('WAITING')
  await merchant.signPlan('SIGN')
  await control.userSignPlans.sign('SIGN')
  await merchant.planOrder(1)
  await merchant.complete('SIGN-1')
  await control.idle()
  await merchant.planOrder(2)
  await merchant.order('TO-CONFIRM', true)
  await merchant.order('UNPAID')
  await control.charges.order({ outcome: 'fail', count: 3 })
  await merchant.complete('UNPAID')
  await control.idle()
  await control.refunds.order({ outcome: 'hold' })
  await merchant.refund('HELD')
  await control.idle()
  await control.refunds.order({ outcome: 'CLOSED', count: 2 })
  await wxpay.v3.payscore.serviceorder.post({
    json: {
      service_id: merchant.parties.service_id,
      appid: merchant.parties.appid,
      out_order_no: 'DIRECT',
      service_introduction: '羽毛球场地租用',
      risk_fund: { name: 'ESTIMATE_ORDER_COST', amount: 20_000 },
      time_range: { start_time: 'OnAccept' },
      notify_url: 'https://api.test.com',
    },
  })
  await control.serviceOrders.confirm('DIRECT')
  await control.idle()

  return { ...sandbox, merchant }
}
