import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { CredentialsFile } from '../../contracts/credentials.ts'
import { identities } from '../authority/identities.ts'
import vectors from '../golden/vectors.json' with { type: 'json' }
import { apiv3Key } from './callback.ts'
import { merchant, platform, publicKeyId, serial } from './wechat-server.ts'

const found = vectors.find(({ id }) => id === 'vec.serial.java.downloaded')

export const certificate = { serial: found?.expected_serial ?? '', pem: found?.certificate ?? '' }

export const credentialsJson = (changes: Partial<CredentialsFile> = {}) =>
  JSON.stringify({
    ...identities,
    mchid: '1900000109',
    merchantSerial: serial,
    apiv3Key,
    platformSerial: certificate.serial,
    publicKeyId,
    ...changes,
  })

/** A credentials folder written by hand, gone after the test; `null` leaves a file out. */
export const writeFolder = async (changes: Partial<Record<string, string | null>> = {}) => {
  const folder = await mkdtemp(join(tmpdir(), 'credentials-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const files = {
    'apiclient_key.pem': merchant.privateKey,
    'wechatpay_cert.pem': certificate.pem,
    'pub_key.pem': platform.publicKey,
    'credentials.json': credentialsJson(),
    ...changes,
  }
  for (const [name, text] of Object.entries(files)) {
    if (typeof text === 'string') await writeFile(join(folder, name), text)
  }

  return folder
}
