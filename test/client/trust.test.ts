import { expect, test } from 'vitest'
import { isUntrustedAnswerError, signedFetch, Wechatpay } from '../../client/index.ts'
import vectors from '../golden/vectors.json' with { type: 'json' }
import { optionsFor, publicKeyId, type Reply, serial, startServer } from './wechat-server.ts'

test.each<[string, string, Reply]>([
  ['SIGNATURE_MISMATCH', 'a signature of other bytes', { signature: { 'Wechatpay-Nonce': 'x' } }],
  [
    'SIGNATURE_MISMATCH',
    'a probe that is no Base64',
    { signature: { 'Wechatpay-Signature': 'WECHATPAY/SIGNTEST/0123=4' } },
  ],
  ['SERIAL_UNKNOWN', 'an unknown key', { signature: { 'Wechatpay-Serial': serial } }],
  ['TIMESTAMP_OFFSET', 'an old timestamp', { offset: -301 }],
  ['TIMESTAMP_OFFSET', 'a future timestamp', { offset: 302 }],
  [
    'TIMESTAMP_OFFSET',
    'a timestamp that is no number',
    { signature: { 'Wechatpay-Timestamp': 'now' } },
  ],
  [
    'SIGNATURE_HEADERS_MISSING',
    'no signature',
    { signature: { 'Wechatpay-Signature': undefined } },
  ],
  [
    'SIGNATURE_HEADERS_MISSING',
    'no signature of a 204',
    { status: 204, signature: { 'Wechatpay-Serial': undefined } },
  ],
])('%s: hands on nothing of an answer with %s', async (code, _, reply) => {
  const server = await startServer(() => ({ body: '{}', ...reply, status: reply.status ?? 200 }))
  const call = new Wechatpay(optionsFor(server.url)).v3.certificates.get()

  const error = await call.catch((cause: unknown) => cause)

  expect(error).toMatchObject({ name: 'UntrustedAnswerError', code })
  expect(isUntrustedAnswerError(error)).toBe(true)
  expect(server.seen).toHaveLength(1)
})

test('takes a timestamp that is five minutes off', async () => {
  const server = await startServer(() => ({ body: '{"data":[]}', offset: -299 }))

  const answer = await new Wechatpay(optionsFor(server.url)).v3.certificates.get()

  expect(answer.data).toEqual({ data: [] })
})

const vector = (id: string) => {
  const found = vectors.find((candidate) => candidate.id === id)
  if (found === undefined) throw new Error(`no vector ${id}`)
  return found
}

test.each(['vec.sign.doc.get-path', 'vec.sign.doc.post-json'])(
  'signs %s as the documentation does',
  async (id) => {
    const { request, private_key, expected_signature, serial_no = '', mchid = '' } = vector(id)
    const { method = '', url = '', timestamp, nonce = '', body = '' } = request ?? {}
    const sent: Request[] = []
    const fetch = signedFetch({
      ...optionsFor(''),
      mchid,
      serial: serial_no,
      privateKey: private_key ?? '',
      now: () => Number(timestamp) * 1000 + 999,
      nonce: () => nonce,
      fetch: (outgoing) => {
        sent.push(outgoing)
        return new Response(null, { status: 500 })
      },
    })

    await fetch(`https://api.mch.weixin.qq.com${url}`, { method, body: body || null })

    expect(sent[0]?.headers.get('authorization')).toBe(
      `WECHATPAY2-SHA256-RSA2048 mchid="${mchid}",serial_no="${serial_no}",timestamp="${timestamp}",nonce_str="${nonce}",signature="${expected_signature}"`,
    )
    expect(await sent[0]?.text()).toBe(body)
  },
)

test('verifies with a platform certificate, its serial number in any spelling', async () => {
  const { certificate = '', serial: id = '', ...signed } = vector('vec.verify.go.notify')
  const answer = {
    headers: {
      'Wechatpay-Timestamp': signed.timestamp ?? '',
      'Wechatpay-Nonce': signed.nonce ?? '',
      'Wechatpay-Signature': signed.signature ?? '',
      'Wechatpay-Serial': `00${id.toLowerCase()}`,
    },
  }
  const fetch = signedFetch({
    ...optionsFor(''),
    platformKeys: { [id]: certificate },
    now: () => Number(signed.timestamp) * 1000,
    fetch: () => new Response(signed.body, answer),
  })

  const response = await fetch('https://api.mch.weixin.qq.com/v3/certificates')

  expect(await response.text()).toBe(signed.body)
})

const certificates = ['vec.serial.java.merchant', 'vec.serial.java.downloaded'].map((id) => {
  const { expected_serial = '', certificate = '' } = vector(id)
  return [expected_serial, certificate] as const
})
const newest = vector('vec.serial.java.downloaded').expected_serial

test.each([
  ['the newest certificate', {}, newest],
  [
    'the public key',
    { [publicKeyId]: optionsFor('').platformKeys[publicKeyId] ?? '' },
    publicKeyId,
  ],
])('asks for answers signed with %s', async (_, others, expected) => {
  const asked: (string | null)[] = []
  const fetch = signedFetch({
    ...optionsFor(''),
    platformKeys: { ...Object.fromEntries(certificates), ...others },
    fetch: (request) => {
      asked.push(request.headers.get('wechatpay-serial'))
      return new Response(null, { status: 500 })
    },
  })

  await fetch('https://api.mch.weixin.qq.com/v3/certificates')

  expect(asked).toEqual([expected])
})

test('does not follow a redirect with its signature', async () => {
  const server = await startServer(() => ({ status: 302, headers: { Location: '/elsewhere' } }))

  await expect(new Wechatpay(optionsFor(server.url)).v3.certificates.get()).rejects.toMatchObject({
    name: 'ApiError',
    status: 302,
  })
  expect(server.seen).toHaveLength(1)
})
