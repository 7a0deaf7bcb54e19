import { type Sentence, textTable } from '../../texts.ts'
import { fixes } from './fixes.ts'

/** Of who signed, and whom the header names. */
export const identityTexts = textTable({
  keyOfSubMerchant: {
    en: "It was signed with {signed}, not with the merchant's own.",
    zh: '签名用的是{signed}，应该用本商户的私钥。',
  },
  keyFormer: {
    en: 'It was signed with {signed}, not with the one that is in use.',
    zh: '签名用的是{signed}，不是现在的私钥。',
  },
  keyOfOtherMerchant: {
    en: "It was signed with {signed}, not with the merchant's own.",
    zh: '签名用的是{signed}，应该用本商户的私钥。',
  },
  keyOfPlatformCertificate: {
    en: "It was signed with {signed}, not with the merchant's own.",
    zh: '签名用的是{signed}，应该用本商户的私钥。',
  },
  keyOfPlatformPublicKey: {
    en: "It was signed with the private half of {signed}, not with the merchant's own key.",
    zh: '签名用的是{signed}对应的私钥，应该用本商户的私钥。',
  },
  keyOfReplay: {
    en: 'The key that signed is the example key of the documentation.',
    zh: '签名用的是官方文档中的示例私钥。',
  },
  serialOfOtherKey: {
    en: 'serial_no is {sent}; the key that signed belongs to the certificate {signed}.',
    zh: 'serial_no 是 {sent}，而签名私钥对应的证书是 {signed}。',
  },
  serialOfPlatform: {
    en: 'serial_no is {sent}, which is that of the platform certificate; that of the signing key is {signed}.',
    zh: 'serial_no 填了平台证书的序列号 {sent}，签名私钥对应的是 {signed}。',
  },
  serialIsPublicKeyId: {
    en: 'serial_no is {sent}, the id of the WeChat Pay public key; the serial number of the signing key is {signed}.',
    zh: 'serial_no 填了微信支付公钥 ID {sent}，签名私钥对应的是 {signed}。',
  },
  serialDecimal: {
    en: 'serial_no is written in decimal; it must be hex: {signed}.',
    zh: 'serial_no 写成了十进制，应为十六进制：{signed}。',
  },
  serialSpelling: {
    en: 'serial_no is written {sent}; it must be hex without signs: {signed}.',
    zh: 'serial_no 写成了 {sent}，应为不带符号的十六进制：{signed}。',
  },
  mchidOfSubMerchant: {
    en: 'mchid is {sent}, the sub-merchant; the key that signed belongs to {signed}.',
    zh: 'mchid 填了子商户号 {sent}，而签名私钥属于 {signed}。',
  },
  mchidOther: {
    en: 'mchid is {sent}; the key that signed belongs to {signed}.',
    zh: 'mchid 是 {sent}，而签名私钥属于 {signed}。',
  },
})

const ownFixes = textTable({
  newest: {
    en: 'Load the key that belongs to the newest certificate of the merchant, and change its serial number with it.',
    zh: '换成最新证书对应的私钥，序列号也一起换。',
  },
})

export const identityFixes: Record<keyof typeof identityTexts, Sentence> = {
  keyOfSubMerchant: fixes.ownKey,
  keyFormer: ownFixes.newest,
  keyOfOtherMerchant: fixes.ownKey,
  keyOfPlatformCertificate: fixes.ownKey,
  keyOfPlatformPublicKey: fixes.ownKey,
  keyOfReplay: fixes.ownKey,
  serialOfOtherKey: fixes.ownSerial,
  serialOfPlatform: fixes.ownSerialNotPlatform,
  serialIsPublicKeyId: fixes.ownSerialNotPublicKeyId,
  serialDecimal: fixes.ownSerial,
  serialSpelling: fixes.ownSerial,
  mchidOfSubMerchant: fixes.ownMchid,
  mchidOther: fixes.ownMchid,
}

/** Whose key it is, seen from the merchant who is to sign. */
export const ownerTexts = textTable({
  merchant: { en: "the merchant's own key", zh: '本商户的私钥' },
  'sub-merchant': { en: "the sub-merchant's key", zh: '子商户的私钥' },
  former: { en: 'a former key of the merchant', zh: '本商户以前的私钥' },
  'other-merchant': { en: 'the key of another merchant', zh: '其他商户的私钥' },
  'platform-certificate': { en: 'the key of the platform certificate', zh: '平台证书的私钥' },
  'platform-public-key': { en: 'the WeChat Pay public key', zh: '微信支付公钥' },
  replay: { en: 'the example key of the documentation', zh: '官方文档的示例私钥' },
})

/** A key in words, by what is public of it. */
export const keyTexts = textTable({
  named: { en: '{owner} ({details})', zh: '{owner}（{details}）' },
  mchid: { en: 'mchid {mchid}', zh: '商户号 {mchid}' },
  serial: { en: 'serial {serial}', zh: '序列号 {serial}' },
  between: { en: ', ', zh: '，' },
})
