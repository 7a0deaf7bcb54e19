import { expect, inject, test } from 'vitest'
import { createSandbox } from '../../sandbox/sandbox.ts'
import { openSandbox, startSandbox } from '../support/sandbox.ts'
import { type RawRequest, send } from '../wire/raw-request.ts'
import { callControl } from './call-control.ts'

const target = '/_sandbox/clock'
const bearer = (token: string) => ({ Authorization: `Bearer ${token}` })

/** A sandbox that the network reaches, and the token that it made. */
const exposedSandbox = async () => {
  const sandbox = await openSandbox()
  const { port, controlToken = '' } = await sandbox.listen({ host: '0.0.0.0' })
  const ask = (request: RawRequest) => send(port, { target, ...request })

  return { ...sandbox, controlToken, ask }
}

test.each([
  ['nothing', {}],
  ['that it is called by a loopback name', { Host: '127.0.0.1' }],
  ['another token', bearer('another')],
  ['an empty token', { Authorization: 'Bearer ' }],
  ['another scheme', { Authorization: 'Basic dXNlcjpwYXNz' }],
  ['a cookie of another value', { Cookie: 'sandbox_control=another' }],
])('bound elsewhere than to loopback, who shows %s is refused', async (_, headers) => {
  const { ask, control } = await exposedSandbox()
  await control.charges.order({ outcome: 'fail' })

  const { status, header, body } = await ask({ headers })
  expect([status, header('www-authenticate')]).toEqual([401, 'Bearer realm="wechatpay-sandbox"'])
  expect(JSON.parse(body)).toEqual({
    code: 'UNAUTHORIZED',
    message: expect.stringMatching(/--control-token.*Authorization: Bearer TOKEN.*\?token=TOKEN/),
  })
  for (const target of ['/_sandbox', '/_sandbox/openapi.json', '/_sandbox/console.js']) {
    expect((await ask({ target, headers })).status).toBe(401)
  }
  await ask({ method: 'POST', target: '/_sandbox/reset', headers })
  expect(await control.charges.list()).toEqual({ pending: ['fail'] })
})

test('the refusal is told in the language of whoever asks', async () => {
  const { ask } = await exposedSandbox()
  const { body } = await ask({ headers: { 'Accept-Language': 'zh-CN' } })

  expect(JSON.parse(body).message).toMatch(/^这个沙箱的控制接口需要令牌.*Bearer TOKEN/)
})

test('who shows the token is let in, by whatever name it calls', async () => {
  const { ask, controlToken } = await exposedSandbox()

  expect(controlToken).toMatch(/^[\w-]{32}$/)
  for (const Host of ['127.0.0.1', '192.168.0.7:8129', 'sandbox:8129']) {
    expect((await ask({ headers: { Host, ...bearer(controlToken) } })).status).toBe(200)
  }
})

test('a browser shows the token once, in the address, and keeps it as a cookie', async () => {
  const { ask, controlToken } = await exposedSandbox()
  const first = await ask({ target: `/_sandbox/requests?take=1&token=${controlToken}` })
  const cookie = first.header('set-cookie') ?? ''

  expect(first.status).toBe(302)
  expect(first.header('location')).toBe('/_sandbox/requests?take=1')
  expect(cookie).toBe(`sandbox_control=${controlToken}; Path=/_sandbox; HttpOnly; SameSite=Strict`)
  const Cookie = cookie.split(';', 1)[0]
  expect((await ask({ headers: { Cookie } })).status).toBe(200)
  expect((await ask({ target: '/_sandbox?token=another' })).status).toBe(401)
})

test('the token does not let in a page of another site', async () => {
  const { ask, controlToken, control } = await exposedSandbox()
  const Cookie = `sandbox_control=${controlToken}`
  const charge = { method: 'POST', target: '/_sandbox/charges', body: '{"outcome":"fail"}' }

  for (const foreign of [{ Origin: 'http://example.com' }, { 'Sec-Fetch-Site': 'cross-site' }]) {
    expect((await ask({ ...charge, headers: { Cookie, ...foreign } })).status).toBe(403)
  }
  expect(await control.charges.list()).toEqual({ pending: [] })
})

test('on loopback no token is needed, unless one was given', async () => {
  const open = await startSandbox()
  const { port } = await startSandbox({ controlToken: 'secret' })

  expect((await send(open.port, { target })).status).toBe(200)
  expect((await send(port, { target })).status).toBe(401)
  expect((await send(port, { target, headers: bearer('secret') })).status).toBe(200)
})

test('in-process none is needed', async () => {
  const sandbox = await openSandbox({ controlToken: 'secret' })
  await sandbox.listen({ host: '0.0.0.0' })

  expect((await callControl(sandbox, '/clock')).status).toBe(200)
})

test('the API of WeChat Pay needs none, and its document neither', async () => {
  const { ask } = await exposedSandbox()

  expect(JSON.parse((await ask({ target: '/v3/certificates' })).body).code).toBe('SIGN_ERROR')
  expect((await ask({ target: '/openapi.json' })).status).toBe(200)
})

test.each(['', 'a b', '令牌'])('a token %j that no header can carry is refused', async (token) => {
  await expect(createSandbox({ dir: inject('credentials'), controlToken: token })).rejects.toThrow(
    'The token of the control API must be made of visible ASCII characters',
  )
})
