import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { IssuedMerchant, PlatformIdentity } from './authority.ts'
import { CredentialsFile } from './credentials.ts'
import { unusable } from './credentials-error.ts'
import { privatePem } from './issue.ts'

/** The public files have the names under which WeChat Pay hands them out. */
export const fileNames = {
  credentials: 'credentials.json',
  merchantKey: 'apiclient_key.pem',
  merchantCertificate: 'apiclient_cert.pem',
  platformKey: 'private/wechatpay_key.pem',
  platformCertificate: 'wechatpay_cert.pem',
  publicKeyPrivate: 'private/pub_key_private.pem',
  publicKey: 'pub_key.pem',
} as const

type File = { name: string; text: string; mode: number }

const forOwner = 0o600
const forAll = 0o644

/** What the platform keeps to itself; its certificate is given to every merchant. */
export const platformFiles = ({ certificate }: PlatformIdentity): File[] => [
  { name: fileNames.platformKey, text: privatePem(certificate.privateKey), mode: forOwner },
]

export const merchantFiles = (
  { credentials, publicKeyPrivate }: IssuedMerchant,
  { certificate }: PlatformIdentity,
): File[] => {
  const stored = CredentialsFile.parse({ ...credentials, platformSerial: certificate.serial })
  const json = `${JSON.stringify(stored, null, 2)}\n`

  return [
    { name: fileNames.merchantKey, text: credentials.merchantKey, mode: forOwner },
    { name: fileNames.merchantCertificate, text: credentials.merchantCertificate, mode: forAll },
    { name: fileNames.platformCertificate, text: certificate.pem, mode: forAll },
    { name: fileNames.publicKey, text: credentials.publicKey, mode: forAll },
    { name: fileNames.publicKeyPrivate, text: privatePem(publicKeyPrivate), mode: forOwner },
    // The APIv3 key is in it.
    { name: fileNames.credentials, text: json, mode: forOwner },
  ]
}

/**
 * Whether a folder is still to be made.
 * @throws {CredentialsError} when what is there is not one of ours.
 */
export const isVacant = async (dir: string): Promise<boolean> => {
  let found: string[]
  try {
    found = await readdir(dir)
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return true
    const reason = `it is not a folder that can be listed (${codeOf(cause)})`
    throw unusable(dir, { code: 'CREDENTIALS_FOREIGN', reason, cause })
  }
  if (found.length > 0 && !found.includes(fileNames.credentials)) {
    const reason = `it holds other files but no ${fileNames.credentials}`
    throw unusable(dir, { code: 'CREDENTIALS_FOREIGN', reason })
  }

  return found.length === 0
}

/**
 * Makes a folder whole or not at all: of two that start at once one wins, and both read what it made.
 * @throws {CredentialsError} CREDENTIALS_UNWRITABLE
 */
export const placeFolder = async (dir: string, files: readonly File[]): Promise<void> => {
  const draft = `${dir}.${randomUUID()}`

  try {
    await mkdir(dirname(dir), { recursive: true, mode: 0o755 })
    await mkdir(draft, { mode: 0o755 })
    await mkdir(join(draft, 'private'), { mode: 0o700 })
    for (const { name, text, mode } of files) await writeFile(join(draft, name), text, { mode })
    await rename(draft, dir)
  } catch (cause) {
    await rm(draft, { recursive: true, force: true })
    if (await isVacant(dir)) {
      const reason = `it cannot be made there (${codeOf(cause)})`
      throw unusable(dir, { code: 'CREDENTIALS_UNWRITABLE', reason, cause })
    }
  }
}

export const codeOf = (cause: unknown): string =>
  cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown reason'
