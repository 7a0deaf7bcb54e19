import {
  createHmac,
  generateKeyPair,
  type KeyObject,
  randomBytes,
  randomInt,
  webcrypto,
} from 'node:crypto'
import { promisify } from 'node:util'
import { Identities } from '../../contracts/credentials.ts'
import { type Certificate, readCertificate } from '../../contracts/protocol/certificate.ts'
import { base62, decimal, draw } from '../store/chance.ts'
import {
  type Authority,
  createAuthority,
  type IssuedMerchant,
  type PlatformIdentity,
} from './authority.ts'

/** Keys and certificates that live as long as the process. */
export const issueCredentials = async (identities: Identities): Promise<Authority> => {
  const [platform, merchant] = await Promise.all([
    issuePlatform(new Date()),
    issueMerchant(identities, new Date()),
  ])

  return createAuthority({
    platform,
    merchants: [merchant],
    enrol: (further) => issueMerchant(further, new Date()),
  })
}

export const issuePlatform = async (now: Date): Promise<PlatformIdentity> => {
  const keys = await newKeyPair()
  const certificate = await issueCertificate(
    'CN=Tenpay.com sign, OU=wechatpay-sandbox, O=Tenpay.com, C=CN',
    { keys, now },
  )

  return { certificate: { ...certificate, privateKey: keys.privateKey } }
}

/** @throws {ZodError} when the identities are not of their kind. */
export const issueMerchant = async (identities: Identities, now: Date): Promise<IssuedMerchant> => {
  const parsed = Identities.parse(identities)
  const [keys, publicKey] = await Promise.all([newKeyPair(), newKeyPair()])
  const apiv3Key = draw(chance, base62, 32)
  const certificate = await issueCertificate(`CN=${parsed.mchid}, O=wechatpay-sandbox, C=CN`, {
    keys,
    now,
  })

  return {
    credentials: {
      ...parsed,
      merchantKey: privatePem(keys.privateKey),
      merchantSerial: certificate.serial,
      merchantCertificate: certificate.pem,
      apiv3Key,
      apiv2Key: apiv2KeyOf(apiv3Key),
      publicKeyId: newPublicKeyId(parsed.mchid, now),
      publicKey: publicPem(publicKey.publicKey),
    },
    publicKeyPrivate: publicKey.privateKey,
  }
}

export const privatePem = (key: KeyObject): string =>
  key.export({ type: 'pkcs8', format: 'pem' }).toString()

export const publicPem = (key: KeyObject): string =>
  key.export({ type: 'spki', format: 'pem' }).toString()

type KeyPair = { publicKey: KeyObject; privateKey: KeyObject }

/** Loaded when keys are made; the second refuses to load without the first. */
export const x509 = async () => {
  await import('reflect-metadata')
  return import('@peculiar/x509')
}

const generateInPool = promisify(generateKeyPair)
const newKeyPair = async (): Promise<KeyPair> => {
  // While the pool looks for primes, this thread loads what comes next.
  const [keys] = await Promise.all([generateInPool('rsa', { modulusLength: 2048 }), x509()])
  return keys
}

const validYears = 5
const backdatedMs = 5 * 60_000

type CertificateInput = { keys: KeyPair; now: Date }

const issueCertificate = async (
  name: string,
  { keys, now }: CertificateInput,
): Promise<Certificate> => {
  const notAfter = new Date(now)
  notAfter.setUTCFullYear(notAfter.getUTCFullYear() + validYears)

  const { X509CertificateGenerator } = await x509()
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: newSerial(),
    name,
    notBefore: new Date(now.getTime() - backdatedMs),
    notAfter,
    keys: await cryptoKeys(keys, { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }),
  })

  return readCertificate(`${certificate.toString('pem')}\n`)
}

type Algorithm = { name: string; hash: string; namedCurve?: string }

/** Keys as the issuing library takes them. */
export const cryptoKeys = async ({ publicKey, privateKey }: KeyPair, algorithm: Algorithm) => {
  const spki = publicKey.export({ type: 'spki', format: 'der' })
  const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'der' })

  return {
    publicKey: await webcrypto.subtle.importKey('spki', spki, algorithm, true, ['verify']),
    privateKey: await webcrypto.subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign']),
  }
}

// 40 digits, the first from 1 to 7: some clients drop a leading zero, others add one before 8 to F.
const newSerial = (): string =>
  `${randomInt(1, 8)}${randomBytes(20).toString('hex').slice(1)}`.toUpperCase()

/**
 * The APIv2 key that goes with an APIv3 key, 32 characters. It is derived, so that two programs which
 * open a folder without one at the same time write the same.
 */
export const apiv2KeyOf = (apiv3Key: string): string =>
  createHmac('sha256', apiv3Key).update('APIv2').digest('hex').slice(0, 32)

// Never the store's stream, which repeats by its seed.
const chance = { next: () => randomInt(2 ** 32) / 2 ** 32 }

// As the documented PUB_KEY_ID_0116789398642024122500389500000994: 01, mchid, day, up to 34 digits.
const newPublicKeyId = (mchid: string, now: Date): string => {
  const head = `01${mchid}${now.toISOString().slice(0, 10).replaceAll('-', '')}`
  return `PUB_KEY_ID_${head}${draw(chance, decimal, Math.max(34 - head.length, 0))}`
}
