import { createCipheriv, createSign, type KeyObject } from 'node:crypto'
import { expect, test } from 'vitest'
import { Wechatpay, type WechatpayOptions } from '../../client/index.ts'
import { issuePlatform } from '../../sandbox/authority/issue.ts'
import { apiv3Key, callbackOf } from './callback.ts'
import { optionsFor } from './wechat-server.ts'

type Signer = { serial: string; pem: string; privateKey: KeyObject }

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const issue = async (age: number): Promise<Signer> =>
  (await issuePlatform(new Date(Date.now() - age * day))).certificate

// Certificates live for five years, so the first ends within days.
const [ending, current, next, future, ended] = await Promise.all([
  issue(5 * 365),
  issue(400),
  issue(2),
  issue(-30),
  issue(6 * 365),
])

type Setup = {
  /** What `GET /v3/certificates` lists, and what signs every answer. */
  list: Signer[]
  signer: Signer
  key?: string
  /** Answers the download instead. */
  instead?: () => Response | Promise<Response>
}

/** A WeChat Pay whose certificates, signer and clock the test moves. */
const startPlatform = (setup: Setup, options: Partial<WechatpayOptions> = {}) => {
  const seen = { ...setup, now: Date.now(), downloads: 0, asked: [] as (string | null)[] }
  const fetch = (request: Request) => {
    if (new URL(request.url).pathname !== '/v3/certificates') {
      seen.asked.push(request.headers.get('Wechatpay-Serial'))
      return signed('{}', seen)
    }
    seen.downloads += 1
    return seen.instead?.() ?? signed(listOf(seen), seen)
  }
  const { platformKeys: _, ...caller } = optionsFor('http://127.0.0.1')
  const wxpay = new Wechatpay({
    ...caller,
    apiv3Key,
    retry: 0,
    now: () => seen.now,
    fetch,
    ...options,
  })
  const call = () => wxpay.v3.refund.domestic.refunds._out_refund_no_.get({ out_refund_no: '1' })
  const asked = async () => {
    await call()
    return seen.asked.at(-1)
  }

  return { seen, wxpay, call, asked }
}

const signed = (body: string, { signer, now }: { signer: Signer; now: number }) => {
  const timestamp = String(Math.floor(now / 1000))
  const message = `${timestamp}\nnonce\n${body}\n`
  const headers = {
    'Wechatpay-Timestamp': timestamp,
    'Wechatpay-Nonce': 'nonce',
    'Wechatpay-Serial': signer.serial,
    'Wechatpay-Signature': createSign('RSA-SHA256')
      .update(message)
      .sign(signer.privateKey, 'base64'),
  }

  return new Response(body, { headers })
}

const listOf = ({ list, key = apiv3Key }: Setup) =>
  JSON.stringify({
    data: list.map(({ serial, pem }) => {
      const cipher = createCipheriv('aes-256-gcm', key, '61f9c719728a')
      cipher.setAAD(Buffer.from('certificate'))
      const sealed = Buffer.concat([cipher.update(pem), cipher.final(), cipher.getAuthTag()])
      const encrypt_certificate = {
        algorithm: 'AEAD_AES_256_GCM',
        nonce: '61f9c719728a',
        associated_data: 'certificate',
        ciphertext: sealed.toString('base64'),
      }
      return { serial_no: serial, encrypt_certificate }
    }),
  })

const failure = () => new Response('{"code":"SYSTEM_ERROR","message":"系统异常"}', { status: 500 })

test('downloads once for many calls, and asks for the newest that is valid', async () => {
  const { seen, call } = startPlatform({ list: [ended, current, next, future], signer: current })

  await Promise.all([call(), call(), call()])

  expect(seen.downloads).toBe(1)
  expect(seen.asked).toEqual([next.serial, next.serial, next.serial])
})

test('downloads anew after twelve hours, while the call goes on', async () => {
  const { seen, call, asked } = startPlatform({ list: [current], signer: current })
  await call()
  let arrive = (_: Response) => {}
  seen.list = [current, next]
  seen.instead = () => new Promise((resolve) => (arrive = resolve))

  seen.now += 12 * hour - 1
  await call()
  expect(seen.downloads).toBe(1)
  seen.now += 1
  await Promise.all([call(), call()])
  await expect.poll(() => seen.downloads).toBe(2)

  arrive(signed(listOf(seen), seen))
  await expect.poll(asked).toBe(next.serial)
  expect(seen.downloads).toBe(2)
})

test('downloads anew for a key that is unknown, at most once a minute', async () => {
  const { seen, wxpay, call } = startPlatform({ list: [current], signer: current })
  await call()
  seen.signer = next

  await expect(call()).rejects.toMatchObject({ code: 'SERIAL_UNKNOWN' })
  seen.now += minute - 1
  const { headers, body } = callbackOf('COUPON.USE', {}, { headers: { 'Wechatpay-Serial': 'ABC' } })
  await expect(wxpay.notifications.parse(headers, body)).rejects.toMatchObject({
    code: 'SERIAL_UNKNOWN',
  })
  expect(seen.downloads).toBe(1)

  seen.now += 1
  seen.instead = () =>
    signed(listOf({ list: [current, next], signer: current }), { ...seen, signer: current })
  await Promise.all([call(), call()])
  expect(seen.downloads).toBe(2)
})

test('opens a callback with a key that it has to download first', async () => {
  const { seen, wxpay } = startPlatform({ list: [current], signer: current })
  const { body } = callbackOf('COUPON.USE', { stock_id: '1' })
  const { headers } = signed(body, seen)

  await expect(wxpay.notifications.parse(headers, body)).resolves.toMatchObject({
    original_event_type: 'COUPON.USE',
  })
  expect(seen.downloads).toBe(1)
})

test('downloads nothing for a callback without signature, or signed with a public key', async () => {
  const { seen, wxpay, call } = startPlatform({ list: [current], signer: current })
  const { headers, body } = callbackOf('COUPON.USE', {})

  await expect(wxpay.notifications.parse({}, body)).rejects.toMatchObject({
    code: 'SIGNATURE_HEADERS_MISSING',
  })
  expect(seen.downloads).toBe(0)

  await call()
  seen.now += minute
  await expect(wxpay.notifications.parse(headers, body)).rejects.toMatchObject({
    code: 'SERIAL_UNKNOWN',
    message: expect.stringContaining('Public keys cannot be downloaded'),
  })
  expect(seen.downloads).toBe(1)
})

test('keeps what it has while it is valid, when downloads fail', async () => {
  const { seen, call } = startPlatform({ list: [ending], signer: ending })
  await call()
  seen.instead = failure

  seen.now += 12 * hour
  await call()
  await call()
  await expect.poll(() => seen.downloads).toBe(2)

  seen.now += minute
  seen.signer = current
  await expect(call()).rejects.toMatchObject({
    code: 'SERIAL_UNKNOWN',
    message: expect.stringContaining('Downloading the certificates anew failed'),
    cause: { name: 'ApiError', status: 500, operation: 'GET /v3/certificates' },
  })

  seen.now += 3 * day
  seen.signer = ending
  await expect(call()).rejects.toMatchObject({ name: 'ApiError', status: 500 })
})

test('an answer stays unproved when its certificate ended on the way', async () => {
  const { seen, wxpay } = startPlatform(
    { list: [ending], signer: ending },
    {
      fetch: (request) => {
        if (request.method === 'GET') return signed(listOf(seen), seen)
        seen.now += 3 * day
        return signed('{}', { ...seen, signer: ending })
      },
    },
  )
  const call = wxpay.v3.payscore.plan.payscorePlans.merchantPlanNo._merchant_plan_no_.stop

  await expect(call.post({ merchant_plan_no: 'YOGA' })).rejects.toMatchObject({
    code: 'SERIAL_UNKNOWN',
    outcome: 'unknown',
    cause: { code: 'SERIAL_UNKNOWN', outcome: 'unchanged' },
  })
})

test('keeps a certificate that is valid and no longer listed', async () => {
  const { seen, call, asked } = startPlatform({ list: [current], signer: current })
  await call()
  seen.list = [next]
  seen.now += 12 * hour
  await call()
  await expect.poll(asked).toBe(next.serial)

  await expect(call()).resolves.toMatchObject({ status: 200 })
})

test('trusts a later list only if a known certificate signed it', async () => {
  const { seen, call } = startPlatform({ list: [current], signer: current })
  await call()
  seen.list = [current, next]
  seen.signer = next
  seen.now += minute

  await expect(call()).rejects.toMatchObject({
    code: 'SERIAL_UNKNOWN',
    cause: { code: 'SERIAL_UNKNOWN' },
  })
  seen.signer = current
  await expect(call()).resolves.toMatchObject({ status: 200 })
})

test('begins again with a list that proves itself when nothing known is valid', async () => {
  const { seen, call } = startPlatform({ list: [ending], signer: ending })
  await call()
  seen.list = [current]
  seen.signer = current
  seen.now += 3 * day

  await expect(call()).resolves.toMatchObject({ status: 200 })
})

test.each<[string, Partial<Setup>, object]>([
  ['signed by a certificate that is not in it', { signer: next }, { code: 'SERIAL_UNKNOWN' }],
  ['of certificates that have ended', { list: [ended], signer: ended }, { code: 'SERIAL_UNKNOWN' }],
  ['of certificates to come', { list: [future], signer: future }, { code: 'SERIAL_UNKNOWN' }],
  ['of nothing', { list: [] }, { code: 'SERIAL_UNKNOWN' }],
  ['sealed with another key', { key: 'k'.repeat(32) }, { code: 'OPTION_INVALID' }],
  ['that is none', { instead: () => new Response('<html>') }, { code: 'ANSWER_UNREADABLE' }],
  [
    'that there is not',
    {
      instead: () =>
        new Response('{"code":"RESOURCE_NOT_EXISTS","message":"无可用的平台证书"}', {
          status: 404,
        }),
    },
    { name: 'ApiError', apiCode: 'RESOURCE_NOT_EXISTS' },
  ],
])('does not begin with a list %s', async (_, wrong, error) => {
  const { seen, call } = startPlatform({ list: [current], signer: current, ...wrong })

  await expect(call()).rejects.toMatchObject(error)
  await expect(call()).rejects.not.toMatchObject({ outcome: 'unknown' })
  expect(seen.asked).toEqual([])
})

test('downloads nothing when keys are given', async () => {
  const { seen, call } = startPlatform(
    { list: [current, next], signer: next },
    { platformKeys: { [current.serial]: current.pem } },
  )

  await expect(call()).rejects.toMatchObject({ code: 'SERIAL_UNKNOWN' })
  expect(seen).toMatchObject({ downloads: 0, asked: [current.serial] })
})

test.each<[string, Partial<WechatpayOptions>, RegExp]>([
  ['neither keys nor an APIv3 key', {}, /^platformKeys is missing/],
  ['a public key asked for', { apiv3Key, platform: 'publicKey' }, /^platform is publicKey/],
  ['no time between downloads', { apiv3Key, refreshCertificatesAfter: 0 }, /^refreshCertificates/],
])('refuses %s', (_, options, message) => {
  const { platformKeys: _keys, ...caller } = optionsFor('http://127.0.0.1')

  expect(() => new Wechatpay({ ...caller, ...options })).toThrow(
    expect.objectContaining({ code: 'OPTION_INVALID', message: expect.stringMatching(message) }),
  )
})
