import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  credentialsFiles,
  type KeptCredentialsFile,
  parseCredentialsFile,
} from '../contracts/credentials.ts'
import { ConfigurationError } from './errors.ts'

/** The keys of a sandbox's credentials folder, as options of the client. */
export type Credentials = {
  mchid: string
  serial: string
  privateKey: string
  apiv3Key: string
  platformKeys: Record<string, string>
}

/** @throws {ConfigurationError} CREDENTIALS_UNREADABLE, with the file that is missing or damaged. */
export const readCredentials = (folder: string): Credentials => {
  const { mchid, merchantSerial, apiv3Key, platformSerial, publicKeyId } =
    readCredentialsFile(folder)

  return {
    mchid,
    serial: merchantSerial,
    privateKey: readText(folder, credentialsFiles.merchantKey),
    apiv3Key,
    platformKeys: {
      [platformSerial]: readText(folder, credentialsFiles.platformCertificate),
      [publicKeyId]: readText(folder, credentialsFiles.publicKey),
    },
  }
}

/** Who the merchant of a folder is. @throws {ConfigurationError} as `readCredentials` */
export const readCredentialsFile = (folder: string): KeptCredentialsFile => {
  const read = parseCredentialsFile(readText(folder, credentialsFiles.credentials))
  if ('problem' in read) throw unreadable(folder, read.problem)

  return read.file
}

const readText = (folder: string, file: string): string => {
  try {
    return readFileSync(join(folder, file), 'utf8')
  } catch (cause) {
    throw unreadable(folder, `${file} is not there`, cause)
  }
}

const unreadable = (folder: string, reason: string, cause?: unknown) =>
  new ConfigurationError(
    'CREDENTIALS_UNREADABLE',
    `${folder} is not a credentials folder: ${reason}. A sandbox writes one when it starts; give its path.`,
    cause === undefined ? undefined : { cause },
  )
