import { expect, test } from 'vitest'
import { exampleOrder } from '../support/example.ts'
import { openSandbox, startSandbox } from '../support/sandbox.ts'
import { merchantOf } from './merchant.ts'
import { startReceiver } from './receiver.ts'

/** What became of the notice of a refund that is to be reported to this address. */
const reported = async (notify_url: string, options: Parameters<typeof startSandbox>[0] = {}) => {
  const sandbox = await openSandbox(options)
  await merchantOf(sandbox, notify_url).refund()
  await sandbox.control.idle()
  const [notice] = await sandbox.control.notifications.list()

  return { ...notice, control: sandbox.control }
}

test.each([
  ['https://api.test.com', 'public host'],
  ['http://10.0.0.1/notify', 'public host'],
  ['http://0.0.0.0:8130', 'public host'],
  ['http://127.0.0.1.test.com/notify', 'public host'],
  ['http://localhost.test.com', 'public host'],
  ['http://api.test.com:8130/notify', 'public host'],
  ['http://user@127.0.0.1:8130/notify', 'the address holds credentials'],
  ['http://user:secret@127.0.0.1:8130', 'the address holds credentials'],
  ['http://127.0.0.1:99999/notify', 'the address cannot be read'],
])('nothing is sent to %s: %s', async (url, reason) => {
  expect(await reported(url)).toMatchObject({
    state: 'WITHHELD',
    reason: `not delivered: ${reason}`,
    attempts: [],
    url,
  })
})

test('the address of the documented example is not called', async () => {
  const { wxpay, control } = await openSandbox()
  await wxpay.v3.payscore.signPlan.partner.serviceorder.post({ json: exampleOrder })
  await wxpay.v3.payscore.partner.serviceorder._out_order_no_.complete.post({
    out_order_no: exampleOrder.out_trade_no,
    json: {
      service_id: exampleOrder.service_id,
      sub_mchid: exampleOrder.sub_mchid,
      post_payments: [{ name: '羽毛球课', amount: 15_000 }],
      total_amount: 15_000,
    },
  })
  await control.idle()

  expect(await control.notifications.list()).toMatchObject([
    {
      event_type: 'PAYSCORE.USER_PAID',
      url: 'https://api.test.com',
      state: 'WITHHELD',
      reason: 'not delivered: public host',
    },
  ])
})

test.each(['127.0.0.1', 'localhost', 'LOCALHOST'])('%s is called', async (host) => {
  const { port, received } = await startReceiver()

  await reported(`http://${host}:${port}/notify`)

  expect(received).toHaveLength(1)
})

test('a public host is called when it is allowed, in whatever case it is written', async () => {
  const options = { notifyAllow: ['Receiver.INVALID'] }

  expect(await reported('http://receiver.invalid/notify', options)).toMatchObject({
    state: 'PENDING',
    attempts: [{ error: expect.stringMatching(/ENOTFOUND|EAI_AGAIN/) }],
  })
  expect(await reported('http://other.invalid/notify', options)).toMatchObject({
    state: 'WITHHELD',
  })
})

test.each([
  ['a port where nobody listens', async () => 'http://127.0.0.1:1', /ECONNREFUSED/],
  [
    'https where http is spoken',
    async () => `https://127.0.0.1:${(await startSandbox()).port}/notify`,
    /SSL|EPROTO/,
  ],
])('%s is recorded with the reason', async (_, address, reason) => {
  expect(await reported(await address())).toMatchObject({
    state: 'PENDING',
    attempts: [{ error: expect.stringMatching(reason) }],
  })
})

test('one receiver takes the place of all addresses', async () => {
  const { url, received } = await startReceiver()

  expect(await reported('https://api.test.com', { notifyTo: url })).toMatchObject({
    state: 'DELIVERED',
    url: 'https://api.test.com',
  })
  expect(received).toHaveLength(1)
})

test.each(['ftp://127.0.0.1', 'nonsense'])('%s can be no receiver', async (notifyTo) => {
  await expect(startSandbox({ notifyTo })).rejects.toThrow(
    'notifyTo is no address such as http://127.0.0.1:8130/notify.',
  )
})

test('a notice that was withheld is looked at again when it is redelivered', async () => {
  const { control, id = '' } = await reported('https://api.test.com')

  await control.notifications.redeliver(id)
  await control.idle()

  expect(await control.notifications.get(id)).toMatchObject({ state: 'WITHHELD', attempts: [] })
})

test.each(['/_sandbox/reset', '/_sandbox', '/x/../_sandbox/clock'])(
  'a callback does not act on a sandbox: %s',
  async (path) => {
    expect(await reported(`http://127.0.0.1:1${path}`)).toMatchObject({
      state: 'WITHHELD',
      reason: 'not delivered: the address is the control API of a sandbox',
    })
  },
)

test('nor does one receiver that is a sandbox', async () => {
  const notifyTo = 'http://127.0.0.1:1/_sandbox/reset'

  expect(await reported('http://127.0.0.1:1/notify', { notifyTo })).toMatchObject({
    state: 'WITHHELD',
    reason: 'not delivered: the address is the control API of a sandbox',
  })
})
