import { ownSerial } from './fixes.ts'
import type { MistakeText } from './mistake-text.ts'

const ownKey =
  'Sign with the private key of the merchant whose mchid stands in the header (apiclient_key.pem).'
const ownMchid =
  'Send the mchid of the merchant whose key signs; a sub-merchant is named in the body.'

/** Of who signed, and whom the header names. */
export const identityTexts = {
  keyOfSubMerchant: {
    sentence: "It was signed with {signed}, not with the merchant's own.",
    fix: ownKey,
  },
  keyFormer: {
    sentence: 'It was signed with {signed}, not with the one that is in use.',
    fix: 'Load the key that belongs to the newest certificate of the merchant, and its serial number.',
  },
  keyOfOtherMerchant: {
    sentence: "It was signed with {signed}, not with the merchant's own.",
    fix: ownKey,
  },
  keyOfPlatformCertificate: {
    sentence: "It was signed with {signed}, not with the merchant's own.",
    fix: ownKey,
  },
  keyOfPlatformPublicKey: {
    sentence: "It was signed with the private half of {signed}, not with the merchant's own key.",
    fix: ownKey,
  },
  keyOfReplay: {
    sentence: 'The key that signed is the one that the documentation prints for examples.',
    fix: ownKey,
  },
  serialOfOtherKey: {
    sentence: 'serial_no is {sent}; the key that signed belongs to the certificate {signed}.',
    fix: ownSerial,
  },
  serialOfPlatform: {
    sentence:
      'serial_no is {sent}, which is that of the platform certificate; that of the signing key is {signed}.',
    fix: `${ownSerial} The platform's id goes into the header Wechatpay-Serial.`,
  },
  serialIsPublicKeyId: {
    sentence:
      'serial_no is {sent}, the id of the WeChat Pay public key; the serial number of the signing key is {signed}.',
    fix: `${ownSerial} The id of the public key goes into the header Wechatpay-Serial.`,
  },
  serialDecimal: {
    sentence: 'serial_no is written in decimal; it must be hex: {signed}.',
    fix: ownSerial,
  },
  serialSpelling: {
    sentence: 'serial_no is written {sent}; it must be hex without signs: {signed}.',
    fix: ownSerial,
  },
  mchidOfSubMerchant: {
    sentence: 'mchid is {sent}, the sub-merchant; the key that signed belongs to {signed}.',
    fix: ownMchid,
  },
  mchidOther: {
    sentence: 'mchid is {sent}; the key that signed belongs to {signed}.',
    fix: ownMchid,
  },
} as const satisfies Record<string, MistakeText>
