import { expect, test } from 'vitest'
import { startSandbox } from '../support/sandbox.ts'
import { send } from '../wire/raw-request.ts'

const target = '/_sandbox/clock'

test.each(['127.0.0.1', 'localhost', 'LOCALHOST', '[::1]', '127.0.0.1:1', 'localhost:8129'])(
  'lets in who calls it %s',
  async (Host) => {
    const { port } = await startSandbox()

    expect((await send(port, { target, headers: { Host } })).status).toBe(200)
  },
)

test.each([
  'example.com',
  'localhost.example.com',
  '127.0.0.1.example.com',
  'example.com:8129',
  '192.168.0.1',
  '[2001:db8::1]',
])('refuses who calls it %s', async (Host) => {
  const { port } = await startSandbox()

  for (const path of [target, '/_sandbox/openapi.json', '/_sandbox/none']) {
    const answer = await send(port, { target: path, headers: { Host } })
    expect(answer.status).toBe(403)
    expect(JSON.parse(answer.body)).toEqual({
      code: 'FORBIDDEN',
      message: `Host ${Host} is not this sandbox; use 127.0.0.1 or localhost.`,
    })
  }
})

test.each([
  'null',
  'https://example.com',
  'http://localhost:8129',
  'http://127.0.0.1',
  'https://127.0.0.1:8129',
])('refuses a page of %s, and does not do what it asks', async (Origin) => {
  const { port, control } = await startSandbox()
  const headers = { Host: '127.0.0.1:8129', Origin }
  const body = '{"outcome":"fail"}'

  const answer = await send(port, { method: 'POST', target: '/_sandbox/charges', headers, body })

  expect(answer.status).toBe(403)
  expect(JSON.parse(answer.body)).toEqual({
    code: 'FORBIDDEN',
    message: `Origin ${Origin} may not use the control API.`,
  })
  expect(await control.charges.list()).toEqual({ pending: [] })
})

test.each(['cross-site', 'same-site', 'anything'])(
  'does nothing for a page that the browser calls %s, and shows what it asks to see',
  async (site) => {
    const { port, control } = await startSandbox()
    const headers = { 'Sec-Fetch-Site': site }
    const body = '{"outcome":"fail"}'

    const answer = await send(port, { method: 'POST', target: '/_sandbox/charges', headers, body })

    expect(answer.status).toBe(403)
    expect(JSON.parse(answer.body)).toEqual({
      code: 'FORBIDDEN',
      message: `A page of another site (Sec-Fetch-Site: ${site}) may not use the control API.`,
    })
    expect(await control.charges.list()).toEqual({ pending: [] })
    expect((await send(port, { target, headers })).status).toBe(200)
  },
)

test.each(['same-origin', 'none'])('does what a browser asks that calls it %s', async (site) => {
  const { port } = await startSandbox()
  const headers = { 'Sec-Fetch-Site': site }

  expect((await send(port, { method: 'POST', target: '/_sandbox/idle', headers })).status).toBe(204)
})

test.each([
  ['an answer', '/_sandbox/clock', {}],
  ['a page', '/_sandbox', {}],
  ['a script', '/_sandbox/console.js', {}],
  ['a refusal', '/_sandbox/none', {}],
  ['a refusal of the guard', '/_sandbox/clock', { Host: 'example.com' }],
])('forbids the browser to guess what %s is', async (_, path, headers) => {
  const { port } = await startSandbox()
  const answer = await send(port, { target: path, headers })

  expect(answer.header('X-Content-Type-Options')).toBe('nosniff')
})

test('lets its own pages in', async () => {
  const { port } = await startSandbox()
  const headers = { Host: `127.0.0.1:${port}`, Origin: `http://127.0.0.1:${port}` }

  expect((await send(port, { target, headers })).status).toBe(200)
})

test('lets in who calls it by a name that was allowed', async () => {
  const { port } = await startSandbox({ allowedHosts: ['sandbox.test'] })

  expect((await send(port, { target, headers: { Host: 'sandbox.test:8129' } })).status).toBe(200)
  expect((await send(port, { target, headers: { Host: 'other.test' } })).status).toBe(403)
})

test('the API of WeChat Pay may be called by any name', async () => {
  const { port } = await startSandbox()
  const headers = { Host: 'api.mch.weixin.qq.com', Origin: 'https://example.com' }

  expect((await send(port, { headers })).status).toBe(401)
})
