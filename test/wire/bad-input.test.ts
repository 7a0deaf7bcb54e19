import { expect, test } from 'vitest'
import { exampleOrder } from '../support/example.ts'
import { send } from './raw-request.ts'
import { seed, seedRequest } from './seed-request.ts'
import { isSignedBy, signed } from './signed-request.ts'
import { startWatchedSandbox } from './watched-sandbox.ts'

const example = JSON.stringify(exampleOrder)
const with_ = (changed: object) => JSON.stringify({ ...exampleOrder, ...changed })
const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => Buffer.from(part)))
const nested = (open: string, close: string) =>
  example.replace(
    '{',
    `{"attach2":0,"attach":${open.repeat(100_000)}1${close.repeat(100_000)},"x":`,
  )

/** Sends a body to the seed endpoint; whatever is wrong with it, the refusal is a signed one. */
const refusalOf = async (body: string | Uint8Array) => {
  const { port, credentials, expectUnharmed } = await startWatchedSandbox()
  const answer = await send(port, signed(credentials, seedRequest(body)))

  await expectUnharmed()
  expect(answer.status).toBe(400)
  expect(isSignedBy(answer, credentials.platformCertificate)).toBe(true)
  return { body: answer.body, number: Number(answer.header('Request-ID')?.split('-')[1]) }
}

const valueExpected = 'Syntax error: value, object or array expected.'
const extra = 'Extra non-whitespace after JSON value.'

test.each<[string, string, string]>([
  ['no JSON', 'service_id=1', `* Line 1, Column 1\n  ${valueExpected}\n`],
  [
    'without a colon',
    '{"out_order_no":"202112031","service_introduction"，1}',
    "* Line 1, Column 51\n  Missing ':' after object member name\n",
  ],
  ['truncated', '{"a":1', "* Line 1, Column 7\n  Missing ',' or '}' in object declaration\n"],
  ['followed by something', '{},', `* Line 1, Column 3\n  ${extra}\n`],
  ['two documents', '{}{}', `* Line 1, Column 3\n  ${extra}\n`],
  [
    'in single quotes',
    "{'service_id':'1'}",
    "* Line 1, Column 2\n  Missing '}' or object member name\n",
  ],
  ['NaN', '{"a":\nNaN}', `* Line 2, Column 1\n  ${valueExpected}\n`],
  ['blanks', ' \n ', `* Line 2, Column 2\n  ${valueExpected}\n`],
])(
  'a body that is %s is refused in the words of the parser, and shown',
  async (_, body, report) => {
    expect(await refusalOf(body)).toEqual({
      body: JSON.stringify({
        code: 'PARAM_ERROR',
        detail: { location: null, value: body },
        message: `解析 Json 出错 (位置: /body): ${report}`,
      }),
      number: 268435461,
    })
  },
)

test.each<[string, string | Uint8Array]>([
  ['a line feed inside a text', example.replace('羽', '\n')],
  ['an array', '[]'],
  ['an array of orders', `[${example}]`],
  ['a string', '"order"'],
  ['a number', '1'],
  ['null', 'null'],
  ['true', 'true'],
  ['a byte that no UTF-8 has', bytes('{"attach":"', [0xff], '"}')],
  ['a character cut in two', bytes('{"attach":"', [0xe8, 0xae], '"}')],
  ['UTF-8 that is longer than needed', bytes('{"attach":"', [0xc0, 0xaf], '"}')],
  ['half a surrogate pair in UTF-8', bytes('{"attach":"', [0xed, 0xa0, 0x80], '"}')],
  ['compressed', bytes([0x1f, 0x8b, 0x08, 0x00])],
])('a body that is %s cannot be read', async (_, body) => {
  expect(await refusalOf(body)).toEqual({
    body: '{"code":"PARAM_ERROR","detail":{"location":"body","value":null},"message":"参数错误"}',
    number: 268435461,
  })
})

test('a body in UTF-16 is no text of the gateway', async () => {
  const { body } = await refusalOf(Buffer.from(example, 'utf16le'))

  expect(JSON.parse(body)).toMatchObject({ code: 'PARAM_ERROR' })
})

test.each([
  ['arrays', nested('[', ']')],
  ['objects', nested('{"a":', '}')],
])('%s nested without end are refused, not answered with a fault', async (_, body) => {
  expect(JSON.parse((await refusalOf(body)).body)).toMatchObject({ code: 'PARAM_ERROR' })
})

const missing = (source: string, label: string) =>
  `输入源“${source}”映射到字段“${label}”必填性规则校验失败，此字段为必填项`
const type = (source: string, label: string, wanted: string) =>
  `无法将 JSON 输入源“${source}”映射到目标字段“${label}”中，此字段需要${wanted}`
const text = (source: string, label: string, problem: string) =>
  `输入源“${source}”映射到值字段“${label}”字符串规则校验失败，${problem}`

const integer = '一个合法的 64 位有符号整数'
const string = '一个 string 类型的 Json 值'
const object = '一个合法的 Json 对象'
const detailNo = ['/body/plan_detail_no', '待创建服务订单对应的用户的签约计划详情序号'] as const
const basicPlane = '字符串必须匹配正则表达式“^[\\x{0000}-\\x{FFFF}]*$”'

test.each<[string, string, { value: unknown; message: string }]>([
  ['no body', '', { value: '', message: missing('/body/service_id', '支付分服务ID') }],
  ['no members', '{}', { value: '', message: missing('/body/service_id', '支付分服务ID') }],
  [
    'an object without its members',
    with_({ time_range: {} }),
    { value: '', message: missing('/body/time_range/start_time', '服务开始时间') },
  ],
  [
    'null for an optional text',
    with_({ openid: null }),
    { value: null, message: type('/body/openid', '服务商公众号下的用户标识', string) },
  ],
  [
    'null for an object',
    with_({ time_range: null }),
    { value: null, message: type('/body/time_range', '服务时间', object) },
  ],
  [
    'a number for an id',
    with_({ service_id: 2002 }),
    { value: 2002, message: type('/body/service_id', '支付分服务ID', string) },
  ],
  [
    'a list for a text',
    with_({ attach: ['a'] }),
    { value: ['a'], message: type('/body/attach', '附加数据', string) },
  ],
  [
    'a text for an object',
    with_({ time_range: '20091225' }),
    { value: '20091225', message: type('/body/time_range', '服务时间', object) },
  ],
  [
    'a number inside an object',
    with_({ location: { start_location: 1 } }),
    { value: 1, message: type('/body/location/start_location', '服务开始地点', string) },
  ],
  [
    'a number as text',
    with_({ plan_detail_no: '2' }),
    { value: '2', message: type(...detailNo, integer) },
  ],
  [
    'a fraction',
    with_({ plan_detail_no: 0.01 }),
    { value: 0.01, message: type(...detailNo, integer) },
  ],
  [
    'a number beyond all numbers',
    example.replace('2,', '1e999,'),
    { value: null, message: type(...detailNo, integer) },
  ],
  [
    'true for a number',
    with_({ plan_detail_no: true }),
    { value: true, message: type(...detailNo, integer) },
  ],
  [
    'a number that is too small',
    with_({ plan_detail_no: 0 }),
    {
      value: 0,
      message: `输入源“${detailNo[0]}”映射到数值字段“${detailNo[1]}”规则校验失败，值低于最小值 1`,
    },
  ],
  [
    'an emoji in a text',
    with_({ attach: 'a😀' }),
    { value: 'a😀', message: text('/body/attach', '附加数据', basicPlane) },
  ],
  [
    'an emoji as escapes',
    with_({}).replace('Easdf', '\\ud83d\\ude00'),
    {
      value: '😀owealsdkjfnlaksjdlfkwqoi&wl3l2sald',
      message: text('/body/attach', '附加数据', basicPlane),
    },
  ],
  [
    'half a surrogate pair',
    with_({}).replace('Easdf', '\\ud83d'),
    {
      value: '\ud83dowealsdkjfnlaksjdlfkwqoi&wl3l2sald',
      message: text('/body/attach', '附加数据', basicPlane),
    },
  ],
  [
    'an id of 33 bytes',
    with_({ out_trade_no: 'a'.repeat(33) }),
    {
      value: 33,
      message: text('/body/out_trade_no', '商户侧订单号', '字节数 33，大于最大值 32'),
    },
  ],
  [
    'an id of 43 characters that are 129 bytes',
    with_({ openid: '订'.repeat(43) }),
    {
      value: 129,
      message: text('/body/openid', '服务商公众号下的用户标识', '字节数 129，大于最大值 128'),
    },
  ],
  [
    'an empty id',
    with_({ out_trade_no: '' }),
    { value: 0, message: text('/body/out_trade_no', '商户侧订单号', '字节数 0，小于最小值 1') },
  ],
  [
    'a text of 21 characters',
    with_({ service_introduction: '订'.repeat(21) }),
    {
      value: 21,
      message: text('/body/service_introduction', '服务信息', '字符数 21，大于最大值 20'),
    },
  ],
  [
    'an address of 257 bytes',
    with_({ notify_url: `https://x.com/${'a'.repeat(243)}` }),
    {
      value: 257,
      message: text('/body/notify_url', '商户扣款成功回调通知的地址', '字节数 257，大于最大值 256'),
    },
  ],
  [
    'an address with a query',
    with_({ notify_url: 'https://x.com/?a=1' }),
    {
      value: 'https://x.com/?a=1',
      message: text(
        '/body/notify_url',
        '商户扣款成功回调通知的地址',
        '字符串必须匹配正则表达式“^https?://([^\\s/?#\\[\\]\\@]+\\@)?([^\\s/?#\\@:]+)(?::\\d{2,5})?([^\\s?#\\[\\]]*)$”',
      ),
    },
  ],
  [
    'a blank in a number',
    with_({ out_trade_no: 'a b' }),
    {
      value: 'a b',
      message: text(
        '/body/out_trade_no',
        '商户侧订单号',
        '字符串必须匹配正则表达式“^[0-9a-zA-Z_\\-\\*]{1,}$”',
      ),
    },
  ],
])('%s is refused by the name of its field', async (_, body, { value, message }) => {
  expect(await refusalOf(body)).toEqual({
    body: JSON.stringify({ code: 'PARAM_ERROR', detail: { location: 'body', value }, message }),
    number: 268435461,
  })
})

test('a text of twenty characters is no longer than one of twenty letters', async () => {
  const { port, credentials } = await startWatchedSandbox()
  const body = with_({ service_introduction: '订'.repeat(20) })

  expect((await send(port, signed(credentials, seedRequest(body)))).status).toBe(200)
})

test.each([
  ['one', with_({ x: 1 }), ['/body/x']],
  ['two', with_({ x: 1, y: null }), ['/body/x', '/body/y']],
  ['one inside another', with_({ location: { z: 1 } }), ['/body/location/z']],
  ['one at each place', with_({ x: 1, location: { z: 1 } }), ['/body/location/z', '/body/x']],
  ['one without a name', with_({ '': 1 }), ['/body/']],
  ['__proto__', example.replace('{', '{"__proto__":{"a":1},'), ['/body/__proto__']],
  ['those of every object', with_({ constructor: 1 }), ['/body/constructor']],
])('members that are not declared are refused: %s', async (_, body, value) => {
  expect(await refusalOf(body)).toEqual({
    body: JSON.stringify({
      code: 'PARAM_ERROR',
      detail: { location: null, value },
      message: '请求中含有未在API文档中定义的参数',
    }),
    number: 270924358,
  })
})

const certificates = '/v3/certificates'
const plan = '/v3/payscore/plan/partner/payscore-plans/merchant-plan-no/BADMINTON2026'

test.each([
  ['twice', `${plan}?sub_mchid=1900000109&sub_mchid=1900000109`],
  ['twice, once with an escape', `${plan}?sub_mchid=1&sub%5Fmchid=2`],
])('a declared query parameter that is sent %s is refused', async (_, target) => {
  const { port, credentials, expectUnharmed } = await startWatchedSandbox()

  expect(await send(port, signed(credentials, { target }))).toMatchObject({
    status: 400,
    body: '{"code":"PARAM_ERROR","detail":{"location":"query","value":null},"message":"参数错误"}',
  })
  await expectUnharmed()
})

test.each([
  ['once', '?sub_mchid%5B%5D=1'],
  ['twice, like lists in PHP', '?sub_mchid%5B%5D=1&sub_mchid%5B%5D=2'],
  ['beside a declared one that comes twice', '?sub_mchid=1&sub_mchid=2&sub_mchid%5B%5D=3'],
])('a query parameter that is not declared is named, sent %s', async (_, query) => {
  const { port, credentials } = await startWatchedSandbox()

  expect(await send(port, signed(credentials, { target: `${plan}${query}` }))).toMatchObject({
    status: 400,
    body: '{"code":"PARAM_ERROR","detail":{"location":null,"value":["/query/sub_mchid[]"]},"message":"请求中含有未在API文档中定义的参数"}',
  })
})

test('where any parameter is taken, it may be sent twice', async () => {
  const { port, credentials } = await startWatchedSandbox()

  expect(
    await send(port, signed(credentials, { target: `${certificates}?x=1&x=2` })),
  ).toMatchObject({ status: 200 })
})

test.each([
  {
    name: 'missing',
    target: plan,
    value: '',
    message: missing('/query/sub_mchid', '子商户号'),
  },
  {
    name: 'empty',
    target: `${plan}?sub_mchid=`,
    value: 0,
    message: text('/query/sub_mchid', '子商户号', '字节数 0，小于最小值 1'),
  },
])('a query parameter that is $name is named', async ({ target, value, message }) => {
  const { port, credentials } = await startWatchedSandbox()

  expect(await send(port, signed(credentials, { target }))).toMatchObject({
    status: 400,
    body: JSON.stringify({ code: 'PARAM_ERROR', detail: { location: 'query', value }, message }),
  })
})

test('a query on the seed endpoint is refused', async () => {
  const { port, credentials, expectUnharmed } = await startWatchedSandbox()
  const request = { ...seedRequest(example), target: `${seed}?debug=1` }

  expect(await send(port, signed(credentials, request))).toMatchObject({
    status: 400,
    body: '{"code":"PARAM_ERROR","detail":{"location":null,"value":["/query/debug"]},"message":"请求中含有未在API文档中定义的参数"}',
  })
  await expectUnharmed()
})
