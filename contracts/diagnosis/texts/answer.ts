import { type Sentence, textTable } from '../../texts.ts'
import { fixes } from './fixes.ts'

/** Of answers and callbacks, and of requests that changed on their way, seen by the merchant. */
export const answerTexts = textTable({
  answerHeadersMissing: {
    en: 'The answer or callback lacks {sent}, so nothing proves that it comes from WeChat Pay.',
    zh: '应答或回调缺少 {sent}，无法证明它来自微信支付。',
  },
  answerProbe: {
    en: 'The signature is a probe (WECHATPAY/SIGNTEST/): it is wrong on purpose and nobody made a mistake.',
    zh: '这是签名探测流量（WECHATPAY/SIGNTEST/）：签名故意做错，双方都没有问题。',
  },
  answerTimestampOff: {
    en: 'Wechatpay-Timestamp is {sent} seconds away from now; refuse more than 300.',
    zh: 'Wechatpay-Timestamp 与当前时间相差 {sent} 秒，超过 300 秒应拒绝。',
  },
  answerSerialUnknown: {
    en: 'Wechatpay-Serial is {sent}, which is none of the known platform keys.',
    zh: 'Wechatpay-Serial 是 {sent}，不是已知的平台证书或微信支付公钥。',
  },
  answerSerialOther: {
    en: 'Wechatpay-Serial is {sent}; the key that signed is {signed}.',
    zh: 'Wechatpay-Serial 是 {sent}，实际签名的是{signed}。',
  },
  answerBodyReserialised: {
    en: 'The body was parsed and serialised again before it was verified; it differs in {aspects}.',
    zh: '报文主体经过解析和重新序列化才去验签，与原文的差异：{aspects}。',
  },
  answerBodyTrimmed: {
    en: 'The white space around the body was changed before it was verified.',
    zh: '报文主体首尾的空白在验签之前被改动过。',
  },
  answerBodyReplaced: {
    en: 'The body that was signed is {signed}; {sent} was verified instead.',
    zh: '签名的报文主体是 {signed}，拿去验签的是 {sent}。',
  },
  answerBodyDecoded: {
    en: 'The body was decoded with another character set before it was verified.',
    zh: '报文主体在验签之前按别的字符集解码过。',
  },
  answerBodyCompressed: {
    en: 'The body was verified as it came, compressed; decompress it first.',
    zh: '拿去验签的报文主体还是压缩过的，应先解压。',
  },
  methodChanged: {
    en: 'The method {signed} was signed and sent; WeChat Pay saw {sent}.',
    zh: '签名和发送的请求方法是 {signed}，微信支付收到的是 {sent}。',
  },
  targetChanged: {
    en: 'The target {signed} was signed and sent; WeChat Pay saw {sent}.',
    zh: '签名和发送的 URL 是 {signed}，微信支付收到的是 {sent}。',
  },
  bodyChanged: {
    en: 'The text that was signed has {signed} bytes, the one that WeChat Pay built {sent}: the body changed on its way.',
    zh: '签名串有 {signed} 字节，微信支付拼出的有 {sent} 字节：请求体在途中变了。',
  },
  certificateOfOtherKey: {
    en: 'The signature is right for this private key, and WeChat Pay saw what was signed: the certificate {sent} belongs to another private key.',
    zh: '签名与这把私钥相符，微信支付收到的也正是签名的内容：证书 {sent} 对应的是另一把私钥。',
  },
})

const ownFixes = textTable({
  headersMissing: {
    en: 'Refuse it. If all four lack, check that no proxy drops them and how headers are read (CGI calls them HTTP_WECHATPAY_…); 401, 404 and file downloads are unsigned by nature.',
    zh: '不要采信。四个头都没有时，检查代理是否丢弃了它们，以及读取头的方式（CGI 里叫 HTTP_WECHATPAY_…）；401、404 和文件下载的应答本来不签名。',
  },
  probe: {
    en: 'Refuse it like any wrong signature; the true message comes again.',
    zh: '按验签失败处理；正确的报文会再次送达。',
  },
  load: {
    en: 'Download the platform certificates again, or load the WeChat Pay public key of this id.',
    zh: '重新下载平台证书，或加载这个公钥 ID 对应的微信支付公钥。',
  },
  decompress: {
    en: 'Undo Content-Encoding, then verify the bytes; change nothing else.',
    zh: '先按 Content-Encoding 解压，再对解压后的字节验签，其余不要改动。',
  },
  method: {
    en: 'Look for what changes requests on their way: a proxy, a gateway, a redirect.',
    zh: '检查途中改写请求的环节：代理、网关、重定向。',
  },
  target: {
    en: 'Look for what rewrites paths on their way: a proxy prefix in baseUrl, a gateway, a redirect.',
    zh: '检查途中改写路径的环节：基础地址（baseUrl）里的代理前缀、网关、重定向。',
  },
  body: {
    en: 'Look for what rewrites bodies on their way: a proxy, a gateway, middleware of the HTTP client.',
    zh: '检查途中改写请求体的环节：代理、网关、HTTP 客户端的中间件。',
  },
})

export const answerFixes: Record<keyof typeof answerTexts, Sentence> = {
  answerHeadersMissing: ownFixes.headersMissing,
  answerProbe: ownFixes.probe,
  answerTimestampOff: fixes.replayed,
  answerSerialUnknown: ownFixes.load,
  answerSerialOther: fixes.ids,
  answerBodyReserialised: fixes.rawBody,
  answerBodyTrimmed: fixes.rawBody,
  answerBodyReplaced: fixes.rawBody,
  answerBodyDecoded: fixes.rawBody,
  answerBodyCompressed: ownFixes.decompress,
  methodChanged: ownFixes.method,
  targetChanged: ownFixes.target,
  bodyChanged: ownFixes.body,
  certificateOfOtherKey: fixes.ownSerial,
}
