import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { promisify } from 'node:util'
import { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import {
  ApiError,
  ConfigurationError,
  NoAnswerError,
  UntrustedAnswerError,
  Wechatpay,
} from 'wechatpay-sandbox/client'
import { placeOf } from '../../contracts/loopback.ts'
import { issuePlatform, privatePem } from '../../sandbox/authority/issue.ts'
import { exampleOrder as json } from '../support/example.ts'
import { apiv3Key } from './callback.ts'
import { merchant, optionsFor, platform, publicKeyId, startServer } from './wechat-server.ts'

const run = promisify(execFile)
const path = 'v3/payscore/sign-plan/partner/serviceorder'
let server: Worker
let url: string

beforeAll(async () => {
  const { serial, pem, privateKey } = (await issuePlatform(new Date())).certificate
  const workerData = {
    merchantKey: merchant.publicKey,
    platformKey: platform.privateKey,
    publicKeyId,
    certificate: { serial, pem, key: privatePem(privateKey) },
    apiv3Key,
  }
  server = new Worker(new URL('./blocking-server.mjs', import.meta.url), { workerData })
  const [port] = await once(server, 'message')
  url = `http://127.0.0.1:${port}`
})
afterAll(() => server.terminate())

const thrownBy = (call: () => unknown): unknown => {
  try {
    return call()
  } catch (error) {
    return error
  }
}

test('postSync sends the same signed bytes and returns the answer at once', () => {
  const answer = new Wechatpay(optionsFor(url))[path].postSync({ json })

  expect(answer).toMatchObject({
    status: 200,
    requestId: '08A1-0',
    data: { signed: true, body: JSON.stringify(json) },
  })
  expect(answer.headers.get('wechatpay-serial')).toBe(publicKeyId)
})

test('throws the same errors as post', () => {
  const node = new Wechatpay(optionsFor(url)).v3.payscore.signPlan.partner.serviceorder
  const attempt = (attach: string) => thrownBy(() => node.postSync({ json: { ...json, attach } }))

  const refused = attempt('refuse')
  expect(refused).toBeInstanceOf(ApiError)
  expect(refused).toMatchObject({
    status: 403,
    apiCode: 'NO_AUTH',
    requestId: '08A1-0',
    outcome: 'refused',
  })

  const forged = attempt('forge')
  expect(forged).toBeInstanceOf(UntrustedAnswerError)
  expect(forged).toMatchObject({ code: 'SIGNATURE_MISMATCH', outcome: 'unknown' })
})

test('downloads the certificates once, in the thread that calls', () => {
  const { platformKeys: _, ...caller } = optionsFor(url)
  const wxpay = new Wechatpay({ ...caller, apiv3Key })

  expect(wxpay[path].postSync({ json }).data).toMatchObject({ signed: true, downloads: 1 })
  expect(wxpay[path].postSync({ json }).data).toMatchObject({ signed: true, downloads: 1 })
})

test('throws what the download does', () => {
  const { platformKeys: _, ...caller } = optionsFor(url)
  const wxpay = new Wechatpay({ ...caller, apiv3Key: 'k'.repeat(32) })

  const error = thrownBy(() => wxpay[path].postSync({ json }))

  expect(error).toBeInstanceOf(ConfigurationError)
  expect(error).toMatchObject({
    code: 'OPTION_INVALID',
    message: expect.stringMatching(/^apiv3Key does not decrypt/),
  })
})

test('ends when the server never answers', () => {
  const wxpay = new Wechatpay({ ...optionsFor(url), timeout: 200, retry: 0 })

  const error = thrownBy(() => wxpay[path].postSync({ json: { ...json, attach: 'silence' } }))

  expect(error).toBeInstanceOf(NoAnswerError)
  expect(error).toMatchObject({
    code: 'TIMEOUT',
    outcome: 'unknown',
    message: expect.stringContaining('200 ms'),
  })
})

test('knows that nothing was changed when nobody listens', () => {
  const wxpay = new Wechatpay({ ...optionsFor('http://nowhere.invalid'), retry: 0 })

  expect(thrownBy(() => wxpay[path].postSync({ json }))).toMatchObject({
    code: 'CONNECTION_FAILED',
    outcome: 'unchanged',
  })
})

test.each(['127.0.0.1', 'localhost'])(
  'refuses to ask a server at %s of the same thread',
  async (host) => {
    const own = await startServer(() => ({ body: '{}' }))
    const wxpay = new Wechatpay(optionsFor(own.url.replace('127.0.0.1', host)))

    expect(thrownBy(() => wxpay[path].postSync({ json }))).toMatchObject({
      code: 'BLOCKING_UNAVAILABLE',
      outcome: 'unchanged',
      message: expect.stringContaining('run the server in another process'),
    })
    expect(own.seen).toEqual([])
  },
)

test('refuses to ask a server of the same thread that listens everywhere', async () => {
  const own = createServer().listen(0)
  onTestFinished(() => {
    own.close()
  })
  await once(own, 'listening')
  const wxpay = new Wechatpay(optionsFor(placeOf(own.address()).url))

  expect(thrownBy(() => wxpay[path].postSync({ json }))).toMatchObject({
    code: 'BLOCKING_UNAVAILABLE',
  })
})

test('says why a server in the same thread cannot answer, where none is known', async () => {
  const own = createServer().listen(0, '127.0.0.1').unref()
  onTestFinished(() => {
    own.close()
  })
  await once(own, 'listening')
  const { url } = placeOf(own.address())
  const wxpay = new Wechatpay({ ...optionsFor(url), timeout: 200, retry: 0 })

  expect(thrownBy(() => wxpay.v3.certificates.getSync())).toMatchObject({
    code: 'TIMEOUT',
    message: expect.stringContaining(
      'A server in this very thread can never answer a blocking call: use post or get instead.',
    ),
  })
})

test('refuses a blocking call when fetch is replaced', () => {
  const wxpay = new Wechatpay({ ...optionsFor(url), fetch: () => new Response() })

  expect(thrownBy(() => wxpay.v3.certificates.getSync())).toMatchObject({
    code: 'BLOCKING_UNAVAILABLE',
  })
})

test('lets the process end after a blocking call', async () => {
  const code = `
    import { Wechatpay } from 'wechatpay-sandbox/client'
    const { options, json } = JSON.parse(process.argv[1])
    console.log(new Wechatpay(options)['${path}'].postSync({ json }).status)
  `
  const input = JSON.stringify({ options: optionsFor(url), json })

  const child = await run(process.execPath, ['--input-type=module', '-e', code, input])

  expect(child.stdout).toBe('200\n')
})
