import { createPrivateKey, createPublicKey } from 'node:crypto'
import { expect, test } from 'vitest'
import { readCertificate } from '../../contracts/protocol/certificate.ts'
import { readPrivateKey, signMessage, verifySignature } from '../../contracts/protocol/signature.ts'
import { createAuthority } from '../../sandbox/authority/authority.ts'
import { issueCredentials } from '../../sandbox/authority/issue.ts'
import { further, identities } from './identities.ts'

const authority = await issueCredentials(identities)
const credentials = authority.credentialsOf(identities.mchid)
const message = Buffer.from('message')

test('the credentials name the merchant and carry keys of the documented shape', () => {
  expect(credentials).toMatchObject(identities)
  expect(credentials.merchantSerial).toMatch(/^[1-7][0-9A-F]{39}$/)
  expect(credentials.platformSerial).toMatch(/^[1-7][0-9A-F]{39}$/)
  expect(credentials.apiv3Key).toMatch(/^[0-9A-Za-z]{32}$/)
  expect(credentials.apiv2Key).toMatch(/^[0-9a-f]{32}$/)
  expect(credentials.publicKeyId).toMatch(/^PUB_KEY_ID_0119000000012\d{21}$/)
  expect(credentials.publicKeyId).toHaveLength(
    'PUB_KEY_ID_0116789398642024122500389500000994'.length,
  )
  expect(credentials.merchantKey).toMatch(/^-----BEGIN PRIVATE KEY-----\n/)
  expect(credentials.publicKey).toMatch(/^-----BEGIN PUBLIC KEY-----\n/)
})

test('so many merchants have keys, and no more; those that are known are still found', async () => {
  const issued = { credentials, publicKeyPrivate: createPrivateKey(credentials.merchantKey) }
  const merchants = Array.from({ length: 1000 }, (_, index) => ({
    ...issued,
    credentials: { ...credentials, mchid: `${2_000_000_000 + index}` },
  }))
  const { platform } = authority
  const { addMerchant } = createAuthority({ platform, merchants, enrol: async () => issued })

  await expect(addMerchant(further)).rejects.toMatchObject({
    code: 'MERCHANTS_TOO_MANY',
    message:
      'There are 1000 merchants already, and no more than that. Start another sandbox with a folder of its own.',
  })
  expect(await addMerchant({ ...further, mchid: '2000000999' })).toMatchObject({
    mchid: '2000000999',
  })
})

test('what the merchant signs verifies with the key that the server holds', async () => {
  const signature = await signMessage(message, readPrivateKey(credentials.merchantKey))
  const keys = authority.merchants.get(identities.mchid)

  expect(keys).toMatchObject({
    mchid: identities.mchid,
    serial: credentials.merchantSerial,
    apiv3Key: credentials.apiv3Key,
  })
  expect(keys && verifySignature(message, signature, keys.publicKey)).toBe(true)
})

test('what the server signs verifies with the key that the merchant holds', async () => {
  const { certificate } = authority.platform
  const keys = authority.merchants.get(identities.mchid)?.platformPublicKey
  const byCertificate = await signMessage(message, certificate.privateKey)
  const byPublicKey = keys && (await signMessage(message, keys.privateKey))

  expect(certificate).toMatchObject({
    serial: credentials.platformSerial,
    pem: credentials.platformCertificate,
  })
  expect(
    verifySignature(
      message,
      byCertificate,
      readCertificate(credentials.platformCertificate).publicKey,
    ),
  ).toBe(true)
  expect(keys?.id).toBe(credentials.publicKeyId)
  expect(verifySignature(message, byPublicKey ?? '', createPublicKey(credentials.publicKey))).toBe(
    true,
  )
})

test('certificates hold from a little before now for five years', () => {
  for (const pem of [credentials.merchantCertificate, credentials.platformCertificate]) {
    const { validFrom, validTo } = readCertificate(pem)
    const inFiveYears = new Date()
    inFiveYears.setUTCFullYear(inFiveYears.getUTCFullYear() + 5)

    expect(Date.now() - validFrom.getTime()).toBeGreaterThan(60_000)
    expect(Date.now() - validFrom.getTime()).toBeLessThan(600_000)
    expect(Math.abs(inFiveYears.getTime() - validTo.getTime())).toBeLessThan(600_000)
  }
})

test('a further merchant shares the platform certificate and has a public key of its own', async () => {
  const added = await authority.addMerchant(further)

  expect(authority.credentialsOf(further.mchid)).toEqual(added)
  expect([...authority.merchants.keys()]).toEqual([identities.mchid, further.mchid])
  expect(added.platformSerial).toBe(credentials.platformSerial)
  expect(added.publicKeyId).not.toBe(credentials.publicKeyId)
  expect(added.publicKey).not.toBe(credentials.publicKey)
  expect(added.apiv3Key).not.toBe(credentials.apiv3Key)
})

test('a merchant that is added twice, even at once, has one set of keys', async () => {
  const third = { ...identities, mchid: '1900000003' }
  const [one, other] = await Promise.all([
    authority.addMerchant(third),
    authority.addMerchant(third),
  ])

  expect(one).toEqual(other)
  expect(await authority.addMerchant(identities)).toEqual(credentials)
})

test('an unknown merchant is named together with the known ones', () => {
  expect(() => authority.credentialsOf('1900000009')).toThrow(
    expect.objectContaining({
      code: 'MERCHANT_UNKNOWN',
      message: expect.stringMatching(
        /^The sandbox knows the merchants 1900000001.* not 1900000009;/,
      ),
    }),
  )
})

test('a merchant number that is none is refused', async () => {
  await expect(authority.addMerchant({ ...identities, mchid: '../1' })).rejects.toThrow('mchid')
})

test('a long merchant number still has a public key id', async () => {
  const long = await authority.addMerchant({ ...identities, mchid: '1'.repeat(32) })

  expect(long.publicKeyId).toMatch(/^PUB_KEY_ID_011{32}\d{8}$/)
})
