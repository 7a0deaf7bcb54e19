import { expect, test } from 'vitest'
import { startSandbox } from '../support/sandbox.ts'

const parties = { appid: 'wxd678efh567hg6787', service_id: '2002000000000558128851361561536' }
const out_order_no = 'DIRECT20091225'

const order = {
  ...parties,
  out_order_no,
  service_introduction: '羽毛球场地租用',
  risk_fund: { name: 'ESTIMATE_ORDER_COST', amount: 20_000 },
  time_range: { start_time: '20091225091010' },
  notify_url: 'https://api.test.com',
} as const

const completion = {
  ...parties,
  post_payments: [{ name: '场地费', amount: 15_000 }],
  total_amount: 15_000,
  time_range: { end_time: '20091225121010' },
}

const start = async () => {
  const { wxpay, control } = await startSandbox()
  const orders = wxpay.v3.payscore.serviceorder
  const query = async () => (await orders.get({ query: { ...parties, out_order_no } })).data

  return { wxpay, control, orders, order: orders._out_order_no_, query }
}

/** With an order that is completed and, since its first charge failed, still to be paid. */
const startUnpaid = async () => {
  const started = await start()
  await started.orders.post({ json: { ...order, openid: 'o-user', need_user_confirm: false } })
  await started.control.charges.order({ outcome: 'fail' })
  await started.order.complete.post({ out_order_no, json: completion })
  await started.control.idle()

  return started
}

const whichOrder = {
  ...parties,
  mchid: '1230000109',
  out_order_no,
  order_id: expect.stringMatching(/^\d{31}$/),
}
const unknown = { status: 404, apiCode: 'ORDER_NOT_EXIST' }

test('takes a direct order from its confirmation to its payment', async () => {
  const { control, orders, order: one, query } = await start()

  const created = await orders.post({ json: order })
  expect(created.data).toMatchObject({ ...whichOrder, state: 'CREATED' })
  expect(created.data.package).toMatch(/./)

  await control.serviceOrders.confirm(out_order_no)
  expect(await query()).toMatchObject({ state: 'DOING', state_description: 'USER_CONFIRM' })

  const completed = await one.complete.post({ out_order_no, json: completion })
  expect(completed).toMatchObject({
    status: 200,
    data: { ...whichOrder, state_description: 'MCH_COMPLETE', total_amount: 15_000 },
  })
  expect(completed.data).not.toHaveProperty('collection')

  await control.idle()
  expect(await query()).toMatchObject({
    state: 'DONE',
    collection: { state: 'USER_PAID', paid_amount: 15_000, details: [{ paid_type: 'NEWTON' }] },
  })
})

test('lowers what is to be paid and answers with the order', async () => {
  const { order: one } = await startUnpaid()
  const post_payments = [{ name: '场地费', amount: 9_000 }]

  const modified = await one.modify.post({
    out_order_no,
    json: { ...parties, post_payments, total_amount: 9_000, reason: '会员价' },
  })

  expect(modified).toMatchObject({
    status: 200,
    data: { ...whichOrder, post_payments, collection: { paying_amount: 9_000 } },
  })
})

test('answers a charge with the order that it was for, unless it fails', async () => {
  const { control, order: one, query } = await startUnpaid()
  const pay = () => one.pay.post({ out_order_no, json: parties })

  await control.charges.order({ outcome: 'fail' })
  await expect(pay()).rejects.toMatchObject({ status: 403, apiCode: 'TRADE_ERROR' })

  expect(await pay()).toMatchObject({ status: 200, data: whichOrder })
  expect(await query()).toMatchObject({ state: 'DONE' })
})

test('answers a charge that is still running', async () => {
  const { control, order: one, query } = await startUnpaid()

  await control.charges.order({ outcome: 'hold' })
  const { data } = await one.pay.post({ out_order_no, json: parties })

  expect(data).toEqual(whichOrder)
  expect(await query()).toMatchObject({ collection: { state: 'USER_PAYING' } })
})

test('settles an order that was paid elsewhere', async () => {
  const { order: one } = await startUnpaid()

  const synced = await one.sync.post({
    out_order_no,
    json: { ...parties, type: 'Order_Paid', detail: { paid_time: '20091225121510' } },
  })

  expect(synced).toMatchObject({
    status: 200,
    data: { ...whichOrder, state: 'DONE', collection: { details: [{ paid_type: 'MCH' }] } },
  })
})

test('cancels an order and says which', async () => {
  const { order: one, query } = await startUnpaid()

  const { status, data } = await one.cancel.post({
    out_order_no,
    json: { appid: parties.appid, reason: '场地维修' },
  })

  expect({ status, data }).toEqual({ status: 200, data: whichOrder })
  expect(await query()).toMatchObject({ state: 'REVOKED' })
})

test('refuses the app that the order was not created with', async () => {
  const { order: one } = await startUnpaid()
  const json = { ...parties, appid: 'wxd678efh567hg6999' }

  await expect(one.pay.post({ out_order_no, json })).rejects.toMatchObject({
    status: 400,
    apiCode: 'PARAM_ERROR',
  })
})

test('hides the orders of a sub-merchant from the direct paths, and the other way round', async () => {
  const { wxpay, orders } = await start()
  const partner = wxpay.v3.payscore.partner.serviceorder
  const sub_mchid = '1900000109'
  const theirs = { ...order, out_order_no: 'PARTNER20091225', sub_mchid }
  const reason = '场地维修'

  await orders.post({ json: order })
  await partner.post({ json: theirs })

  const directly = { ...parties, out_order_no: theirs.out_order_no }
  await expect(orders.get({ query: directly })).rejects.toMatchObject(unknown)
  await expect(
    orders._out_order_no_.cancel.post({
      out_order_no: theirs.out_order_no,
      json: { ...parties, reason },
    }),
  ).rejects.toMatchObject(unknown)
  await expect(partner.get({ query: { sub_mchid, out_order_no } })).rejects.toMatchObject(unknown)
  await expect(
    partner._out_order_no_.cancel.post({ out_order_no, json: { sub_mchid, reason } }),
  ).rejects.toMatchObject(unknown)
})
