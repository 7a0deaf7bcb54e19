import { expect, inject, test } from 'vitest'
import { isWechatpayError, Wechatpay } from '../../client/index.ts'
import { exampleOrder as json } from '../support/example.ts'
import { startSandbox } from '../support/sandbox.ts'

/** A sandbox, and a client that tries once; one is patient, the other waits for 0.8 s. */
const start = async () => {
  const sandbox = await startSandbox()
  const client = (timeout: number) =>
    Wechatpay.fromCredentials(inject('credentials'), { baseUrl: sandbox.url, retry: 0, timeout })

  return { ...sandbox, wxpay: client(10_000), impatient: client(800) }
}

const outcomeOf = async (call: Promise<unknown>) => {
  const error: unknown = await call.then(
    () => undefined,
    (cause: unknown) => cause,
  )
  return isWechatpayError(error) ? error.outcome : error
}

const lost = ['CLOSED_AFTER', 'ANSWER_LOST', 'SYSTEM_ERROR_AFTER', 'WRONG_SIGNATURE'] as const
const neverCame = ['CLOSED', 'SYSTEM_ERROR', 'BAD_GATEWAY'] as const

test.each([
  ...lost.map((fault) => ({ fault, taken: 'found' })),
  ...neverCame.map((fault) => ({ fault, taken: 'sent' })),
])(
  'after $fault, reconcile ends with exactly one order: it is $taken',
  async ({ fault, taken }) => {
    const { wxpay, impatient, control } = await start()
    const caller = fault === 'ANSWER_LOST' ? impatient : wxpay
    const orders = wxpay.v3.payscore.signPlan.partner.serviceorder
    const before = (await control.serviceOrders.list()).length
    await control.faults.order({ fault })

    const call = caller.v3.payscore.signPlan.partner.serviceorder.post({ json })
    expect(await outcomeOf(call)).toBe('unknown')
    expect(await orders.reconcile({ json })).toMatchObject({
      taken,
      data: { out_order_no: json.out_trade_no, state: 'DOING' },
    })

    expect(await control.serviceOrders.list()).toHaveLength(before + 1)
    const creations = control.requests.count({
      operation: 'signplan.serviceorder.create.partner',
      body: { out_trade_no: json.out_trade_no },
    })
    expect(creations.count).toBe(taken === 'found' ? 1 : 2)
  },
)

test('a reconciliation that is itself struck can be made again', async () => {
  const { wxpay, control } = await start()
  const orders = wxpay.v3.payscore.signPlan.partner.serviceorder
  await control.faults.order({ fault: 'CLOSED_AFTER', count: 2 })

  expect(await outcomeOf(orders.post({ json }))).toBe('unknown')
  expect(await outcomeOf(orders.reconcile({ json }))).toBe('unknown')
  expect(await orders.reconcile({ json })).toMatchObject({ taken: 'found' })
})

test('a refund whose answer is lost is made once', async () => {
  const { wxpay, impatient, control } = await start()
  const [paid] = await control.serviceOrders.list()
  const refund = {
    json: {
      sub_mchid: json.sub_mchid,
      transaction_id: paid?.transaction_id ?? '',
      out_refund_no: 'REFUND',
      amount: { refund: 500, total: 15_000, currency: 'CNY' },
    },
  } as const
  const refunds = wxpay.v3.refund.domestic.refunds
  await control.faults.order({ fault: 'ANSWER_LOST', operation: 'refund.create' })

  expect(await outcomeOf(impatient.v3.refund.domestic.refunds.post(refund))).toBe('unknown')
  expect(await refunds.reconcile(refund)).toMatchObject({ taken: 'found' })
  expect(await control.refunds.list()).toHaveLength(1)
})
