import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import {
  isNotificationError,
  isUntrustedAnswerError,
  isWechatpayError,
  type NotificationError,
  Wechatpay,
} from '../../client/index.ts'
import samples from '../golden/notifications.json' with { type: 'json' }
import vectors from '../golden/vectors.json' with { type: 'json' }
import { apiv3Key, callbackOf, probe } from './callback.ts'
import { optionsFor, serial } from './wechat-server.ts'

const wxpay = new Wechatpay({ ...optionsFor('http://127.0.0.1'), apiv3Key })

const sample = (id: string) => {
  const found = samples.find((candidate) => candidate.id === id)
  if (found === undefined) throw new Error(`no sample ${id}`)
  return found
}
const refund = sample('sdk.notify.refund.success').resource

const published = [
  'sdk.notify.signplan.partner',
  'doc.notify.payscore.user_cancel_sign_plan',
  'doc.notify.payscore.user_open_service',
  'doc.notify.payscore.user_close_service',
  'doc.notify.refund.success',
  'doc.notify.refund.abnormal',
].map(sample)

test.each(published)('opens $id', async ({ event_type, resource }) => {
  const { headers, body } = callbackOf(event_type, resource)

  const notification = await wxpay.notifications.parse(headers, body)

  expect(notification).toEqual({
    id: expect.any(String),
    create_time: '2026-10-24T16:37:26+08:00',
    resource_type: 'encrypt-resource',
    event_type,
    summary: '通知',
    resource,
  })
})

const { headers, body } = callbackOf('REFUND.SUCCESS', refund)
const spelled = (spell: (name: string) => string) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [spell(name), value]))

test.each([
  ['Headers', new Headers(headers), body],
  ['headers of node:http', spelled((name) => name.toLowerCase()), Buffer.from(body)],
  ['headers in capitals', spelled((name) => name.toUpperCase()), new TextEncoder().encode(body)],
  [
    'headers in lists',
    Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    new Uint8Array(Buffer.from(body)).buffer,
  ],
])('takes %s', async (_, given, raw) => {
  await expect(wxpay.notifications.parse(given, raw)).resolves.toMatchObject({ resource: refund })
})

const published2021 = (id: string) => {
  const found = vectors.find((candidate) => candidate.id === id)
  const { certificate = '', timestamp = '', nonce = '', signature = '' } = found ?? {}
  const { expected_serial: own = '' } = vectors.find(({ id }) => id === 'vec.serial.gunsluo') ?? {}
  const receiver = new Wechatpay({
    ...optionsFor(''),
    baseUrl: 'http://127.0.0.1',
    platformKeys: { [own]: certificate },
    apiv3Key,
    now: () => Number(timestamp) * 1000,
  })

  return receiver.notifications.parse(
    {
      'wechatpay-timestamp': timestamp,
      'wechatpay-nonce': nonce,
      'wechatpay-signature': signature,
      'wechatpay-serial': own,
    },
    found?.body ?? '',
  )
}

test('opens a callback that another program sealed and signed', async () => {
  await expect(published2021('vec.verify.gunsluo.refund')).resolves.toMatchObject({
    event_type: 'REFUND.SUCCESS',
    resource: refund,
  })
  await expect(published2021('vec.verify.gunsluo.refund.inner-broken')).rejects.toMatchObject({
    code: 'PLAINTEXT_UNREADABLE',
  })
})

test.each<[string, string, Record<string, unknown>]>([
  ['SIGNATURE_MISMATCH', 'a probe', { headers: probe }],
  [
    'SIGNATURE_MISMATCH',
    'a signature that is no Base64',
    { headers: { 'Wechatpay-Signature': '=' } },
  ],
  ['SIGNATURE_MISMATCH', 'another nonce', { headers: { 'Wechatpay-Nonce': 'x' } }],
  ['SERIAL_UNKNOWN', 'a key that is unknown', { headers: { 'Wechatpay-Serial': serial } }],
  ['TIMESTAMP_OFFSET', 'an old timestamp', { offset: -302 }],
  ['TIMESTAMP_OFFSET', 'a timestamp of the future', { offset: 302 }],
  ['SIGNATURE_HEADERS_MISSING', 'no nonce', { headers: { 'Wechatpay-Nonce': '' } }],
])('%s: refuses %s', async (code, _, wrong) => {
  const callback = callbackOf('REFUND.SUCCESS', refund, wrong)

  const error = await wxpay.notifications
    .parse(callback.headers, callback.body)
    .catch((cause: unknown) => cause)

  expect(error).toMatchObject({ name: 'UntrustedAnswerError', code })
  expect(isUntrustedAnswerError(error)).toBe(true)
})

test('refuses a body that was changed on the way', async () => {
  await expect(wxpay.notifications.parse(headers, `${body} `)).rejects.toMatchObject({
    code: 'SIGNATURE_MISMATCH',
  })
})

const otherKey = 'k'.repeat(32)

test.each<[string, string, Record<string, unknown>]>([
  ['BODY_UNREADABLE', 'no JSON', { body: 'plain' }],
  ['BODY_UNREADABLE', 'JSON that is no callback', { body: '{"id":"1"}' }],
  ['BODY_UNREADABLE', 'JSON that is no object', { body: 'null' }],
  ['CIPHERTEXT_MALFORMED', 'a ciphertext that is no Base64', { ciphertext: '*secret*' }],
  ['CIPHERTEXT_UNREADABLE', 'a cut ciphertext', { ciphertext: 'AAAA' }],
  ['CIPHERTEXT_UNREADABLE', 'another APIv3 key', { key: otherKey }],
  ['PLAINTEXT_UNREADABLE', 'a plaintext that is no JSON', { plaintext: '{"openid":"secret"' }],
  ['RESOURCE_UNEXPECTED', 'another object', { plaintext: '{"openid":"secret"}' }],
])('%s: says so of %s, and keeps secrets', async (code, _, wrong) => {
  const callback = callbackOf('REFUND.SUCCESS', refund, wrong)

  const error = await wxpay.notifications
    .parse(callback.headers, callback.body)
    .catch((cause: unknown) => cause)

  expect(error).toMatchObject({ name: 'NotificationError', code })
  expect(isNotificationError(error) && isWechatpayError(error)).toBe(true)
  expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/secret|kkkk|AES256Key/)
})

test('hands a callback that breaks the contract on with the error', async () => {
  const { event_type, resource } = sample('sdk.notify.order.partner')
  const callback = callbackOf(event_type, resource)

  const error: NotificationError = await wxpay.notifications
    .parse(callback.headers, callback.body)
    .catch((cause) => cause)

  expect(error.message).toContain('resource.total_amount: Invalid input: expected number')
  expect(error.notification).toMatchObject({ original_event_type: event_type, resource })
})

test('opens an event of another product, without knowing it', async () => {
  const callback = callbackOf('COUPON.USE', { stock_id: '1' })

  await expect(wxpay.notifications.parse(callback.headers, callback.body)).resolves.toMatchObject({
    event_type: 'OTHER',
    original_event_type: 'COUPON.USE',
    resource: { stock_id: '1' },
  })
})

test('needs the APIv3 key', async () => {
  const { notifications } = new Wechatpay(optionsFor('http://127.0.0.1'))

  await expect(notifications.parse(headers, body)).rejects.toMatchObject({
    code: 'OPTION_INVALID',
    message: expect.stringMatching(/^apiv3Key is missing/),
  })
})

test('needs the body as it came', async () => {
  const parsed: unknown = JSON.parse(body)

  await expect(
    Reflect.apply(wxpay.notifications.parse, undefined, [headers, parsed]),
  ).rejects.toMatchObject({ code: 'RAW_BODY_NEEDED' })
})
