import { createPublicKey } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { BodyOf, EndpointId } from '../../../contracts/endpoints.ts'
import { encryptField } from '../../../contracts/protocol/cipher.ts'
import { everyFieldRule } from '../../../contracts/suite/field-rules.ts'
import type { Fixture } from '../../../contracts/suite/interaction.ts'
import { goodRequest, operationOf } from '../../../contracts/suite/requests.ts'
import { run } from '../../../contracts/suite/run.ts'
import { day } from '../../../contracts/time.ts'
import type { SandboxOptions } from '../../../sandbox/sandbox.ts'
import { sandboxTarget } from '../../contract/sandbox-target.ts'
import { anonymous, directTransaction } from '../../support/requests.ts'
import { openSandbox, startSandbox } from '../../support/sandbox.ts'
import { outcomeOf } from '../../support/shop.ts'

const { out_trade_no, mchid } = directTransaction
const minute = 60_000

type Order = Partial<BodyOf<'pay.jsapi.direct'>>

const start = async (options: SandboxOptions = {}) => {
  const sandbox = await openSandbox(options)
  const { wxpay, control } = sandbox
  const { transactions } = wxpay.v3.pay
  const { domestic } = wxpay.v3.refund

  return {
    ...sandbox,
    order: (changes: Order = {}) =>
      transactions.jsapi.post({ json: { ...directTransaction, ...changes } }),
    orderNative: () => transactions.native.post({ json: anonymous(directTransaction) }),
    query: async (number: string = out_trade_no) =>
      (await transactions.outTradeNo._out_trade_no_.get({ out_trade_no: number, query: { mchid } }))
        .data,
    close: () =>
      transactions.outTradeNo._out_trade_no_.close.post({ out_trade_no, json: { mchid } }),
    pay: (visit: Parameters<typeof control.transactions.pay>[1] = {}) =>
      control.transactions.pay(out_trade_no, visit),
    refund: (refund: number, out_refund_no = 'R', more: object = {}) =>
      domestic.refunds.post({
        json: {
          out_trade_no,
          out_refund_no,
          amount: { refund, total: 9_000, currency: 'CNY' },
          ...more,
        },
      }),
    queryRefund: async (out_refund_no: string) =>
      (await domestic.refunds._out_refund_no_.get({ out_refund_no })).data,
  }
}

type Started = Awaited<ReturnType<typeof start>>

/** The operations that have every field of the family. */
const ruled: EndpointId[] = [
  'pay.jsapi.direct',
  'pay.jsapi.partner',
  'pay.h5.direct',
  'pay.h5.partner',
  'pay.queryById.direct',
  'pay.queryByOutTradeNo.partner',
  'pay.close.direct',
  'pay.close.partner',
  'refund.abnormal',
]

test.each(ruled)(
  '%s refuses every breach of a field in the words of the gateway',
  async (endpoint) => {
    const rules = everyFieldRule(endpoint, {
      given: 'fresh',
      good: (fixture: Fixture) => goodRequest(operationOf(endpoint), fixture),
    })
    const results = await run(rules, sandboxTarget(await startSandbox()))

    expect(results.filter(({ held }) => !held)).toEqual([])
    expect(rules.length).toBeGreaterThan(3)
  },
)

test('an amount beyond what a number can hold is refused as one', async () => {
  const { order } = await start()
  const amounts = [0, 2 ** 53, 0.01]

  for (const total of amounts) {
    const amount = { total, currency: 'CNY' } as const
    expect(await outcomeOf(order({ amount }))).toMatch(/^400 PARAM_ERROR .*“\/body\/amount\/total”/)
  }
})

const lives: [string, string, (started: Started) => Promise<unknown>][] = [
  ['an order that waits', '200', ({ order }) => order()],
  [
    'an order without the currency, which is CNY',
    '200',
    ({ order }) => order({ amount: { total: 9_000 } }),
  ],
]

test.each(lives)('%s is repeated', async (_what, outcome, live) => {
  const started = await start()
  await live(started)

  expect(await outcomeOf(started.order())).toBe(outcome)
})

const mismatch = '400 INVALID_REQUEST 请求重入时，参数与首次请求时不一致'

test('what differs in a repeat, or the product, is refused, and told beside the wire', async () => {
  const { order, orderNative, control } = await start()
  await order()

  expect(await outcomeOf(order({ description: '别的课' }))).toBe(mismatch)
  expect(await outcomeOf(orderNative())).toBe(mismatch)
  const latest = (await control.requests.list()).slice(0, 2)
  const reasons = latest.map((entry) => ('reason' in entry ? entry.reason : undefined))
  expect(reasons).toEqual([
    expect.stringContaining('jsapi first, and now for native'),
    expect.stringContaining('/body/description was "单次课"'),
  ])
})

test('a switch words a changed repeat as the documents do', async () => {
  const { order } = await start({ orderReentry: 'used' })
  await order()

  expect(await outcomeOf(order({ attach: 'other' }))).toBe('403 OUT_TRADE_NO_USED 商户订单号重复')
})

test('a switch refuses to close what nobody ordered', async () => {
  const { close, order } = await start({ closeUnknown: 'refuse' })

  expect(await outcomeOf(close())).toBe('404 ORDER_NOT_EXIST 订单不存在')
  expect((await order()).status).toBe(200)
})

test('time_expire ends the paying, not the order', async () => {
  const { order, pay, query, clock, close } = await start({
    heldAt: Date.parse('2026-03-01T00:00:00Z'),
  })
  const time_expire = '2026-03-01T00:30:00.123456789Z'
  await order({ time_expire })
  await clock.advance(30 * minute + 200)

  await expect(pay()).rejects.toMatchObject({ refusal: 'expired' })
  expect(await query()).toMatchObject({ trade_state: 'NOTPAY' })
  expect(await outcomeOf(order({ time_expire }))).toBe('400 ORDER_CLOSED 该订单已失效')
  expect((await close()).status).toBe(204)
  expect(await query()).toMatchObject({ trade_state: 'CLOSED' })
})

test('a time to pay that is too early or too late is moved without a word', async () => {
  const { order, query, clock, control } = await start()
  await order({ time_expire: '2000-01-01T00:00:00+08:00' })
  await clock.advance(minute - 1000)
  expect((await control.transactions.pay(out_trade_no)).outcome).toBe('succeed')

  await order({ out_trade_no: 'LATE2026', time_expire: '2099-01-01T00:00:00+08:00' })
  await clock.advance(15 * day - minute)
  expect(await query('LATE2026')).toMatchObject({ trade_state: 'NOTPAY' })
  await clock.advance(2 * minute)
  expect(await query('LATE2026')).toMatchObject({ trade_state: 'CLOSED' })
})

test('an order that nobody pays is closed after a week', async () => {
  const { order, query, clock } = await start()
  await order()
  await clock.advance(7 * day - minute)
  expect(await query()).toMatchObject({ trade_state: 'NOTPAY' })
  await clock.advance(minute)

  expect(await query()).toMatchObject({ trade_state: 'CLOSED', trade_state_desc: '订单已关闭' })
})

test('a refund of an order that is not paid changes nothing', async () => {
  const { order, refund, query } = await start()
  await order()

  expect(await outcomeOf(refund(1))).toBe('404 RESOURCE_NOT_EXISTS 订单不存在')
  expect(await query()).toMatchObject({ trade_state: 'NOTPAY' })
})

test('a coupon goes back in its share, and the last refund takes the rest', async () => {
  const { order, pay, refund, clock } = await start()
  await order()
  await pay({ coupon: { amount: 100 } })
  const amounts: object[] = []
  for (const [index, part] of [3_333, 3_333, 2_334].entries()) {
    amounts.push((await refund(part, `R${index}`)).data)
    await clock.advance(minute)
  }

  const discounts = [37, 37, 26]
  expect(amounts).toMatchObject(
    discounts.map((discount, index) => {
      const part = [3_333, 3_333, 2_334][index] ?? 0
      return {
        amount: {
          discount_refund: discount,
          payer_refund: part - discount,
          payer_total: 8_900,
          settlement_refund: part - discount,
          settlement_total: 8_900,
        },
        promotion_detail: [{ amount: 100, refund_amount: discount, type: 'DISCOUNT' }],
      }
    }),
  )
})

test('an abnormal refund goes to a card whose number came encrypted', async () => {
  const { order, pay, refund, control, wxpay, credentials, queryRefund } = await start()
  await order()
  await pay()
  await control.refunds.order({ outcome: 'ABNORMAL' })
  const { data } = await refund(500)
  await control.idle()

  const key = createPublicKey(credentials.platformCertificate)
  const json = {
    out_refund_no: 'R',
    type: 'USER_BANK_CARD',
    bank_type: 'CMB_DEBIT',
    bank_account: encryptField('6225880000000403', key),
    real_name: encryptField('张三', key),
  } as const
  const { refund_id } = data
  const redirect = wxpay.v3.refund.domestic.refunds._refund_id_.applyAbnormalRefund
  const redirected = await redirect.post({ refund_id, json })

  expect(redirected.data).toMatchObject({
    status: 'PROCESSING',
    channel: 'OTHER_BANKCARD',
    user_received_account: '招商银行借记卡0403',
  })
  await control.idle()
  expect(await queryRefund('R')).toMatchObject({ status: 'SUCCESS', channel: 'OTHER_BANKCARD' })
  expect(JSON.stringify(await control.worlds.export())).not.toContain('622588')
})

type Command =
  | { type: 'order' | 'close' | 'pay' | 'cancel' | 'slow' }
  | { type: 'refund'; amount: number; number: string }
  | { type: 'wait'; milliseconds: number }
  | { type: 'fail'; outcome: 'ABNORMAL' | 'CLOSED' | 'NOT_ENOUGH' }

const commands = fc.array(
  fc.oneof(
    fc.record({ type: fc.constantFrom('order', 'order', 'close', 'pay', 'pay', 'cancel', 'slow') }),
    fc.record({
      type: fc.constant('refund' as const),
      amount: fc.constantFrom(1, 100, 4_500, 9_000, 9_001),
      number: fc.constantFrom('R1', 'R2', 'R3'),
    }),
    fc.record({
      type: fc.constant('wait' as const),
      milliseconds: fc.constantFrom(minute, minute, 8 * day),
    }),
    fc.record({
      type: fc.constant('fail' as const),
      outcome: fc.constantFrom('ABNORMAL', 'CLOSED', 'NOT_ENOUGH'),
    }),
  ),
  { minLength: 8, maxLength: 20 },
)

const notify_url = 'http://127.0.0.1:9/notify'

/** Whatever is refused leaves the world as it is. */
const obey = (started: Started, command: Command): Promise<unknown> => {
  const { order, close, pay, refund, clock, control } = started
  switch (command.type) {
    case 'order':
      return order({ notify_url })
    case 'close':
      return close()
    case 'pay':
      return pay({ coupon: { amount: 100 } })
    case 'cancel':
    case 'slow':
      return pay({ outcome: command.type })
    case 'refund':
      return refund(command.amount, command.number, { notify_url })
    case 'wait':
      return clock.advance(command.milliseconds)
    case 'fail':
      return control.refunds.order({ outcome: command.outcome })
  }
}

test('money that is paid, given back and left adds up, and a callback tells what the query tells', {
  timeout: 60_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(commands, async (life) => {
      const started = await start()
      const { control, query, queryRefund } = started
      await started.order({ notify_url })
      for (const command of life) await obey(started, command).catch(() => {})
      await control.idle()

      const now = await query()
      const refunds = (await control.refunds.list()).map(({ refund }) => refund)
      const standing = refunds.filter(({ status }) => status !== 'CLOSED')
      const sum = (of: (amount: (typeof standing)[number]['amount']) => number) =>
        standing.reduce((total, { amount }) => total + of(amount), 0)
      const isPaid = now.transaction_id !== undefined
      const given = sum((amount) => amount.refund)

      expect(given).toBeLessThanOrEqual(isPaid ? 9_000 : 0)
      expect(sum((amount) => amount.discount_refund)).toBeLessThanOrEqual(100)
      expect(sum((amount) => amount.payer_refund + amount.discount_refund)).toBe(given)
      expect(now.trade_state === 'REFUND').toBe(refunds.length > 0)
      if (isPaid) expect(now.amount).toMatchObject({ total: 9_000, payer_total: 8_900 })

      for (const { event_type, plaintext } of await control.notifications.list()) {
        const { trade_state, trade_state_desc, refund_status, ...told } = JSON.parse(plaintext)
        if (event_type === 'TRANSACTION.SUCCESS') expect(now).toMatchObject(told)
        else expect(await queryRefund(told.out_refund_no)).toMatchObject(onlyShared(told))
        expect(trade_state ?? refund_status).toMatch(/^(SUCCESS|ABNORMAL|CLOSED)$/)
        expect(trade_state_desc ?? '支付成功').toBe('支付成功')
      }
    }),
    { numRuns: 12 },
  )
})

/** The callback names the merchant, the query does not. */
const onlyShared = ({ mchid: _, ...told }: Record<string, unknown>) => told
