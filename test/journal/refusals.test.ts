import { expect, test } from 'vitest'
import { errors, type Situation } from '../../contracts/errors.ts'
import type { Language } from '../../contracts/texts.ts'
import { ruleTexts } from '../../sandbox/journal/texts.ts'
import { merchantOf } from '../callbacks/merchant.ts'
import { callControl } from '../control/call-control.ts'
import { exampleOrder } from '../support/example.ts'
import { cancellation } from '../support/requests.ts'
import { startSandbox } from '../support/sandbox.ts'
import { type RawRequest, send } from '../wire/raw-request.ts'
import { signed } from '../wire/signed-request.ts'

type Started = Awaited<ReturnType<typeof startSandbox>>

const target = '/v3/payscore/sign-plan/partner/serviceorder'
const body = JSON.stringify(exampleOrder)

/** What the journal says of a request that this merchant signs and sends. */
const reasonFor = async (
  { credentials, port, control }: Started,
  request: RawRequest,
  language: Language = 'en',
) => {
  const { headers } = request
  const { headers: signedHeaders, ...rest } = signed(credentials, request)
  await send(port, { ...rest, headers: { ...signedHeaders, ...headers } })
  const entry = await control.requests.get(control.requests.list()[0]?.id ?? 0, language)
  if (entry.kind !== 'request') throw new Error('a delivery came in between')

  return { status: entry.status, reason: entry.reason ?? '', warning: entry.warning ?? '' }
}

const gbk = Buffer.from('7b2261223a22bfce227d', 'hex')

test.each<[string, string | Uint8Array, Record<Language, string>]>([
  ['GBK', gbk, { en: 'The body is not UTF-8 but GBK', zh: '请求体不是 UTF-8，按 GBK 可以读出' }],
  [
    'no charset',
    Buffer.from([0x7b, 0xff, 0xfe]),
    { en: 'The body is not UTF-8. ', zh: '请求体不是 UTF-8：' },
  ],
  [
    'a form',
    'service_id=1&plan_detail_no=1',
    { en: 'The body is form-encoded', zh: '请求体是表单格式' },
  ],
  ['JSON twice', JSON.stringify(body), { en: 'JSON inside a JSON text', zh: '请求体多了一层引号' }],
  ['a list', `[${body}]`, { en: 'The body is a list.', zh: '请求体是数组' }],
  [
    'a number',
    '12',
    { en: 'The body is 12, not a JSON object.', zh: '请求体是 12，应为 JSON 对象。' },
  ],
  ['a cut object', '{"a":1', { en: 'ends after byte 6', zh: '在第 6 字节处中断' }],
  ['a cut text', '{"课":"课', { en: 'ends after byte 11', zh: '在第 11 字节处中断' }],
  [
    'single quotes',
    "{'a':1}",
    { en: 'single quotes, from byte 2 on', zh: '从第 2 字节起用了单引号' },
  ],
  [
    'a comma too many',
    '{"课":1,\n}',
    {
      en: 'no JSON from byte 11 on (line 2, column 1): “}”.',
      zh: '从第 11 字节起（第 2 行，第 1 列）不是 JSON：“}”。',
    },
  ],
  [
    'a tab in a text',
    '{"a":"\t"}',
    { en: 'The body is no JSON.', zh: '请求体不是 JSON：用 JSON 库生成。' },
  ],
])('a body that is %s is told apart', async (_what, sent, { en, zh }) => {
  const sandbox = await startSandbox()
  const request = { method: 'POST', target, body: sent }

  expect(await reasonFor(sandbox, request)).toMatchObject({
    status: 400,
    reason: expect.stringContaining(en),
  })
  expect((await reasonFor(sandbox, request, 'zh')).reason).toContain(zh)
})

test('a field that does not fit is named with its rule', async () => {
  const sandbox = await startSandbox()
  const { appid: _, ...rest } = exampleOrder
  const wrong = { ...rest, plan_detail_no: '2', service_introduction: 'x'.repeat(21) }
  const request = { method: 'POST', target, body: JSON.stringify(wrong) }

  const { reason } = await reasonFor(sandbox, request)
  expect(reason).toContain('/body/plan_detail_no: expected a number, not "2"')
  expect(reason).toContain('/body/appid: is missing')
  expect(reason).toContain('/body/service_introduction: expected a length of 20 or less')
  expect((await reasonFor(sandbox, request, 'zh')).reason).toContain(
    '/body/plan_detail_no：应为“数字”，不是 "2"',
  )
})

test('a number that stands in path and body is named', async () => {
  const sandbox = await startSandbox()
  const sent = JSON.stringify({ out_order_no: 'A-1', reason: 'x' })
  const path = '/v3/payscore/partner/serviceorder/A-1/cancel'

  const { reason } = await reasonFor(sandbox, { method: 'POST', target: path, body: sent })
  expect(reason).toContain('/body/out_order_no: stands in the path')
})

test('members that are not in the document are named, with the nearest that is', async () => {
  const sandbox = await startSandbox()
  const odd = JSON.stringify({ ...exampleOrder, outTradeNo: 'A', colour: 'red' })
  const request = { method: 'POST', target, body: odd }

  expect((await reasonFor(sandbox, request)).reason).toBe(
    'Not in the document of this operation: /body/outTradeNo (declared: out_trade_no), /body/colour. Leave out what is not declared.',
  )
  expect((await reasonFor(sandbox, request, 'zh')).reason).toBe(
    '接口文档里没有：/body/outTradeNo（文档里是 out_trade_no）、/body/colour。未定义的字段不要传。',
  )
})

test('what stands behind a second question mark is read too', async () => {
  const sandbox = await startSandbox()
  const behind = (rest: string) => ({ target: `${orderTarget(sandbox, 'A?B')}&${rest}` })

  expect((await reasonFor(sandbox, behind('colour=red'))).reason).toContain(': /query/colour.')
  expect((await reasonFor(sandbox, behind('query_id={query_id}'))).reason).toContain('{query_id}')
})

test.each<[string, RawRequest, string]>([
  [
    'no User-Agent',
    { headers: { 'User-Agent': '' } },
    'The request has no User-Agent. Set Accept: application/json',
  ],
  ['no Accept', { headers: { Accept: '' } }, 'The request has no Accept. '],
  ['the language of fetch', { headers: { 'Accept-Language': '*' } }, 'Set Accept-Language: zh-CN.'],
])('%s is explained', async (_what, change, sentence) => {
  const sandbox = await startSandbox()

  const { reason } = await reasonFor(sandbox, { target: '/v3/certificates', ...change })
  expect(reason).toContain(sentence)
})

test.each([
  ['/v3/payscore/partner/serviceorder/{out_order_no}/cancel', '{out_order_no}'],
  ['/v3/payscore/partner/serviceorder/%7Bout_order_no%7D/cancel', '{out_order_no}'],
  ['/v3/payscore/partner/serviceorder/:id/cancel', ':id'],
  ['/v3/payscore/partner/serviceorder/_out_order_no_/cancel', '_out_order_no_'],
  ['/v3/nowhere/{id}', '{id}'],
])('the placeholder left in %s is named', async (path, placeholder) => {
  const sandbox = await startSandbox()
  const sent = JSON.stringify({ service_id: '1', sub_mchid: '1', reason: 'x' })

  const request = { method: 'POST', target: path, body: sent }
  expect((await reasonFor(sandbox, request)).reason).toBe(
    `The placeholder ${placeholder} was left in the address: put the value in its place.`,
  )
})

test('a path that is not there is explained in Chinese too', async () => {
  const sandbox = await startSandbox()

  expect((await reasonFor(sandbox, { target: '/v3/none' }, 'zh')).reason).toBe(
    '没有 /v3/none 这个路径，最接近的是 /v3/certificates。',
  )
  expect(
    (await reasonFor(sandbox, { method: 'PUT', target: '/v3/certificates' }, 'zh')).reason,
  ).toBe('/v3/certificates 只接受 GET，不接受 PUT。')
})

const orderTarget = ({ credentials }: Started, number: string, sub_mchid = credentials.subMchid) =>
  `/v3/payscore/partner/serviceorder?service_id=${credentials.serviceId}&sub_mchid=${sub_mchid}&out_order_no=${number}`

test.each(['lesson-a1', 'lesson-a-1', '-l-e-s-s-o-n-a-1', 'LESSONA1', 'Lesson-A1%20'])(
  'an order that is asked for as %s is found by its likeness',
  async (asked) => {
    const sandbox = await startSandbox()
    await merchantOf(sandbox, 'http://127.0.0.1:9/notify').order('Lesson-A1')

    const { status, reason } = await reasonFor(sandbox, { target: orderTarget(sandbox, asked) })
    if (status === 404) expect(reason).toContain('there is Lesson-A1: they differ only in capitals')
    // A blank is refused by the field's own rule before anything is looked up.
    else expect(reason).toContain('/query/out_order_no: does not match')
  },
)

test('a percent sign that encodes nothing is part of the number', async () => {
  const target = '/v3/payscore/partner/serviceorder/a%ZZ/cancel'
  const sent = JSON.stringify(cancellation)
  const sandbox = await startSandbox()

  expect(await reasonFor(sandbox, { method: 'POST', target, body: sent })).toMatchObject({
    status: 400,
    reason: expect.stringContaining('/uri_template/out_order_no: does not match'),
  })
})

test('an order of another sub-merchant is told as that', async () => {
  const sandbox = await startSandbox()
  await merchantOf(sandbox, 'http://127.0.0.1:9/notify').order('LESSON')

  const request = { target: orderTarget(sandbox, 'LESSON', '1900009999') }
  expect((await reasonFor(sandbox, request)).reason).toBe(
    `LESSON exists, but for sub_mchid ${sandbox.credentials.subMchid}, and the request says 1900009999.`,
  )
})

test('an order that nobody has is not likened to another', async () => {
  const sandbox = await startSandbox()
  await merchantOf(sandbox, 'http://127.0.0.1:9/notify').order('LESSON')

  const request = { target: orderTarget(sandbox, 'OTHER') }
  expect((await reasonFor(sandbox, request)).reason).toBe(ruleTexts.orderUnknown.en)
})

test('a repeat with another parameter names it, with both values', async () => {
  const sandbox = await startSandbox()
  const changed = { ...exampleOrder, attach: 'other' }
  await reasonFor(sandbox, { method: 'POST', target, body })

  const request = { method: 'POST', target, body: JSON.stringify(changed) }
  expect((await reasonFor(sandbox, request)).reason).toContain(
    `/body/attach was "${exampleOrder.attach}" in the first request and is "other" in this one.`,
  )
  expect((await reasonFor(sandbox, request, 'zh')).reason).toContain('/body/attach 与首次请求不同')
})

test('what differs is never on the wire', async () => {
  const { credentials, port } = await startSandbox()
  await send(port, signed(credentials, { method: 'POST', target, body }))
  const changed = JSON.stringify({ ...exampleOrder, attach: 'other' })
  const answer = await send(port, signed(credentials, { method: 'POST', target, body: changed }))

  const { code, message } = errors.reentryMismatch
  expect(JSON.parse(answer.body)).toEqual({ code, message })
})

test('an ordinary order whose start has passed is taken, with a warning', async () => {
  const sandbox = await startSandbox()
  const { appid, serviceId: service_id, subMchid: sub_mchid } = sandbox.credentials
  const order = (out_order_no: string, start_time: string) =>
    reasonFor(sandbox, {
      method: 'POST',
      target: '/v3/payscore/partner/serviceorder',
      body: JSON.stringify({
        out_order_no,
        appid,
        service_id,
        sub_mchid,
        service_introduction: '充电宝租借',
        time_range: { start_time },
        risk_fund: { name: 'DEPOSIT', amount: 9900 },
        notify_url: 'http://127.0.0.1:9/notify',
        need_user_confirm: true,
      }),
    })

  expect(await order('PAST', '20210728100000')).toMatchObject({
    status: 200,
    reason: '',
    warning: expect.stringContaining('/body/time_range/start_time is in the past'),
  })
  expect(await order('AHEAD', 'OnAccept')).toMatchObject({ status: 200, warning: '' })
})

test('lists tell it in the language that is asked for', async () => {
  const sandbox = await startSandbox()
  await send(sandbox.port, { target: '/v3/none' })

  for (const [lang, reason] of [
    ['zh', '没有 /v3/none 这个路径，最接近的是 /v3/certificates。'],
    ['en', 'There is no path /v3/none. Nearest: /v3/certificates.'],
  ]) {
    expect(await callControl(sandbox, `/requests?lang=${lang}`)).toMatchObject({
      body: [{ reason }],
    })
    expect(await sandbox.control.requests.explainRefusal(1, lang === 'zh' ? 'zh' : 'en')).toBe(
      reason,
    )
  }
})

test('every refusal that is not of a signature is explained or worked out', () => {
  const workedOut: readonly Situation[] = [
    'userAgentMissing',
    'languageUnsupported',
    'bodyUnreadable',
    'fieldInvalid',
    'fieldUndeclared',
  ]
  const unexplained = Object.entries(errors)
    .filter(([, { status }]) => status !== 401)
    .map(([situation]) => situation)
    .filter((situation) => !workedOut.some((each) => each === situation))

  expect(Object.keys(ruleTexts).toSorted()).toEqual(unexplained.toSorted())
})
