import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { flaws } from './flaws.ts'
import { grade, start } from './grading.ts'
import { failure, type Parts, sound, success } from './sample-merchant.ts'

const onlyInCode = ['3', '14', '15', '20', '26', '27']
const traffic = ['G1', '2', '4', '7', '8', '9', '10', '11', '12', '13', '16, 17', '18', '19', '22']

test('a sound merchant has no finding, and passes what was seen', async () => {
  const { url: sandbox, merchant, orderTwo } = await start()
  await orderTwo()
  const { findings, passed } = await grade({ notify_url: merchant.notify_url, sandbox })

  expect(findings).toEqual([])
  expect(passed).toEqual([
    'G2',
    'G3',
    'G4',
    '1',
    '2',
    '4',
    '5',
    '6',
    '8',
    '10',
    '11',
    '16, 17',
    '24',
    '25',
  ])
})

test.each(flaws)('a receiver that $name has that finding and no other', async (row) => {
  const { url: sandbox, merchant, orderTwo } = await start(row.flaw())
  await orderTwo()
  const { query = '', limit = 5000 } = row
  const notify_url = merchant.notify_url + query
  const { findings } = await grade({ notify_url, sandbox, limit })

  expect(findings).toEqual(row.findings)
})

type Peculiar = { name: string; parts: () => Partial<Parts>; unseen: string[] }

const peculiar: Peculiar[] = [
  {
    name: 'fails while it wakes up',
    parts: () => {
      let failuresLeft = 1
      return {
        handle: (event_type, account) =>
          failuresLeft-- > 0 ? failure(500) : sound.handle(event_type, account),
      }
    },
    unseen: [],
  },
  {
    name: 'has one sentence for whatever it refuses',
    parts: () => ({ refuse: () => failure(500, 'cannot be verified or decrypted') }),
    unseen: [],
  },
  {
    name: 'queries the order instead of comparing',
    parts: () => ({
      open: async (received, merchant) => {
        const event = await sound.open(received, merchant)
        const { out_order_no, sub_mchid = '' } = event.resource
        const query = { out_order_no, sub_mchid, service_id: merchant.serviceId }
        await merchant.wxpay.v3.payscore.partner.serviceorder.get({ query }).catch(() => undefined)
        return event
      },
      isRightAmount: () => true,
    }),
    unseen: ['25'],
  },
  {
    name: 'takes no notice of sub-merchants that are not its own',
    parts: () => ({
      open: async (received, merchant) => {
        const event = await sound.open(received, merchant)
        const isOwn = event.resource.sub_mchid === merchant.subMchid
        return isOwn ? event : { ...event, event_type: 'IGNORED' }
      },
      keyOf: ({ out_order_no }) => out_order_no.replace(/^X/, ''),
      handle: (event_type, account) =>
        event_type === 'IGNORED' ? success : sound.handle(event_type, account),
    }),
    unseen: ['1'],
  },
]

test.each(peculiar)('a receiver that $name has no finding', async ({ parts, unseen }) => {
  const { url: sandbox, merchant, orderTwo } = await start(parts())
  await orderTwo()
  const grades = await grade({ notify_url: merchant.notify_url, sandbox })

  expect(grades.findings).toEqual([])
  expect(grades.unseen).toEqual(expect.arrayContaining(unseen))
})

test('a payment that is refused only for coming too early shows nothing of its amount', async () => {
  const {
    url: sandbox,
    merchant,
    orderTwo,
  } = await start({
    isRightAmount: () => true,
    handle: (event_type, account) =>
      event_type === 'PAYSCORE.USER_PAID' && !account.handled.has('PAYSCORE.USER_CONFIRM')
        ? failure(500)
        : sound.handle(event_type, account),
  })
  await orderTwo()
  const { findings, of } = await grade({ notify_url: merchant.notify_url, sandbox })

  expect(findings).toEqual(['6'])
  expect(of('25')).toMatchObject({
    result: 'not seen',
    why: 'It was refused, but at that time so was the true one.',
  })
})

test('a receiver that accepts what it does not know is seen without a sandbox', async () => {
  const { merchant } = await start({ keyOf: () => 'any' })
  await merchant.complete('ANY').catch(() => undefined)
  const { passed, unseen, findings } = await grade({ notify_url: merchant.notify_url })

  expect(findings).toEqual([])
  expect(passed).toEqual(['G2', 'G3', 'G4', '5', '6', '24'])
  expect(unseen).toEqual(expect.arrayContaining([...onlyInCode, ...traffic, '1', '25']))
})

test('a receiver that refuses what it does not know shows nothing without a sandbox', async () => {
  const { merchant } = await start()
  const { passed, findings, of } = await grade({ notify_url: merchant.notify_url })

  expect([passed, findings]).toEqual([[], []])
  expect(of('G2')).toMatchObject({
    why: expect.stringContaining(
      'The genuine callback was answered with 404. If the receiver knows no',
    ),
    evidence: [{ got: '404 {"code":"FAIL","message":"no such order"}' }],
  })
})

test('eight at once are not seen without a second order', async () => {
  const { url: sandbox, control, merchant } = await start()
  await control.charges.order({ outcome: 'hold' })
  await merchant.create('ONLY')
  await merchant.complete('ONLY')
  await control.idle()
  const { findings, of } = await grade({ notify_url: merchant.notify_url, sandbox })

  expect(findings).toEqual([])
  expect(of('G3')).toMatchObject({
    result: 'not seen',
    evidence: [{ got: expect.stringContaining('no such order') }],
  })
})

test('a receiver that answers 202 is told that this accepts nothing', async () => {
  const {
    url: sandbox,
    merchant,
    orderTwo,
  } = await start({
    handle: () => ({ status: 202, body: '' }),
  })
  await orderTwo()
  const { findings, of } = await grade({ notify_url: merchant.notify_url, sandbox })

  expect(findings).toEqual(['G2'])
  for (const number of ['G2', 'G3', '24']) {
    expect(of(number)).toMatchObject({
      result: number === 'G2' ? 'finding' : 'not seen',
      why: 'The genuine callback was answered with 202. Only 200 and 204 accept.',
    })
  }
})

test('forgeries that are answered 202 are neither accepted nor refused', async () => {
  const {
    url: sandbox,
    merchant,
    orderTwo,
  } = await start({
    refuse: () => ({ status: 202, body: '' }),
  })
  await orderTwo()
  const { findings, of } = await grade({ notify_url: merchant.notify_url, sandbox })

  expect(findings).toEqual([])
  expect(of('G2')).toMatchObject({
    result: 'not seen',
    why: 'Not every one of these callbacks was answered by 200, 204, 4xx or 5xx.',
  })
})

test('a connection that was closed is no answer in time', async () => {
  const {
    url: sandbox,
    merchant,
    orderTwo,
  } = await start({
    around: async ({ headers }, next) => {
      if (!String(headers['wechatpay-signature']).startsWith('WECHATPAY/SIGNTEST/')) return next()
      await wait(100)
      return 'hang up'
    },
  })
  await orderTwo()
  const { of } = await grade({ notify_url: merchant.notify_url, sandbox })

  expect(of('24')).toMatchObject({
    result: 'pass',
    why: expect.stringMatching(/^The slowest of 26 answers took /),
    evidence: [{ got: expect.stringMatching(/^\d{3} /) }],
  })
})

test('forgeries that are accepted are found even if nothing genuine is', async () => {
  const { merchant } = await start({
    around: async ({ headers }, next) =>
      headers['wechatpay-signature'] === undefined ? success : next(),
  })

  expect((await grade({ notify_url: merchant.notify_url })).findings).toEqual(['G2'])
})

test('what the receiver was told becomes true, and is not told again', async () => {
  const { url: sandbox, control, merchant, orderTwo } = await start()
  await orderTwo()
  const asked = { notify_url: merchant.notify_url, sandbox }
  await grade(asked)
  await control.idle()
  const { order } = await control.serviceOrders.get('FIRST')
  const { findings, of } = await grade(asked)

  expect(order.state).toBe('DONE')
  expect(findings).toEqual([])
  expect(of('25')?.result).toBe('not seen')
})

test('the WeChat Pay public key signs where it is asked for', async () => {
  const {
    url: sandbox,
    merchant,
    orderTwo,
    credentials,
  } = await start({
    open: (received, merchant) => {
      serials.add(String(received.headers['wechatpay-serial']))
      return sound.open(received, merchant)
    },
  })
  const serials = new Set<string>()
  await orderTwo()
  const { findings } = await grade({
    notify_url: merchant.notify_url,
    sandbox,
    platform: 'public-key',
  })

  expect(findings).toEqual([])
  expect(serials).toContain(credentials.publicKeyId)
  expect(serials).not.toContain(credentials.platformSerial)
})
