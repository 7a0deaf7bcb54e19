/**
 * wechatpay-axios-plugin as the outside witness: a published client that knows nothing of this
 * project, set up as its manual says.
 * @module
 */
import { Formatter, Rsa, Wechatpay } from 'wechatpay-axios-plugin'
import { endpoints } from '../../contracts/endpoints.ts'
import type { Call } from '../../contracts/suite/interaction.ts'
import type { MerchantCredentials } from '../../sandbox/authority/credentials.ts'
import type { Platform } from '../contract/sandbox-target.ts'
import { spoiltSignature } from '../contract/spoilt-signature.ts'

type Options = { baseURL: string; platform?: Platform }

/** The plugin asks for the public key only when it is told to. */
export const startPlugin = (
  credentials: MerchantCredentials,
  { baseURL, platform = 'certificate' }: Options,
) =>
  new Wechatpay({
    baseURL,
    mchid: credentials.mchid,
    serial: credentials.merchantSerial,
    privateKey: credentials.merchantKey,
    ...(platform === 'certificate'
      ? { certs: { [credentials.platformSerial]: credentials.platformCertificate } }
      : {
          certs: { [credentials.publicKeyId]: credentials.publicKey },
          headers: { 'Wechatpay-Serial': credentials.publicKeyId },
        }),
  })
