import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { setupServer } from 'msw/node'
import { expect, inject, onTestFinished, test, vi } from 'vitest'
import { readCredentials } from '../../client/credentials.ts'
import type { Endpoint } from '../../contracts/endpoint.ts'
import { endpoints } from '../../contracts/endpoints.ts'
import { placeOf } from '../../contracts/loopback.ts'
import { readHar } from '../../contracts/replay/har.ts'
import { bodyOf, callOf } from '../../contracts/replay/recorded-call.ts'
import { replay } from '../../contracts/replay/replay.ts'
import { replayKey } from '../../contracts/replay/replay-key.ts'
import type { CallAnswer, CallRequest } from '../../contracts/suite/interaction.ts'
import { render } from '../../contracts/texts.ts'
import { startRecorder } from '../../sandbox/recording/recorder.ts'
import { clientCall } from '../../sandbox/verifying/client-call.ts'
import { replayHandler } from '../contract/replay.ts'
import { exampleOrder } from '../support/example.ts'
import { startSandbox } from '../support/sandbox.ts'
import { authorizationFor } from '../support/signer.ts'
import { rawRequest } from './raw-exchange.ts'

const newFolder = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'record-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return folder
}

const record = async (upstream: string) => {
  const out = join(await newFolder(), 'exchanges.har')
  const lines: string[] = []
  const { url, close } = await startRecorder({
    upstream: new URL(upstream),
    out,
    port: 0,
    host: '127.0.0.1',
    log: (line) => lines.push(render(line, 'en')),
    onError: (error) => lines.push(String(error)),
  })
  let open = true
  const end = async () => {
    if (open) await close()
    open = false
    const text = await readFile(out, 'utf8')
    return { text, har: readHar(text, out) }
  }
  onTestFinished(async () => void (await end()))

  return { url, lines, out, end }
}

const order = {
  ...exampleOrder,
  attach: 'customer 13800138000, 王小明',
  notify_url: 'https://pay.secret-shop.com/callbacks/4711',
}
const create: CallRequest = { endpoint: 'signplan.serviceorder.create.partner', body: order }
const owner = { service_id: order.service_id, sub_mchid: order.sub_mchid }
const refund = (transaction_id: string): CallRequest => ({
  endpoint: 'refund.create',
  body: {
    sub_mchid: order.sub_mchid,
    transaction_id,
    out_refund_no: 'REFUND-4711-0815',
    reason: '王小明不来了',
    amount: { refund: 100, total: 15_000, currency: 'CNY' },
  },
})

/** A day at the counter: what every merchant does, and what goes wrong. */
const calls = (transactionId: string): CallRequest[] => [
  create,
  create,
  { ...create, body: { ...order, attach: 'another customer 13900139000' } },
  { ...create, tamper: 'signature' },
  { ...create, body: { ...order, plan_detail_no: '2', sub_mchid: 1_900_000_109 } },
  { ...create, body: { ...order, out_trade_no: '王小明的订单' } },
  { ...create, body: { ...order, phone_of_user: '13700137000' } },
  {
    endpoint: 'serviceorder.query.partner',
    query: { ...owner, out_order_no: order.out_trade_no },
  },
  { endpoint: 'certificates.list' },
  refund(transactionId),
  {
    endpoint: 'refund.query',
    path: { out_refund_no: 'REFUND-4711-0815' },
    query: { sub_mchid: order.sub_mchid },
  },
]

const secretsOf = (value: unknown): string[] => {
  if (typeof value === 'string') return value.length >= 6 ? [value] : []
  if (typeof value === 'number') return value >= 1_000_000_000 ? [String(value)] : []
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(secretsOf) : []
}

const secretHeaders = ['Wechatpay-Nonce', 'Wechatpay-Serial', 'Wechatpay-Signature', 'Request-ID']

const harmless =
  /^(\d{8}(\d{6})?|\d{4}-\d{2}-\d{2}T.*|CREATED|DOING|REVOKED|USER_CONFIRM|USER_PAID|NEWTON|PROCESSING|SUCCESS|ORIGINAL|AVAILABLE|AEAD_AES_256_GCM|certificate)$/

test('a recording holds nothing that names or opens, and replays with full verification', async () => {
  const sandbox = await startSandbox()
  const { url, end } = await record(sandbox.url)
  const credentials = readCredentials(inject('credentials'))
  const call = clientCall({ ...credentials, baseUrl: url })
  const paid = JSON.stringify(await sandbox.control.serviceOrders.get('BADMINTON2026D1', {}))
  const made = calls(/"transaction_id":"(\w+)"/.exec(paid)?.[1] ?? '')
  const answers: CallAnswer[] = []
  for (const request of made) answers.push(await call(request))
  expect(answers.map(({ status }) => status)).toEqual([
    200, 200, 400, 401, 400, 400, 400, 200, 200, 200, 200,
  ])

  const { text, har } = await end()
  const { entries, ...log } = har.log
  expect(log).toMatchObject({ _provenance: 'sandbox', _source: 'wechatpay-sandbox' })
  expect(entries.map(({ _endpoint }) => _endpoint)).toEqual(made.map(({ endpoint }) => endpoint))

  const secrets = [
    ...secretsOf([credentials, made.map(({ body, query, path }) => [body, query, path])]),
    ...answers.flatMap(({ status, body }) => (status < 300 ? secretsOf(body) : [])),
    ...answers.flatMap(({ headers }) => secretHeaders.map((name) => headers.get(name) ?? '')),
  ].filter((secret) => secret !== '' && !harmless.test(secret))
  const parts = ['13800138000', '13900139000', '13700137000', '王小明', 'secret-shop', '127.0.0.1']
  expect(secrets.length).toBeGreaterThan(60)
  expect([...secrets, ...parts].filter((secret) => text.includes(secret))).toEqual([])

  const server = setupServer(replayHandler(replay(entries)))
  server.listen({ onUnhandledRequest: 'error' })
  onTestFinished(() => server.close())
  const again = clientCall({
    fetch: (request) => fetch(request),
    mchid: credentials.mchid,
    serial: credentials.serial,
    privateKey: credentials.privateKey,
    platformKeys: { [replayKey.id]: replayKey.publicKey },
  })
  for (const entry of entries) {
    const request = callOf(entry)
    if (!request) throw new Error('No operation.')
    const { response }: Endpoint = endpoints[request.endpoint]
    const body = bodyOf(entry.response.content)

    expect(await again(request)).toMatchObject({
      status: entry.response.status,
      body,
      trusted: entry._signed,
    })
    if (entry.response.status === 200 && 'body' in response) {
      expect(response.body.parse(body)).toEqual(body)
    }
  }
})

test('money, states, codes and what a message says stay; one value has one stand-in', async () => {
  const sandbox = await startSandbox()
  const { url, end } = await record(sandbox.url)
  const call = clientCall({ ...readCredentials(inject('credentials')), baseUrl: url })
  const answer = await call(create)
  const refused = await call({ ...create, body: { ...order, out_trade_no: '王小明的订单' } })

  const { har } = await end()
  const [created, misfit] = har.log.entries
  const recorded = Object(bodyOf(created?.response.content))
  const sent = Object(bodyOf(created?.request.postData))
  const body = Object(answer.body)

  expect(recorded).toMatchObject({
    state: 'DOING',
    state_description: 'USER_CONFIRM',
    risk_fund: body.risk_fund,
    sub_mchid: sent.sub_mchid,
    appid: sent.appid,
    out_order_no: sent.out_trade_no,
    time_range: { start_time: '20091225091010' },
  })
  expect(recorded.order_id).toMatch(/^\d{31}$/)
  expect(recorded.mchid).toMatch(/^[1-9]\d{9}$/)
  expect(recorded.appid).toMatch(/^wx[0-9a-z]{16}$/)
  expect(created?._replaced).toEqual(
    expect.arrayContaining(['/request/postData/text/attach', '/response/content/text/order_id']),
  )

  const { message, detail } = Object(bodyOf(misfit?.response.content))
  expect(message).toBe(Object(refused.body).message)
  expect(detail).toEqual({
    location: 'body',
    value: Object(bodyOf(misfit?.request.postData)).out_trade_no,
  })
})

/** An upstream that says what it is told, and keeps what it was asked. */
const upstreamThat = async (answer: {
  status: number
  headers: string[]
  body?: string | Buffer
}) => {
  const asked: { target: string; headers: string[]; body: string }[] = []
  const server = createServer(async (incoming, outgoing) => {
    let body = ''
    for await (const chunk of incoming.setEncoding('latin1')) body += chunk
    asked.push({ target: incoming.url ?? '', headers: incoming.rawHeaders, body })
    outgoing.sendDate = false
    outgoing.writeHead(answer.status, answer.headers).end(answer.body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })

  return { asked, url: placeOf(server.address()).url }
}

test.each([
  // To the system this is the same machine, to the recorder it is not.
  { place: 'the real service', name: '0.0.0.0', provenance: 'live' },
  { place: 'a sandbox', name: '127.0.0.1', provenance: 'sandbox' },
])('target, bytes and header spelling pass unchanged to $place', async ({ name, provenance }) => {
  const body = '{"a": 1,\n "b":"\\u003c"}\n'
  const upstream = await upstreamThat({
    status: 202,
    headers: ['X-Mixed-Case', 'Kept', 'wechatpay-LOUD', '1', 'Set-Cookie', 'session=topsecret99'],
    body: 'not json, tel. 13800138000',
  })
  const address = upstream.url.replace('127.0.0.1', name)
  const { url, end } = await record(address)
  const head = ['X-PoWeR', 'yes', 'Connection', 'close', 'Content-Length', `${body.length}`]
  const answered = await rawRequest(Number(new URL(url).port), [
    'POST /v3/a/../b%7C?x=%20+y HTTP/1.1',
    'HoSt: whatever.example',
    'X-PoWeR: yes',
    'Connection: close',
    `Content-Length: ${body.length}`,
    '',
    body,
  ])

  const host = provenance === 'live' ? new URL(address).host : 'whatever.example'
  expect(upstream.asked).toEqual([
    { target: '/v3/a/../b%7C?x=%20+y', headers: ['HoSt', host, ...head], body },
  ])
  expect(answered).toMatch(
    /^HTTP\/1\.1 202 Accepted\r\nX-Mixed-Case: Kept\r\nwechatpay-LOUD: 1\r\n/,
  )
  expect(answered).not.toMatch(/^Date:/m)

  const { text, har } = await end()
  expect(har.log._provenance).toBe(provenance)
  expect(text).not.toMatch(/topsecret99|13800138000|whatever/)
})

test('a compressed answer is recorded as what it says', async () => {
  const upstream = await upstreamThat({
    status: 200,
    headers: ['Content-Type', 'application/json', 'Content-Encoding', 'gzip'],
    body: gzipSync('{"state":"DOING"}'),
  })
  const { url, end } = await record(upstream.url)
  expect(await (await fetch(`${url}/v3/payscore/serviceorder`)).text()).toBe('{"state":"DOING"}')

  expect((await end()).har.log.entries[0]?.response.content.text).toBe('{"state":"DOING"}')
})

test('an upstream that gives no answer is told, not recorded', async () => {
  const { url, lines, end } = await record('http://127.0.0.1:9')

  expect((await fetch(`${url}/v3/certificates`)).status).toBe(502)
  expect(lines).toEqual([expect.stringMatching(/^GET 127\.0\.0\.1:9 gave no answer: .+$/)])
  expect((await end()).har.log.entries).toEqual([])
})

test('nobody reaches the control API this way whom a sandbox would not let in', async () => {
  const sandbox = await startSandbox()
  const { url } = await record(sandbox.url)
  const ask = (target: string) =>
    rawRequest(Number(new URL(url).port), [
      `GET ${target} HTTP/1.1`,
      'Host: rebound.example',
      'Connection: close',
      '\r\n',
    ])

  expect(await ask('/_sandbox/clock')).toMatch(/^HTTP\/1\.1 404 /)
  expect(await ask('/v3/../_sandbox/clock')).toMatch(/^HTTP\/1\.1 40[34] /)
  expect(await ask('/%5fsandbox/clock')).toMatch(/^HTTP\/1\.1 40[34] /)
})

test('the file is whole after each exchange, and leaves nothing beside it', async () => {
  const sandbox = await startSandbox()
  const { url, out, end } = await record(sandbox.url)
  const Authorization = authorizationFor(sandbox.credentials)
  const ask = () =>
    fetch(`${url}/v3/certificates`, { headers: { Authorization, 'Accept-Language': 'zh-CN' } })
  expect(readHar(await readFile(out, 'utf8'), out).log.entries).toEqual([])
  await Promise.all([ask(), ask(), ask(), ask(), ask()])

  expect(readHar(await readFile(out, 'utf8'), out).log.entries.length).toBeLessThanOrEqual(5)
  const { text, har } = await end()
  expect(har.log.entries).toHaveLength(5)
  expect(text).toBe(`${JSON.stringify(JSON.parse(text), null, 2)}\n`)
  expect(await readdir(join(out, '..'))).toEqual(['exchanges.har'])
})

test('each exchange is written once: what was written before stays where it is', async () => {
  const upstream = await upstreamThat({ status: 204, headers: [], body: Buffer.alloc(0) })
  const { url, out, end } = await record(upstream.url)
  await fetch(`${url}/v3/certificates`)
  await vi.waitFor(async () => {
    expect(readHar(await readFile(out, 'utf8'), out).log.entries).toHaveLength(1)
  })
  const inode = (await stat(out)).ino
  const first = await readFile(out, 'utf8')
  await fetch(`${url}/v3/certificates`)

  const { text, har } = await end()
  expect(har.log.entries).toHaveLength(2)
  expect(text.startsWith(first.slice(0, first.lastIndexOf('}', first.lastIndexOf(']')) + 1))).toBe(
    true,
  )
  expect((await stat(out)).ino).toBe(inode)
})
