import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Authority } from '../../sandbox/authority/authority.ts'
import { openCredentials } from '../../sandbox/authority/credentials-folder.ts'
import { hasOpenssl, openssl } from '../protocol/openssl.ts'
import { identities } from './identities.ts'

let folder: string
let authority: Authority
const file = (name: string) => join(folder, name)
const text = (...args: string[]) => openssl(args).toString()

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'credentials-'))
  authority = await openCredentials(folder, identities)
})
afterAll(() => rm(folder, { recursive: true }))

const pairs = [
  { key: 'apiclient_key.pem', certificate: 'apiclient_cert.pem', name: identities.mchid },
  { key: 'private/wechatpay_key.pem', certificate: 'wechatpay_cert.pem', name: 'Tenpay.com sign' },
]

test.skipIf(!hasOpenssl).each(pairs)('openssl reads $certificate', ({ certificate, name }) => {
  const credentials = authority.credentialsOf(identities.mchid)
  const { merchantSerial, platformSerial } = credentials
  const show = ['x509', '-noout', '-in', file(certificate)]

  expect([merchantSerial, platformSerial].map((serial) => `serial=${serial}\n`)).toContain(
    text(...show, '-serial'),
  )
  expect(text(...show, '-subject')).toMatch(new RegExp(`CN ?= ?${name}\\b`))
  expect(text(...show, '-checkend', '0')).toBe('Certificate will not expire\n')
  expect(text(...show, '-text')).toContain('Signature Algorithm: sha256WithRSAEncryption')
})

test.skipIf(!hasOpenssl).each(pairs)('openssl verifies that $certificate signs itself', (pair) => {
  const path = file(pair.certificate)

  expect(text('verify', '-check_ss_sig', '-CAfile', path, path)).toBe(`${path}: OK\n`)
})

test.skipIf(!hasOpenssl).each(pairs)('openssl finds $key to be that of $certificate', (pair) => {
  expect(text('pkey', '-in', file(pair.key), '-pubout')).toBe(
    text('x509', '-in', file(pair.certificate), '-noout', '-pubkey'),
  )
})

test.skipIf(!hasOpenssl)(
  'openssl finds private/pub_key_private.pem to be that of pub_key.pem',
  () => {
    expect(text('pkey', '-in', file('private/pub_key_private.pem'), '-pubout')).toBe(
      text('pkey', '-pubin', '-in', file('pub_key.pem'), '-pubout'),
    )
  },
)

test
  .skipIf(!hasOpenssl)
  .each(['apiclient_key.pem', 'private/wechatpay_key.pem', 'private/pub_key_private.pem'])(
  'openssl finds %s valid',
  (name) => {
    expect(text('pkey', '-in', file(name), '-check', '-noout')).toBe('Key is valid\n')
  },
)
