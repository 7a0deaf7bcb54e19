import { type Sentence, textTable } from '../../texts.ts'
import { fixes } from './fixes.ts'

/** Of the signature: how it is written and made, who made it, and whom the header names. */
export const signatureTexts = textTable({
  signatureBase64Url: {
    en: 'The signature is Base64 of the URL alphabet, with - and _ for + and /.',
    zh: '签名值用了 URL 安全的 Base64（- 和 _），应为标准 Base64（+ 和 /）。',
  },
  signatureUnpadded: {
    en: 'The signature is Base64 without its padding: the = at the end are missing.',
    zh: '签名值的 Base64 缺少末尾补位的 =。',
  },
  signatureHex: {
    en: 'The signature is written in hex, not in Base64.',
    zh: '签名值是十六进制，应为 Base64。',
  },
  signatureHexInBase64: {
    en: 'The signature is Base64 of hex text, not of the bytes.',
    zh: '签名值是对十六进制文本做的 Base64，应直接对签名的字节做。',
  },
  signatureBase64Twice: {
    en: 'The signature is Base64 of Base64: it was encoded twice.',
    zh: '签名值做了两次 Base64。',
  },
  signatureWrapped: {
    en: 'The signature has white space or line feeds in it.',
    zh: '签名值里有空白或换行。',
  },
  signaturePlusLost: {
    en: 'The signature has blanks where its + were: it was decoded like a form.',
    zh: '签名值里的 + 变成了空格：被当作表单解码过。',
  },
  signaturePercentEncoded: {
    en: 'The signature is percent-encoded, as for a URL.',
    zh: '签名值做了 URL 编码（%2B、%2F 等）。',
  },
  signatureQuoted: {
    en: 'The signature has quotes or backslashes around it, as from a JSON encoder.',
    zh: '签名值带着引号或反斜杠，像是 JSON 编码的结果。',
  },
  signatureIsDigest: {
    en: 'The signature is the bare {signed} of the text: no key has signed it.',
    zh: '签名值只是签名串的 {signed} 摘要，没有用私钥签名。',
  },
  signatureIsKeyed: {
    en: 'The signature is the {signed} of the text with the APIv3 or APIv2 key: no private key has signed it.',
    zh: '签名值是用 APIv3 密钥或 APIv2 密钥算出的 {signed}，没有用私钥签名。',
  },
  hashOther: {
    en: 'The text was hashed with {signed}; it must be SHA-256.',
    zh: '摘要算法是 {signed}，应为 SHA-256。',
  },
  digestWithoutHeader: {
    en: 'The bare SHA-256 was encrypted with the private key, without naming the hash (DigestInfo).',
    zh: '用私钥直接加密了 SHA-256 摘要，没有写明摘要算法（DigestInfo）。',
  },
  digestHashedAgain: {
    en: 'The text was hashed twice: its SHA-256 was handed to a call that hashes by itself.',
    zh: '签名串被哈希了两次：传给签名函数的已经是摘要。',
  },
  signedWithoutHash: {
    en: 'The text itself was encrypted with the private key; it was not hashed.',
    zh: '用私钥直接加密了签名串，没有先做哈希。',
  },
  paddingPss: {
    en: 'The signature has PSS padding; it must be PKCS#1 v1.5.',
    zh: '签名用了 PSS 填充，应为 PKCS#1 v1.5。',
  },
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
  serialOfOtherMerchant: {
    en: "serial_no is {sent}, that of another merchant's certificate; the key that signed belongs to {signed}.",
    zh: 'serial_no 填了其他商户的证书序列号 {sent}，签名私钥对应的是 {signed}。',
  },
  serialUnknown: {
    en: 'serial_no is {sent}, which is no known certificate; the key that signed belongs to {signed}.',
    zh: 'serial_no 填的 {sent} 不是已知的证书，签名私钥对应的是 {signed}。',
  },
  serialNotOfMerchant: {
    en: 'WeChat Pay has no certificate {sent} of mchid {signed}; the signature itself fits what was sent.',
    zh: '微信支付在商户号 {signed} 下查不到序列号为 {sent} 的证书；签名本身与发送的内容相符。',
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
  sign: {
    en: 'Sign with RSA, PKCS#1 v1.5 over SHA-256 (SHA256withRSA), with apiclient_key.pem.',
    zh: '用 apiclient_key.pem 做 SHA256withRSA（RSA、PKCS#1 v1.5）签名。',
  },
  hash: {
    en: 'Use SHA256withRSA: RSA-SHA256 in Node, OPENSSL_ALGO_SHA256 in PHP, crypto.SHA256 in Go.',
    zh: '用 SHA256withRSA：Node 为 RSA-SHA256，PHP 为 OPENSSL_ALGO_SHA256，Go 为 crypto.SHA256。',
  },
  oneCall: {
    en: 'Let the library hash and sign in one call (SHA256withRSA) and hand it the text itself.',
    zh: '哈希和签名用同一个函数完成（SHA256withRSA），把签名串原文传给它。',
  },
  text: {
    en: 'Hand the text itself to the signing call, not its hash.',
    zh: '把签名串原文传给签名函数，不要传摘要。',
  },
  noEncryption: {
    en: 'Use a signing call (SHA256withRSA), not encryption with the private key.',
    zh: '用签名函数（SHA256withRSA），不要用私钥加密。',
  },
  padding: {
    en: 'Use SHA256withRSA, not RSASSA-PSS; in Go use SignPKCS1v15.',
    zh: '用 SHA256withRSA，不用 RSASSA-PSS；Go 用 SignPKCS1v15。',
  },
  newest: {
    en: 'Load the key that belongs to the newest certificate of the merchant, and change its serial number with it.',
    zh: '换成最新证书对应的私钥，序列号也一起换。',
  },
})

export const signatureFixes: Record<keyof typeof signatureTexts, Sentence> = {
  signatureBase64Url: fixes.plainBase64,
  signatureUnpadded: fixes.plainBase64,
  signatureHex: fixes.plainBase64,
  signatureHexInBase64: fixes.plainBase64,
  signatureBase64Twice: fixes.plainBase64,
  signatureWrapped: fixes.mailLines,
  signaturePlusLost: fixes.plainBase64,
  signaturePercentEncoded: fixes.plainBase64,
  signatureQuoted: fixes.plainBase64,
  signatureIsDigest: ownFixes.sign,
  signatureIsKeyed: ownFixes.sign,
  hashOther: ownFixes.hash,
  digestWithoutHeader: ownFixes.oneCall,
  digestHashedAgain: ownFixes.text,
  signedWithoutHash: ownFixes.noEncryption,
  paddingPss: ownFixes.padding,
  keyOfSubMerchant: fixes.ownKey,
  keyFormer: ownFixes.newest,
  keyOfOtherMerchant: fixes.ownKey,
  keyOfPlatformCertificate: fixes.ownKey,
  keyOfPlatformPublicKey: fixes.ownKey,
  keyOfReplay: fixes.ownKey,
  serialOfOtherKey: fixes.ownSerial,
  serialOfOtherMerchant: fixes.ownSerial,
  serialUnknown: fixes.ownSerial,
  serialNotOfMerchant: fixes.ownSerial,
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
