import { createDecipheriv, createVerify, X509Certificate } from 'node:crypto'
import { expect, test } from 'vitest'
import { Aes, Formatter, Rsa } from 'wechatpay-axios-plugin'
import type { MerchantCredentials } from '../../contracts/credentials.ts'
import { startSandbox } from '../support/sandbox.ts'
import { merchantOf } from './merchant.ts'
import { type Callback, startReceiver } from './receiver.ts'

const startSigned = async (answer?: Parameters<typeof startReceiver>[0]) => {
  const receiver = await startReceiver(answer)
  const sandbox = await startSandbox()
  const merchant = merchantOf(sandbox, receiver.url)
  await merchant.signPlan()
  await sandbox.control.userSignPlans.sign('SIGN')
  await sandbox.control.idle()

  return { ...sandbox, receiver, merchant }
}

/** The only callback that has come. */
const only = ([callback, ...more]: readonly Callback[]): Callback => {
  if (!callback || more.length > 0) throw new Error('Not one callback came.')
  return callback
}

test('a callback has the headers of captured ones, in their spelling', async () => {
  const { receiver, credentials } = await startSigned()
  const { lines, headers, body } = only(receiver.received)

  expect(lines[0]).toBe('POST /notify HTTP/1.1')
  expect(headers).toEqual({
    Host: `127.0.0.1:${receiver.port}`,
    'User-Agent': 'Mozilla/4.0',
    Accept: '*/*',
    Pragma: 'no-cache',
    'Content-Type': 'application/json',
    Connection: 'close',
    'Content-Length': String(Buffer.byteLength(body)),
    'Wechatpay-Nonce': expect.stringMatching(/^[0-9A-Za-z]{32}$/),
    'Wechatpay-Signature': expect.stringMatching(/^[0-9A-Za-z+/]{342}==$/),
    'Wechatpay-Timestamp': expect.stringMatching(/^\d{10}$/),
    'Wechatpay-Serial': credentials.platformSerial,
    'Wechatpay-Signature-Type': 'WECHATPAY2-SHA256-RSA2048',
  })
})

test('the body is compact, its members in the order of captured ones', async () => {
  const { receiver } = await startSigned()
  const { body } = only(receiver.received)
  const envelope = JSON.parse(body)

  expect(JSON.stringify(envelope)).toBe(body)
  expect(Object.keys(envelope)).toEqual([
    'id',
    'create_time',
    'resource_type',
    'event_type',
    'summary',
    'resource',
  ])
  expect(Object.entries(envelope.resource)).toEqual([
    ['original_type', 'payscore'],
    ['algorithm', 'AEAD_AES_256_GCM'],
    ['ciphertext', expect.stringMatching(/^[0-9A-Za-z+/]+=*$/)],
    ['associated_data', 'payscore'],
    ['nonce', expect.stringMatching(/^[0-9A-Za-z]{12}$/)],
  ])
  expect(envelope).toMatchObject({
    id: expect.stringMatching(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    ),
    create_time: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+08:00$/),
    resource_type: 'encrypt-resource',
    event_type: 'PAYSCORE.USER_SIGN_PLAN',
    summary: '用户签约计划成功',
  })
})

test('a refund is sealed under its own name', async () => {
  const { receiver, merchant, control } = await startSigned()

  await merchant.refund()
  await control.idle()

  expect(JSON.parse(receiver.received[1]?.body ?? '')).toMatchObject({
    event_type: 'REFUND.SUCCESS',
    resource: { original_type: 'refund', associated_data: 'refund' },
  })
})

type Witness = (callback: Callback, credentials: MerchantCredentials) => unknown

const withNodeCrypto: Witness = ({ headers, body }, { platformCertificate, apiv3Key }) => {
  const message = `${headers['Wechatpay-Timestamp']}\n${headers['Wechatpay-Nonce']}\n${body}\n`
  const { publicKey } = new X509Certificate(platformCertificate)
  const signature = headers['Wechatpay-Signature'] ?? ''
  const verified = createVerify('RSA-SHA256').update(message).verify(publicKey, signature, 'base64')

  const { ciphertext, nonce, associated_data } = JSON.parse(body).resource
  const sealed = Buffer.from(ciphertext, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', apiv3Key, nonce)
  decipher.setAAD(Buffer.from(associated_data))
  decipher.setAuthTag(sealed.subarray(-16))
  const opened =
    decipher.update(sealed.subarray(0, -16), undefined, 'utf8') + decipher.final('utf8')

  return { verified, resource: JSON.parse(opened) }
}

const withThePlugin: Witness = ({ headers, body }, { platformCertificate, apiv3Key }) => {
  const { 'Wechatpay-Timestamp': timestamp = '', 'Wechatpay-Nonce': nonce = '' } = headers
  const message = Formatter.response(timestamp, nonce, body)
  const { resource } = JSON.parse(body)
  const opened = Aes.AesGcm.decrypt(
    resource.ciphertext,
    apiv3Key,
    resource.nonce,
    resource.associated_data,
  )

  return {
    verified: Rsa.verify(message, headers['Wechatpay-Signature'] ?? '', platformCertificate),
    resource: JSON.parse(opened),
  }
}

test.each([
  ['plain node:crypto', withNodeCrypto],
  ['wechatpay-axios-plugin', withThePlugin],
])('%s verifies a callback and opens it', async (_, witness) => {
  const { receiver, credentials, control } = await startSigned()
  const { signPlan } = await control.userSignPlans.get('SIGN')

  expect(witness(only(receiver.received), credentials)).toEqual({
    verified: true,
    resource: signPlan,
  })
})

test('the client parses a callback by its event', async () => {
  const { receiver, wxpay, control } = await startSigned()
  const { headers, body } = only(receiver.received)
  const { signPlan } = await control.userSignPlans.get('SIGN')

  expect(await wxpay.notifications.parse(headers, body)).toMatchObject({
    event_type: 'PAYSCORE.USER_SIGN_PLAN',
    resource: signPlan,
  })
})

test('every attempt is signed anew, and id, time and body stay', async () => {
  const { receiver, control, credentials, clock } = await startSigned((_, count) =>
    count < 3 ? 500 : 204,
  )
  await control.clock.advance(120_000)
  const { received } = receiver
  const of = (name: string) => new Set(received.map(({ headers }) => headers[name]))

  expect(received).toHaveLength(3)
  expect(new Set(received.map(({ body }) => body)).size).toBe(1)
  for (const name of ['Wechatpay-Nonce', 'Wechatpay-Signature']) {
    expect(of(name).size, name).toBe(3)
  }
  for (const callback of received) {
    expect(withNodeCrypto(callback, credentials)).toMatchObject({ verified: true })
    const behind = Date.now() / 1000 - Number(callback.headers['Wechatpay-Timestamp'])
    expect(Math.abs(behind)).toBeLessThan(60)
  }
  expect(clock.now() - Date.now()).toBeGreaterThan(100_000)
})
