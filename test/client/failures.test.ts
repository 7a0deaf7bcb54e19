import { expect, test } from 'vitest'
import { isApiError, isNoAnswerError, isWechatpayError, Wechatpay } from '../../client/index.ts'
import { exampleOrder as json } from '../support/example.ts'
import { holdTimers } from './client-timers.ts'
import { type Answerer, optionsFor, startServer } from './wechat-server.ts'

const path = 'v3/payscore/sign-plan/partner/serviceorder'
const refusal = {
  code: 'PARAM_ERROR',
  detail: { location: 'body', value: 0 },
  message: '输入源“/body/plan_detail_no”映射到数值字段规则校验失败，值低于最小值 1',
}

const start = async (answer: Answerer, options = {}) => {
  const server = await startServer(answer)
  return { server, wxpay: new Wechatpay({ ...optionsFor(server.url), ...options }) }
}

const failureOf = (call: Promise<unknown>): Promise<unknown> =>
  call.catch((error: unknown) => error)

test('tells code, message, detail and Request-ID of a refusal', async () => {
  const { server, wxpay } = await start(() => ({ status: 400, body: JSON.stringify(refusal) }))

  const error = await failureOf(wxpay.chain(path).post({ json }))

  expect(error).toMatchObject({
    name: 'ApiError',
    code: 'REFUSED',
    status: 400,
    apiCode: 'PARAM_ERROR',
    apiMessage: refusal.message,
    detail: refusal.detail,
    requestId: '08A1-0',
    body: JSON.stringify(refusal),
    message: `POST /${path} was refused: 400 PARAM_ERROR ${refusal.message} (Request-ID 08A1-0). Correct the request; apiMessage and detail say what is wrong.`,
  })
  expect([isApiError(error), isWechatpayError(error), isNoAnswerError(error)]).toEqual([
    true,
    true,
    false,
  ])
  expect(server.seen).toHaveLength(1)
})

test.each(['', '<html>404</html>', '[]', 'null', '{"code":1}'])(
  'takes a refusal that says %j',
  async (body) => {
    const { wxpay } = await start(() => ({ status: 404, body }))

    await expect(wxpay.v3.certificates.get()).rejects.toMatchObject({
      name: 'ApiError',
      status: 404,
      apiCode: undefined,
      body,
    })
  },
)

test.each<[string, Answerer | 'silence']>([
  ['a 500', () => ({ status: 500, body: '{"code":"SYSTEM_ERROR","message":""}' })],
  ['a closed connection', () => 'hang-up'],
  ['silence', 'silence'],
])('repeats a POST after %s: signed anew, the same bytes', async (_, failing) => {
  const { silence } = holdTimers()
  const fail = failing === 'silence' ? silence : failing
  const { server, wxpay } = await start((request, count) =>
    count < 3 ? fail(request, count) : { body: '{}' },
  )

  await wxpay.chain(path).post({ json })

  const { seen } = server
  expect(seen.map(({ signed }) => signed)).toEqual([true, true, true])
  expect(new Set(seen.map(({ body }) => body))).toEqual(new Set([JSON.stringify(json)]))
  expect(new Set(seen.map(({ authorization }) => authorization.nonce_str)).size).toBe(3)
  expect(new Set(seen.map(({ authorization }) => authorization.signature)).size).toBe(3)
})

test('repeats a GET after 429, a POST not', async () => {
  const { server, wxpay } = await start(() => ({ status: 429, headers: { 'Retry-After': '0' } }))

  await expect(wxpay.v3.certificates.get()).rejects.toMatchObject({ status: 429 })
  await expect(wxpay.chain(path).post({ json })).rejects.toMatchObject({ status: 429 })

  expect(server.seen.map(({ method }) => method)).toEqual(['GET', 'GET', 'GET', 'POST'])
})

test.each<[string, Record<string, string>, number[]]>([
  ['longer each time', {}, [300, 600, 1200, 2400, 4800]],
  ['as many seconds as it is told', { 'Retry-After': '7' }, Array(5).fill(7000)],
  ['10 seconds at most', { 'Retry-After': '60' }, Array(5).fill(10_000)],
  ['until a date', { 'Retry-After': 'Thu, 01 Jan 2026 00:00:00 GMT' }, Array(5).fill(0)],
  ['longer each time, told nonsense', { 'Retry-After': 'soon' }, [300, 600, 1200, 2400, 4800]],
])('waits before a repeat: %s', async (_, headers, waits) => {
  const { timeout, waited } = holdTimers(9999, waits)
  const { server, wxpay } = await start(() => ({ status: 503, headers }), { timeout, retry: 5 })

  await expect(wxpay.v3.certificates.get()).rejects.toMatchObject({ status: 503 })

  expect(waited).toEqual(waits)
  expect(server.seen).toHaveLength(6)
})

test('gives up after the attempts it is told', async () => {
  const { server, wxpay } = await start(() => ({ status: 502 }), { retry: 0 })

  await expect(wxpay.v3.certificates.get()).rejects.toMatchObject({ status: 502 })
  expect(server.seen).toHaveLength(1)
})

test('TIMEOUT: says after how long, and what to do', async () => {
  const { timeout, silence } = holdTimers(100)
  const { wxpay } = await start(silence, { timeout, retry: 0 })

  await expect(wxpay.v3.certificates.get()).rejects.toMatchObject({
    name: 'NoAnswerError',
    code: 'TIMEOUT',
    message:
      'GET /v3/certificates got no answer within 100 ms. Nothing was changed: it can be sent again.',
    cause: { name: 'TimeoutError' },
  })
})

test('CONNECTION_FAILED: names the host and the reason', async () => {
  const wxpay = new Wechatpay({ ...optionsFor('http://127.0.0.1:9'), retry: 0 })

  await expect(wxpay.v3.certificates.get()).rejects.toMatchObject({
    name: 'NoAnswerError',
    code: 'CONNECTION_FAILED',
    message: expect.stringMatching(/^GET \/v3\/certificates got no answer from 127.0.0.1:9: /),
    cause: expect.any(Error),
  })
})

test.each([
  ['is not JSON', 'OK'],
  ['has no body', ''],
  ['is too long', ' '.repeat(10 * 1024 * 1024 + 1)],
])('ANSWER_UNREADABLE: a 200 that %s', async (_, body) => {
  const { server, wxpay } = await start(() => ({ body }))

  await expect(wxpay.v3.certificates.get()).rejects.toMatchObject({ code: 'ANSWER_UNREADABLE' })
  expect(server.seen).toHaveLength(1)
})
