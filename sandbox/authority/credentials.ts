import { z } from 'zod'
import { appId, merchantNumber, openId, serviceId } from '../../contracts/fields.ts'

/** Who a merchant is, before any key is made. */
export const Identities = z.object({
  mchid: merchantNumber,
  appid: appId,
  subMchid: merchantNumber,
  subAppid: appId,
  serviceId,
  openid: openId,
  subOpenid: openId,
})
export type Identities = z.infer<typeof Identities>

const certificateSerial = z.string().regex(/^[0-9A-F]{2,40}$/i)

/** `credentials.json`: what a merchant knows beside its PEM files. */
export const CredentialsFile = Identities.extend({
  merchantSerial: certificateSerial,
  apiv3Key: z.string().regex(/^[\x21-\x7e]{32}$/),
  platformSerial: certificateSerial,
  publicKeyId: z.string().regex(/^PUB_KEY_ID_\d+$/),
})
export type CredentialsFile = z.infer<typeof CredentialsFile>

/** All that a merchant holds: enough to sign, to verify and to open. Keys and certificates in PEM. */
export type MerchantCredentials = CredentialsFile & {
  merchantKey: string
  merchantCertificate: string
  platformCertificate: string
  publicKey: string
}
