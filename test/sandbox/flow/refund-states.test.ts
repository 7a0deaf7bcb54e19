import { expect, test } from 'vitest'
import { first, paid, type Shop } from '../../support/shop.ts'
import { type Act, type Beginning, cellsOf, control, playCell } from './cells.ts'

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
