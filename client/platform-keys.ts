import type { KeyObject } from 'node:crypto'
import { isPublicKeyId, readCertificate, sameSerial } from '../contracts/protocol/certificate.ts'
import { readPublicKey } from '../contracts/protocol/signature.ts'
import { optionInvalid } from './errors.ts'

/** Which of WeChat Pay's two kinds of key signs the answers. */
export type PlatformKind = 'certificate' | 'publicKey'

type PlatformKey = { id: string; key: KeyObject; kind: PlatformKind; validFrom: number }

/** The keys that may sign an answer, found by the id in the answer. */
export type PlatformKeys = {
  ids: readonly string[]
  find(id: string): KeyObject | undefined
  /** The id that asks for answers signed by this kind of key. */
  requested: string
}

/**
 * Reads a record from id to PEM. Without `platform` the public key is preferred where there is
 * one, else the newest certificate, as the official Go and Java SDKs choose.
 * @throws {ConfigurationError} OPTION_INVALID when the record is empty, or id and PEM do not fit.
 */
export const readPlatformKeys = (
  pems: Readonly<Record<string, string>>,
  platform?: PlatformKind,
): PlatformKeys => {
  const keys = Object.entries(pems ?? {}).map(([id, pem]) => readKey(id, pem))
  const kind = platform ?? (keys.some((key) => key.kind === 'publicKey') ? 'publicKey' : undefined)
  const [newest] = keys
    .filter((key) => kind === undefined || key.kind === kind)
    .toSorted((one, other) => other.validFrom - one.validFrom)
  if (newest === undefined) {
    throw optionInvalid(
      `platformKeys holds no ${kind ?? 'key'}. Give a platform certificate under its serial number, or a WeChat Pay public key under its id.`,
    )
  }

  return {
    ids: keys.map((key) => key.id),
    find: (id) => keys.find((key) => names(key, id))?.key,
    requested: newest.id,
  }
}

const names = ({ id, kind }: PlatformKey, wanted: string) =>
  kind === 'publicKey' ? id === wanted : sameSerial(id, wanted)

const readKey = (id: string, pem: string): PlatformKey => {
  if (pem.includes('-----BEGIN CERTIFICATE-----')) return certificateKey(id, pem)
  if (!/-----BEGIN (RSA )?PUBLIC KEY-----/.test(pem)) {
    throw optionInvalid(
      `platformKeys has neither a certificate nor a public key in PEM under ${id}.`,
    )
  }
  if (!isPublicKeyId(id)) {
    throw optionInvalid(
      `platformKeys has a public key under ${id}. It goes under its id, PUB_KEY_ID_….`,
    )
  }

  const key = read(id, () => readPublicKey(pem))
  return { id, key, kind: 'publicKey', validFrom: 0 }
}

const certificateKey = (id: string, pem: string): PlatformKey => {
  const { serial, publicKey, validFrom } = read(id, () => readCertificate(pem))
  if (!sameSerial(serial, id)) {
    throw optionInvalid(
      `platformKeys has the certificate ${serial} under ${id}. It goes under its serial number.`,
    )
  }

  return { id, key: publicKey, kind: 'certificate', validFrom: validFrom.getTime() }
}

const read = <T>(id: string, reader: () => T): T => {
  try {
    return reader()
  } catch (cause) {
    throw optionInvalid(
      `platformKeys cannot be read under ${id}: the PEM is damaged or its key is not RSA.`,
      cause,
    )
  }
}
