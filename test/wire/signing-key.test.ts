import { createDecipheriv, X509Certificate } from 'node:crypto'
import { expect, test } from 'vitest'
import type { MerchantCredentials } from '../../contracts/credentials.ts'
import { startSandbox } from '../support/sandbox.ts'
import { type RawRequest, send } from './raw-request.ts'
import { seedRequest } from './seed-request.ts'
import { isSignedBy, signed } from './signed-request.ts'

const requests: RawRequest[] = [{}, seedRequest('{}')]

test('the public key signs for who names it, and its id says so', async () => {
  const { port, credentials } = await startSandbox()
  const { publicKey, publicKeyId } = credentials
  const headers = { 'Wechatpay-Serial': publicKeyId }

  for (const request of requests) {
    const answer = await send(port, signed(credentials, { ...request, headers }))

    expect(answer.header('Wechatpay-Serial')).toBe(publicKeyId)
    expect(isSignedBy(answer, publicKey)).toBe(true)
  }
})

test.each<[string, (credentials: MerchantCredentials) => string | undefined]>([
  ['says nothing', () => undefined],
  ['says it empty', () => ''],
  ['names the certificate', ({ platformSerial }) => platformSerial],
  ['names the certificate in lower case', ({ platformSerial }) => platformSerial.toLowerCase()],
  ['names another certificate', () => '5157F09EFDC096DE15EBE81A47057A7232F1B8E1'],
  ['names the merchant’s certificate', ({ merchantSerial }) => merchantSerial],
  ['names another public key', () => 'PUB_KEY_ID_0116789398642024122500389500000994'],
  ['names the public key in lower case', ({ publicKeyId }) => publicKeyId.toLowerCase()],
  ['says something else', () => '*'],
])('the platform certificate signs for who %s', async (_, wanted) => {
  const { port, credentials } = await startSandbox()
  const { platformCertificate, platformSerial } = credentials
  const headers = { 'Wechatpay-Serial': wanted(credentials) }

  for (const request of requests) {
    const answer = await send(port, signed(credentials, { ...request, headers }))

    expect(answer.header('Wechatpay-Serial')).toBe(platformSerial)
    expect(isSignedBy(answer, platformCertificate)).toBe(true)
  }
})

test('the certificate that signs can be downloaded and opened', async () => {
  const { port, credentials } = await startSandbox()
  const answer = await send(port, signed(credentials))
  const { data } = JSON.parse(answer.body)
  const [{ serial_no, effective_time, expire_time, encrypt_certificate }] = data
  const { algorithm, nonce, associated_data, ciphertext } = encrypt_certificate
  const bytes = Buffer.from(ciphertext, 'base64')

  const decipher = createDecipheriv('aes-256-gcm', credentials.apiv3Key, nonce, {
    authTagLength: 16,
  })
  decipher.setAAD(Buffer.from(associated_data))
  decipher.setAuthTag(bytes.subarray(-16))
  const pem = decipher.update(bytes.subarray(0, -16), undefined, 'utf8') + decipher.final('utf8')
  const certificate = new X509Certificate(pem)

  expect(data).toHaveLength(1)
  expect([algorithm, associated_data]).toEqual(['AEAD_AES_256_GCM', 'certificate'])
  expect(nonce).toMatch(/^[0-9a-f]{12}$/)
  expect(certificate.serialNumber).toBe(serial_no)
  expect(answer.header('Wechatpay-Serial')).toBe(serial_no)
  expect(isSignedBy(answer, pem)).toBe(true)
  expect([effective_time, expire_time].map((time) => Date.parse(time))).toEqual(
    [certificate.validFrom, certificate.validTo].map((time) => Date.parse(time)),
  )
  for (const time of [effective_time, expire_time]) {
    expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/)
  }
})

test('every download is sealed under a nonce of its own', async () => {
  const { port, credentials } = await startSandbox()
  const answers = await Promise.all([1, 2, 3].map(() => send(port, signed(credentials))))
  const nonces = answers.map(({ body }) => JSON.parse(body).data[0].encrypt_certificate.nonce)

  expect(new Set(nonces).size).toBe(3)
})

test('there is no certificate for SM2', async () => {
  const { port, credentials } = await startSandbox()
  const target = '/v3/certificates?algorithm_type=SM2'

  expect(await send(port, signed(credentials, { target }))).toMatchObject({
    status: 404,
    body: expect.stringMatching(/^\{"code":"RESOURCE_NOT_EXISTS","message":"无可用的平台证书，/),
  })
})
