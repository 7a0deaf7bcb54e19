import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { CredentialsFile, credentialsFiles } from '../../contracts/credentials.ts'
import { fill } from '../../contracts/texts.ts'
import type { IssuedMerchant, PlatformIdentity } from './authority.ts'
import { unusable } from './credentials-error.ts'
import { privatePem } from './issue.ts'
import { authorityTexts } from './texts.ts'

type File = { name: string; text: string; mode: number }

const forOwner = 0o600
const forAll = 0o644

/** What the platform keeps to itself; its certificate is given to every merchant. */
export const platformFiles = ({ certificate }: PlatformIdentity): File[] => [
  { name: credentialsFiles.platformKey, text: privatePem(certificate.privateKey), mode: forOwner },
]

export const merchantFiles = (
  { credentials, publicKeyPrivate }: IssuedMerchant,
  { certificate }: PlatformIdentity,
): File[] => {
  const stored = CredentialsFile.parse({ ...credentials, platformSerial: certificate.serial })
  const json = `${JSON.stringify(stored, null, 2)}\n`

  return [
    { name: credentialsFiles.merchantKey, text: credentials.merchantKey, mode: forOwner },
    {
      name: credentialsFiles.merchantCertificate,
      text: credentials.merchantCertificate,
      mode: forAll,
    },
    { name: credentialsFiles.platformCertificate, text: certificate.pem, mode: forAll },
    { name: credentialsFiles.publicKey, text: credentials.publicKey, mode: forAll },
    { name: credentialsFiles.publicKeyPrivate, text: privatePem(publicKeyPrivate), mode: forOwner },
    // The APIv2 and APIv3 keys are in it.
    { name: credentialsFiles.credentials, text: json, mode: forOwner },
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
    const reason = fill(authorityTexts.notListable, { code: codeOf(cause) })
    throw unusable(dir, { code: 'CREDENTIALS_FOREIGN', reason, cause })
  }
  if (found.length > 0 && !found.includes(credentialsFiles.credentials)) {
    const reason = fill(authorityTexts.otherFiles, { file: credentialsFiles.credentials })
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
    await mkdir(draft, { mode: 0o700 })
    // Keys are nothing for a repository, wherever the folder lies.
    await writeFile(join(draft, '.gitignore'), '*\n')
    for (const { name, text, mode } of files) {
      await mkdir(dirname(join(draft, name)), { recursive: true, mode: 0o700 })
      await writeFile(join(draft, name), text, { mode })
    }
    await rename(draft, dir)
  } catch (cause) {
    await rm(draft, { recursive: true, force: true })
    if (await isVacant(dir)) {
      const reason = fill(authorityTexts.notMakable, { code: codeOf(cause) })
      throw unusable(dir, { code: 'CREDENTIALS_UNWRITABLE', reason, cause })
    }
  }
}

/**
 * Writes a member that `credentials.json` does not have yet; all else stays as it is. A folder that
 * cannot be written, such as one that is mounted to be read only, is left alone.
 */
export const addMember = async (dir: string, member: Record<string, string>): Promise<void> => {
  const file = join(dir, credentialsFiles.credentials)
  const draft = `${file}.${randomUUID()}`

  try {
    const [text, { mode }] = await Promise.all([readFile(file, 'utf8'), stat(file)])
    const json = `${JSON.stringify({ ...JSON.parse(text), ...member }, null, 2)}\n`
    await writeFile(draft, json, { mode })
    await rename(draft, file)
  } catch {
    await rm(draft, { force: true })
  }
}

export const codeOf = (cause: unknown): string =>
  cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown reason'
