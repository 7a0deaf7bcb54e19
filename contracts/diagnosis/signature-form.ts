import { constants, createHmac, hash, publicDecrypt, verify } from 'node:crypto'
import { fill, type Sentence } from '../texts.ts'
import type { KnownKey } from './identity.ts'
import type { MessageContent } from './message-parts.ts'
import { type Finding, type MistakeCode, mistake } from './mistakes.ts'
import { factTexts } from './texts/facts.ts'

/** A way in which the signature may have come about. */
export type SignatureForm = {
  /** Whether this message was signed so; then the presumed mistakes are proven too. */
  fits: (message: MessageContent) => boolean
  /** How many hashes `fits` takes. */
  cost: number
  /** What the signature proves by itself. */
  mistakes: readonly Finding[]
  presumed?: readonly Finding[]
  key?: KnownKey
  /** What the signature proves by itself, whatever was signed. */
  fact?: Sentence
  /** Hardly anybody does this, so that it is not worth the whole budget. */
  isRare?: true
}

/** What stands before a digest and names the hash. RFC 8017, section 9.2, note 1. */
const hashes = [
  { id: 'sha256', name: 'SHA-256', header: '3031300d060960864801650304020105000420' },
  { id: 'sha1', name: 'SHA-1', header: '3021300906052b0e03021a05000414' },
  { id: 'md5', name: 'MD5', header: '3020300c06082a864886f70d020505000410' },
  { id: 'sha224', name: 'SHA-224', header: '302d300d06096086480165030402040500041c' },
  { id: 'sha384', name: 'SHA-384', header: '3041300d060960864801650304020205000430' },
  { id: 'sha512', name: 'SHA-512', header: '3051300d060960864801650304020305000440' },
] as const

/** How the signature may have been made. With PKCS#1 v1.5 the key tells which hash of what. */
export const signatureFormsOf = (
  signature: string,
  keys: readonly KnownKey[],
  apiKeys: readonly string[] = [],
): SignatureForm[] => {
  const readings = readingsOf(signature)
  for (const reading of readings) {
    for (const key of keys) {
      const content = opened(reading, key, constants.RSA_PKCS1_PADDING)
      if (content) return formsOfContent(content, key).map(spelledAs(reading))
    }
  }

  return readings.flatMap((reading) =>
    [
      ...digestForms(reading),
      ...keyedForms(reading, apiKeys),
      ...keys.flatMap((key) => pssForms(reading, key)),
    ].map(spelledAs(reading)),
  )
}

const spelledAs = ({ codes }: Reading) => {
  const spelling = codes.map((code) => mistake(code))
  return (form: SignatureForm): SignatureForm => ({
    ...form,
    mistakes: [...spelling, ...form.mistakes],
  })
}

const opened = ({ bytes }: Reading, { publicKey: key }: KnownKey, padding: number) => {
  try {
    return publicDecrypt({ key, padding }, bytes)
  } catch {
    return undefined
  }
}

const formsOfContent = (content: Buffer, key: KnownKey): SignatureForm[] => {
  const hex = content.toString('hex')
  const named = hashes.find(({ header }) => hex.startsWith(header))
  if (named) return formsOfDigest(named, hex.slice(named.header.length), key)

  const fact = factTexts.noHashNamed

  return [
    {
      key,
      fact,
      cost: 1,
      mistakes: [],
      presumed: [mistake('digestWithoutHeader')],
      fits: (message) => spellingsOf(message).some((digest) => content.equals(Buffer.from(digest))),
    },
    {
      key,
      fact,
      cost: 1,
      mistakes: [],
      presumed: [mistake('signedWithoutHash')],
      fits: (message) => content.equals(Buffer.from(message)),
    },
  ]
}

const formsOfDigest = (
  { id, name }: (typeof hashes)[number],
  digest: string,
  key: KnownKey,
): SignatureForm[] => {
  const fact = fill(factTexts.digestSigned, { name, digest })
  const mistakes = id === 'sha256' ? [] : [mistake('hashOther', { signed: name })]
  const isDigestOf = (bytes: MessageContent) => hash(id, bytes, 'hex') === digest

  return [
    { key, fact, mistakes, cost: 1, fits: isDigestOf },
    {
      key,
      fact,
      mistakes,
      presumed: [mistake('digestHashedAgain')],
      cost: 5,
      isRare: true,
      fits: (message) => spellingsOf(message).some(isDigestOf),
    },
  ]
}

/** The SHA-256 of a message in the forms in which it is handed on. */
const spellingsOf = (message: MessageContent): readonly MessageContent[] => {
  const digest = hash('sha256', message, 'buffer')
  const hex = digest.toString('hex')
  return [digest, hex, hex.toUpperCase(), digest.toString('base64')]
}

/** A signature as short as a hash may be one. */
const digestForms = ({ bytes }: Reading): SignatureForm[] =>
  hashes.flatMap(({ id, name }) => {
    if (hash(id, '', 'buffer').length !== bytes.length) return []
    const fits = (message: MessageContent) => bytes.equals(hash(id, message, 'buffer'))
    return [{ cost: 1, mistakes: [mistake('signatureIsDigest', { signed: name })], fits }]
  })

/** What APIv2 did: a hash over the text and a secret. */
const keyedForms = ({ bytes }: Reading, apiKeys: readonly string[]): SignatureForm[] => {
  const forms = [
    {
      name: 'HMAC-SHA256',
      length: 32,
      digest: (message: Buffer, key: string) => createHmac('sha256', key).update(message).digest(),
    },
    { name: 'MD5', length: 16, digest: (message: Buffer) => hash('md5', message, 'buffer') },
  ]

  return forms
    .filter(({ length }) => length === bytes.length)
    .map(({ name, digest }) => ({
      cost: 3 * apiKeys.length,
      mistakes: [mistake('signatureIsKeyed', { signed: name })],
      fits: (message) =>
        apiKeys.some((key) =>
          ['', `&key=${key}`, `key=${key}`, key].some(
            (end) =>
              (end !== '' || name !== 'MD5') &&
              bytes.equals(digest(Buffer.concat([Buffer.from(message), Buffer.from(end)]), key)),
          ),
        ),
    }))
}

const pssForms = (reading: Reading, key: KnownKey): SignatureForm[] => {
  const content = opened(reading, key, constants.RSA_NO_PADDING)
  // RFC 8017, section 9.1: the last byte is 0xbc, the first bit is clear.
  if (content?.at(-1) !== 0xbc || content.readUInt8() > 0x7f) return []
  const padding = {
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: constants.RSA_PSS_SALTLEN_AUTO,
  }

  // Each try takes as long as many hashes: only the hashes that PSS is used with.
  return hashes.slice(0, 2).map(({ id, name }) => ({
    key,
    cost: 30,
    mistakes: [
      mistake('paddingPss'),
      ...(id === 'sha256' ? [] : [mistake('hashOther', { signed: name })]),
    ],
    fits: (message) =>
      verify(id, Buffer.from(message), { key: key.publicKey, ...padding }, reading.bytes),
  }))
}

/** The bytes that a signature may mean, and what is wrong with the way in which they are written. */
type Reading = { bytes: Buffer; codes: readonly MistakeCode[] }

const isBase64 = (text: string) => Buffer.from(text, 'base64').toString('base64') === text
const within = (text: string) => Buffer.from(text, 'base64').toString('latin1')
const padded = (text: string) => text.padEnd(Math.ceil(text.length / 4) * 4, '=')
const fromHex = (text: string) => Buffer.from(text, 'hex').toString('base64')
const hexPattern = /^(?:[0-9a-f]{2}){16,}$/i

/** Wrong ways to write a signature, each with what undoes it; other texts it leaves as they are. */
const slips: readonly (readonly [MistakeCode, (text: string) => string])[] = [
  // A blank is what is left of a + or of a line end: both are tried.
  ['signaturePlusLost', (text) => text.replaceAll(' ', '+')],
  ['signatureWrapped', (text) => text.replace(/\s|\\[rn]/g, '')],
  ['signatureQuoted', (text) => text.replace(/["'\\]/g, '')],
  [
    'signaturePercentEncoded',
    (text) => text.replace(/%([0-9a-f]{2})/gi, (_, code) => Buffer.from(code, 'hex').toString()),
  ],
  [
    'signatureBase64Url',
    (text) => (/[-_]/.test(text) ? padded(text.replaceAll('-', '+').replaceAll('_', '/')) : text),
  ],
  ['signatureUnpadded', padded],
  ['signatureHex', (text) => (hexPattern.test(text) ? fromHex(text) : text)],
  [
    'signatureHexInBase64',
    (text) => (hexPattern.test(within(text)) ? fromHex(within(text)) : text),
  ],
  ['signatureBase64Twice', (text) => (isBase64(within(text)) ? within(text) : text)],
]

/** What the text of a signature may mean: plain Base64, or Base64 after up to three slips. */
export const readingsOf = (text: string): Reading[] =>
  undone(text, []).toSorted((one, other) => one.codes.length - other.codes.length)

const undone = (text: string, codes: readonly MistakeCode[]): Reading[] => {
  const plain = isBase64(text) ? [{ bytes: Buffer.from(text, 'base64'), codes }] : []
  if (codes.length === 3) return plain
  const others = slips.flatMap(([code, undo]) => {
    const meant = undo(text)
    return meant === text || meant === '' ? [] : undone(meant, [...codes, code])
  })

  return [...plain, ...others]
}
