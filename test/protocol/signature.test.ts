import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readCertificate } from '../../contracts/protocol/certificate.ts'
import { answerMessage, requestMessage } from '../../contracts/protocol/message.ts'
import {
  readPrivateKey,
  readPublicKey,
  signMessage,
  verifySignature,
} from '../../contracts/protocol/signature.ts'
import { vectorsOf } from './vectors.ts'

const signed = vectorsOf('request-signing')
const answers = vectorsOf('response-verification')
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const message = Buffer.from('GET\n/v3/certificates\n1554208460\navji78gwc1\n\n')
const signature = await signMessage(message, privateKey)

test.each(signed)('$id is signed as published', async (vector) => {
  const key = readPrivateKey(vector.private_key)

  expect(await signMessage(Buffer.from(vector.message), key)).toBe(vector.expected_signature)
})

test.each(signed.flatMap(({ request, ...vector }) => (request ? [{ ...vector, request }] : [])))(
  '$id signs the message that its request makes',
  ({ request: { url = '', body, ...rest }, message }) => {
    expect(requestMessage({ ...rest, target: url, body: Buffer.from(body) }).toString()).toBe(
      message,
    )
  },
)

test.each(answers)('$id verifies: $expected', (vector) => {
  const { certificate, public_key = '', timestamp = '', nonce = '', body = '' } = vector
  const key = certificate ? readCertificate(certificate).publicKey : readPublicKey(public_key)
  const bytes =
    vector.message === undefined
      ? answerMessage({ timestamp, nonce, body: Buffer.from(body) })
      : Buffer.from(vector.message)

  expect(verifySignature(bytes, vector.signature, key)).toBe(vector.expected)
})

test('what is signed here verifies here, byte for byte and for its key alone', async () => {
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 })

  expect(verifySignature(message, signature, publicKey)).toBe(true)
  expect(verifySignature(Buffer.concat([message, message]), signature, publicKey)).toBe(false)
  expect(verifySignature(message, signature, other.publicKey)).toBe(false)
})

test('a signature probe does not verify, however broken its Base64', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (junk, keepsSignature) => {
      const probe = `WECHATPAY/SIGNTEST/${junk}${keepsSignature ? signature : ''}`
      return !verifySignature(message, probe, publicKey)
    }),
    {
      examples: [
        ['A', false],
        ['====', false],
        ['', true],
      ],
    },
  )
})

test.each(signed)('the signature of $id verifies in its published spelling alone', (vector) => {
  const key = createPublicKey(vector.private_key)
  const { expected_signature: published } = vector
  const verifies = (spelling: string) => verifySignature(Buffer.from(vector.message), spelling, key)

  expect(verifies(published)).toBe(true)
  expect(verifies(published.replace(/=+$/, ''))).toBe(false)
  expect(verifies(published.replaceAll('+', '-').replaceAll('/', '_'))).toBe(false)
  expect(verifies(`${published.slice(0, 64)}\n${published.slice(64)}`)).toBe(false)
})

test.each([
  ['private', readPrivateKey],
  ['public', readPublicKey],
] as const)('a %s key must be PEM of an RSA key', (kind, read) => {
  const curve = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })

  expect(() => read('no key')).toThrow(
    expect.objectContaining({
      code: 'KEY_UNUSABLE',
      message: `The ${kind} key is not readable PEM.`,
    }),
  )
  expect(() => read(kind === 'private' ? curve.privateKey : curve.publicKey)).toThrow(
    expect.objectContaining({
      code: 'KEY_UNUSABLE',
      message: `The ${kind} key is not an RSA key.`,
    }),
  )
})
