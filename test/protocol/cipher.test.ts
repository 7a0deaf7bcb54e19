import { generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decryptField, encryptField, open, seal } from '../../contracts/protocol/cipher.ts'
import { readPrivateKey } from '../../contracts/protocol/signature.ts'
import { vectorsOf } from './vectors.ts'

const published = vectorsOf('aead-aes-256-gcm')
const long = published.filter(({ key_bits }) => key_bits === 256)
const opening = long.flatMap(({ plaintext, ...vector }) =>
  vector.expected === 'decrypts' && plaintext !== undefined ? [{ ...vector, plaintext }] : [],
)
const failing = long.filter(({ expected }) => expected === 'fails')
const short = published.filter(({ key_bits }) => key_bits === 128)
const fields = vectorsOf('rsa-oaep-sha1')

const apiv3Key = 'AES256Key-32Characters1234567890'
const unreadable = expect.objectContaining({ code: 'CIPHERTEXT_UNREADABLE' })

test.each(opening)('$id opens and is sealed to the same ciphertext', ({ key, ...vector }) => {
  const { nonce, associated_data, ciphertext } = vector

  expect(open(vector, key).toString()).toBe(vector.plaintext)
  expect(seal(vector, key)).toEqual({ nonce, associated_data, ciphertext })
})

test.each(failing)('$id does not open', ({ key, ...vector }) => {
  expect(() => open(vector, key)).toThrow(unreadable)
})

// The platform knows keys of 32 bytes only; that these are refused is all they prove here.
test.each(short)('$id has a key of 16 bytes, which is refused', ({ key, ...vector }) => {
  const unusable = expect.objectContaining({
    code: 'KEY_UNUSABLE',
    message: 'An APIv3 key has 32 bytes, this one 16.',
  })

  expect(() => open(vector, key)).toThrow(unusable)
  expect(() => seal({ ...vector, plaintext: vector.plaintext ?? '' }, key)).toThrow(unusable)
})

test('a tag that is cut does not open, even where a shorter one would fit', () => {
  const sealed = seal({ plaintext: '', nonce: 'eabb3e044577', associated_data: '' }, apiv3Key)
  const tag = Buffer.from(sealed.ciphertext, 'base64')

  for (let length = 0; length < tag.length; length += 1) {
    const ciphertext = tag.subarray(0, length).toString('base64')
    expect(() => open({ ...sealed, ciphertext }, apiv3Key)).toThrow(unreadable)
  }
})

test('a change of any part does not open', () => {
  const sealed = seal({ plaintext: 'text', nonce: 'eabb3e044577', associated_data: 'a' }, apiv3Key)
  const changed = { nonce: 'eabb3e044578', associated_data: 'b', ciphertext: 'no Base64' }

  for (const [name, value] of Object.entries(changed)) {
    expect(() => open({ ...sealed, [name]: value }, apiv3Key)).toThrow(unreadable)
  }
  expect(() => open(sealed, [...apiv3Key].reverse().join(''))).toThrow(unreadable)
})

test('every text and every bytes open as they were sealed', () => {
  const plaintext = fc.oneof(fc.string({ unit: 'binary' }), fc.uint8Array())

  fc.assert(
    fc.property(plaintext, fc.string({ unit: 'binary' }), (plain, associated_data) => {
      const sealed = seal({ plaintext: plain, nonce: 'eabb3e044577', associated_data }, apiv3Key)
      expect(open(sealed, apiv3Key)).toEqual(Buffer.from(plain))
    }),
  )
})

test.each(fields)('$id decrypts', ({ private_key, ciphertext, plaintext }) => {
  expect(decryptField(ciphertext, readPrivateKey(private_key))).toBe(plaintext)
})

test('a field of 214 bytes comes back, and for its own key alone', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const plaintext = `${'微信'.repeat(35)}1234`
  const ciphertext = encryptField(plaintext, publicKey)

  expect(Buffer.byteLength(plaintext)).toBe(214)
  expect(decryptField(ciphertext, privateKey)).toBe(plaintext)
  expect(() => decryptField(ciphertext, other.privateKey)).toThrow(unreadable)
  expect(() => decryptField('not encrypted', privateKey)).toThrow(unreadable)
})
