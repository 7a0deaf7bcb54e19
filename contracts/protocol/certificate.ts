import { type KeyObject, X509Certificate } from 'node:crypto'
import { ProtocolError } from './protocol-error.ts'

/** A certificate of either side (RFC 5280). @see https://pay.weixin.qq.com/doc/v3/merchant/4013053420 */
export type Certificate = {
  /** Upper-case hex; compare with `sameSerial`, programs differ over case and leading zeros. */
  serial: string
  publicKey: KeyObject
  validFrom: Date
  validTo: Date
  pem: string
}

/** Reads an X.509 certificate. @throws {ProtocolError} CERTIFICATE_UNREADABLE when it is none. */
export const readCertificate = (pem: string): Certificate => {
  try {
    const { serialNumber, publicKey, validFrom, validTo } = new X509Certificate(pem)

    return {
      serial: serialNumber,
      publicKey,
      validFrom: new Date(validFrom),
      validTo: new Date(validTo),
      pem,
    }
  } catch (cause) {
    throw new ProtocolError('CERTIFICATE_UNREADABLE', 'The certificate is not readable PEM.', {
      cause,
    })
  }
}

// A serial number is a whole number (RFC 5280, 4.1.2.2), so that its leading zeros say nothing.
const significant = (serial: string) => serial.toUpperCase().replace(/^0+/, '')

/** Whether two spellings mean one serial number. */
export const sameSerial = (one: string, other: string): boolean =>
  significant(one) === significant(other)

/**
 * Whether this id names the WeChat Pay public key instead of a platform certificate.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053249
 */
export const isPublicKeyId = (id: string): boolean => id.startsWith('PUB_KEY_ID_')
