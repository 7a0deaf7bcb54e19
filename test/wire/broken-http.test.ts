import { expect, test } from 'vitest'
import { exampleOrder } from '../support/example.ts'
import { openSocket, requestBytes, send } from './raw-request.ts'
import { seed, seedRequest } from './seed-request.ts'
import { isSignedBy, signed } from './signed-request.ts'
import { startWatchedSandbox } from './watched-sandbox.ts'

const example = JSON.stringify(exampleOrder)
const twoMebibytes = 2 * 1024 * 1024

const chunked = (body: string) => {
  const half = Math.floor(body.length / 2)
  const chunks = [body.slice(0, half), body.slice(half), ''].map(
    (chunk) => `${Buffer.byteLength(chunk).toString(16)}\r\n${chunk}\r\n`,
  )
  return chunks.join('')
}

const inChunks = (request: ReturnType<typeof signed>) => ({
  ...request,
  headers: { ...request.headers, 'Content-Length': undefined, 'Transfer-Encoding': 'chunked' },
  body: chunked(String(request.body)),
})

test('a body may come in chunks', async () => {
  const { port, credentials } = await startWatchedSandbox()
  const answer = await send(port, inChunks(signed(credentials, seedRequest(example))))

  expect(answer.status).toBe(200)
  expect(isSignedBy(answer, credentials.platformCertificate)).toBe(true)
})

test('a body may come byte by byte, after the permission to send it', async () => {
  const { port, credentials } = await startWatchedSandbox()
  const request = signed(credentials, seedRequest(example))
  const headers = { ...request.headers, Expect: '100-continue' }
  const bytes = requestBytes({ ...request, headers })
  const socket = await openSocket(port)
  const start = bytes.indexOf('\r\n\r\n') + 4

  socket.write(bytes.subarray(0, start))
  expect((await socket.next()).lines).toEqual(['HTTP/1.1 100 Continue'])
  for (let at = start; at < bytes.length; at += 1) socket.write(bytes.subarray(at, at + 1))
  expect((await socket.next()).status).toBe(200)
})

test('a body of two mebibytes is read', async () => {
  const { port, credentials, expectUnharmed } = await startWatchedSandbox()
  const request = seedRequest('[]'.padEnd(twoMebibytes))

  for (const each of [signed(credentials, request), inChunks(signed(credentials, request))]) {
    expect(await send(port, each)).toMatchObject({
      status: 400,
      body: '{"code":"PARAM_ERROR","detail":{"location":"body","value":null},"message":"参数错误"}',
    })
  }
  await expectUnharmed()
})

test.each([
  ['and says so', (request: ReturnType<typeof signed>) => request],
  ['in chunks', inChunks],
])('a body that is larger %s is refused unread, and the connection goes on', async (_, send) => {
  const { port, credentials, expectUnharmed } = await startWatchedSandbox()
  const request = signed(credentials, seedRequest(' '.repeat(twoMebibytes + 1)))
  const socket = await openSocket(port)

  socket.write(requestBytes(send(request)))
  const answer = await socket.next()
  expect(answer.lines[0]).toBe('HTTP/1.1 413 Payload Too Large')
  expect(answer.header('Content-Length')).toBe('0')
  expect(answer.lines.join()).not.toContain('Wechatpay-')

  socket.write(requestBytes(signed(credentials)))
  expect((await socket.next()).status).toBe(200)
  await expectUnharmed()
})

test.each([
  ['that keeps the connection', {}],
  ['that is closed afterwards', { Connection: 'close' }],
])('a body of 32 MiB on a connection %s has its 413 before the end', async (_, headers) => {
  const { port, expectUnharmed } = await startWatchedSandbox()
  const socket = await openSocket(port)
  const length = 16 * twoMebibytes
  const bytes = requestBytes({
    ...seedRequest(''),
    headers: { ...headers, 'Content-Length': String(length) },
  })

  // A caller who sends all that it has before it reads.
  socket.write(bytes)
  for (let sent = 0; sent < length; sent += twoMebibytes) socket.write(Buffer.alloc(twoMebibytes))

  expect((await socket.next()).status).toBe(413)
  socket.write(requestBytes({ target: '/v3/unknown' }))
  if ('Connection' in headers) expect(await socket.closed()).toBe('')
  else expect((await socket.next()).status).toBe(404)
  await expectUnharmed()
})

test('a body that is said to be larger is refused before it comes', async () => {
  const { port, expectUnharmed } = await startWatchedSandbox()
  const headers = { 'Content-Length': String(twoMebibytes + 1) }

  expect((await send(port, { ...seedRequest(''), headers })).status).toBe(413)
  await expectUnharmed()
})

test.each([
  ['says nothing', ''],
  ['stops within a header', 'POST /v3/certificates HTTP/1.1\r\nHost: 127.0'],
  [
    'stops before the body',
    requestBytes({ ...seedRequest(''), headers: { 'Content-Length': '9' } }),
  ],
  [
    'stops within the body',
    requestBytes({ ...seedRequest('{"a"'), headers: { 'Content-Length': '9' } }),
  ],
  [
    'stops within a chunk',
    requestBytes({
      ...seedRequest('9\r\n{"a"'),
      headers: { 'Content-Length': undefined, 'Transfer-Encoding': 'chunked' },
    }),
  ],
])('a caller who %s holds nobody up, whether it waits, ends or breaks off', async (_, bytes) => {
  const { port, close, expectUnharmed } = await startWatchedSandbox()
  const [waiting, ending, broken] = await Promise.all([1, 2, 3].map(() => openSocket(port)))
  for (const socket of [waiting, ending, broken]) socket?.write(bytes)

  ending?.end()
  broken?.destroy()
  await ending?.closed()
  await expectUnharmed()

  await close()
  await waiting?.closed()
})

test('requests sent at once are answered in their order', async () => {
  const { port, credentials } = await startWatchedSandbox()
  const requests = [
    signed(credentials, seedRequest(example)),
    { target: '/v3/unknown' },
    signed(credentials, seedRequest('nonsense')),
    {},
    signed(credentials),
  ]
  const socket = await openSocket(port)
  socket.write(Buffer.concat(requests.map((request) => requestBytes(request))))

  const statuses: number[] = []
  for (const _ of requests) statuses.push((await socket.next()).status)
  expect(statuses).toEqual([200, 404, 400, 401, 200])
})

test.each([
  ['with Host', {}],
  ['without Host', { Host: undefined }],
])('HTTP/1.0 %s is answered and the connection closed', async (_, headers) => {
  const { port, credentials } = await startWatchedSandbox()
  const socket = await openSocket(port)
  socket.write(requestBytes(signed(credentials, { version: '1.0', headers })))
  const answer = await socket.next()

  expect(answer.status).toBe(200)
  expect(answer.header('Connection')).toBe('close')
  expect(answer.header('Keep-Alive')).toBeUndefined()
  expect(await socket.closed()).toBe('')
})

test.each<[string, number, string | Buffer]>([
  ['no HTTP', 400, 'hello\r\n\r\n'],
  ['the beginning of TLS', 400, Buffer.from('16030100a5010000a1030300', 'hex')],
  ['HTTP/2', 400, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ['an unknown method', 400, requestBytes({ method: 'BREW' })],
  ['a request for a tunnel', 400, requestBytes({ method: 'CONNECT', target: 'a.test:443' })],
  ['no Host', 400, requestBytes({ headers: { Host: undefined } })],
  ['a backslash in the target', 400, requestBytes({ target: '/v3\\certificates' })],
  ['a Host that is none', 400, requestBytes({ headers: { Host: 'a b', Connection: 'close' } })],
  ['a target in raw UTF-8', 400, requestBytes({ target: '/v3/certificates?x=订单' })],
  [
    'a target without a path',
    400,
    requestBytes({ method: 'OPTIONS', target: '*', headers: { Connection: 'close' } }),
  ],
  ['a header that is too large', 431, requestBytes({ headers: { X: 'x'.repeat(20_000) } })],
  ['a header name with a blank', 400, requestBytes({ headers: { 'X Y': '1' } })],
  [
    'two lengths',
    400,
    requestBytes({ ...seedRequest('{}'), headers: { 'Content-Length': ['2', '2'] } }),
  ],
  [
    'a length and chunks',
    400,
    requestBytes({
      ...seedRequest(chunked('{}')),
      headers: { 'Content-Length': '2', 'Transfer-Encoding': 'chunked' },
    }),
  ],
  [
    'a length that is no number',
    400,
    requestBytes({ ...seedRequest('{}'), headers: { 'Content-Length': '2x' } }),
  ],
])('%s is refused without a word, under an id that the journal knows', async (_, status, bytes) => {
  const { port, control, expectUnharmed } = await startWatchedSandbox()
  const answer = await send(port, bytes)

  expect([answer.status, answer.header('Content-Length'), answer.body]).toEqual([status, '0', ''])
  expect(answer.lines.join()).not.toContain('Wechatpay-')
  const requestId = answer.header('Request-ID')
  expect(requestId).toMatch(/^08[0-9A-F]{28,}-268435461$/)
  const [entry] = control.requests.list()
  expect(entry).toMatchObject({ status, requestId, reason: expect.any(String) })
  expect(await control.requests.get(entry?.id ?? 0)).toMatchObject({ answer: { body: '' } })
  await expectUnharmed()
})

test.each([
  ['User-Agent', ['one', 'two']],
  ['Content-Type', ['application/json', 'text/plain']],
  ['Accept', ['application/json', '*/*']],
  ['Wechatpay-Serial', ['', '']],
  ['X-Anything', ['1', '2']],
])('%s may be sent twice', async (name, values) => {
  const { port, credentials } = await startWatchedSandbox()
  const answer = await send(port, signed(credentials, { headers: { [name]: values } }))

  expect(answer.status).toBe(200)
  expect(answer.header('Wechatpay-Serial')).toBe(credentials.platformSerial)
})

test('many callers at once are all served', async () => {
  const { port, credentials, expectUnharmed } = await startWatchedSandbox()
  const requests = Array.from({ length: 50 }, (_, index) =>
    index % 2 === 0 ? signed(credentials) : signed(credentials, seedRequest('nonsense')),
  )
  const answers = await Promise.all(requests.map((request) => send(port, request)))

  expect(answers.map(({ status }) => status)).toEqual(
    requests.map(({ method }) => (method === 'POST' ? 400 : 200)),
  )
  await expectUnharmed()
})

test('HEAD is answered without a body', async () => {
  const { port } = await startWatchedSandbox()
  const socket = await openSocket(port)
  socket.write(requestBytes({ method: 'HEAD', target: seed }))
  socket.write(requestBytes({ target: '/v3/unknown' }))

  expect((await socket.next()).status).toBe(405)
  expect((await socket.next()).status).toBe(404)
})
