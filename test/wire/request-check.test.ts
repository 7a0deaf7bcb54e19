import { expect, test } from 'vitest'
import { exampleOrder } from '../support/example.ts'
import { startSandbox } from '../support/sandbox.ts'
import { type RawRequest, send } from './raw-request.ts'
import { seed, seedRequest } from './seed-request.ts'
import { authorizationOf, type Members, membersFor, now, signed } from './signed-request.ts'

const malformed =
  '{"code":"SIGN_ERROR","message":"Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》"}'
const unreadable = '{"code":"SIGN_ERROR","message":"Authorization不合法"}'
const otherScheme = '{"code":"SIGN_ERROR","message":"Http头Authorization认证类型不正确"}'
const tooOld =
  '{"code":"SIGN_ERROR","message":"Http头Authorization中的timestamp与发起请求的时间不得超过5分钟"}'
const wrongSerial =
  '{"code":"SIGN_ERROR","message":"商户证书序列号有误。请使用签名私钥匹配的证书序列号"}'
const mismatch = expect.stringMatching(
  /^\{"code":"SIGN_ERROR","detail":\{.+\},"message":"错误的签名，验签失败"\}$/,
)

/** A seed request on its way to being sent; each rule breaks one part of it. */
type Draft = {
  method: string
  target: string
  headers: RawRequest['headers']
  order: Record<string, unknown>
  timestamp: number
  scheme: string
  members: Partial<Members>
}

type Rule = { name: string; breaks(draft: Draft): Draft; status: number; body: unknown }

const rules: Rule[] = [
  {
    name: 'the method',
    breaks: (draft) => ({ ...draft, method: 'PUT' }),
    status: 405,
    body: '',
  },
  {
    name: 'the size of the body',
    breaks: (draft) => ({ ...draft, order: { ...draft.order, x: 'x'.repeat(2 ** 21) } }),
    status: 413,
    body: '',
  },
  {
    name: 'User-Agent',
    breaks: (draft) => ({ ...draft, headers: { ...draft.headers, 'User-Agent': undefined } }),
    status: 400,
    body: '{"code":"INVALID_REQUEST","message":"Http头缺少Accept或User-Agent"}',
  },
  {
    name: 'Accept-Language',
    breaks: (draft) => ({ ...draft, headers: { ...draft.headers, 'Accept-Language': '*' } }),
    status: 406,
    body: '{"code":"PARAM_ERROR","message":"传入了不支持的Accept-Language"}',
  },
  {
    name: 'the scheme',
    breaks: (draft) => ({ ...draft, scheme: 'Bearer' }),
    status: 401,
    body: otherScheme,
  },
  {
    name: 'the form of Authorization',
    breaks: (draft) => ({ ...draft, members: { ...draft.members, nonce_str: '' } }),
    status: 401,
    body: unreadable,
  },
  {
    name: 'the age',
    breaks: (draft) => ({ ...draft, timestamp: draft.timestamp - 1000 }),
    status: 401,
    body: tooOld,
  },
  {
    name: 'the merchant',
    breaks: (draft) => ({ ...draft, members: { ...draft.members, mchid: '1900000000' } }),
    status: 401,
    body: wrongSerial,
  },
  {
    name: 'the signature',
    breaks: (draft) => ({ ...draft, members: { ...draft.members, signature: 'ZmFrZQ==' } }),
    status: 401,
    body: mismatch,
  },
  {
    name: 'the query',
    breaks: (draft) => ({ ...draft, target: `${draft.target}?x=1` }),
    status: 400,
    body: '{"code":"PARAM_ERROR","detail":{"location":null,"value":["/query/x"]},"message":"请求中含有未在API文档中定义的参数"}',
  },
  {
    name: 'the body',
    breaks: (draft) => ({ ...draft, order: { ...draft.order, notify_url: undefined } }),
    status: 400,
    body: '{"code":"PARAM_ERROR","detail":{"location":"body","value":""},"message":"输入源“/body/notify_url”映射到字段“商户扣款成功回调通知的地址”必填性规则校验失败，此字段为必填项"}',
  },
  {
    name: 'the state of things',
    breaks: (draft) => ({ ...draft, order: { ...draft.order, sign_plan_id: '1' } }),
    status: 404,
    body: '{"code":"RESOURCE_NOT_EXISTS","message":"签约计划不存在"}',
  },
]

test.each(rules.map((rule, index) => ({ ...rule, later: rules.slice(index) })))(
  '$name is looked at before all that follows',
  async ({ breaks, later, status, body }) => {
    const { port, credentials } = await startSandbox()

    for (const other of later) {
      const draft = breaks(
        other.breaks({
          method: 'POST',
          target: seed,
          headers: {},
          order: exampleOrder,
          timestamp: now(),
          scheme: 'WECHATPAY2-SHA256-RSA2048',
          members: {},
        }),
      )
      const { method, target, headers, order, timestamp, scheme, members } = draft
      const raw = { method, target, body: JSON.stringify(order) }
      const fitting = membersFor(credentials, { ...raw, timestamp: String(timestamp) })
      const Authorization = authorizationOf({ ...fitting, ...members }).replace(/^\S+/, scheme)

      const answer = await send(port, { ...raw, headers: { Authorization, ...headers } })

      expect([other.name, answer.status, answer.body]).toEqual([other.name, status, body])
    }
  },
)

test('a request that breaks no rule is served', async () => {
  const { port, credentials } = await startSandbox()
  const request = seedRequest(JSON.stringify(exampleOrder))

  expect((await send(port, signed(credentials, request))).status).toBe(200)
})

const orders: Record<string, (keyof Members)[]> = {
  PHP: ['mchid', 'serial_no', 'timestamp', 'nonce_str', 'signature'],
  Go: ['mchid', 'nonce_str', 'timestamp', 'serial_no', 'signature'],
  Python: ['mchid', 'nonce_str', 'signature', 'timestamp', 'serial_no'],
  Postman: ['mchid', 'serial_no', 'nonce_str', 'timestamp', 'signature'],
  backward: ['signature', 'serial_no', 'timestamp', 'nonce_str', 'mchid'],
}

test.each(Object.entries(orders))('takes the members in the order of %s', async (_, names) => {
  const { port, credentials } = await startSandbox()
  const members = membersFor(credentials)
  const ordered = Object.fromEntries(names.map((name) => [name, members[name]]))

  for (const separator of [',', ', ', ' , ', ',\t']) {
    const Authorization = authorizationOf(ordered, separator)
    expect((await send(port, { headers: { Authorization } })).status).toBe(200)
  }
})

test.each([
  ['ten characters', 'avji78gwc1'],
  ['128 characters', 'n'.repeat(128)],
  ['a UUID', '0f8fad5b-d9cb-469f-a165-70867728950e'],
  ['a comma', 'a,b=c,mchid=1'],
])('takes a nonce of %s', async (_, nonce_str) => {
  const { port, credentials } = await startSandbox()

  expect((await send(port, signed(credentials, { nonce_str }))).status).toBe(200)
})

test('takes the same nonce again', async () => {
  const { port, credentials } = await startSandbox()
  const request = signed(credentials)

  expect((await send(port, request)).status).toBe(200)
  expect((await send(port, request)).status).toBe(200)
})

test('takes the serial number in lower case and with or without leading zeros', async () => {
  const { port, credentials } = await startSandbox()
  const serial = credentials.merchantSerial

  for (const serial_no of [serial.toLowerCase(), `0${serial}`, `00${serial.toLowerCase()}`]) {
    expect((await send(port, signed(credentials, {}, { serial_no }))).status).toBe(200)
  }
})

test.each<[string, RawRequest]>([
  ['any User-Agent', { headers: { 'User-Agent': '127.0.0.1' } }],
  ['Accept of any type', { headers: { Accept: ' */*' } }],
  ['a list of types', { headers: { Accept: 'application/json, text/plain, image/*;q=0.5' } }],
  ['Content-Type on GET', { headers: { 'Content-Type': 'application/json; charset=utf-8' } }],
  ['an empty Wechatpay-Serial', { headers: { 'Wechatpay-Serial': '' } }],
  ['header names in other letters', { headers: { 'wechatpay-SERIAL': '' } }],
  ['a language', { headers: { 'Accept-Language': 'en-GB,en;q=0.5' } }],
  ['Accept-Encoding', { headers: { 'Accept-Encoding': 'gzip, deflate, br' } }],
  ['an offer to upgrade', { headers: { Connection: 'Upgrade', Upgrade: 'h2c' } }],
  ['the query of Java', { target: '/v3/certificates?algorithm_type=RSA' }],
  ['a query that is not documented', { target: '/v3/certificates?anything=%E8%AE%A2&a+b=c+d' }],
])('takes %s', async (_, request) => {
  const { port, credentials } = await startSandbox()

  expect((await send(port, signed(credentials, request))).status).toBe(200)
})

test.each([
  ['behind', -1],
  ['ahead', 1],
])('a clock may be 300 seconds %s and not 301', async (_, sign) => {
  const { port, credentials } = await startSandbox()

  /** The answer to a request that was sent and answered within one second. */
  const answerAt = async (offset: number) => {
    for (;;) {
      const second = now()
      const timestamp = String(second + sign * offset)
      const answer = await send(port, signed(credentials, { timestamp }))
      if (now() === second) return answer
    }
  }

  expect(await answerAt(300)).toMatchObject({ status: 200 })
  expect(await answerAt(301)).toMatchObject({ status: 401, body: tooOld })
})

test('the clock of the sandbox’s business is not the one that signatures are held against', async () => {
  const { port, credentials, control } = await startSandbox()
  await control.clock.advance(7 * 86_400_000)

  expect((await send(port, signed(credentials))).status).toBe(200)
})

test.each([
  ['the scheme alone', 'WECHATPAY2-SHA256-RSA2048', unreadable],
  ['nothing but a word', 'garbled', malformed],
  ['nothing after the scheme', 'WECHATPAY2-SHA256-RSA2048 garbled', unreadable],
  ['the scheme Bearer', 'Bearer fake-token', otherScheme],
  ['the scheme Basic', 'Basic MTIzOjQ1Ng==', otherScheme],
  ['the scheme of SM2', 'WECHATPAY2-SM2-WITH-SM3 mchid="1"', otherScheme],
  ['the scheme in lower case', 'wechatpay2-sha256-rsa2048 mchid="1"', otherScheme],
])('refuses an Authorization with %s', async (_, Authorization, body) => {
  const { port } = await startSandbox()

  expect(await send(port, { headers: { Authorization } })).toMatchObject({ status: 401, body })
})

test.each(['mchid', 'nonce_str', 'timestamp', 'serial_no', 'signature'] as const)(
  'refuses an Authorization without %s, with an empty one, or with two',
  async (name) => {
    const { port, credentials } = await startSandbox()
    const { [name]: value, ...others } = membersFor(credentials)
    const headers = [
      authorizationOf(others),
      authorizationOf({ ...others, [name]: '' }),
      `${authorizationOf({ ...others, [name]: value })},${name}="${value}"`,
    ]

    for (const Authorization of headers) {
      expect(await send(port, { headers: { Authorization } })).toMatchObject({
        status: 401,
        body: unreadable,
      })
    }
  },
)

test.each<[string, Partial<Members>, unknown]>([
  ['a nonce of 129 characters', { nonce_str: 'n'.repeat(129) }, unreadable],
  ['a nonce with a blank', { nonce_str: 'a b' }, unreadable],
  ['a time that is no number', { timestamp: 'now' }, unreadable],
  ['a time in milliseconds', { timestamp: String(Date.now()) }, unreadable],
  ['a time with a fraction', { timestamp: `${now()}.5` }, unreadable],
  ['an old time and no signature', { timestamp: '1554208460', signature: 'ZmFrZQ==' }, tooOld],
  ['another merchant', { mchid: '1900000109' }, wrongSerial],
  ['another serial number', { serial_no: '0'.repeat(40) }, wrongSerial],
  ['a signature that is no Base64', { signature: '!' }, mismatch],
  ['another nonce than was signed', { nonce_str: 'another' }, mismatch],
])('refuses %s', async (_, members, body) => {
  const { port, credentials } = await startSandbox()

  expect(await send(port, signed(credentials, {}, members))).toMatchObject({ status: 401, body })
})

test('refuses a signature in other spellings of Base64', async () => {
  const { port, credentials } = await startSandbox()
  const { signature } = membersFor(credentials)
  const spellings = [
    signature.replace(/=+$/, ''),
    signature.replaceAll('+', '-').replaceAll('/', '_'),
    `${signature} `,
  ]

  for (const spelling of spellings.filter((each) => each !== signature)) {
    const request = signed(credentials, {}, { signature: spelling })
    expect(await send(port, request)).toMatchObject({ status: 401, body: mismatch })
  }
})

test('refuses a request with two Authorization headers', async () => {
  const { port, credentials } = await startSandbox()
  const Authorization = authorizationOf(membersFor(credentials))

  expect(
    await send(port, { headers: { Authorization: [Authorization, Authorization] } }),
  ).toMatchObject({ status: 401, body: unreadable })
})

test('the gateway of payments has words of its own for who does not sign, and no Request-ID', async () => {
  const { port, credentials } = await startSandbox()
  const target = `/v3/pay/transactions/out-trade-no/PAY2026PAID?mchid=${credentials.mchid}`
  const own = '{"code":"SIGN_ERROR","message":"签名信息错误，验签失败"}'

  for (const headers of [{}, { Authorization: 'Bearer fake-token' }]) {
    const answer = await send(port, { method: 'GET', target, headers })
    expect([answer.status, answer.body]).toEqual([401, own])
    expect(answer.header('Request-ID')).toBeUndefined()
  }
  const request = signed(credentials, { method: 'GET', target })
  const { 'User-Agent': _, Accept: __, ...headers } = { ...request.headers }
  expect((await send(port, { ...request, headers })).status).toBe(200)
})
