import { once } from 'node:events'
import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import { text } from 'node:stream/consumers'
import { getResponse } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { sandboxHandlers } from '../../sandbox/msw.ts'
import { createSandbox, type Sandbox } from '../../sandbox/sandbox.ts'
import { authorizationFor } from '../support/signer.ts'

const wechatpay = 'https://api.mch.weixin.qq.com'
const interceptor = setupServer()
let sandbox: Sandbox
let url: string

beforeAll(async () => {
  sandbox = await createSandbox({ dir: inject('credentials') })
  url = (await sandbox.listen()).url
  interceptor.use(...sandboxHandlers(sandbox))
  interceptor.listen({ onUnhandledRequest: 'bypass' })
})
afterAll(async () => {
  interceptor.close()
  await sandbox.close()
})

type Sent = {
  method?: 'GET' | 'POST'
  target?: string
  headers?: Record<string, string>
  body?: string
}

type Send = (origin: string, sent: Sent) => Promise<object>

const read = (status: number, signature: string | null | undefined, body: string) => {
  const { code, message, detail } = JSON.parse(body || '{}')
  return { status, isSigned: Boolean(signature), code, message, detail }
}

/**
 * Writes the headers given and no others, but for Host and Connection. Interception replaces the
 * members of the module, not what is imported from it by name.
 */
const byHttp: Send = async (origin, { method = 'GET', target, headers, body }) => {
  const { protocol } = new URL(origin)
  const request = (protocol === 'https:' ? https : http).request(`${origin}${target}`, {
    method,
    headers: {
      ...headers,
      ...(body !== undefined && { 'Content-Length': Buffer.byteLength(body) }),
    },
  })
  request.end(body)
  const [answer]: IncomingMessage[] = await once(request, 'response')
  if (!answer) throw new Error('no answer')
  const signature = answer.headers['wechatpay-signature']

  return read(answer.statusCode ?? 0, signature?.toString(), await text(answer))
}

const responseOf = async (response: Response) =>
  read(response.status, response.headers.get('wechatpay-signature'), await response.text())

/** Adds what fetch adds. */
const byFetch: Send = async (origin, { target, ...sent }) =>
  responseOf(await fetch(`${origin}${target}`, sent))

const inProcess: Send = async (origin, { target, ...sent }) =>
  responseOf(await sandbox.fetch(new Request(`${origin}${target}`, sent)))

const usual = { 'User-Agent': 'doors/1', Accept: 'application/json', 'Accept-Language': 'zh-CN' }
const orders = '/v3/payscore/sign-plan/partner/serviceorder'
const post = { method: 'POST', target: orders, body: '{}' } as const
const json = { 'Content-Type': 'application/json' }
const long = 1_000

type Signed = Parameters<typeof authorizationFor>[1]

/** What is sent instead of the usual headers; an empty text leaves one out. */
type Case = { sent?: Sent; headers?: Record<string, string>; signed?: Signed }

const cases: Record<string, Case> = {
  'nothing wrong': {},
  'nothing wrong with a POST but its body': { sent: post, headers: json },
  'no User-Agent': { headers: { 'User-Agent': '' } },
  'no Accept': { headers: { Accept: '' } },
  'no Accept-Language': { headers: { 'Accept-Language': '' } },
  'no header but Authorization': {
    headers: { 'User-Agent': '', Accept: '', 'Accept-Language': '' },
  },
  'any language': { headers: { 'Accept-Language': '*' } },
  'no Authorization': { headers: { Authorization: '' } },
  'an Authorization that is one word': { headers: { Authorization: 'x' } },
  'another scheme': { headers: { Authorization: 'Basic eDp5' } },
  'an Authorization without members': { headers: { Authorization: 'WECHATPAY2-SHA256-RSA2048 x' } },
  'an old timestamp': { signed: { timestamp: Math.floor(Date.now() / 1000) - long } },
  'another merchant': { signed: { mchid: '1' } },
  'another serial number': { signed: { serial: 'AB' } },
  'a signature of another target': { signed: { target: '/v3/other' } },
  'a signature of another body': { sent: post, headers: json, signed: { body: '{"a":1}' } },
  'a query': { sent: { target: '/v3/certificates?a=b%7C*&c=%E4%B8%AD' } },
  'a path that does not exist': { sent: { target: '/v3/none' } },
  'a percent sign that encodes nothing': { sent: { target: '/v3/%ZZ' } },
  'a method that the path does not have': { sent: { ...post, target: '/v3/certificates' } },
}

const requestOf = ({ sent = {}, headers = {}, signed = {} }: Case): Sent => {
  const { method = 'GET', target = '/v3/certificates', body } = sent
  const made = { method, target, ...(body !== undefined && { body }) }
  const authorization = authorizationFor(sandbox.credentials, { ...made, ...signed })
  const all = Object.entries({ ...usual, Authorization: authorization, ...headers })

  return { ...made, headers: Object.fromEntries(all.filter(([, value]) => value !== '')) }
}

test.each(Object.entries(cases))('%s: every door gives the same answer', async (_, each) => {
  const sent = requestOf(each)

  const answer = await byHttp(url, sent)
  expect(await inProcess(wechatpay, sent)).toEqual(answer)
  expect(await byHttp(wechatpay, sent)).toEqual(answer)
  expect(await byFetch(wechatpay, sent)).toEqual(await byFetch(url, sent))
})

test('what is sent without a header of its own is refused as it would be', async () => {
  const sent = requestOf({ headers: { 'User-Agent': '', Accept: '', 'Accept-Language': '' } })

  expect(await byHttp(wechatpay, sent)).toMatchObject({ status: 400, code: 'INVALID_REQUEST' })
  expect(await inProcess(wechatpay, sent)).toMatchObject({ status: 400, code: 'INVALID_REQUEST' })
  expect(await byFetch(wechatpay, sent)).toMatchObject({ status: 406, code: 'PARAM_ERROR' })
})

test('a question mark with nothing behind it belongs to the target, with or without a wire', async () => {
  const sent = requestOf({ sent: { target: '/v3/certificates?' } })

  // Node's own clients leave it out, of what they were given as a URL.
  expect(await inProcess(wechatpay, sent)).toMatchObject({ status: 200 })
  expect(await byHttp(url, sent)).toMatchObject({ status: 401 })
})

test.each(['api2.mch.weixin.qq.com', 'api.wechatpay.cn', 'api2.wechatpay.cn'])(
  'the spare host %s is answered',
  async (host) => {
    expect(await byHttp(`https://${host}`, requestOf({}))).toMatchObject({
      status: 200,
      isSigned: true,
    })
  },
)

test('where an address is given, only that one is answered', async () => {
  const handlers = sandboxHandlers(sandbox, { baseUrl: 'http://wechat.test' })
  const answers = await Promise.all(
    ['http://wechat.test/v3/none', `${wechatpay}/v3/none`, 'http://wechat.test.cn/v3/none'].map(
      (url) => getResponse(handlers, new Request(url)),
    ),
  )

  expect(answers.map((answer) => answer?.status)).toEqual([404, undefined, undefined])
})
