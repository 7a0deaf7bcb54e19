import { expect, test } from 'vitest'
import { isPublicKeyId, readCertificate, sameSerial } from '../../contracts/protocol/certificate.ts'
import { vectorsOf } from './vectors.ts'

test.each(vectorsOf('certificate-serial'))('$id has the published serial and dates', (vector) => {
  const certificate = readCertificate(vector.certificate)

  expect(certificate).toMatchObject({
    serial: vector.expected_serial,
    validFrom: new Date(vector.not_before),
    validTo: new Date(vector.not_after),
    pem: vector.certificate,
  })
  expect(certificate.publicKey.asymmetricKeyType).toBe('rsa')
})

test('what is no certificate is refused', () => {
  expect(() => readCertificate('no certificate')).toThrow(
    expect.objectContaining({ code: 'CERTIFICATE_UNREADABLE' }),
  )
})

test.each([
  ['0C4AEF34B89340881BB2B25226393DC2E47F094B', 'c4aef34b89340881bb2b25226393dc2e47f094b', true],
  ['D7CE59D1F522D701', '00d7ce59d1f522d701', true],
  ['D7CE59D1F522D701', 'D7CE59D1F522D702', false],
  ['D7CE59D1F522D701', '', false],
])('%s and %s mean one serial: %s', (one, other, same) => {
  expect(sameSerial(one, other)).toBe(same)
})

test.each([
  ['PUB_KEY_ID_0116789398642024122500389500000994', true],
  ['5F1C72E2A8931B72A2E13AF8DEE92471EB397115', false],
  ['', false],
])('%j names a public key: %s', (id, expected) => {
  expect(isPublicKeyId(id)).toBe(expected)
})
