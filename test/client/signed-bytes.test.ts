import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { signedFetch, Wechatpay } from '../../client/index.ts'
import { signedBytesOf } from '../../client/signed-bytes.ts'
import { exampleOrder as json } from '../support/example.ts'
import { apiv3Key, callbackOf, probe } from './callback.ts'
import { type Answerer, optionsFor, startServer } from './wechat-server.ts'

const path = 'v3/payscore/sign-plan/partner/serviceorder'

const failureOf = async (call: Promise<unknown>): Promise<object> => {
  const error: unknown = await call.catch((cause: unknown) => cause)
  return Object(error)
}

const postTo = async (answer: Answerer) => {
  const server = await startServer(answer)
  return {
    server,
    error: await failureOf(new Wechatpay(optionsFor(server.url))[path].post({ json })),
  }
}

test('a refused signature keeps what was sent, outside of the error', async () => {
  const { server, error } = await postTo(() => ({ status: 401, body: '{"code":"SIGN_ERROR"}' }))

  const bytes = signedBytesOf(error)
  const [seen] = server.seen
  expect(bytes).toMatchObject({ kind: 'request', method: 'POST', target: `/${path}` })
  expect(Buffer.from(bytes?.body ?? []).toString()).toBe(JSON.stringify(json))
  expect(bytes?.headers.get('authorization')).toBe(seen?.headers.authorization)
  expect(inspect(error, { showHidden: true })).not.toContain('WECHATPAY2')
})

test('the 401 of signedFetch keeps it too', async () => {
  const server = await startServer(() => ({ status: 401 }))
  const response = await signedFetch(optionsFor(server.url))(`${server.url}/v3/certificates`)

  expect(signedBytesOf(response)).toMatchObject({ kind: 'request', target: '/v3/certificates' })
})

test('an answer that is not to be trusted keeps its bytes', async () => {
  const { error } = await postTo(() => ({ body: '{"a":1}', offset: 301 }))

  const bytes = signedBytesOf(error)
  expect(bytes).toMatchObject({ kind: 'received', status: 200 })
  expect(Buffer.from(bytes?.body ?? []).toString()).toBe('{"a":1}')
  expect(bytes?.headers.get('Wechatpay-Signature')).toMatch(/=$/)
})

test('so does a callback', async () => {
  const wxpay = new Wechatpay({ ...optionsFor('http://127.0.0.1'), apiv3Key })
  const { headers, body } = callbackOf('REFUND.SUCCESS', {}, { headers: probe })

  const bytes = signedBytesOf(await failureOf(wxpay.notifications.parse(headers, body)))
  expect(bytes).toMatchObject({ kind: 'received', body: Buffer.from(body) })
  expect(bytes).not.toHaveProperty('status')
})

test('other failures keep nothing', async () => {
  const { error } = await postTo(() => ({ status: 403, body: '{"code":"NO_AUTH"}' }))

  expect(signedBytesOf(error)).toBeUndefined()
})
