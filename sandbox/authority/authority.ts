import type { KeyObject } from 'node:crypto'
import type { Identities, MerchantCredentials } from '../../contracts/credentials.ts'
import { type Certificate, readCertificate } from '../../contracts/protocol/certificate.ts'
import { fill, list } from '../../contracts/texts.ts'
import { CredentialsError } from './credentials-error.ts'
import { authorityTexts } from './texts.ts'

/** WeChat's side that all merchants share. */
export type PlatformIdentity = { certificate: Certificate & { privateKey: KeyObject } }

/** What a server needs of a merchant to check its requests and to answer them. */
export type MerchantKeys = {
  mchid: string
  serial: string
  /** Of the merchant's certificate: verifies requests, encrypts sensitive fields of answers. */
  publicKey: KeyObject
  apiv3Key: string
  apiv2Key: string
  /** The "WeChat Pay public key" of this merchant, with the private half that signs for it. */
  platformPublicKey: { id: string; privateKey: KeyObject }
}

/** A merchant as it is issued or read; the platform certificate is not its own. */
export type IssuedMerchant = {
  credentials: Omit<MerchantCredentials, 'platformSerial' | 'platformCertificate'>
  publicKeyPrivate: KeyObject
}

export type Authority = {
  platform: PlatformIdentity
  /** By mchid, the first one being the one the authority was opened for. */
  merchants: ReadonlyMap<string, MerchantKeys>
  /** @throws {CredentialsError} MERCHANT_UNKNOWN */
  credentialsOf(mchid: string): MerchantCredentials
  /**
   * Adds a merchant, or answers with the credentials that it has already.
   * @throws {CredentialsError} MERCHANTS_TOO_MANY
   */
  addMerchant(identities: Identities): Promise<MerchantCredentials>
}

const mostMerchants = 1000

type Parts = {
  platform: PlatformIdentity
  merchants: readonly IssuedMerchant[]
  /** Makes the keys of a further merchant, or finds those that were kept. */
  enrol: (identities: Identities) => Promise<IssuedMerchant>
}

export const createAuthority = ({ platform, merchants, enrol }: Parts): Authority => {
  const known = new Map<string, IssuedMerchant>()
  const keys = new Map<string, MerchantKeys>()

  const add = (merchant: IssuedMerchant) => {
    const { mchid } = merchant.credentials
    if (known.has(mchid)) return
    known.set(mchid, merchant)
    keys.set(mchid, keysOf(merchant))
  }

  const credentialsOf = (mchid: string): MerchantCredentials => {
    const merchant = known.get(mchid)
    if (!merchant) throw unknown(mchid, [...known.keys()])
    const { serial, pem } = platform.certificate
    return { ...merchant.credentials, platformSerial: serial, platformCertificate: pem }
  }

  for (const merchant of merchants) add(merchant)

  return {
    platform,
    merchants: keys,
    credentialsOf,
    addMerchant: async (identities) => {
      if (known.has(identities.mchid)) return credentialsOf(identities.mchid)
      if (known.size >= mostMerchants) throw tooMany()
      add(await enrol(identities))
      return credentialsOf(identities.mchid)
    },
  }
}

const keysOf = ({ credentials, publicKeyPrivate }: IssuedMerchant): MerchantKeys => ({
  mchid: credentials.mchid,
  serial: credentials.merchantSerial,
  publicKey: readCertificate(credentials.merchantCertificate).publicKey,
  apiv3Key: credentials.apiv3Key,
  apiv2Key: credentials.apiv2Key,
  platformPublicKey: { id: credentials.publicKeyId, privateKey: publicKeyPrivate },
})

const tooMany = () =>
  new CredentialsError(
    'MERCHANTS_TOO_MANY',
    fill(authorityTexts.tooManyMerchants, { most: mostMerchants }),
  )

const unknown = (mchid: string, known: readonly string[]) =>
  new CredentialsError(
    'MERCHANT_UNKNOWN',
    fill(authorityTexts.merchantUnknown, { known: list(known), mchid }),
  )
