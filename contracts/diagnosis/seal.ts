import { constants, hash, publicDecrypt, verify } from 'node:crypto'
import type { Content } from './draft.ts'
import type { KnownKey } from './known-key.ts'
import { type Mistake, mistake } from './mistakes.ts'
import { type Reading, readingsOf } from './signature-spelling.ts'

/** A way in which the signature may have come about. */
export type Seal = {
  /** Whether this message was sealed so; then the presumed mistakes are proven too. */
  fits: (message: Content) => boolean
  /** How many hashes `fits` takes. */
  price: number
  /** What the signature proves by itself. */
  mistakes: readonly Mistake[]
  presumed?: readonly Mistake[]
  key?: KnownKey
  /** What the signature tells by itself, whatever was signed. */
  told?: string
  /** Hardly anybody does this, so that it is not worth the whole effort. */
  isRare?: true
}

/** What stands before a digest and names the hash. RFC 8017, section 9.2, note 1. */
const hashes = [
  { id: 'sha256', name: 'SHA-256', header: '3031300d060960864801650304020105000420' },
  { id: 'sha1', name: 'SHA-1', header: '3021300906052b0e03021a05000414' },
  { id: 'md5', name: 'MD5', header: '3020300c06082a864886f70d020505000410' },
  { id: 'sha384', name: 'SHA-384', header: '3041300d060960864801650304020205000430' },
  { id: 'sha512', name: 'SHA-512', header: '3051300d060960864801650304020305000440' },
] as const

/** How the signature may have been made. With PKCS#1 v1.5 the key tells which hash of what. */
export const sealsOf = (signature: string, keys: readonly KnownKey[]): Seal[] => {
  const readings = readingsOf(signature)
  for (const reading of readings) {
    for (const key of keys) {
      const content = opened(reading, key, constants.RSA_PKCS1_PADDING)
      if (content) return sealsOfContent(content, key).map(spelledAs(reading))
    }
  }

  return readings.flatMap((reading) =>
    [...digestSeals(reading), ...keys.flatMap((key) => pssSeals(reading, key))].map(
      spelledAs(reading),
    ),
  )
}

const spelledAs = ({ codes }: Reading) => {
  const spelling = codes.map((code) => mistake(code))
  return (seal: Seal): Seal => ({ ...seal, mistakes: [...spelling, ...seal.mistakes] })
}

const opened = ({ bytes }: Reading, { publicKey: key }: KnownKey, padding: number) => {
  try {
    return publicDecrypt({ key, padding }, bytes)
  } catch {
    return undefined
  }
}

const sealsOfContent = (content: Buffer, key: KnownKey): Seal[] => {
  const hex = content.toString('hex')
  const named = hashes.find(({ header }) => hex.startsWith(header))
  if (named) return sealsOfDigest(named, hex.slice(named.header.length), key)

  const told = 'It is RSA PKCS#1 v1.5, but names no hash (DigestInfo) of what was signed.'

  return [
    {
      key,
      told,
      price: 1,
      mistakes: [],
      presumed: [mistake('digestWithoutHeader')],
      fits: (message) => spellingsOf(message).some((digest) => content.equals(Buffer.from(digest))),
    },
    {
      key,
      told,
      price: 1,
      mistakes: [],
      presumed: [mistake('signedWithoutHash')],
      fits: (message) => content.equals(Buffer.from(message)),
    },
  ]
}

const sealsOfDigest = (
  { id, name }: (typeof hashes)[number],
  digest: string,
  key: KnownKey,
): Seal[] => {
  const told = `It is RSA PKCS#1 v1.5; the ${name} of the text that was signed is ${digest}.`
  const mistakes = id === 'sha256' ? [] : [mistake('hashOther', { signed: name })]
  const isDigestOf = (bytes: Content) => hash(id, bytes, 'hex') === digest

  return [
    { key, told, mistakes, price: 1, fits: isDigestOf },
    {
      key,
      told,
      mistakes,
      presumed: [mistake('digestHashedAgain')],
      price: 5,
      isRare: true,
      fits: (message) => spellingsOf(message).some(isDigestOf),
    },
  ]
}

/** The SHA-256 of a message in the forms in which it is handed on. */
const spellingsOf = (message: Content): readonly Content[] => {
  const digest = hash('sha256', message, 'buffer')
  const hex = digest.toString('hex')
  return [digest, hex, hex.toUpperCase(), digest.toString('base64')]
}

/** A signature as short as a hash may be one. */
const digestSeals = ({ bytes }: Reading): Seal[] =>
  hashes.flatMap(({ id, name }) => {
    if (hash(id, '', 'buffer').length !== bytes.length) return []
    const fits = (message: Content) => bytes.equals(hash(id, message, 'buffer'))
    return [{ price: 1, mistakes: [mistake('signatureIsDigest', { signed: name })], fits }]
  })

const pssSeals = (reading: Reading, key: KnownKey): Seal[] => {
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
    price: 30,
    mistakes: [
      mistake('paddingPss'),
      ...(id === 'sha256' ? [] : [mistake('hashOther', { signed: name })]),
    ],
    fits: (message) =>
      verify(id, Buffer.from(message), { key: key.publicKey, ...padding }, reading.bytes),
  }))
}
