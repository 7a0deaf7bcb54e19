import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, inject, onTestFinished, test } from 'vitest'
import { hasOpenssl, openssl } from '../protocol/openssl.ts'
import { exampleOrder } from '../support/example.ts'
import { startSandbox } from '../support/sandbox.ts'
import { openSocket, type RawAnswer, type RawRequest, requestBytes, send } from './raw-request.ts'
import { seed, seedRequest } from './seed-request.ts'
import { answerMessage, isSignedBy, now, signatureHeaders, signed } from './signed-request.ts'

const orderRequest = (body: object) => seedRequest(JSON.stringify(body))
const plans = '/v3/payscore/plan/partner/payscore-plans/merchant-plan-no'

const namesOf = ({ lines }: RawAnswer) => lines.slice(1).map((line) => line.split(':')[0])

const common = [
  'Cache-Control',
  'Connection',
  'Content-Language',
  'Date',
  'Keep-Alive',
  'Request-ID',
  'Server',
  'X-Content-Type-Options',
]

test('a signed answer has the headers of WeChat Pay in their spelling', async () => {
  const { port, credentials } = await startSandbox()
  const answer = await send(port, signed(credentials))

  expect(answer.lines[0]).toBe('HTTP/1.1 200 OK')
  expect(namesOf(answer).toSorted()).toEqual(
    [...common, 'Content-Length', 'Content-Type', ...signatureHeaders].toSorted(),
  )
  expect(answer.lines).toEqual(
    expect.arrayContaining([
      'Server: nginx',
      'Content-Type: application/json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(answer.body)}`,
      'Connection: keep-alive',
      'Keep-Alive: timeout=8',
      'Cache-Control: no-cache, must-revalidate',
      'X-Content-Type-Options: nosniff',
      'Content-Language: zh-CN',
      'Wechatpay-Signature-Type: WECHATPAY2-SHA256-RSA2048',
      `Wechatpay-Serial: ${credentials.platformSerial}`,
    ]),
  )
  expect(answer.header('Request-ID')).toMatch(/^08[0-9A-F]{28,}-0$/)
  expect(answer.header('Wechatpay-Nonce')).toMatch(/^[0-9a-f]{32}$/)
  expect(Math.abs(Number(answer.header('Wechatpay-Timestamp')) - now())).toBeLessThan(5)
  expect(isSignedBy(answer, credentials.platformCertificate)).toBe(true)
})

test.skipIf(!hasOpenssl)('openssl verifies the signature of an answer', async () => {
  const { port, credentials } = await startSandbox()
  const headers = { 'Wechatpay-Serial': credentials.publicKeyId }
  const answer = await send(port, signed(credentials, { headers }))
  const folder = await mkdtemp(join(tmpdir(), 'signature-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const signature = join(folder, 'signature')
  await writeFile(signature, Buffer.from(answer.header('Wechatpay-Signature') ?? '', 'base64'))

  const key = join(inject('credentials'), 'pub_key.pem')
  const verify = ['dgst', '-sha256', '-verify', key, '-signature', signature]

  expect(openssl(verify, Buffer.from(answerMessage(answer))).toString()).toBe('Verified OK\n')
})

type Refusal = { name: string; request: RawRequest; status: string; number: number; body: string }

const unsigned: Refusal[] = [
  {
    name: 'a request without Authorization',
    request: {},
    status: '401 Unauthorized',
    number: 270924332,
    body: '{"code":"SIGN_ERROR","message":"Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》"}',
  },
  {
    name: 'a POST without Authorization',
    request: { method: 'POST', target: '/v3/refund/domestic/refunds', body: '{}' },
    status: '401 Unauthorized',
    number: 270924332,
    body: '{"code":"SIGN_ERROR","message":"Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》"}',
  },
  {
    name: 'a request without User-Agent',
    request: { headers: { 'User-Agent': undefined } },
    status: '400 Bad Request',
    number: 270924337,
    body: '{"code":"INVALID_REQUEST","message":"Http头缺少Accept或User-Agent"}',
  },
  {
    name: 'a request without Accept',
    request: { headers: { Accept: undefined } },
    status: '400 Bad Request',
    number: 270924337,
    body: '{"code":"INVALID_REQUEST","message":"Http头缺少Accept或User-Agent"}',
  },
  {
    name: 'the language that Node asks for unasked',
    request: { headers: { 'Accept-Language': '*' } },
    status: '406 Not Acceptable',
    number: 268435461,
    body: '{"code":"PARAM_ERROR","message":"传入了不支持的Accept-Language"}',
  },
]

test.each(unsigned)('$name gets an unsigned answer', async ({ request, status, number, body }) => {
  const { port } = await startSandbox()
  const answer = await send(port, request)

  expect(answer.lines[0]).toBe(`HTTP/1.1 ${status}`)
  expect(answer.body).toBe(body)
  expect(answer.header('Request-ID')).toMatch(new RegExp(`^08[0-9A-F]{28,}-${number}$`))
  expect(namesOf(answer).toSorted()).toEqual(
    [...common, 'Content-Length', 'Content-Type'].toSorted(),
  )
})

test.each([
  { name: 'an unknown path', target: '/v3/no-such-endpoint', status: '404 Not Found' },
  { name: 'a path that ends in a slash', target: '/v3/certificates/', status: '404 Not Found' },
  { name: 'a path in capitals', target: '/V3/CERTIFICATES', status: '404 Not Found' },
  { name: 'a path with a double slash', target: '//v3/certificates', status: '404 Not Found' },
  { name: 'the wrong method', target: seed, status: '405 Method Not Allowed' },
])('$name gets an empty unsigned answer', async ({ target, status }) => {
  const { port, credentials } = await startSandbox()

  for (const request of [{ target }, signed(credentials, { target })]) {
    const answer = await send(port, request)

    expect(answer.lines[0]).toBe(`HTTP/1.1 ${status}`)
    expect(answer.header('Content-Length')).toBe('0')
    // A path that there is not has no Request-ID.
    const names = status.startsWith('404') ? common.filter((each) => each !== 'Request-ID') : common
    expect(namesOf(answer).toSorted()).toEqual([...names, 'Content-Length'].toSorted())
  }
})

test.each(['DELETE', 'PUT', 'PATCH', 'OPTIONS', 'POST'])('%s is a wrong method', async (method) => {
  const { port, credentials } = await startSandbox()
  const answer = await send(
    port,
    signed(credentials, { method, body: method === 'POST' ? '{}' : '' }),
  )

  expect(answer.status).toBe(405)
  expect(answer.body).toBe('')
})

test('a 204 is signed and has neither body nor type nor length', async () => {
  const { port, credentials } = await startSandbox()
  await send(port, signed(credentials, orderRequest(exampleOrder)))
  const answer = await send(
    port,
    signed(credentials, {
      method: 'POST',
      target: `/v3/payscore/partner/serviceorder/${exampleOrder.out_trade_no}/cancel`,
      body: JSON.stringify({ sub_mchid: exampleOrder.sub_mchid, reason: '用户取消' }),
    }),
  )

  expect(answer.lines[0]).toBe('HTTP/1.1 204 No Content')
  expect(namesOf(answer).toSorted()).toEqual([...common, ...signatureHeaders].toSorted())
  expect(answer.header('Request-ID')).toMatch(/-0$/)
  expect(isSignedBy(answer, credentials.platformCertificate)).toBe(true)
})

test.each([
  {
    name: 'a field that is missing',
    request: orderRequest({}),
    status: '400 Bad Request',
    number: 268435461,
    body: '{"code":"PARAM_ERROR","detail":{"location":"body","value":""},"message":"输入源“/body/service_id”映射到字段“支付分服务ID”必填性规则校验失败，此字段为必填项"}',
  },
  {
    name: 'a member that is not declared',
    request: orderRequest({ ...exampleOrder, openid2: '' }),
    status: '400 Bad Request',
    number: 270924358,
    body: '{"code":"PARAM_ERROR","detail":{"location":null,"value":["/body/openid2"]},"message":"请求中含有未在API文档中定义的参数"}',
  },
  {
    name: 'a sign plan that does not exist',
    request: orderRequest({ ...exampleOrder, sign_plan_id: '1' }),
    status: '404 Not Found',
    number: 271317510,
    body: '{"code":"RESOURCE_NOT_EXISTS","message":"签约计划不存在"}',
  },
  {
    name: 'a plan that does not exist',
    request: { target: `${plans}/NONE?sub_mchid=1900000109` },
    status: '404 Not Found',
    number: 271317510,
    body: '{"code":"RESOURCE_NOT_EXISTS","message":"支付分计划不存在"}',
  },
  {
    name: 'a service of somebody else',
    request: orderRequest({ ...exampleOrder, service_id: '1' }),
    status: '403 Forbidden',
    number: 268503786,
    body: '{"code":"NO_AUTH","message":"商户暂无权限使用此服务"}',
  },
])('$name gets a signed answer', async ({ request, status, number, body }) => {
  const { port, credentials } = await startSandbox()
  const answer = await send(port, signed(credentials, request))

  expect(answer.lines[0]).toBe(`HTTP/1.1 ${status}`)
  expect(answer.body).toBe(body)
  expect(answer.header('Content-Type')).toBe('application/json; charset=utf-8')
  expect(answer.header('Request-ID')).toMatch(new RegExp(`^08[0-9A-F]{28,}-${number}$`))
  expect(isSignedBy(answer, credentials.platformCertificate)).toBe(true)
})

test('an order repeated with other parameters gets a signed answer', async () => {
  const { port, credentials } = await startSandbox()
  await send(port, signed(credentials, orderRequest(exampleOrder)))
  const answer = await send(
    port,
    signed(credentials, orderRequest({ ...exampleOrder, attach: 'another' })),
  )

  expect(answer.body).toBe('{"code":"INVALID_REQUEST","message":"订单重入参数校验失败"}')
  expect(answer.header('Request-ID')).toMatch(/-271316598$/)
  expect(isSignedBy(answer, credentials.platformCertificate)).toBe(true)
})

test('a connection is kept for the next request', async () => {
  const { port, credentials } = await startSandbox()
  const socket = await openSocket(port)

  for (const status of [200, 200]) {
    socket.write(requestBytes(signed(credentials)))
    expect((await socket.next()).status).toBe(status)
  }
})

test('no two answers share a Request-ID or a nonce', async () => {
  const { port, credentials } = await startSandbox()
  const answers = await Promise.all([1, 2, 3, 4].map(() => send(port, signed(credentials))))

  for (const name of ['Request-ID', 'Wechatpay-Nonce']) {
    expect(new Set(answers.map((answer) => answer.header(name))).size).toBe(4)
  }
})

test('a Request-ID begins with the Unix time, as a protobuf number under the tag 1', async () => {
  const { port, credentials } = await startSandbox()
  const before = Math.floor(Date.now() / 1000)
  const answer = await send(port, signed(credentials, { target: '/v3/certificates' }))
  const bytes = Buffer.from(answer.header('Request-ID')?.split('-')[0] ?? '', 'hex')

  const end = bytes.findIndex((byte, index) => index > 0 && byte < 128)
  const time = [...bytes.subarray(1, end + 1)].reduceRight(
    (sum, byte) => sum * 128 + (byte % 128),
    0,
  )

  expect(bytes[0]).toBe(0x08)
  expect(time).toBeGreaterThanOrEqual(before)
  expect(time).toBeLessThanOrEqual(Math.floor(Date.now() / 1000))
  expect(bytes[end + 1]).toBe(0x10)
})
