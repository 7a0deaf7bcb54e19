import { expect, test } from 'vitest'
import { day } from '../../../contracts/time.ts'
import { first, orderNo, paid, paying, play, type Row } from './shop.ts'

const orderUnknown = '404 RESOURCE_NOT_EXISTS 订单不存在'
const tooMuch = '400 INVALID_REQUEST 退款总金额超过订单可退金额'
const totalMismatch = '400 INVALID_REQUEST 订单金额或退款金额与之前请求不一致，请核实后再试'
const reentryMismatch = '400 INVALID_REQUEST 订单重入参数校验失败'
const paymentAmbiguous = '400 PARAM_ERROR transaction_id和out_trade_no必须且只能传其中一个'
const stranger = '1900000110'

const second = { out_refund_no: 'YOGA-REFUND-2' }

test.each(
  Object.entries<Row>({
    'the whole payment': { prepare: paid, call: (shop) => shop.refund(), expected: '200' },
    'the order number of the merchant': {
      prepare: paid,
      call: (shop) => shop.refund(15_000, { transaction_id: undefined, out_trade_no: orderNo }),
      expected: orderUnknown,
    },
    'an unknown payment': {
      call: (shop) => shop.refund(15_000, { transaction_id: '4200000000000000000000000000' }),
      expected: orderUnknown,
    },
    'the payment of another sub-merchant': {
      prepare: paid,
      call: (shop) => shop.refund(15_000, { sub_mchid: stranger }),
      expected: orderUnknown,
    },
    'a payment that the merchant collected itself': {
      prepare: first(paying, (shop) => shop.sync()),
      call: (shop) => shop.refund(15_000, { transaction_id: '1' }),
      expected: orderUnknown,
    },
    'both numbers of a payment': {
      prepare: paid,
      call: (shop) => shop.refund(15_000, { out_trade_no: orderNo }),
      expected: paymentAmbiguous,
    },
    'no number of a payment': {
      prepare: paid,
      call: (shop) => shop.refund(15_000, { transaction_id: undefined }),
      expected: paymentAmbiguous,
    },
    'another total than was paid': {
      prepare: paid,
      call: (shop) => shop.refund(1, { amount: { refund: 1, total: 14_999, currency: 'CNY' } }),
      expected: totalMismatch,
    },
    'more than was paid': {
      prepare: paid,
      call: (shop) => shop.refund(15_001),
      expected: tooMuch,
    },
    'more than is left': {
      prepare: first(
        paid,
        (shop) => shop.refund(10_000),
        ({ clock }) => clock.advance(60_000),
      ),
      call: (shop) => shop.refund(5_001, second),
      expected: tooMuch,
    },
    'all that is left': {
      prepare: first(
        paid,
        (shop) => shop.refund(10_000),
        ({ clock }) => clock.advance(60_000),
      ),
      call: (shop) => shop.refund(5_000, second),
      expected: '200',
    },
    'a part within a minute of another': {
      prepare: first(paid, (shop) => shop.refund(10_000)),
      call: (shop) => shop.refund(5_000, second),
      expected: '400 INVALID_REQUEST 同一笔支付的部分退款请间隔一分钟后再试',
    },
    'a part after fifty others': {
      prepare: first(paid, async (shop) => {
        for (let count = 1; count <= 50; count += 1) {
          await shop.refund(1, { out_refund_no: `PART-${count}` })
          await shop.clock.advance(60_000)
        }
      }),
      call: (shop) => shop.refund(1, second),
      expected: '400 INVALID_REQUEST 部分退款次数已达上限',
    },
    'a payment of more than a year ago': {
      prepare: first(paid, ({ clock }) => clock.advance(365 * day + 1000)),
      call: (shop) => shop.refund(),
      expected: '400 INVALID_REQUEST 订单已超过可退款的最大期限',
    },
    'want of money': {
      prepare: first(paid, async ({ control }) => control.refunds.order({ outcome: 'NOT_ENOUGH' })),
      call: (shop) => shop.refund(),
      expected: '403 NOT_ENOUGH 基本账户余额不足，请充值后重新发起',
    },
    'the same number again': {
      prepare: first(paid, (shop) => shop.refund()),
      call: (shop) => shop.refund(),
      expected: '200',
    },
    'the same number for another amount, whatever that is': {
      prepare: first(paid, (shop) => shop.refund()),
      call: (shop) => shop.refund(15_001),
      expected: reentryMismatch,
    },
    'the same number for another payment, whatever that is': {
      prepare: first(paid, (shop) => shop.refund()),
      call: (shop) => shop.refund(15_000, { transaction_id: '1' }),
      expected: reentryMismatch,
    },
  }),
)('refund.create: %s', async (_situation, row) => {
  expect(await play(row)).toBe(row.expected)
})

const refundUnknown = '404 RESOURCE_NOT_EXISTS 退款单不存在'

test.each(
  Object.entries<Row>({
    'an unknown number': { call: (shop) => shop.queryRefund(), expected: refundUnknown },
    'another sub-merchant': {
      prepare: first(paid, (shop) => shop.refund()),
      call: (shop) => shop.queryRefund('YOGA-REFUND', { sub_mchid: stranger }),
      expected: refundUnknown,
    },
  }),
)('refund.query: %s', async (_situation, row) => {
  expect(await play(row)).toBe(row.expected)
})
