import { textTable } from '../../texts.ts'

/** What is certain beside the mistakes. */
export const factTexts = textTable({
  maker: { en: 'The signature was made with {key}.', zh: '签名所用：{key}。' },
  strangeKey: {
    en: 'No known key made this signature: it was made with another private key, or damaged on the way.',
    zh: '已知的密钥都对不上这个签名：用了别的私钥，或签名值在途中损坏。',
  },
  noneOfAll: {
    en: 'It is none of the {tried} texts that known mistakes produce; what cannot be recomputed is not among them, such as a nonce made anew for the header.',
    zh: '已知错误能产生的 {tried} 种签名串都不吻合；无法重算的情况不在其中，例如为请求头另外生成了随机串。',
  },
  noneOfTried: {
    en: 'It is none of the {tried} texts that were tried, and known mistakes produce more than can be tried for a request of this size; what cannot be recomputed is not among them, such as a nonce made anew for the header.',
    zh: '试过的 {tried} 种签名串都不吻合；请求较大，已知错误的组合没有全部试完。',
  },
  textToSign: {
    en: 'The text that must be signed has {bytes} bytes, and their SHA-256 is {hash}.',
    zh: '正确的签名串共 {bytes} 字节，SHA-256 为 {hash}。',
  },
  digestSigned: {
    en: 'It is RSA PKCS#1 v1.5; the {name} of the text that was signed is {digest}.',
    zh: '签名方式是 RSA PKCS#1 v1.5，被签文本的 {name} 为 {digest}。',
  },
  noHashNamed: {
    en: 'It is RSA PKCS#1 v1.5, but names no hash (DigestInfo) of what was signed.',
    zh: '签名方式是 RSA PKCS#1 v1.5，但没有写明摘要算法（DigestInfo）。',
  },
  notBase64: { en: 'It is not Base64.', zh: '签名值不是 Base64。' },
  otherLength: {
    en: "It has {bytes} bytes; a signature with the merchant's key has {right}.",
    zh: '签名值有 {bytes} 字节，用商户私钥签名应为 {right} 字节。',
  },
})

/** What is put into sentences where there is no value of the wire. */
export const fragmentTexts = textTable({
  nothing: { en: 'nothing', zh: '空' },
})

/** The head of a diagnosis, and what frames the place where two texts part. */
export const frameTexts = textTable({
  sound: { en: 'The signature is right.', zh: '签名正确。' },
  explained: { en: 'This is refused, and this is why:', zh: '验签不通过，原因已查明：' },
  unexplained: {
    en: 'This is refused; not every reason could be found.',
    zh: '验签不通过，原因没有全部查明。',
  },
  differ: { en: 'The texts differ from byte {offset} on:', zh: '两者从第 {offset} 字节起不同：' },
  mustBe: { en: 'must be  {text}', zh: '应为  {text}' },
  signed: { en: 'signed   {text}', zh: '签名  {text}' },
  inHex: { en: '         {hex}', zh: '      {hex}' },
})
