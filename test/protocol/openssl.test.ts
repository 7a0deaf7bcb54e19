import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { decryptField, encryptField } from '../../contracts/protocol/cipher.ts'
import {
  readPrivateKey,
  readPublicKey,
  signMessage,
  verifySignature,
} from '../../contracts/protocol/signature.ts'
import { hasOpenssl, openssl } from './openssl.ts'

const message = randomBytes(1000)
const oaep = ['rsa_padding_mode:oaep', 'rsa_oaep_md:sha1'].flatMap((option) => ['-pkeyopt', option])
const pem = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
})
const privateKey = readPrivateKey(pem.privateKey)
const publicKey = readPublicKey(pem.publicKey)

let folder: string
const file = (name: string) => join(folder, name)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'openssl-'))
  await writeFile(file('key.pem'), pem.privateKey)
  await writeFile(file('public.pem'), pem.publicKey)
})
afterAll(() => rm(folder, { recursive: true }))

test.skipIf(!hasOpenssl)('a message is signed to the same bytes as by openssl', async () => {
  const theirs = openssl(['dgst', '-sha256', '-sign', file('key.pem')], message).toString('base64')

  expect(await signMessage(message, privateKey)).toBe(theirs)
  expect(verifySignature(message, theirs, publicKey)).toBe(true)
})

test.skipIf(!hasOpenssl)('openssl verifies what is signed here', async () => {
  const signature = Buffer.from(await signMessage(message, privateKey), 'base64')
  await writeFile(file('signature'), signature)
  const verify = ['dgst', '-sha256', '-verify', file('public.pem'), '-signature', file('signature')]

  expect(openssl(verify, message).toString()).toBe('Verified OK\n')
  expect(() => openssl(verify, Buffer.from('another'))).toThrow('Command failed')
})

test.skipIf(!hasOpenssl)('a field goes to openssl and comes from openssl', async () => {
  const encrypt = ['pkeyutl', '-encrypt', '-pubin', '-inkey', file('public.pem'), ...oaep]
  const decrypt = ['pkeyutl', '-decrypt', '-inkey', file('key.pem'), ...oaep]
  const theirs = openssl(encrypt, Buffer.from('张三')).toString('base64')
  const ours = Buffer.from(encryptField('李四', publicKey), 'base64')

  expect(decryptField(theirs, privateKey)).toBe('张三')
  expect(openssl(decrypt, ours).toString()).toBe('李四')
})
