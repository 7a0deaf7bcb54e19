import { createPublicKey, type KeyObject } from 'node:crypto'
import { isPublicKeyId, readCertificate, sameSerial } from '../contracts/protocol/certificate.ts'
import { readPublicKey } from '../contracts/protocol/signature.ts'
import { optionInvalid } from './errors.ts'

/** Which of WeChat Pay's two kinds of key signs the answers. */
export type PlatformKind = 'certificate' | 'publicKey'

/** A key of WeChat Pay; a public key has no end. Moments in epoch milliseconds. */
export type PlatformKey = {
  id: string
  key: KeyObject
  kind: PlatformKind
  validFrom: number
  validTo: number
}

/** The keys that may have signed a message, found by the id in the message. */
export type PlatformKeys = {
  ids: readonly string[]
  find(id: string): KeyObject | undefined
  /** What to do about a message whose key is none of them. */
  advice: string
  /** Why the latest download failed. */
  failure?: unknown
}

/** The keys of each moment: given for good, or downloaded. */
export type PlatformKeyProvider = {
  /** The id that requests send to choose the key that signs. @throws {WechatpayError} */
  requested(): Promise<string | undefined>
  /** The keys of this moment; an id that is unknown is looked for first. */
  keysFor(id: string | null): Promise<PlatformKeys>
}

/** Provides the same keys for good. */
export const fixedKeys = (keys: PlatformKeys & { requested: string }): PlatformKeyProvider => ({
  requested: async () => keys.requested,
  keysFor: async () => keys,
})

/** Looks keys up by id; `advice` is for those who find none. */
export const keysAmong = (keys: readonly PlatformKey[], advice: string): PlatformKeys => ({
  ids: keys.map((key) => key.id),
  find: (id) => keys.find((key) => identifies(key, id))?.key,
  advice,
})

/** The key that became valid last. */
export const newestOf = (keys: readonly PlatformKey[]): PlatformKey | undefined =>
  keys.toSorted((one, other) => other.validFrom - one.validFrom)[0]

/** The merchant's certificate, by its serial number, and private key. */
type Merchant = { serial: string; privateKey: KeyObject }

type ReadOptions = {
  /** Which kind of key WeChat Pay is asked to sign with. */
  platform?: PlatformKind | undefined
  /** Whose keys must not be among them. */
  merchant?: Merchant
}

/**
 * Reads a record from id to PEM. Without `platform` the public key is preferred where there is
 * one, else the newest certificate, as the official Go and Java SDKs choose.
 * @throws {ConfigurationError} OPTION_INVALID when the record is empty, when id and PEM do not fit,
 * or when the merchant's own certificate stands where WeChat Pay's belongs.
 */
export const readPlatformKeys = (
  pems: Readonly<Record<string, string>>,
  { platform, merchant }: ReadOptions = {},
): PlatformKeys & { requested: string } => {
  const keys = Object.entries(pems ?? {}).map(([id, pem]) => {
    const key = readKey(id, pem)
    if (merchant) refuseMerchants(key, { id, ...merchant })
    if (key.kind === 'publicKey' || sameSerial(key.id, id)) return { ...key, id }

    throw optionInvalid(
      `platformKeys holds the certificate ${key.id} under ${id}. Put it under its serial number.`,
    )
  })
  const kind = platform ?? (keys.some((key) => key.kind === 'publicKey') ? 'publicKey' : undefined)
  const newest = newestOf(keys.filter((key) => kind === undefined || key.kind === kind))
  if (newest === undefined) {
    throw optionInvalid(
      `platformKeys holds no ${kind ?? 'key'}. Give a platform certificate under its serial number, or a WeChat Pay public key under its id.`,
    )
  }

  return {
    ...keysAmong(
      keys,
      "Add that key, or have the certificates downloaded: platformKeys 'download'.",
    ),
    requested: newest.id,
  }
}

const identifies = ({ id, kind }: PlatformKey, wanted: string) =>
  kind === 'publicKey' ? id === wanted : sameSerial(id, wanted)

const readKey = (id: string, pem: unknown): PlatformKey => {
  if (typeof pem === 'string' && pem.includes('-----BEGIN CERTIFICATE-----')) {
    return read(id, () => certificateKey(pem))
  }
  if (typeof pem !== 'string' || !/-----BEGIN (RSA )?PUBLIC KEY-----/.test(pem)) {
    throw optionInvalid(
      `platformKeys holds neither a certificate nor a public key in PEM under ${id}.`,
    )
  }
  if (!isPublicKeyId(id)) {
    throw optionInvalid(
      `platformKeys holds a public key under ${id}. Put it under its id, PUB_KEY_ID_….`,
    )
  }

  const key = read(id, () => readPublicKey(pem))
  return { id, key, kind: 'publicKey', validFrom: 0, validTo: Number.POSITIVE_INFINITY }
}

/** Reads a platform certificate from PEM. @throws {ProtocolError} CERTIFICATE_UNREADABLE */
export const certificateKey = (pem: string): PlatformKey => {
  const { serial, publicKey, validFrom, validTo } = readCertificate(pem)

  return {
    id: serial,
    key: publicKey,
    kind: 'certificate',
    validFrom: validFrom.getTime(),
    validTo: validTo.getTime(),
  }
}

/** The official PHP SDK refuses it too: no answer would ever verify. */
const refuseMerchants = (
  { key, kind, id: own }: PlatformKey,
  { id, serial, privateKey }: Merchant & { id: string },
): void => {
  if (key.equals(createPublicKey(privateKey))) {
    throw optionInvalid(
      kind === 'certificate'
        ? `platformKeys holds the merchant's own certificate under ${id}. Give WeChat Pay's: platformKeys 'download' gets the platform certificates.`
        : `platformKeys holds the merchant's own public key under ${id}. Give that of WeChat Pay, from the merchant platform.`,
    )
  }
  if (sameSerial(own, serial)) {
    throw optionInvalid(
      `serial is ${serial}, which is that of the platform certificate in platformKeys. Give the serial number of the merchant's own certificate, apiclient_cert.pem.`,
    )
  }
}

const read = <T>(id: string, reader: () => T): T => {
  try {
    return reader()
  } catch (cause) {
    throw optionInvalid(
      `platformKeys holds under ${id} what cannot be read: the PEM is damaged or its key is not RSA.`,
      cause,
    )
  }
}
