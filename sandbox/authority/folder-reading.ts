import { createPublicKey, type KeyObject } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  credentialsFiles,
  type KeptCredentialsFile,
  parseCredentialsFile,
} from '../../contracts/credentials.ts'
import { merchantNumber } from '../../contracts/fields.ts'
import {
  type Certificate,
  readCertificate,
  sameSerial,
} from '../../contracts/protocol/certificate.ts'
import { readPrivateKey, readPublicKey } from '../../contracts/protocol/signature.ts'
import type { IssuedMerchant, PlatformIdentity } from './authority.ts'
import { unusable } from './credentials-error.ts'
import { addMember, codeOf } from './folder-files.ts'
import { apiv2KeyOf, privatePem, publicPem } from './issue.ts'

/** @throws {CredentialsError} when a file is missing, damaged or expired, or two do not fit. */
export const readPlatform = async (dir: string, now: Date): Promise<PlatformIdentity> => {
  const pair = {
    key: credentialsFiles.platformKey,
    certificate: credentialsFiles.platformCertificate,
  }
  const { certificate, privateKey } = await readCertified(dir, pair, now)

  return { certificate: { ...certificate, privateKey } }
}

type Expected = { mchid: string; platform: PlatformIdentity; now: Date }

/** @throws {CredentialsError} as `readPlatform`, and when the folder is another merchant's. */
export const readMerchant = async (
  dir: string,
  { mchid, platform, now }: Expected,
): Promise<IssuedMerchant> => {
  const { platformSerial, apiv2Key, ...known } = await readCredentialsFile(dir)
  if (known.mchid !== mchid) {
    const reason = `it belongs to the merchant ${known.mchid}, not to ${mchid}`
    throw unusable(dir, { code: 'CREDENTIALS_OF_ANOTHER_MERCHANT', reason })
  }

  const pair = {
    key: credentialsFiles.merchantKey,
    certificate: credentialsFiles.merchantCertificate,
  }
  const [{ certificate, privateKey }, publicKey, publicKeyPrivate] = await Promise.all([
    readCertified(dir, pair, now),
    readPem(dir, credentialsFiles.publicKey, readPublicKey),
    readPem(dir, credentialsFiles.publicKeyPrivate, readPrivateKey),
  ])
  if (!fits(publicKeyPrivate, publicKey)) {
    throw inconsistent(
      dir,
      `${credentialsFiles.publicKeyPrivate} is not the key of ${credentialsFiles.publicKey}`,
    )
  }
  if (!sameSerial(known.merchantSerial, certificate.serial)) {
    throw inconsistent(dir, `merchantSerial is not that of ${credentialsFiles.merchantCertificate}`)
  }
  if (!sameSerial(platformSerial, platform.certificate.serial)) {
    throw inconsistent(dir, `platformSerial is not that of ${credentialsFiles.platformCertificate}`)
  }

  const olderKey = apiv2Key ?? apiv2KeyOf(known.apiv3Key)
  if (apiv2Key === undefined) await addMember(dir, { apiv2Key: olderKey })

  return {
    credentials: {
      ...known,
      apiv2Key: olderKey,
      merchantKey: privatePem(privateKey),
      merchantCertificate: certificate.pem,
      publicKey: publicPem(publicKey),
    },
    publicKeyPrivate,
  }
}

/** The merchants below `dir`. A name that is no merchant number is a draft or not ours. */
export const merchantsBelow = async (dir: string): Promise<string[]> => {
  try {
    return (await readdir(dir)).filter((name) => merchantNumber.safeParse(name).success)
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return []
    const reason = `its merchants cannot be listed (${codeOf(cause)})`
    throw unusable(dir, { code: 'CREDENTIALS_UNREADABLE', reason, cause })
  }
}

type Certified = { certificate: Certificate; privateKey: KeyObject }

const readCertified = async (
  dir: string,
  names: { key: string; certificate: string },
  now: Date,
): Promise<Certified> => {
  const [certificate, privateKey] = await Promise.all([
    readPem(dir, names.certificate, readCertificate),
    readPem(dir, names.key, readPrivateKey),
  ])
  const { validFrom, validTo } = certificate

  if (!fits(privateKey, certificate.publicKey)) {
    throw inconsistent(dir, `${names.key} is not the key of ${names.certificate}`)
  }
  if (now < validFrom || now > validTo) {
    const reason = `${names.certificate} is valid from ${validFrom.toISOString()} to ${validTo.toISOString()} and now is ${now.toISOString()}`
    throw unusable(dir, { code: 'CREDENTIALS_EXPIRED', reason })
  }

  return { certificate, privateKey }
}

const fits = (privateKey: KeyObject, publicKey: KeyObject) =>
  createPublicKey(privateKey).equals(publicKey)

const inconsistent = (dir: string, reason: string) =>
  unusable(dir, { code: 'CREDENTIALS_INCONSISTENT', reason })

const readCredentialsFile = async (dir: string): Promise<KeptCredentialsFile> => {
  const read = parseCredentialsFile(await readText(dir, credentialsFiles.credentials))
  if ('file' in read) return read.file

  throw unusable(dir, { code: 'CREDENTIALS_UNREADABLE', reason: read.problem })
}

const readPem = async <T>(dir: string, name: string, parse: (pem: string) => T): Promise<T> => {
  const pem = await readText(dir, name)
  try {
    return parse(pem)
  } catch (cause) {
    const reason = `${name} does not hold the PEM that belongs there`
    throw unusable(dir, { code: 'CREDENTIALS_UNREADABLE', reason, cause })
  }
}

const readText = async (dir: string, name: string): Promise<string> => {
  try {
    return await readFile(join(dir, name), 'utf8')
  } catch (cause) {
    throw codeOf(cause) === 'ENOENT'
      ? unusable(dir, { code: 'CREDENTIALS_INCOMPLETE', reason: `${name} is missing` })
      : unusable(dir, {
          code: 'CREDENTIALS_UNREADABLE',
          reason: `${name} cannot be read (${codeOf(cause)})`,
          cause,
        })
  }
}
