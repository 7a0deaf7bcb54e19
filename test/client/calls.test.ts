import { expect, test } from 'vitest'
import { Wechatpay } from '../../client/index.ts'
import packageJson from '../../package.json' with { type: 'json' }
import { exampleOrder as json } from '../support/example.ts'
import { optionsFor, publicKeyId, serial, startServer } from './wechat-server.ts'

const path = 'v3/payscore/sign-plan/partner/serviceorder'

type Style = (wxpay: Wechatpay) => Promise<unknown>

test.each<[string, Style]>([
  [
    'chain, postAsync',
    (wxpay) => wxpay.v3.payscore.signPlan.partner.serviceorder.postAsync({ json }),
  ],
  ['declared, postAsync', (wxpay) => wxpay.chain(path).postAsync({ json })],
  ['property, postAsync', (wxpay) => wxpay[path].postAsync({ json })],
  ['chain, post', (wxpay) => wxpay.v3.payscore.signPlan.partner.serviceorder.post({ json })],
  ['declared, post', (wxpay) => wxpay.chain(`/${path}`).post({ json })],
  ['property, post', (wxpay) => wxpay[path].post({ json })],
])('%s: sends the same bytes and hands on the answer', async (_, call) => {
  const body = JSON.stringify({ out_order_no: '1514323JSVDFE1243252', state: 'CREATED' })
  const server = await startServer(() => ({ body }))

  const answer = await call(new Wechatpay(optionsFor(server.url)))

  expect(answer).toMatchObject({ status: 200, requestId: '08A1-0', data: JSON.parse(body) })
  expect(server.seen).toMatchObject([
    { method: 'POST', target: `/${path}`, body: JSON.stringify(json), signed: true },
  ])
})

test('sends the headers that WeChat Pay asks for, and no Accept-Language of Node’s', async () => {
  const server = await startServer(() => ({ body: '{}' }))

  await new Wechatpay(optionsFor(server.url)).chain(path).post({ json })

  expect(server.seen[0]?.headers).toMatchObject({
    accept: 'application/json',
    'accept-language': 'zh-CN',
    'content-type': 'application/json',
    'user-agent': `wechatpay-sandbox-client/${packageJson.version} node/${process.versions.node}`,
    'wechatpay-serial': publicKeyId,
  })
  expect(server.seen[0]?.authorization).toMatchObject({
    mchid: '1900000109',
    serial_no: serial,
    timestamp: expect.stringMatching(/^\d{10}$/),
    nonce_str: expect.stringMatching(/^[0-9A-Za-z]{32}$/),
  })
})

test('signs the query exactly as it is sent', async () => {
  const server = await startServer(() => ({ body: '{}' }))
  const wxpay = new Wechatpay(optionsFor(server.url))
  const query = { service_id: '500001', sub_mchid: '1900000109', out_order_no: 'a b|*é' }

  await wxpay.v3.payscore.partner.serviceorder.get({ query: { ...query, query_id: undefined } })

  expect(server.seen).toMatchObject([
    {
      method: 'GET',
      target:
        '/v3/payscore/partner/serviceorder?service_id=500001&sub_mchid=1900000109&out_order_no=a%20b%7C*%C3%A9',
      body: '',
      signed: true,
    },
  ])
  expect(server.seen[0]?.headers).not.toHaveProperty('content-type')
})

const cancel = { service_id: '500001', sub_mchid: '1900000109', reason: '取消' }

test('percent-encodes path parameters and takes a signed 204', async () => {
  const server = await startServer(() => ({ status: 204 }))
  const wxpay = new Wechatpay(optionsFor(server.url))
  const options = { out_order_no: 'a|b*_-/中', json: cancel }

  const answer = await wxpay.v3.payscore.partner.serviceorder._out_order_no_.cancel.post(options)
  await wxpay['v3/payscore/partner/serviceorder/{out_order_no}/cancel'].post(options)
  await wxpay.chain('v3/payscore/partner/serviceorder/{out_order_no}/cancel').post(options)

  expect(answer).toMatchObject({ status: 204, data: undefined })
  const target = '/v3/payscore/partner/serviceorder/a%7Cb*_-%2F%E4%B8%AD/cancel'
  expect(server.seen).toMatchObject(Array(3).fill({ target, signed: true }))
})

test.each(['', '.', '..'])('refuses the path parameter %j: it leads elsewhere', async (value) => {
  const server = await startServer(() => ({ status: 204 }))
  const wxpay = new Wechatpay(optionsFor(server.url))
  const node = wxpay.chain('v3/payscore/partner/serviceorder/{out_order_no}/cancel')

  await expect(node.post({ out_order_no: value, json: cancel })).rejects.toMatchObject({
    name: 'ConfigurationError',
    code: 'PATH_PARAMETER_INVALID',
  })
  expect(server.seen).toHaveLength(0)
})

test('keeps the path of baseUrl as a prefix, and signs it', async () => {
  const server = await startServer(() => ({ body: '{"data":[]}' }))

  await new Wechatpay(optionsFor(`${server.url}/proxy/`)).v3.certificates.get()

  expect(server.seen).toMatchObject([{ target: '/proxy/v3/certificates', signed: true }])
})

test('names the prefix in what it says of a refusal', async () => {
  const server = await startServer(() => ({ status: 404 }))

  await expect(
    new Wechatpay({ ...optionsFor(`${server.url}/proxy`), retry: 0 }).v3.certificates.get(),
  ).rejects.toMatchObject({
    operation: 'GET /proxy/v3/certificates',
    message: expect.stringMatching(/^GET \/proxy\/v3\/certificates was answered: 404/),
  })
})

test('sends through the fetch it is given', async () => {
  const wxpay = new Wechatpay({
    ...optionsFor('http://sandbox.invalid'),
    fetch: (request) => Response.json({ code: 'SEEN', message: request.url }, { status: 400 }),
  })

  await expect(wxpay.v3.certificates.get()).rejects.toMatchObject({
    apiCode: 'SEEN',
    apiMessage: 'http://sandbox.invalid/v3/certificates',
  })
})
