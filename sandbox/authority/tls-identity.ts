import { generateKeyPair, randomBytes, X509Certificate } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { apiHosts } from '../../contracts/hosts.ts'
import { fill } from '../../contracts/texts.ts'
import { day } from '../../contracts/time.ts'
import { unusable } from './credentials-error.ts'
import { codeOf, placeFolder } from './folder-files.ts'
import { cryptoKeys, privatePem, x509 } from './issue.ts'
import { authorityTexts } from './texts.ts'

/** What a server shows under WeChat Pay's host names, and what its callers must trust. PEM. */
export type TlsIdentity = { key: string; certificate: string; authority: string }

const files = { key: 'key.pem', certificate: 'certificate.pem', authority: 'authority.pem' }

/** Where it lies in a credentials folder, with what is derived from it. */
export const tlsFolder = (credentials: string): string => join(credentials, 'tls')

/**
 * The folder's identity for TLS, made at the first use and anew before it expires. The authority's
 * key is thrown away once it signed the one certificate, so that whoever trusts it trusts no more.
 * @throws {CredentialsError} CREDENTIALS_UNREADABLE, CREDENTIALS_UNWRITABLE
 */
export const openTlsIdentity = async (credentials: string): Promise<TlsIdentity> => {
  const folder = tlsFolder(credentials)
  const kept = await read(folder)
  if (kept && !endsSoon(kept)) return kept

  if (kept) await rm(folder, { recursive: true })
  const made = await issueTlsIdentity()
  await placeFolder(folder, [
    { name: files.key, text: made.key, mode: 0o600 },
    { name: files.certificate, text: made.certificate, mode: 0o644 },
    { name: files.authority, text: made.authority, mode: 0o644 },
  ])
  // Of two that start at once, both use what one of them made.
  return (await read(folder)) ?? made
}

const read = async (folder: string): Promise<TlsIdentity | undefined> => {
  try {
    const text = (name: string) => readFile(join(folder, name), 'utf8')
    const [key, certificate, authority] = await Promise.all([
      text(files.key),
      text(files.certificate),
      text(files.authority),
    ])
    return { key, certificate, authority }
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return undefined
    const reason = fill(authorityTexts.notListable, { code: codeOf(cause) })
    throw unusable(folder, { code: 'CREDENTIALS_UNREADABLE', reason, cause })
  }
}

const validDays = 365

const endsSoon = ({ certificate }: TlsIdentity): boolean =>
  Date.parse(new X509Certificate(certificate).validTo) < Date.now() + day

const generate = promisify(generateKeyPair)
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

const newKeys = async () => {
  const pair = await generate('ec', { namedCurve: 'P-256' })
  return { pem: privatePem(pair.privateKey), keys: await cryptoKeys(pair, algorithm) }
}

const issueTlsIdentity = async (): Promise<TlsIdentity> => {
  const [library, authority, server] = await Promise.all([x509(), newKeys(), newKeys()])
  const now = Date.now()
  const common = {
    notBefore: new Date(now - day),
    notAfter: new Date(now + validDays * day),
    signingAlgorithm: algorithm,
  }
  const serialNumber = () => `01${randomBytes(15).toString('hex')}`

  const root = await library.X509CertificateGenerator.createSelfSigned({
    ...common,
    serialNumber: serialNumber(),
    name: 'CN=wechatpay-sandbox (this folder), O=wechatpay-sandbox',
    keys: authority.keys,
    extensions: [
      new library.BasicConstraintsExtension(true, 0, true),
      new library.KeyUsagesExtension(library.KeyUsageFlags.keyCertSign, true),
      await library.SubjectKeyIdentifierExtension.create(authority.keys.publicKey),
    ],
  })
  const certificate = await library.X509CertificateGenerator.create({
    ...common,
    serialNumber: serialNumber(),
    subject: `CN=${apiHosts[0]}, O=wechatpay-sandbox`,
    issuer: root.subject,
    publicKey: server.keys.publicKey,
    signingKey: authority.keys.privateKey,
    extensions: [
      new library.BasicConstraintsExtension(false, undefined, true),
      new library.KeyUsagesExtension(library.KeyUsageFlags.digitalSignature, true),
      new library.ExtendedKeyUsageExtension([library.ExtendedKeyUsage.serverAuth]),
      new library.SubjectAlternativeNameExtension([
        ...[...apiHosts, 'localhost'].map((value) => ({ type: 'dns' as const, value })),
        { type: 'ip', value: '127.0.0.1' },
      ]),
      await library.SubjectKeyIdentifierExtension.create(server.keys.publicKey),
      await library.AuthorityKeyIdentifierExtension.create(authority.keys.publicKey),
    ],
  })

  return {
    key: server.pem,
    certificate: `${certificate.toString('pem')}\n`,
    authority: `${root.toString('pem')}\n`,
  }
}
