import { createPublicKey } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  credentialsFiles,
  type KeptCredentialsFile,
  parseCredentialsFile,
} from '../../contracts/credentials.ts'
import type { KeyOwner, KnownKey } from '../../contracts/diagnosis/diagnose.ts'
import { readCertificate } from '../../contracts/protocol/certificate.ts'
import { readPrivateKey, readPublicKey } from '../../contracts/protocol/signature.ts'
import { fill } from '../../contracts/texts.ts'
import { isVacant } from '../authority/folder-files.ts'
import { merchantsBelow } from '../authority/folder-reading.ts'
import { UnreadableError } from './message.ts'
import { explainTexts } from './texts.ts'

export type Keys = { keys: KnownKey[]; subMchids: string[]; apiKeys: string[] }

/** The keys of PEM files, taken for those of who should have signed, and of a credentials folder. */
export const knownKeys = async (
  { dir, key: files = [] }: { dir: string; key?: readonly string[] },
  signer: 'merchant' | 'platform',
): Promise<Keys> => {
  const given = await Promise.all(files.map((file) => keyOfFile(file, signer)))
  const { keys, ...others } = await keysOfFolder(dir)

  return { keys: [...given, ...keys], ...others }
}

/** A certificate, a public key, or the public half of a private key. */
const keyOfFile = async (file: string, signer: 'merchant' | 'platform'): Promise<KnownKey> => {
  const pem = await readFile(file, 'utf8')
  const owner = signer === 'merchant' ? signer : 'platform-public-key'
  if (pem.includes('PRIVATE KEY')) return { owner, publicKey: createPublicKey(readPrivateKey(pem)) }
  if (!pem.includes('CERTIFICATE')) return { owner, publicKey: readPublicKey(pem) }
  const { serial, publicKey } = readCertificate(pem)

  return { owner: signer === 'merchant' ? signer : 'platform-certificate', id: serial, publicKey }
}

/** None of a folder that was never made. */
const keysOfFolder = async (folder: string): Promise<Keys> => {
  if (await isVacant(folder)) return { keys: [], subMchids: [], apiKeys: [] }
  const below = join(folder, 'merchants')
  const others = (await merchantsBelow(below)).map((mchid) => join(below, mchid))
  const known = await Promise.all([
    keysOfMerchant(folder, 'merchant'),
    ...others.map((dir) => keysOfMerchant(dir, 'other-merchant')),
  ])
  const pem = await readFile(join(folder, credentialsFiles.platformCertificate), 'utf8')
  const { serial, publicKey } = readCertificate(pem)

  return {
    keys: [
      ...known.flatMap(({ keys }) => keys),
      { owner: 'platform-certificate', id: serial, publicKey },
    ],
    subMchids: known.map(({ subMchid }) => subMchid),
    apiKeys: known.flatMap(({ apiKeys }) => apiKeys),
  }
}

const keysOfMerchant = async (dir: string, owner: KeyOwner) => {
  const read = (name: string) => readFile(join(dir, name), 'utf8')
  const { mchid, subMchid, publicKeyId, apiv3Key, apiv2Key } = readCredentials(
    await read(credentialsFiles.credentials),
    dir,
  )
  const { serial, publicKey } = readCertificate(await read(credentialsFiles.merchantCertificate))
  const platformKey = readPublicKey(await read(credentialsFiles.publicKey))
  const keys: KnownKey[] = [
    { owner, id: serial, mchid, publicKey },
    { owner: 'platform-public-key', id: publicKeyId, publicKey: platformKey },
  ]

  const apiKeys = [apiv3Key, apiv2Key ?? []].flat()

  return { subMchid, keys, apiKeys }
}

const readCredentials = (text: string, dir: string): KeptCredentialsFile => {
  const read = parseCredentialsFile(text)
  if ('file' in read) return read.file

  const file = join(dir, credentialsFiles.credentials)
  throw new UnreadableError(fill(explainTexts.folderDamaged, { file }))
}
