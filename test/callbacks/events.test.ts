import { expect, test } from 'vitest'
import { type EventType, notifications } from '../../contracts/notifications.ts'
import { directTransaction } from '../support/requests.ts'
import { startSandbox } from '../support/sandbox.ts'
import { merchantOf } from './merchant.ts'
import { startReceiver } from './receiver.ts'

const start = async (options: Parameters<typeof startSandbox>[0] = {}) => {
  const receiver = await startReceiver()
  const sandbox = await startSandbox(options)
  const merchant = merchantOf(sandbox, receiver.url)
  const events = async () => {
    await sandbox.control.idle()
    const parse = sandbox.wxpay.notifications.parse
    const parsed = await Promise.all(
      receiver.received.map(({ headers, body }) => parse(headers, body)),
    )
    return parsed.map(({ event_type, resource }) => ({ event_type, resource }))
  }

  return { ...sandbox, merchant, receiver, events }
}

type Started = Awaited<ReturnType<typeof start>>

const openid = 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o'
const service = { service_id: '2002000000000558128851361561536', openid }

type Row = {
  event_type: EventType
  when: string
  /** The last event that they bring is the one. */
  steps: (started: Started) => Promise<unknown>
  resource: object
}

const rows: Row[] = [
  {
    event_type: 'PAYSCORE.USER_SIGN_PLAN',
    when: 'the user signs',
    steps: async ({ merchant, control }) => {
      await merchant.signPlan()
      await control.userSignPlans.sign('SIGN')
    },
    resource: { sign_state: 'SIGNED', cancel_sign_type: 'NOT_CANCEL', going_detail_no: 0 },
  },
  {
    event_type: 'PAYSCORE.USER_CANCEL_SIGN_PLAN',
    when: 'the user cancels the plan',
    steps: async ({ merchant, control }) => {
      await merchant.signPlan()
      await control.userSignPlans.sign('SIGN')
      await control.idle()
      await control.userSignPlans.cancel('SIGN', { reason: '不想学了' })
    },
    resource: {
      sign_state: 'SIGN_PLAN_CANCEL',
      cancel_sign_type: 'USER',
      cancel_reason: '不想学了',
    },
  },
  {
    event_type: 'PAYSCORE.USER_CANCEL_SIGN_PLAN',
    when: 'the user leaves the service',
    steps: async ({ merchant, control }) => {
      await merchant.signPlan()
      await control.userSignPlans.sign('SIGN')
      await control.idle()
      await control.permissions.revoke(service)
    },
    resource: { sign_state: 'SIGN_PLAN_CANCEL', cancel_sign_type: 'REVOKE_SERVICE' },
  },
  {
    event_type: 'PAYSCORE.USER_PAID',
    when: 'the charge of a plan order succeeds',
    steps: async ({ merchant, control }) => {
      await merchant.signPlan()
      await control.userSignPlans.sign('SIGN')
      await control.idle()
      await merchant.planOrder(1)
      await merchant.complete('SIGN-1')
    },
    resource: {
      out_order_no: 'SIGN-1',
      state: 'DONE',
      total_amount: 15_000,
      state_description: '',
      collection: { state: 'USER_PAID', paid_amount: 15_000 },
    },
  },
  {
    event_type: 'PAYSCORE.USER_PAID',
    when: 'the user pays on the page of an order',
    steps: async ({ merchant, control }) => {
      await merchant.order()
      await control.charges.order({ outcome: 'fail' })
      await merchant.complete('ORDER')
      await control.idle()
      await control.serviceOrders.pay('ORDER')
    },
    resource: { out_order_no: 'ORDER', state: 'DONE', collection: { state: 'USER_PAID' } },
  },
  {
    event_type: 'PAYSCORE.USER_CONFIRM',
    when: 'the user confirms an ordinary order',
    steps: async ({ merchant, control }) => {
      await merchant.order('ORDER', true)
      await control.serviceOrders.confirm('ORDER')
    },
    resource: { out_order_no: 'ORDER', state: 'DOING' },
  },
  {
    event_type: 'PAYSCORE.USER_OPEN_SERVICE',
    when: 'the user authorises the service',
    steps: ({ merchant }) => merchant.authorise(),
    resource: {
      ...service,
      user_service_status: 'USER_OPEN_SERVICE',
      mch_id: '1230000109',
      sub_mch_id: '1900000109',
      authorization_code: 'AUTHORISE',
      openorclose_time: expect.stringMatching(/^\d{14}$/),
    },
  },
  {
    event_type: 'PAYSCORE.USER_CLOSE_SERVICE',
    when: 'the user leaves the service',
    steps: async ({ merchant, control }) => {
      await merchant.authorise()
      await control.idle()
      await control.permissions.revoke(service)
    },
    resource: { ...service, user_service_status: 'USER_CLOSE_SERVICE' },
  },
  {
    event_type: 'PAYSCORE.USER_CLOSE_SERVICE',
    when: 'the merchant ends the authorisation',
    steps: async ({ merchant, control }) => {
      await merchant.authorise()
      await control.idle()
      await merchant.terminate()
    },
    resource: { ...service, user_service_status: 'USER_CLOSE_SERVICE' },
  },
  {
    event_type: 'TRANSACTION.SUCCESS',
    when: 'the user pays an order',
    steps: async ({ wxpay, control, receiver }) => {
      const json = { ...directTransaction, notify_url: receiver.url }
      await wxpay.v3.pay.transactions.jsapi.post({ json })
      await control.transactions.pay(json.out_trade_no)
    },
    resource: {
      mchid: '1230000109',
      out_trade_no: directTransaction.out_trade_no,
      trade_state: 'SUCCESS',
      attach: '',
      payer: { openid },
      amount: { total: 9_000, payer_total: 9_000, currency: 'CNY', payer_currency: 'CNY' },
    },
  },
  {
    event_type: 'REFUND.SUCCESS',
    when: 'a refund arrives',
    steps: ({ merchant }) => merchant.refund(),
    resource: {
      sp_mchid: '1230000109',
      sub_mchid: '1900000109',
      refund_status: 'SUCCESS',
      success_time: expect.any(String),
      amount: { total: 15_000, refund: 500, payer_total: 15_000, payer_refund: 500 },
    },
  },
  ...(['ABNORMAL', 'CLOSED'] as const).map((outcome) => ({
    event_type: `REFUND.${outcome}` as const,
    when: 'a refund fails',
    steps: async ({ merchant, control }: Started) => {
      await control.refunds.order({ outcome })
      await merchant.refund()
    },
    resource: { refund_status: outcome, out_refund_no: 'REFUND' },
  })),
]

test.each(rows)('$event_type goes out when $when', async ({ event_type, steps, resource }) => {
  const started = await start()

  await steps(started)

  const event = (await started.events()).at(-1)
  expect(event).toMatchObject({ event_type, resource })
  expect(notifications[event_type].resource.parse(event?.resource)).toEqual(event?.resource)
})

test('every event of the table has a row here', () => {
  expect(new Set(rows.map(({ event_type }) => event_type))).toEqual(
    new Set(Object.keys(notifications)),
  )
})

test('what the merchant does itself, it is not told of', async () => {
  const { merchant, control, events } = await start()

  await merchant.signPlan('STOPPED')
  await control.userSignPlans.sign('STOPPED')
  expect(await events()).toHaveLength(1)
  await merchant.stopSignPlan('STOPPED')

  await merchant.order('SYNCED')
  await control.charges.order({ outcome: 'fail' })
  await merchant.complete('SYNCED')
  await control.idle()
  await merchant.sync('SYNCED')

  expect(await events()).toHaveLength(1)
  expect(await control.notifications.list()).toHaveLength(1)
})

test('nothing is told of an order that costs nothing', async () => {
  const { merchant, events } = await start()

  await merchant.order()
  await merchant.complete('ORDER', 0)

  expect(await events()).toEqual([])
})

test('nothing is told when a plan order is confirmed', async () => {
  const { merchant, control, events } = await start({ initialOrderState: 'CREATED' })
  await merchant.signPlan()
  await control.userSignPlans.sign('SIGN')
  await merchant.planOrder(1)

  await control.serviceOrders.confirm('SIGN-1')

  expect(await events()).toMatchObject([{ event_type: 'PAYSCORE.USER_SIGN_PLAN' }])
})

test('a repeated cancellation is told of once', async () => {
  const { merchant, control, events } = await start()
  await merchant.signPlan()
  await control.userSignPlans.sign('SIGN')
  await control.idle()

  await control.userSignPlans.cancel('SIGN')
  await control.userSignPlans.cancel('SIGN')

  expect(await events()).toHaveLength(2)
})

test('a notice and the change that it tells of are seen at once', async () => {
  const { merchant, control } = await start({ notifyTo: 'http://127.0.0.1:1' })
  await merchant.signPlan()

  const signing = control.userSignPlans.sign('SIGN')
  const noticed = async () => (await control.notifications.list()).length === 1
  for (let isSigned = false; !isSigned; ) {
    const before = await noticed()
    isSigned = (await control.userSignPlans.get('SIGN')).signPlan.sign_state === 'SIGNED'
    if (before) expect(isSigned).toBe(true)
    if (isSigned) expect(await noticed()).toBe(true)
  }
  await signing
})

test('a change that is refused leaves no notice behind', async () => {
  const { merchant, control } = await start()
  await merchant.signPlan()

  await expect(control.userSignPlans.cancel('SIGN')).rejects.toThrow('状态')

  expect(await control.notifications.list()).toEqual([])
})

test('a callback goes out by itself, whichever door its cause came through', async () => {
  const { merchant, control, receiver, url } = await start()
  await merchant.signPlan('ONE')
  await merchant.signPlan('TWO')

  await control.userSignPlans.sign('ONE')
  await receiver.arrived(1)
  await fetch(`${url}/_sandbox/user-sign-plans/TWO/sign`, { method: 'POST' })
  await receiver.arrived(2)

  await merchant.refund()
  await receiver.arrived(3)
})

test('nobody waits for the receiver: the answer comes while the callback hangs', async () => {
  let release = (_: number) => {}
  const hanging = new Promise<number>((resolve) => {
    release = resolve
  })
  const receiver = await startReceiver(() => hanging)
  const sandbox = await startSandbox()
  const merchant = merchantOf(sandbox, receiver.url)
  await merchant.refund()
  await receiver.arrived(1)

  expect(await merchant.signPlan()).toMatchObject({ sign_state: 'UNSIGNED' })
  await sandbox.control.userSignPlans.sign('SIGN')
  await receiver.arrived(2)
  expect(await sandbox.control.notifications.list()).toMatchObject([
    { state: 'SENDING' },
    { state: 'SENDING' },
  ])

  release(204)
  await sandbox.control.idle()
  expect(await sandbox.control.notifications.list()).toMatchObject([
    { state: 'DELIVERED' },
    { state: 'DELIVERED' },
  ])
})
