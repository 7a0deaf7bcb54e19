import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ConfigurationError } from './errors.ts'

/** What a sandbox's credentials folder says about the merchant and its keys. */
export type Credentials = {
  mchid: string
  serial: string
  privateKey: string
  apiv3Key: string
  platformKeys: Record<string, string>
}

/** @throws {ConfigurationError} CREDENTIALS_UNREADABLE, with the file that is missing or damaged. */
export const readCredentials = (folder: string): Credentials => {
  const names = readNames(folder)

  return {
    mchid: names('mchid'),
    serial: names('merchantSerial'),
    privateKey: readText(folder, 'apiclient_key.pem'),
    apiv3Key: names('apiv3Key'),
    platformKeys: {
      [names('platformSerial')]: readText(folder, 'wechatpay_cert.pem'),
      [names('publicKeyId')]: readText(folder, 'pub_key.pem'),
    },
  }
}

const readNames = (folder: string) => {
  const file = 'credentials.json'
  const text = readText(folder, file)
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch (cause) {
    throw unreadable(folder, `${file} is not JSON`, cause)
  }

  return (name: string): string => {
    const value: unknown =
      typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, name) : undefined
    if (typeof value !== 'string') throw unreadable(folder, `${file} has no ${name}`)
    return value
  }
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
