import { expect, test } from 'vitest'
import { callControl } from '../control/call-control.ts'
import { exampleOrder } from '../support/example.ts'
import { openSandbox } from '../support/sandbox.ts'

const start = async () => {
  const sandbox = await openSandbox()
  const { wxpay } = sandbox
  await wxpay.chain('v3/payscore/sign-plan/partner/serviceorder').post({ json: exampleOrder })
  await wxpay.chain('v3/payscore/partner/serviceorder/{out_order_no}/cancel').post({
    out_order_no: exampleOrder.out_trade_no,
    json: {
      service_id: exampleOrder.service_id,
      sub_mchid: exampleOrder.sub_mchid,
      reason: '下雨',
    },
  })

  return { ...sandbox, count: (match: object) => callControl(sandbox, '/requests/count', match) }
}

test.each([
  [{}, [1, 2]],
  [{ operation: 'serviceorder.cancel.partner' }, [2]],
  [{ method: 'POST', status: 200 }, [1]],
  [{ path: '/v3/payscore/partner/serviceorder/{out_order_no}/cancel' }, [2]],
  [{ path: `/v3/payscore/partner/serviceorder/${exampleOrder.out_trade_no}/cancel` }, [2]],
  [{ body: { out_trade_no: exampleOrder.out_trade_no } }, [1]],
  [{ body: { time_range: { start_time: '20091225091010' } } }, [1]],
  [{ body: { reason: '下雨' }, operation: 'serviceorder.cancel.partner' }, [2]],
])('%j came as often as it came', async (match, ids) => {
  const { count } = await start()

  expect(await count(match)).toMatchObject({ status: 200, body: { count: ids.length, ids } })
})

test('when none came, the nearest is told, with every difference', async () => {
  const { count } = await start()

  expect(
    await count({
      operation: 'signplan.serviceorder.create.partner',
      body: { plan_detail_no: 3, time_range: { start_time: '20091225091010' }, colour: 'red' },
    }),
  ).toMatchObject({
    body: {
      count: 0,
      ids: [],
      nearest: {
        id: 1,
        differences: [
          { at: '/body/plan_detail_no', expected: 3, got: 2 },
          { at: '/body/colour', expected: 'red' },
        ],
      },
    },
  })
})

test('of several that are as near, the latest is told', async () => {
  const { count } = await start()

  expect(await count({ method: 'GET' })).toMatchObject({
    body: { nearest: { id: 2, differences: [{ at: 'method', expected: 'GET', got: 'POST' }] } },
  })
})

test('lists are compared row by row, and in length', async () => {
  const { wxpay, control } = await openSandbox()
  const { sub_mchid } = exampleOrder
  await wxpay.v3.refund.domestic.refunds
    .post({
      json: {
        sub_mchid,
        transaction_id: '4200000000000000000000000000',
        out_refund_no: 'R',
        amount: { refund: 1, total: 1, currency: 'CNY' },
        goods_detail: [
          { merchant_goods_id: 'A', unit_price: 1, refund_amount: 1, refund_quantity: 1 },
        ],
      },
    })
    .catch(() => {})
  const rows = (goods_detail: { merchant_goods_id: string }[]) =>
    control.requests.count({ body: { goods_detail } })

  expect(rows([{ merchant_goods_id: 'A' }])).toMatchObject({ count: 1 })
  expect(rows([{ merchant_goods_id: 'B' }]).nearest?.differences).toEqual([
    { at: '/body/goods_detail/0/merchant_goods_id', expected: 'B', got: 'A' },
  ])
  expect(rows([]).nearest?.differences).toEqual([
    { at: '/body/goods_detail/length', expected: 0, got: 1 },
  ])
})

test('what a body inherits is no member of it, and what is nested without end is refused', async () => {
  const { count } = await start()
  const inherited = JSON.parse('{"body":{"__proto__":{}}}')
  expect(await count(inherited)).toMatchObject({ body: { count: 0 } })

  let deep: unknown = []
  for (let level = 0; level < 5000; level += 1) deep = [deep]
  const { status } = await count({ body: { out_trade_no: deep } })
  expect([200, 400]).toContain(status)
})

test('nothing came: nothing is nearest', async () => {
  const { control } = await openSandbox()

  expect(control.requests.count({ method: 'GET' })).toEqual({ count: 0, ids: [] })
})

test.each([
  [{ operation: 'none' }, /^Not understood: operation: expected one of /],
  [{ colour: 'red' }, /^Not understood: unknown: colour\.$/],
  [{ status: '200' }, /^Not understood: status: expected a (whole )?number/],
])('a question that cannot be read, %j, is refused in one sentence', async (match, message) => {
  const { count } = await start()

  expect(await count(match)).toMatchObject({
    status: 400,
    body: { message: expect.stringMatching(message) },
  })
})
