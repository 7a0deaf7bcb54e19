/**
 * The credentials folder: what a sandbox writes for a merchant at its first start, and what a client
 * and the command line read. Every file is PEM (private keys PKCS#8) or JSON.
 * @module
 */
import { z } from 'zod'
import { appId, merchantNumber, openId, serviceId } from './fields.ts'
import { jsonOf } from './json.ts'

/** The files of the folder; the public ones have the names under which WeChat Pay hands them out. */
export const credentialsFiles = {
  credentials: 'credentials.json',
  merchantKey: 'apiclient_key.pem',
  merchantCertificate: 'apiclient_cert.pem',
  platformKey: 'private/wechatpay_key.pem',
  platformCertificate: 'wechatpay_cert.pem',
  publicKeyPrivate: 'private/pub_key_private.pem',
  publicKey: 'pub_key.pem',
} as const

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
const sharedKey = z.string().regex(/^[\x21-\x7e]{32}$/)

/** `credentials.json`: what a merchant knows beside its PEM files. */
export const CredentialsFile = Identities.extend({
  merchantSerial: certificateSerial,
  apiv3Key: sharedKey,
  /** For the older signatures of the front end, HMAC-SHA256 or MD5. */
  apiv2Key: sharedKey,
  platformSerial: certificateSerial,
  publicKeyId: z.string().regex(/^PUB_KEY_ID_\d+$/),
})
export type CredentialsFile = z.infer<typeof CredentialsFile>

/** A file that was written before there was an `apiv2Key`; a sandbox that opens it adds one. */
const KeptCredentialsFile = CredentialsFile.partial({ apiv2Key: true })
export type KeptCredentialsFile = z.infer<typeof KeptCredentialsFile>

/** All that a merchant holds: enough to sign, to verify and to open. Keys and certificates in PEM. */
export type MerchantCredentials = CredentialsFile & {
  merchantKey: string
  merchantCertificate: string
  platformCertificate: string
  publicKey: string
}

/** What `credentials.json` says, or what is wrong with it. No text of the file is quoted: it holds keys. */
export const parseCredentialsFile = (
  text: string,
): { file: KeptCredentialsFile } | { problem: string } => {
  const { success, data, error } = KeptCredentialsFile.safeParse(jsonOf(text))
  if (success) return { file: data }

  const members = error.issues.map(({ path }) => path.join('.')).filter(Boolean)
  return {
    problem: members.length
      ? `${credentialsFiles.credentials} has no usable ${members.join(', ')}`
      : `${credentialsFiles.credentials} is not a JSON object`,
  }
}
