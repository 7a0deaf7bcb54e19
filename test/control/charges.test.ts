import { expect, test } from 'vitest'
import { exampleOrder } from '../support/example.ts'
import { openSandbox } from '../support/sandbox.ts'
import { callControl } from './call-control.ts'

const hour = 3_600_000
const number = exampleOrder.out_trade_no
const { service_id, sub_mchid } = exampleOrder

/** With the example order completed, and its first charge about to be attempted. */
const startCompleted = async (outcome: 'fail' | 'hold' | 'succeed', count = 1) => {
  const sandbox = await openSandbox({ heldAt: Date.parse('2026-06-01T08:00:00+08:00') })
  const { wxpay, control } = sandbox
  await wxpay.chain('v3/payscore/sign-plan/partner/serviceorder').post({ json: exampleOrder })
  await callControl(sandbox, '/charges', { outcome, count })
  await wxpay.chain('v3/payscore/partner/serviceorder/{out_order_no}/complete').post({
    out_order_no: number,
    json: {
      service_id,
      sub_mchid,
      post_payments: [{ name: '羽毛球课基础练习', amount: 15_000 }],
      total_amount: 15_000,
    },
  })
  await callControl(sandbox, '/idle', {})
  const order = async () => (await control.serviceOrders.get(number)).order

  return { ...sandbox, order }
}

test('so many outcomes are planned for a merchant, and no more', async () => {
  const sandbox = await openSandbox()
  const { charges, refunds } = sandbox.control
  for (let each = 0; each < 10; each += 1) await charges.order({ outcome: 'fail', count: 1000 })

  const { status, body } = await callControl(sandbox, '/charges', { outcome: 'hold' })
  expect([status, body]).toMatchObject([400, { message: expect.stringContaining('At most 10000') }])
  expect((await charges.list()).pending).toHaveLength(10_000)
  await expect(refunds.order({ outcome: 'CLOSED' })).resolves.toEqual({ pending: ['CLOSED'] })
})

test('the charges that were ordered last come first', async () => {
  const sandbox = await openSandbox()

  await callControl(sandbox, '/charges', { outcome: 'fail', count: 2 })
  expect(await callControl(sandbox, '/charges', { outcome: 'hold' })).toMatchObject({
    status: 200,
    body: { pending: ['hold', 'fail', 'fail'] },
  })
  expect(await callControl(sandbox, '/charges')).toMatchObject({
    body: { pending: ['hold', 'fail', 'fail'] },
  })
})

test('charges that fail are tried again each hour until one succeeds', async () => {
  const sandbox = await startCompleted('fail', 2)
  const { order, clock } = sandbox

  expect(await order()).toMatchObject({ state: 'DOING', collection: { state: 'USER_PAYING' } })
  expect(await callControl(sandbox, '/charges')).toMatchObject({ body: { pending: ['fail'] } })

  await clock.advance(hour)
  expect(await order()).toMatchObject({ state: 'DOING' })

  await clock.advance(hour)
  expect(await order()).toMatchObject({
    state: 'DONE',
    collection: { state: 'USER_PAID', details: [{ paid_time: '20260601100000' }] },
  })
})

test('a charge that is held runs until it is ended', async () => {
  const sandbox = await startCompleted('hold')
  const { order, clock } = sandbox

  await clock.advance(24 * hour)
  expect(await order()).toMatchObject({ state: 'DOING', collection: { state: 'USER_PAYING' } })

  const path = `/service-orders/${number}/end-charge`
  expect(await callControl(sandbox, path, { outcome: 'succeed' })).toMatchObject({
    status: 200,
    body: { state: 'DONE' },
  })
})

test('many moments are passed in order when the clock makes a long way', async () => {
  const { order, clock } = await startCompleted('fail', 100)

  await clock.advance(99 * hour)
  expect(await order()).toMatchObject({ state: 'DOING' })
  await clock.advance(hour)
  expect(await order()).toMatchObject({
    collection: { details: [{ paid_time: '20260605120000' }] },
  })
})
