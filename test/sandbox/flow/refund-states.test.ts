import { expect, test } from 'vitest'
import { type Act, type Beginning, cellsOf, control, playCell } from './cells.ts'
import { first, openShop, paid, type Shop } from './shop.ts'

const refundState = async ({ control: remembered }: Shop): Promise<string> =>
  (await remembered.refunds.get('YOGA-REFUND')).refund.status

/** A refund of a paid order that comes to this. */
const refunded = (outcome: 'SUCCESS' | 'ABNORMAL' | 'CLOSED' | 'hold'): Beginning => ({
  prepare: first(
    paid,
    async (shop) => shop.control.refunds.order({ outcome }),
    (shop) => shop.refund(),
    (shop) => shop.control.idle(),
  ),
})

const refunds = {
  PROCESSING: refunded('hold'),
  SUCCESS: refunded('SUCCESS'),
  ABNORMAL: refunded('ABNORMAL'),
  CLOSED: refunded('CLOSED'),
}

const ending =
  (outcome: string): Act =>
  (shop) =>
    control(shop, 'refunds/YOGA-REFUND/end', { outcome })

const acts = {
  succeeds: ending('SUCCESS'),
  'goes astray': ending('ABNORMAL'),
  'is closed': ending('CLOSED'),
}

const illegal = '400 INVALID_REQUEST 当前退款单状态不合法'
const final = { succeeds: illegal, 'goes astray': illegal, 'is closed': illegal }

const table: Record<keyof typeof refunds, Record<keyof typeof acts, string>> = {
  PROCESSING: { succeeds: 'SUCCESS', 'goes astray': 'ABNORMAL', 'is closed': 'CLOSED' },
  SUCCESS: final,
  ABNORMAL: { succeeds: 'SUCCESS', 'goes astray': illegal, 'is closed': 'CLOSED' },
  CLOSED: final,
}

test.each(cellsOf(table))('a refund that is %s %s: %s', async (from, move, expected) => {
  const cell = { beginning: refunds[from], act: acts[move], state: refundState }

  expect(await playCell(cell)).toBe(expected)
})

test('a closed refund gives its amount free', async () => {
  const shop = await openShop()
  await refunds.CLOSED.prepare(shop)
  const { status } = await shop.refund(15_000, { out_refund_no: 'YOGA-REFUND-2' })

  expect(status).toBe(200)
})

test('a refund begins PROCESSING, arrives by itself, and leaves order and detail as they are', async () => {
  const shop = await openShop()
  await paid(shop)
  const before = await shop.queryOrder()
  const { data: begun } = await shop.refund(10_000)
  await shop.control.idle()
  const { data: arrived } = await shop.queryRefund()

  expect(begun.status).toBe('PROCESSING')
  expect(arrived).toMatchObject({ ...begun, status: 'SUCCESS', success_time: expect.any(String) })
  expect((await shop.queryOrder()).data).toEqual(before.data)
})
