import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { createServer, request as requestTo } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { expect, inject, onTestFinished, test } from 'vitest'
import { type FromCredentialsOptions, Wechatpay } from '../../client/index.ts'
import { placeOf } from '../../contracts/loopback.ts'
import { createNotificationMaker } from '../../sandbox/maker/notification-maker.ts'
import { exampleOrder as json } from '../support/example.ts'
import { openSandbox, startSandbox } from '../support/sandbox.ts'

const signPlanOrders = 'v3/payscore/sign-plan/partner/serviceorder'

type Sent = { method: string; target: string; body: Buffer }

/** Hands requests on, changed, and answers back as they are. */
const startRewriting = async (url: string, change: (sent: Sent) => Sent): Promise<string> => {
  const server = createServer(async (incoming, outgoing) => {
    const { method = '', url: path = '' } = incoming
    const { target, body, ...changed } = change({
      method,
      target: path,
      body: await buffer(incoming),
    })
    const headers = { ...incoming.headers, 'content-length': String(body.length) }
    requestTo(new URL(target, url), { ...changed, headers }, async (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers).end(await buffer(answer))
    }).end(body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return placeOf(server.address()).url
}

/** The client of the sandbox, and what it says of the error of its call. */
const explained = async (
  reach: Pick<FromCredentialsOptions, 'baseUrl' | 'fetch'>,
  call: (wxpay: Wechatpay) => Promise<unknown> = (wxpay) => wxpay[signPlanOrders].post({ json }),
) => {
  const wxpay = Wechatpay.fromCredentials(inject('credentials'), { ...reach, retry: 0 })
  const error: unknown = await call(wxpay).catch((cause: unknown) => cause)
  return wxpay.explain(error)
}

test('a proxy that takes a prefix off is found out', async () => {
  const { url } = await startSandbox()
  const proxy = await startRewriting(url, (sent) => ({
    ...sent,
    target: sent.target.replace('/pay', ''),
  }))

  expect(await explained({ baseUrl: `${proxy}/pay` })).toMatchObject({
    verdict: 'explained',
    mistakes: [
      {
        code: 'targetChanged',
        sentence: `The target /pay/${signPlanOrders} was signed and sent; WeChat Pay saw /${signPlanOrders}.`,
      },
    ],
  })
})

test('a proxy that writes bodies anew is found out', async () => {
  const { url } = await startSandbox()
  const proxy = await startRewriting(url, (sent) => ({
    ...sent,
    body: Buffer.from(JSON.stringify(JSON.parse(sent.body.toString()), null, 2)),
  }))

  expect(await explained({ baseUrl: proxy })).toMatchObject({ mistakes: [{ code: 'bodyChanged' }] })
})

test('a proxy that asks by another method is found out', async () => {
  const { url } = await startSandbox()
  const proxy = await startRewriting(url, (sent) => ({ ...sent, method: 'GET' }))
  const { service_id, appid, sub_mchid, openid, notify_url } = json
  const order = (wxpay: Wechatpay) =>
    wxpay.v3.payscore.partner.serviceorder.post({
      json: {
        ...{ service_id, appid, sub_mchid, openid, notify_url },
        out_order_no: 'ORDER',
        service_introduction: '羽毛球课',
        risk_fund: { name: 'DEPOSIT', amount: 100 },
        time_range: { start_time: 'OnAccept' },
        need_user_confirm: false,
      },
    })

  expect(await explained({ baseUrl: proxy }, order)).toMatchObject({
    mistakes: [
      {
        code: 'methodChanged',
        sentence: 'The method POST was signed and sent; WeChat Pay saw GET.',
      },
    ],
  })
})

test.each([
  [
    'a serial number that WeChat Pay does not know',
    { serial: 'ABCDEF' },
    {
      verdict: 'explained',
      mistakes: [
        { code: 'serialNotOfMerchant', sentence: expect.stringContaining('certificate ABCDEF of') },
      ],
    },
  ],
  [
    'a clock that is wrong on this side',
    { now: () => Date.now() - 600_000 },
    {
      verdict: 'unexplained',
      mistakes: [],
      facts: expect.arrayContaining([expect.stringContaining('不得超过5分钟')]),
    },
  ],
])('%s is not called sound: WeChat Pay says why', async (_, wrong, told) => {
  const { fetch, credentials } = await openSandbox()
  const { mchid, merchantSerial: serial, merchantKey: privateKey } = credentials
  const platformKeys = { [credentials.publicKeyId]: credentials.publicKey }
  const wxpay = new Wechatpay({ mchid, serial, privateKey, platformKeys, fetch, ...wrong })
  const error: unknown = await wxpay[signPlanOrders].post({ json }).catch((cause: unknown) => cause)

  expect(await wxpay.explain(error)).toMatchObject(told)
})

test('a private key beside the certificate of another one is found out', async () => {
  const { url, credentials } = await startSandbox()
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const { mchid, merchantSerial: serial, publicKeyId, publicKey } = credentials
  const platformKeys = { [publicKeyId]: publicKey }
  const wxpay = new Wechatpay({ mchid, serial, privateKey, platformKeys, baseUrl: url })
  const error: unknown = await wxpay[signPlanOrders].post({ json }).catch((cause: unknown) => cause)

  expect(await wxpay.explain(error)).toMatchObject({
    verdict: 'explained',
    mistakes: [{ code: 'certificateOfOtherKey', sentence: expect.stringContaining(serial) }],
  })
})

test.each([
  ['PROBE', 'explained', ['answerProbe']],
  ['PROBE_BROKEN', 'explained', ['answerProbe']],
  ['UNKNOWN_SERIAL', 'unexplained', ['answerSerialUnknown']],
  ['OLD_TIMESTAMP', 'explained', ['answerTimestampOff']],
  ['UNSIGNED', 'explained', ['answerHeadersMissing']],
  ['WRONG_SIGNATURE', 'unexplained', []],
  ['BODY_CHANGED', 'unexplained', []],
] as const)('an answer with the fault %s is %s', async (fault, verdict, codes) => {
  const { fetch, control } = await startSandbox()
  await control.faults.order({ fault })

  const diagnosis = await explained({ fetch })
  expect(diagnosis?.verdict).toBe(verdict)
  expect(diagnosis?.mistakes.map(({ code }) => code)).toEqual(codes)
})

test('a callback that was parsed and written anew before it was verified is found out', async () => {
  const dir = inject('credentials')
  const wxpay = Wechatpay.fromCredentials(dir)
  const { headers, body } = await (await createNotificationMaker({ dir })).make('REFUND.SUCCESS')
  const rewritten = JSON.stringify(JSON.parse(body), null, 2)
  const error: unknown = await wxpay.notifications
    .parse(headers, rewritten)
    .catch((cause: unknown) => cause)

  expect(await wxpay.explain(error)).toMatchObject({
    verdict: 'explained',
    mistakes: [{ code: 'answerBodyReserialised' }],
  })
})

test('what has nothing to do with signatures has no diagnosis', async () => {
  const { fetch, control } = await startSandbox()
  await control.faults.order({ fault: 'SYSTEM_ERROR' })
  const { explain } = Wechatpay.fromCredentials(inject('credentials'))

  expect(await explained({ fetch })).toBeUndefined()
  expect(await explain(new Error('other'))).toBeUndefined()
  expect(await explain('other')).toBeUndefined()
})

test('it explains in the language that is asked for', async () => {
  const { url } = await startSandbox()
  const proxy = await startRewriting(url, (sent) => ({
    ...sent,
    target: sent.target.replace('/pay', ''),
  }))
  const baseUrl = `${proxy}/pay`
  const wxpay = Wechatpay.fromCredentials(inject('credentials'), { baseUrl, retry: 0 })
  const error: unknown = await wxpay[signPlanOrders].post({ json }).catch((cause: unknown) => cause)

  expect(await wxpay.explain(error, { language: 'zh' })).toMatchObject({
    mistakes: [
      {
        code: 'targetChanged',
        sentence: `签名和发送的 URL 是 /pay/${signPlanOrders}，微信支付收到的是 /${signPlanOrders}。`,
        fix: '检查途中改写路径的环节：基础地址（baseUrl）里的代理前缀、网关、重定向。',
      },
    ],
  })
})
