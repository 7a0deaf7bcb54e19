import { once } from 'node:events'
import { createServer } from 'node:http'
import { expect, test } from 'vitest'
import { Wechatpay, type WechatpayOptions } from '../../client/index.ts'
import { placeOf } from '../../contracts/loopback.ts'
import { exampleOrder as json } from '../support/example.ts'
import { holdTimers } from './client-timers.ts'
import { type Answerer, optionsFor, type Reply, serial, startServer } from './wechat-server.ts'

const path = 'v3/payscore/sign-plan/partner/serviceorder'
const said = (code: string) => ({ body: JSON.stringify({ code, message: '' }) })
const html = { body: '<html>' }

const failureOf = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  )

const post = (baseUrl: string, options: Partial<WechatpayOptions> = {}) =>
  failureOf(
    new Wechatpay({ ...optionsFor(baseUrl), retry: 0, ...options }).chain(path).post({ json }),
  )

const closedPort = async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = placeOf(server.address())
  server.close()
  return `127.0.0.1:${port}`
}

test.each<[string, Reply, string]>([
  ['a refused parameter', { status: 400, ...said('PARAM_ERROR') }, 'refused'],
  ['a wrong signature', { status: 401, ...said('SIGN_ERROR') }, 'refused'],
  ['a missing permission', { status: 403, ...said('NO_AUTH') }, 'refused'],
  ['an unknown order', { status: 404, ...said('ORDER_NOT_EXIST') }, 'refused'],
  ['too many calls', { status: 429, ...said('FREQUENCY_LIMITED') }, 'refused'],
  ['too many calls, without words', { status: 429 }, 'refused'],
  ['a 404 of something in between', { status: 404, ...html }, 'unknown'],
  ['a 408 of something in between', { status: 408 }, 'unknown'],
  ['a redirect', { status: 302, headers: { Location: '/elsewhere' } }, 'unknown'],
  ['an error of WeChat Pay', { status: 500, ...said('SYSTEM_ERROR') }, 'unknown'],
  ['a bad gateway', { status: 502, ...html }, 'unknown'],
  ['an unavailable service', { status: 503 }, 'unknown'],
  ['a call that is accepted and not done', { status: 202, body: '{}' }, 'unknown'],
])('after %s: ApiError %o, %s', async (_, reply, outcome) => {
  const server = await startServer(() => reply)
  const verb = outcome === 'refused' ? 'refused' : 'answered'

  expect(await post(server.url)).toMatchObject({
    name: 'ApiError',
    code: 'REFUSED',
    status: reply.status,
    outcome,
    message: expect.stringContaining(`POST /${path} was ${verb}: ${reply.status}`),
  })
})

test.each<[string, Answerer | 'silence', object]>([
  ['silence', 'silence', { name: 'NoAnswerError', code: 'TIMEOUT' }],
  ['a reset', () => 'hang-up', { name: 'NoAnswerError', code: 'CONNECTION_FAILED' }],
  [
    'half an answer',
    () => ({ body: '{}', headers: { 'Content-Length': '3', Connection: 'close' } }),
    { name: 'NoAnswerError' },
  ],
  ['words', () => ({ body: 'OK' }), { name: 'NoAnswerError', code: 'ANSWER_UNREADABLE' }],
  [
    'ten megabytes',
    () => ({ body: ' '.repeat(10 * 1024 * 1024 + 1) }),
    { name: 'NoAnswerError', code: 'ANSWER_UNREADABLE' },
  ],
  [
    'no signature',
    () => ({ body: '{}', signature: { 'Wechatpay-Signature': undefined } }),
    { name: 'UntrustedAnswerError', code: 'SIGNATURE_HEADERS_MISSING' },
  ],
  [
    'an unknown key',
    () => ({ body: '{}', signature: { 'Wechatpay-Serial': serial } }),
    { name: 'UntrustedAnswerError', code: 'SERIAL_UNKNOWN' },
  ],
  [
    'an old timestamp',
    () => ({ body: '{}', offset: -301 }),
    { name: 'UntrustedAnswerError', code: 'TIMESTAMP_OFFSET' },
  ],
  [
    'a forged signature',
    () => ({ body: '{}', signature: { 'Wechatpay-Nonce': 'x' } }),
    { name: 'UntrustedAnswerError', code: 'SIGNATURE_MISMATCH' },
  ],
])('after %s the change may have happened, and a GET changed nothing', async (_, answer, error) => {
  const { silence } = holdTimers()
  const server = await startServer(answer === 'silence' ? silence : answer)
  const wxpay = new Wechatpay({ ...optionsFor(server.url), retry: 0 })

  expect(await failureOf(wxpay.chain(path).post({ json }))).toMatchObject({
    ...error,
    outcome: 'unknown',
    message: expect.stringContaining('It may have been carried out: reconcile it'),
  })
  expect(await failureOf(wxpay.v3.certificates.get())).toMatchObject({
    ...error,
    outcome: 'unchanged',
    message: expect.stringContaining('Nothing was changed: it can be sent again.'),
  })
})

test.each<[string, () => Promise<string> | string]>([
  ['nobody listens', async () => `http://${await closedPort()}`],
  [
    'nobody listens at any of its addresses',
    async () => `http://localhost:${(await closedPort()).split(':')[1]}`,
  ],
  ['the host is not found', () => 'http://nowhere.invalid'],
])('nothing was changed when %s', async (_, baseUrl) => {
  expect(await post(await baseUrl())).toMatchObject({
    code: 'CONNECTION_FAILED',
    outcome: 'unchanged',
    message: expect.stringContaining('Nothing was changed: it can be sent again.'),
  })
})

const failing = (code: string, syscall: string) => () => {
  throw Object.assign(new TypeError('fetch failed'), {
    cause: Object.assign(new Error(code), { code, syscall }),
  })
}

test.each([
  ['EHOSTUNREACH', 'connect', 'unchanged'],
  ['EHOSTUNREACH', 'read', 'unknown'],
  ['ETIMEDOUT', 'connect', 'unchanged'],
  ['ETIMEDOUT', 'read', 'unknown'],
  ['EPIPE', 'write', 'unknown'],
  ['EAI_AGAIN', 'getaddrinfo', 'unchanged'],
  ['UND_ERR_CONNECT_TIMEOUT', '', 'unchanged'],
  ['UND_ERR_SOCKET', '', 'unknown'],
])('%s of %s: %s', async (code, syscall, outcome) => {
  expect(await post('http://wechat.invalid', { fetch: failing(code, syscall) })).toMatchObject({
    code: 'CONNECTION_FAILED',
    outcome,
  })
})

const refusal: Reply = { status: 400, ...said('ORDER_DONE') }

test.each<[string, Reply | 'hang-up']>([
  ['a reset', 'hang-up'],
  ['a 500', { status: 500 }],
])('a refusal after %s proves nothing', async (_, first) => {
  holdTimers()
  const server = await startServer((_request, count) => (count === 1 ? first : refusal))

  expect(await post(server.url, { retry: 1 })).toMatchObject({
    name: 'ApiError',
    apiCode: 'ORDER_DONE',
    outcome: 'unknown',
    message: expect.stringContaining('It may have been carried out'),
  })
  expect(server.seen).toHaveLength(2)
})

test('a lost connection after a reset proves nothing', async () => {
  holdTimers()
  const server = await startServer(() => 'hang-up')
  const nobody = await closedPort()
  const fetch = (request: Request) =>
    globalThis.fetch(server.seen.length === 0 ? request : `http://${nobody}`)

  expect(await post(server.url, { retry: 1, fetch })).toMatchObject({
    code: 'CONNECTION_FAILED',
    outcome: 'unknown',
    cause: { code: 'CONNECTION_FAILED', outcome: 'unchanged' },
  })
})

test('a refusal after attempts that never left is one', async () => {
  holdTimers()
  const server = await startServer(() => refusal)
  const nobody = await closedPort()
  const targets = [`http://${nobody}`, server.url]
  const fetch = async (request: Request) => {
    const target = targets.shift() ?? ''
    return globalThis.fetch(target, request)
  }

  expect(await post(server.url, { retry: 1, fetch })).toMatchObject({ outcome: 'refused' })
})

test('a call that the table does not have changes nothing', async () => {
  const wxpay = new Wechatpay(optionsFor('http://127.0.0.1'))
  const call = wxpay.v3.refund.domestic.refunds._out_refund_no_.get({ out_refund_no: '' })

  expect(await failureOf(call)).toMatchObject({ name: 'ConfigurationError', outcome: 'unchanged' })
})
