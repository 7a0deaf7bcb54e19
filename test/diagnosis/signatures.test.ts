import {
  constants,
  createHash,
  createSign,
  createVerify,
  type KeyObject,
  privateEncrypt,
  sign,
} from 'node:crypto'
import { expect, test } from 'vitest'
import type { KnownKey } from '../../contracts/diagnosis/diagnose.ts'
import { replayKey } from '../../contracts/replay/replay-key.ts'
import {
  codesOf,
  diagnosed,
  headerOf,
  keys,
  linesOf,
  type Members,
  membersWith,
  order,
  otherMchid,
  otherSerial,
  others,
  own,
  platformSerial,
  publicKeyId,
  rsa,
  type Sent,
  serial,
  subMchid,
} from './signer.ts'

const message = linesOf(order)
const query: Sent = { method: 'GET', target: '/v3/certificates', body: '' }
const right = rsa(message)
const bytes = Buffer.from(right, 'base64')
const hex = bytes.toString('hex')
const sha256 = (text: string | Uint8Array) => createHash('sha256').update(text).digest()
const signedWith = (algorithm: string) =>
  createSign(algorithm).update(message).sign(own.privateKey, 'base64')
const pss = (algorithm: string) =>
  sign(algorithm, Buffer.from(message), {
    key: own.privateKey,
    padding: constants.RSA_PKCS1_PSS_PADDING,
  }).toString('base64')
const encrypted = (content: string | Uint8Array) =>
  privateEncrypt(own.privateKey, Buffer.from(content)).toString('base64')
const inLines = (text: string, end: string) => text.replace(/.{64}/g, `$&${end}`)

/** A message whose signature has letters that encodings differ in. */
const awkward = () => {
  for (let number = 0; ; number++) {
    const sent = { ...query, target: `/v3/certificates?n=${number}` }
    const signature = rsa(linesOf(sent))
    if (/\+.*\//.test(signature)) return { sent, signature }
  }
}
const { sent: withSigns, signature: signs } = awkward()

test.each<[string, string, Sent?]>([
  ['signatureBase64Url', Buffer.from(signs, 'base64').toString('base64url'), withSigns],
  ['signaturePlusLost', signs.replaceAll('+', ' '), withSigns],
  ['signaturePercentEncoded', encodeURIComponent(signs), withSigns],
  ['signatureUnpadded', right.replace(/=+$/, '')],
  ['signatureHex', hex],
  ['signatureHex', hex.toUpperCase()],
  ['signatureHexInBase64', Buffer.from(hex).toString('base64')],
  ['signatureBase64Twice', Buffer.from(right).toString('base64')],
  ['signatureWrapped', inLines(right, '\n')],
  ['signatureWrapped', inLines(right, '\r\n ')],
  ['signatureWrapped', inLines(right, '\\n')],
  ['signatureWrapped', `${right} `],
  ['signatureQuoted', `'${right}'`],
  ['signatureQuoted', signs.replaceAll('/', '\\/'), withSigns],

  ['hashOther', signedWith('RSA-SHA1')],
  ['hashOther', signedWith('RSA-MD5')],
  ['hashOther', signedWith('RSA-SHA224')],
  ['hashOther', signedWith('RSA-SHA384')],
  ['hashOther', signedWith('RSA-SHA512')],
  ['paddingPss', pss('sha256')],
  ['digestWithoutHeader', encrypted(sha256(message))],
  ['digestWithoutHeader', encrypted(sha256(message).toString('hex'))],
  ['digestHashedAgain', rsa(sha256(message))],
  ['digestHashedAgain', rsa(sha256(message).toString('hex'))],
  ['digestHashedAgain', rsa(sha256(message).toString('base64'))],
  ['signedWithoutHash', encrypted(linesOf(query)), query],
  ['signatureIsDigest', sha256(message).toString('base64')],
])('names %s, alone', (code, signature, sent = order) => {
  const diagnosis = diagnosed(sent, headerOf(membersWith(signature)))

  expect(codesOf(diagnosis)).toEqual([code])
  expect(diagnosis.verdict).toBe('explained')
})

test('the correct twins of all of them verify with openssl’s own check', () => {
  for (const [sent, signature] of [
    [order, right],
    [withSigns, signs],
  ] as const) {
    expect(
      createVerify('RSA-SHA256').update(linesOf(sent)).verify(own.publicKey, signature, 'base64'),
    ).toBe(true)
    expect(diagnosed(sent, headerOf(membersWith(signature)))).toMatchObject({
      verdict: 'sound',
      mistakes: [],
    })
  }
})

test('names PSS over SHA-1 as two mistakes', () => {
  expect(codesOf(diagnosed(order, headerOf(membersWith(pss('sha1')))))).toEqual([
    'paddingPss',
    'hashOther',
  ])
})

test('names a bare digest in hex as two mistakes', () => {
  const signature = sha256(message).toString('hex')

  expect(codesOf(diagnosed(order, headerOf(membersWith(signature))))).toEqual([
    'signatureHex',
    'signatureIsDigest',
  ])
})

test('names the hash also when the text is unknown', () => {
  const signature = createSign('RSA-SHA1').update('?').sign(own.privateKey, 'base64')

  expect(diagnosed(order, headerOf(membersWith(signature)))).toMatchObject({
    verdict: 'unexplained',
    mistakes: [{ code: 'hashOther', sentence: expect.stringContaining('SHA-1;') }],
  })
})

const by = (key: KeyObject, members: Partial<Members> = {}) =>
  diagnosed(order, headerOf({ ...membersWith(rsa(message, key)), ...members }))

test.each<[string, KeyObject]>([
  ['keyOfSubMerchant', others['sub-merchant'].privateKey],
  ['keyFormer', others.former.privateKey],
  ['keyOfOtherMerchant', others['other-merchant'].privateKey],
  ['keyOfPlatformCertificate', others['platform-certificate'].privateKey],
  ['keyOfPlatformPublicKey', others['platform-public-key'].privateKey],
  ['keyOfReplay', replayKey.privateKey],
])('names %s, alone', (code, key) => {
  expect(codesOf(by(key))).toEqual([code])
})

test.each<[string, Partial<Members>]>([
  ['serialOfOtherMerchant', { serial_no: otherSerial }],
  ['serialUnknown', { serial_no: '7777' }],
  ['serialOfPlatform', { serial_no: platformSerial }],
  ['serialIsPublicKeyId', { serial_no: publicKeyId }],
  ['serialDecimal', { serial_no: BigInt(`0x${serial}`).toString() }],
  ['serialSpelling', { serial_no: `0x${serial}` }],
  ['serialSpelling', { serial_no: serial.replace(/..(?=.)/g, '$&:') }],
  ['serialSpelling', { serial_no: serial.replace(/.{4}(?=.)/g, '$& ') }],
  ['mchidOfSubMerchant', { mchid: subMchid }],
  ['mchidOther', { mchid: otherMchid }],
])('names %s, alone', (code, members) => {
  const diagnosis = by(own.privateKey, members)

  expect(codesOf(diagnosis)).toEqual([code])
  expect(diagnosis.verdict).toBe('explained')
})

test('takes a serial in small letters or with leading zeros for what it is', () => {
  expect(by(own.privateKey, { serial_no: `00${serial.toLowerCase()}` }).verdict).toBe('sound')
})

test('takes another merchant who names itself for the one who signs', () => {
  const { privateKey } = others['other-merchant']

  expect(by(privateKey, { mchid: otherMchid, serial_no: otherSerial }).verdict).toBe('sound')
  expect(codesOf(by(privateKey, { serial_no: otherSerial }))).toEqual(['mchidOther'])
  expect(codesOf(by(privateKey, { mchid: otherMchid }))).toEqual(['serialOfOtherKey'])
})

const alone = keys.filter(({ owner }) => owner !== 'sub-merchant')
const asStrangers = alone.map(
  (key): KnownKey => (key.owner === 'merchant' ? { ...key, owner: 'other-merchant' } : key),
)

test.each([
  ['mchidOfSubMerchant', subMchid, alone],
  ['mchidOfSubMerchant', subMchid, asStrangers],
  ['mchidOther', '1911111111', asStrangers],
])('names %s, and not the key, when nobody who signs is called %s', (code, mchid, known) => {
  const header = headerOf({ ...membersWith(right), mchid, serial_no: platformSerial })

  expect(codesOf(diagnosed(order, header, { keys: known }))).toEqual([code, 'serialOfPlatform'])
})

test('names the key that signed once', () => {
  expect(by(others['platform-certificate'].privateKey).mistakes[0]?.sentence).toBe(
    `It was signed with the key of the platform certificate (serial ${platformSerial}), not with the merchant's own.`,
  )
})

test('names the wrong spelling, hash, key, serial and text at once', () => {
  const signature = createSign('RSA-SHA1')
    .update(message.slice(0, -1))
    .sign(others.former.privateKey, 'hex')
  const header = headerOf({ ...membersWith(signature), serial_no: otherSerial })

  expect(codesOf(diagnosed(order, header)).toSorted()).toEqual([
    'hashOther',
    'keyFormer',
    'lastLineFeedMissing',
    'serialOfOtherMerchant',
    'signatureHex',
  ])
})
