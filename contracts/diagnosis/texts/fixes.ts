import { fill, sentences, textTable } from '../../texts.ts'

/** What to do instead, where more than one mistake ends in it. */
const fixTexts = textTable({
  lines: {
    en: 'Sign five lines, each ended by one \\n, the last one too: method, target, timestamp, nonce_str, body.',
    zh: '签名串共五行，依次为请求方法、URL、时间戳、随机串、请求体；每行以 \\n 结尾，最后一行也要。',
  },
  ownSerial: {
    en: 'Send the serial number of the certificate that belongs to the signing key: openssl x509 -in apiclient_cert.pem -noout -serial shows it.',
    zh: 'serial_no 填签名私钥对应的商户 API 证书序列号，用 openssl x509 -in apiclient_cert.pem -noout -serial 查看。',
  },
  header: {
    en: 'Write one line: WECHATPAY2-SHA256-RSA2048 mchid="…",nonce_str="…",timestamp="…",serial_no="…",signature="…"',
    zh: '写成一行：WECHATPAY2-SHA256-RSA2048 mchid="…",nonce_str="…",timestamp="…",serial_no="…",signature="…"',
  },
  seconds: {
    en: 'Take Unix seconds once, in a variable, and use it for the text and for the header.',
    zh: '时间戳以秒为单位，只取一次，签名串和请求头用同一个变量。',
  },
  clock: {
    en: 'Set the clock of this machine by NTP; Unix time knows no time zone, so do not add one.',
    zh: '用 NTP 校准本机时钟；Unix 时间戳与时区无关，不要加时差。',
  },
  once: {
    en: 'Serialise the body once, keep the string, sign that string and send that string.',
    zh: '请求体只序列化一次，签名和发送用同一个字符串。',
  },
  utf8: {
    en: 'Sign and send the same bytes, in UTF-8: state the character set where text becomes bytes.',
    zh: '签名和发送用同一份 UTF-8 字节；字符串转字节时写明编码。',
  },
  meta: {
    en: 'Sign the text of the part meta, byte for byte as it is sent; its sha256 covers the file.',
    zh: '对 meta 部分的原文签名，与发送的字节完全一致；文件由其中的 sha256 校验。',
  },
  sentBytes: {
    en: 'Sign the bytes that are sent; a request without a body has an empty line there.',
    zh: '对实际发送的字节签名；没有请求体时，这一行留空。',
  },
  rawBody: {
    en: 'Verify the bytes as they came: take the raw body before a framework or a logger reads it, not the parsed one.',
    zh: '用收到的原始字节验签：在框架或日志读取之前取原始请求体，不用解析后的对象。',
  },
  ownKey: {
    en: 'Sign with the private key of the merchant whose mchid stands in the header (apiclient_key.pem).',
    zh: '用请求头中 mchid 对应的商户私钥（apiclient_key.pem）签名。',
  },
  ownMchid: {
    en: 'Send the mchid of the merchant whose key signs; the body names the sub-merchant.',
    zh: 'mchid 填签名私钥所属的商户号；子商户号写在请求体里。',
  },
  sameNonce: {
    en: 'Make the nonce once, in a variable, and use it for the text and for the header.',
    zh: '随机串只生成一次，签名串和请求头用同一个变量。',
  },
  plainBase64: {
    en: 'Send the signature as plain Base64 on one line: sign(…).toString("base64"), base64_encode(), Base64.getEncoder()',
    zh: '签名值用标准 Base64，不换行：sign(…).toString("base64")、base64_encode()、Base64.getEncoder()',
  },
  target: {
    en: 'Sign path and query exactly as they stand on the request line: take them from the finished request, after the last encoding.',
    zh: '路径和查询串要与请求行一字不差：在所有编码完成之后，从最终的请求中取。',
  },
})

/** The same with something added that concerns one mistake only. */
const addition = textTable({
  headerDropped: {
    en: '{header}; check also that no proxy or HTTP client drops it.',
    zh: '{header}；并检查代理或 HTTP 客户端是否丢弃了它。',
  },
  resign: {
    en: 'Sign at the moment of sending, also when repeating.',
    zh: '发送前才签名，重试时重新签名。',
  },
  replayed: {
    en: 'Refuse it: somebody else may be sending it a second time.',
    zh: '拒绝：可能是他人重放。',
  },
  platformSerial: {
    en: "The platform's serial number goes into the header Wechatpay-Serial.",
    zh: '平台证书的序列号放在 Wechatpay-Serial 头里。',
  },
  publicKeyId: {
    en: 'The id of the public key goes into the header Wechatpay-Serial.',
    zh: '公钥 ID 放在 Wechatpay-Serial 头里。',
  },
  lineEnds: {
    en: 'In PHP, "\\n" needs double quotes; do not use the line end of the system.',
    zh: 'PHP 中 "\\n" 要用双引号；不要用系统换行符。',
  },
  emptyLine: {
    en: 'Without a body that line is empty, and ends in \\n too.',
    zh: '没有请求体时这一行是空的，同样以 \\n 结尾。',
  },
  emptyGet: {
    en: 'The body line of a GET is empty.',
    zh: 'GET 请求的请求体这一行是空的。',
  },
  prefix: {
    en: 'What counts is what WeChat Pay receives, after a proxy took a prefix away or added one.',
    zh: '代理会去掉或加上的前缀，以微信支付收到的为准。',
  },
  mailLines: {
    en: 'Encoders for mail break lines after 64 or 76 characters: use another one.',
    zh: '邮件用的编码器每 64 或 76 个字符换行，不要用它。',
  },
  ids: {
    en: 'Refuse it. Check that each serial number and public key id stands beside its own key in the configuration.',
    zh: '拒绝。检查配置中的序列号、公钥 ID 与密钥是否一一对应。',
  },
})

/** Every fix, the composed ones too. */
export const fixes = {
  ...fixTexts,
  ids: addition.ids,
  headerDropped: fill(addition.headerDropped, { header: fixTexts.header }),
  resign: sentences([addition.resign, fixTexts.clock]),
  replayed: sentences([addition.replayed, fixTexts.clock]),
  ownSerialNotPlatform: sentences([fixTexts.ownSerial, addition.platformSerial]),
  ownSerialNotPublicKeyId: sentences([fixTexts.ownSerial, addition.publicKeyId]),
  lineEnds: sentences([fixTexts.lines, addition.lineEnds]),
  emptyLine: sentences([fixTexts.lines, addition.emptyLine]),
  emptyGet: sentences([fixTexts.target, addition.emptyGet]),
  prefix: sentences([fixTexts.target, addition.prefix]),
  mailLines: sentences([addition.mailLines, fixTexts.plainBase64]),
}
