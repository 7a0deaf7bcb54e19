import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { isConfigurationError, Wechatpay, type WechatpayOptions } from '../../client/index.ts'
import { certificate, credentialsJson, writeFolder } from './credentials-folder.ts'
import { merchant, optionsFor, platform, publicKeyId, startServer } from './wechat-server.ts'

const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' })

test.each<[string, Partial<WechatpayOptions>, RegExp]>([
  ['a merchant number with letters', { mchid: 'wx1' }, /^mchid /],
  ['a serial number that is not hex', { serial: 'PUB_KEY_ID_01' }, /^serial is not hex/],
  ['a private key that is no PEM', { privateKey: 'secret!' }, /^privateKey /],
  ['a public key as private key', { privateKey: merchant.publicKey }, /^privateKey /],
  ['a private key of another kind', { privateKey: elliptic.privateKey }, /^privateKey /],
  ['no platform keys', { platformKeys: {} }, /^platformKeys holds no key/],
  [
    'a platform key that is no PEM',
    { platformKeys: { [publicKeyId]: 'secret!' } },
    /^platformKeys holds neither/,
  ],
  [
    'a private key as platform key',
    { platformKeys: { [publicKeyId]: platform.privateKey } },
    /^platformKeys holds neither/,
  ],
  [
    'damaged PEM',
    {
      platformKeys: { [publicKeyId]: '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----' },
    },
    /^platformKeys holds under PUB_KEY_ID_\w+ what cannot be read/,
  ],
  [
    'a public key under a serial number',
    { platformKeys: { [certificate.serial]: platform.publicKey } },
    /^platformKeys holds a public key under/,
  ],
  [
    'a certificate under another serial number',
    { platformKeys: { ABCD: certificate.pem } },
    /^platformKeys holds the certificate 5DEA10EF\w+ under ABCD/,
  ],
  [
    'a certificate asked for, but none given',
    { platform: 'certificate' },
    /^platformKeys holds no certificate/,
  ],
  ['an APIv3 key of 5 bytes', { apiv3Key: 'short' }, /^apiv3Key /],
  ['a relative baseUrl', { baseUrl: '/v3' }, /^baseUrl /],
  ['a baseUrl with a query', { baseUrl: 'http://localhost?a=1' }, /^baseUrl /],
  ['another scheme', { baseUrl: 'ftp://localhost' }, /^baseUrl /],
  ['no time limit', { timeout: 0 }, /^timeout /],
  ['endless retries', { retry: Number.POSITIVE_INFINITY }, /^retry /],
])('refuses %s', (_, wrong, message) => {
  const make = () => new Wechatpay({ ...optionsFor('http://127.0.0.1'), ...wrong })

  let error: unknown
  try {
    make()
  } catch (cause) {
    error = cause
  }

  expect(error).toMatchObject({ code: 'OPTION_INVALID', message: expect.stringMatching(message) })
  expect(isConfigurationError(error)).toBe(true)
  expect(inspect(error)).not.toMatch(/secret!|PRIVATE KEY-----\n/)
})

test('takes the private key as KeyObject, and shows it to nobody', async () => {
  const server = await startServer(() => ({ body: '{"data":[]}' }))
  const privateKey = createPrivateKey(merchant.privateKey)

  const wxpay = new Wechatpay({ ...optionsFor(server.url), privateKey, apiv3Key: 'k'.repeat(32) })
  await wxpay.v3.certificates.get()

  expect(server.seen).toMatchObject([{ signed: true }])
  expect(inspect(wxpay, { depth: 9, showHidden: true })).not.toMatch(/KeyObject|kkkk|BEGIN/)
})

test.each([
  ['certificate', undefined, certificate.serial],
  ['certificate', 'certificate', certificate.serial],
  ['public key', 'publicKey', publicKeyId],
] as const)('asks for the %s with platform %s of a credentials folder', async (_, kind, asked) => {
  const server = await startServer(() => ({ body: '{"data":[]}' }))
  const options = { baseUrl: server.url, ...(kind && { platform: kind }) }

  const wxpay = Wechatpay.fromCredentials(await writeFolder(), options)
  await wxpay.v3.certificates.get()

  expect(server.seen).toMatchObject([{ signed: true, headers: { 'wechatpay-serial': asked } }])
})

test.each([
  ['pub_key.pem is not there', { 'pub_key.pem': null }],
  ['credentials.json is not there', { 'credentials.json': null }],
  ['credentials.json is not a JSON object', { 'credentials.json': '{' }],
  ['credentials.json is not a JSON object', { 'credentials.json': '[]' }],
  [
    'credentials.json has no usable apiv3Key',
    { 'credentials.json': credentialsJson({ apiv3Key: 'short' }) },
  ],
])('CREDENTIALS_UNREADABLE: %s', async (reason, changes) => {
  const folder = await writeFolder(changes)

  expect(() => Wechatpay.fromCredentials(folder)).toThrow(
    expect.objectContaining({
      code: 'CREDENTIALS_UNREADABLE',
      message: `${folder} is not a credentials folder: ${reason}. A sandbox writes one when it starts; give its path.`,
    }),
  )
})

test('goes to the usual address of a sandbox when baseUrl is left out', async () => {
  const folder = await writeFolder()
  const fetch = (request: Request) => new Response(request.url, { status: 400 })

  await expect(Wechatpay.fromCredentials(folder, { fetch }).v3.certificates.get()).rejects.toThrow(
    expect.objectContaining({ body: 'http://127.0.0.1:8129/v3/certificates' }),
  )
})

test('downloads the certificates of a credentials folder when told to', async () => {
  const folder = await writeFolder()
  const asked: string[] = []
  const fetch = (request: Request) => {
    asked.push(new URL(request.url).pathname)
    return new Response(null, { status: 404 })
  }
  const wxpay = Wechatpay.fromCredentials(folder, { fetch, platformKeys: 'download' })

  await expect(
    wxpay.v3.refund.domestic.refunds._out_refund_no_.get({ out_refund_no: '1' }),
  ).rejects.toMatchObject({ name: 'ApiError', operation: 'GET /v3/certificates' })
  expect(asked).toEqual(['/v3/certificates'])
})
