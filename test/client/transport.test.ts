import { readFileSync } from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import { connect, Socket } from 'node:net'
import { join } from 'node:path'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { type Send, signedFetch, Wechatpay } from '../../client/index.ts'
import { exampleOrder as json } from '../support/example.ts'
import { holdTimers } from './client-timers.ts'
import { type Answerer, optionsFor, type Reply, startServer } from './wechat-server.ts'

const path = 'v3/payscore/sign-plan/partner/serviceorder'
const list = { body: '{"data":[]}' }

describe.each<[string, { fetch?: Send }]>([
  ['node:http', {}],
  ['the fetch that is given', { fetch: (request) => fetch(request) }],
])('through %s', (_, transport) => {
  const start = async (answer: Answerer) => {
    const server = await startServer(answer)
    const options = { ...optionsFor(server.url), ...transport, retry: 0 }
    return { server, wxpay: new Wechatpay(options), send: signedFetch(options) }
  }

  test('calls are answered', async () => {
    const { server, wxpay } = await start(() => list)

    await wxpay.chain(path).post({ json })
    expect(await wxpay.v3.certificates.get()).toMatchObject({ data: { data: [] } })

    expect(server.seen).toMatchObject([
      { method: 'POST', body: JSON.stringify(json), signed: true },
      { method: 'GET', body: '', signed: true },
    ])
  })

  test('signedFetch sends what it is given, and hands on the answer', async () => {
    const { server, send } = await start(() => ({ ...list, headers: { 'X-Answer': 'yes' } }))
    const headers = { 'X-Asked': 'yes', 'Content-Type': 'text/plain' }
    const { url } = server

    const response = await send(`${url}/${path}?a=%20b#c`, { method: 'POST', body: '中', headers })

    expect(response).toMatchObject({ status: 200, statusText: 'OK', ok: true })
    expect(response.headers.get('x-answer')).toBe('yes')
    expect(await response.json()).toEqual({ data: [] })
    expect(server.seen).toMatchObject([{ target: `/${path}?a=%20b`, body: '中', signed: true }])
    expect(server.seen[0]?.headers).toMatchObject({
      'x-asked': 'yes',
      'content-type': 'application/json',
    })
  })

  test('a POST without a body says so', async () => {
    const { server, send } = await start(() => ({ status: 204 }))

    const response = await send(`${server.url}/${path}`, { method: 'POST' })

    expect([response.status, response.body]).toEqual([204, null])
    expect(server.seen).toMatchObject([{ headers: { 'content-length': '0' }, signed: true }])
  })

  test.each<[string, Reply]>([
    ['in chunks', { ...list, headers: { 'Transfer-Encoding': 'chunked' } }],
    ['gzip', { ...list, packed: gzipSync(list.body), headers: { 'Content-Encoding': 'gzip' } }],
    [
      'deflate',
      { ...list, packed: deflateSync(list.body), headers: { 'Content-Encoding': 'deflate' } },
    ],
    [
      'br',
      { ...list, packed: brotliCompressSync(list.body), headers: { 'Content-Encoding': 'br' } },
    ],
    ['with an unknown coding', { ...list, headers: { 'Content-Encoding': 'none' } }],
  ])('an answer that comes %s is verified as it was signed', async (__, reply) => {
    const { wxpay } = await start(() => reply)

    expect(await wxpay.v3.certificates.get()).toMatchObject({ data: { data: [] } })
  })

  test.each<[string, string, Reply]>([
    [
      'is longer once it is unpacked',
      'ANSWER_UNREADABLE',
      {
        packed: gzipSync(Buffer.alloc(10 * 1024 * 1024 + 1)),
        headers: { 'Content-Encoding': 'gzip' },
      },
    ],
    [
      'cannot be unpacked',
      'CONNECTION_FAILED',
      { packed: Buffer.from('{}'), headers: { 'Content-Encoding': 'gzip' } },
    ],
  ])('an answer that %s: %s', async (__, code, reply) => {
    const { wxpay } = await start(() => reply)

    await expect(wxpay.chain(path).post({ json })).rejects.toMatchObject({
      code,
      outcome: 'unknown',
    })
  })

  test('a redirect is an answer', async () => {
    const { server, send } = await start(() => ({ status: 302, headers: { Location: '/other' } }))

    expect(await send(`${server.url}/${path}`)).toMatchObject({ status: 302 })
    expect(server.seen).toHaveLength(1)
  })

  test('a signal ends the request with its own reason, before it is sent or while it waits', async () => {
    const controller = new AbortController()
    const { signal } = controller
    const { server, send } = await start(() => {
      controller.abort(new Error('the user has left'))
      return 'silence'
    })

    await expect(send(`${server.url}/${path}`, { signal })).rejects.toThrow('the user has left')
    await expect(send(`${server.url}/${path}`, { signal })).rejects.toThrow('the user has left')
    expect(server.seen).toHaveLength(1)
  })
})

test('a connection serves one call after the other', async () => {
  const { url, connections } = await startServer(() => list)
  const wxpay = new Wechatpay(optionsFor(url))

  await wxpay.v3.certificates.get()
  await wxpay.chain(path).post({ json })
  await signedFetch(optionsFor(url))(`${url}/v3/certificates`)

  expect(connections).toHaveLength(1)
})

test('the length that is sent is that of the body, whatever a caller says', async () => {
  const { url, seen } = await startServer(() => list)
  const headers = { 'Content-Length': '1' }

  await signedFetch(optionsFor(url))(`${url}/${path}`, { method: 'POST', body: '{}', headers })

  expect(seen).toMatchObject([{ headers: { 'content-length': '2' }, body: '{}', signed: true }])
})

test('a connection that was closed while the thread was busy is not used', async () => {
  const { url, connections } = await startServer(() => list)
  const wxpay = new Wechatpay({ ...optionsFor(url), retry: 0 })
  await wxpay.v3.certificates.get()

  // The event loop cannot see it before the next call begins.
  for (const socket of connections) socket.destroy()
  await wxpay.chain(path).post({ json })

  expect(connections).toHaveLength(2)
})

test('a connection that is closed just as it is used again costs a repeat on a new one', async () => {
  holdTimers()
  const { url, seen, connections } = await startServer((_, count) =>
    count === 2 ? 'hang-up' : list,
  )
  const wxpay = new Wechatpay(optionsFor(url))
  await wxpay.v3.certificates.get()

  expect(await wxpay.chain(path).post({ json })).toMatchObject({ status: 200 })

  const [, lost, repeat] = seen
  expect(connections).toHaveLength(2)
  expect([lost?.body, repeat?.body]).toEqual([JSON.stringify(json), JSON.stringify(json)])
  expect(repeat?.authorization.nonce_str).not.toBe(lost?.authorization.nonce_str)
})

test('many calls at once are each signed and answered', async () => {
  const { url, seen } = await startServer(({ body }) => ({ body }))
  const { payscore } = new Wechatpay(optionsFor(url)).v3
  const numbers = Array.from({ length: 16 }, (_, index) => `ORDER${index}`)

  const answers = await Promise.all(
    numbers.map((out_trade_no) =>
      payscore.signPlan.partner.serviceorder.post({ json: { ...json, out_trade_no } }),
    ),
  )

  expect(answers.map(({ data }) => Object(data).out_trade_no)).toEqual(numbers)
  expect(seen.every(({ signed }) => signed)).toBe(true)
})

test('https goes through node:https, whose connections are kept too', async () => {
  const read = (file: string) => readFileSync(join(inject('credentials'), file), 'utf8')
  const cert = read('wechatpay_cert.pem')
  const { url, connections, seen } = await startServer(() => list, {
    cert,
    key: read('private/wechatpay_key.pem'),
  })
  const wxpay = new Wechatpay({ ...optionsFor(url), retry: 0 })

  await expect(wxpay.v3.certificates.get()).rejects.toMatchObject({ code: 'CONNECTION_FAILED' })
  const { options } = https.globalAgent
  Object.assign(options, { ca: cert, checkServerIdentity: () => undefined })
  onTestFinished(() => {
    Reflect.deleteProperty(options, 'ca')
    Reflect.deleteProperty(options, 'checkServerIdentity')
  })
  await wxpay.v3.certificates.get()
  await wxpay.v3.certificates.get()

  expect(seen).toMatchObject([{ signed: true }, { signed: true }])
  expect(connections).toHaveLength(2)
})

/** Connects otherwise until the test ends, as an agent for a proxy does. */
const connectBy = (createConnection: () => Socket) => {
  const { globalAgent } = http
  http.globalAgent = Object.assign(new http.Agent(), { createConnection })
  onTestFinished(() => {
    http.globalAgent = globalAgent
  })
}

test('a connection that does not come about in time changed nothing', async () => {
  connectBy(() => {
    const socket = Object.assign(new Socket(), { connecting: true })
    setImmediate(() => socket.emit('timeout'))
    return socket
  })

  await expect(
    new Wechatpay({ ...optionsFor('http://wechat.invalid'), retry: 0 }).chain(path).post({ json }),
  ).rejects.toMatchObject({
    code: 'CONNECTION_FAILED',
    outcome: 'unchanged',
    message: expect.stringContaining('no answer from wechat.invalid: ETIMEDOUT'),
  })
})

test('an agent that is made the global one carries the requests', async () => {
  const { url, seen } = await startServer(() => list)
  connectBy(() => connect(Number(new URL(url).port), '127.0.0.1'))

  await new Wechatpay(optionsFor('http://wechat.invalid')).v3.certificates.get()

  expect(seen).toMatchObject([{ headers: { host: 'wechat.invalid' } }])
})
