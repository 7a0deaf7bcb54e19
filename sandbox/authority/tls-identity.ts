import { generateKeyPair, randomBytes, webcrypto, X509Certificate } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { apiHosts } from '../../contracts/hosts.ts'
import { fill } from '../../contracts/texts.ts'
import { unusable } from './credentials-error.ts'
import { codeOf, placeFolder } from './folder-files.ts'
import { privatePem } from './issue.ts'
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
    const [key, certificate, authority] = await Promise.all(
      [files.key, files.certificate, files.authority].map((name) =>
        readFile(join(folder, name), 'utf8'),
      ),
    )
    return { key: `${key}`, certificate: `${certificate}`, authority: `${authority}` }
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return undefined
    const reason = fill(authorityTexts.notListable, { code: codeOf(cause) })
    throw unusable(folder, { code: 'CREDENTIALS_UNREADABLE', reason, cause })
  }
}

const day = 86_400_000
const validDays = 365

const endsSoon = ({ certificate }: TlsIdentity): boolean =>
  Date.parse(new X509Certificate(certificate).validTo) < Date.now() + day

const generate = promisify(generateKeyPair)
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

/** A key as the issuing library takes it, and as PEM. */
const newKeys = async () => {
  const { publicKey, privateKey } = await generate('ec', { namedCurve: 'P-256' })
  const spki = publicKey.export({ type: 'spki', format: 'der' })
  const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'der' })
  const { subtle } = webcrypto

  return {
    pem: privatePem(privateKey),
    keys: {
      publicKey: await subtle.importKey('spki', spki, algorithm, true, ['verify']),
      privateKey: await subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign']),
    },
  }
}

const issueTlsIdentity = async (): Promise<TlsIdentity> => {
  await import('reflect-metadata')
  const x509 = await import('@peculiar/x509')
  const [authority, server] = await Promise.all([newKeys(), newKeys()])
  const now = Date.now()
  const common = {
    notBefore: new Date(now - day),
    notAfter: new Date(now + validDays * day),
    signingAlgorithm: algorithm,
  }
  const serialNumber = () => `01${randomBytes(15).toString('hex')}`

  const root = await x509.X509CertificateGenerator.createSelfSigned({
    ...common,
    serialNumber: serialNumber(),
    name: 'CN=wechatpay-sandbox (this folder), O=wechatpay-sandbox',
    keys: authority.keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
      await x509.SubjectKeyIdentifierExtension.create(authority.keys.publicKey),
    ],
  })
  const certificate = await x509.X509CertificateGenerator.create({
    ...common,
    serialNumber: serialNumber(),
    subject: `CN=${apiHosts[0]}, O=wechatpay-sandbox`,
    issuer: root.subject,
    publicKey: server.keys.publicKey,
    signingKey: authority.keys.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([
        ...[...apiHosts, 'localhost'].map((value) => ({ type: 'dns' as const, value })),
        { type: 'ip', value: '127.0.0.1' },
      ]),
      await x509.SubjectKeyIdentifierExtension.create(server.keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(authority.keys.publicKey),
    ],
  })

  return {
    key: server.pem,
    certificate: `${certificate.toString('pem')}\n`,
    authority: `${root.toString('pem')}\n`,
  }
}
