import { textTable } from '../../texts.ts'

/** What is wrong with the parameters that open the cashier. */
export const invocationTexts = textTable({
  missing: { en: '{name} is missing.', zh: '缺少 {name}。' },
  notText: { en: '{name} must be a text, not {sent}.', zh: '{name} 应为字符串，不是 {sent}。' },
  valueOther: {
    en: '{name} is {sent}; it must be {wanted}.',
    zh: '{name} 是 {sent}，应为 {wanted}。',
  },
  milliseconds: {
    en: '{name} {sent} is in milliseconds; it must be in seconds, 10 digits.',
    zh: '{name} {sent} 是毫秒，应为 10 位的秒数。',
  },
  packageBare: {
    en: 'package must be prepay_id= and the number.',
    zh: 'package 应为 prepay_id= 加上预支付交易会话标识。',
  },
  keyOther: {
    en: 'The signature was made with {key}; use the private key of the merchant who ordered.',
    zh: '签名所用：{key}；应该用下单商户的私钥。',
  },
  lineOther: {
    en: 'Line {line} was signed as {signed}; it must be {wanted}.',
    zh: '签名串第 {line} 行是 {signed}，应为 {wanted}。',
  },
  lineFeedMissing: {
    en: 'The text that was signed lacks the line feed after its last line.',
    zh: '签名串缺少最后一行之后的换行。',
  },
  olderScheme: {
    en: 'It is a signature of API v2, over sorted pairs. APIv3 signs four lines with the private key (signType RSA).',
    zh: '这是 APIv2 的签名方式（排序后的键值对）。APIv3 用商户私钥对四行文本签名（signType 为 RSA）。',
  },
  keyUnknown: {
    en: 'No known key made this signature.',
    zh: '已知的密钥都对不上这个签名。',
  },
  textUnknown: {
    en: 'The key is right, and another text was signed. Sign four lines, each ended by \\n: {lines}.',
    zh: '密钥正确，签名串不对。应为四行，每行以 \\n 结尾：{lines}。',
  },
})
