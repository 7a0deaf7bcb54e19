import { type Sentence, textTable } from '../../texts.ts'
import { fixes } from './fixes.ts'

/** Of the body and how it became bytes. */
export const bodyTexts = textTable({
  bodyNotSigned: {
    en: 'The body was not signed: the text that was signed has an empty body line.',
    zh: '请求体没有参与签名：签名串的最后一行是空的。',
  },
  bodyPlaceholder: {
    en: 'The body was signed as {signed}; what was sent is {sent}.',
    zh: '签名时请求体写成 {signed}，实际发送的是 {sent}。',
  },
  bodyReserialised: {
    en: 'The body was serialised twice: what was signed differs from what was sent in {aspects}.',
    zh: '请求体序列化了两次，签名的和发送的不一致：{aspects}。',
  },
  bodyQuoted: {
    en: 'The body was signed as a JSON string, in quotes: it was serialised twice.',
    zh: '签名的请求体多了一层引号：JSON 被序列化了两次。',
  },
  bodyUnquoted: {
    en: 'The body was sent as a JSON string, in quotes, and signed without them.',
    zh: '发送的请求体多了一层引号，签名的没有：JSON 被序列化了两次。',
  },
  bodyWhitespace: {
    en: 'The white space around the body differs: {signed} was signed, {sent} was sent.',
    zh: '请求体首尾的空白不一致：签名的是 {signed}，发送的是 {sent}。',
  },
  bodyLineEnds: {
    en: 'The line ends inside the body differ: \\n on one side, \\r\\n on the other.',
    zh: '请求体内的换行不一致：一边是 \\n，另一边是 \\r\\n。',
  },
  bodyForm: {
    en: 'The body was signed as form text (a=1&b=2); what was sent is JSON.',
    zh: '签名的是表单格式（a=1&b=2），发送的是 JSON。',
  },
  bodyBom: {
    en: 'A byte order mark before the body differs between what was signed and what was sent.',
    zh: '请求体开头的 BOM 不一致：签名和发送的只有一方带着它。',
  },
  bodyMemberUnsigned: {
    en: 'The body was sent with a member that was not signed: {sent}.',
    zh: '发送的请求体多了没有签名的字段：{sent}。',
  },
  bodyMemberUnsent: {
    en: 'The body was signed with a member that was not sent: {signed}.',
    zh: '签名的请求体多了没有发送的字段：{signed}。',
  },
  bodyCompressed: {
    en: 'The plain body was signed, and sent compressed.',
    zh: '签名的是压缩前的请求体，发送的是压缩后的。',
  },
  bodyPrinted: {
    en: 'The body was signed as the language prints an object, not as JSON: {signed}.',
    zh: '签名的是语言打印对象的写法，不是 JSON：{signed}。',
  },
  bodyHtmlEscaped: {
    en: 'The body was signed escaped for HTML: {signed}.',
    zh: '签名的请求体做了 HTML 转义：{signed}。',
  },
  bodyHtmlUnescaped: {
    en: 'The body was sent escaped for HTML, and signed without that: {sent} came.',
    zh: '发送的请求体做了 HTML 转义，签名的没有：收到的是 {sent}。',
  },
  bodySentAsForm: {
    en: 'The body was signed as JSON and sent as form text (a=1&b=2).',
    zh: '签名的是 JSON，发送的是表单格式（a=1&b=2）。',
  },
  apiv2Text: {
    en: 'The text of APIv2 was signed: the members of the body, sorted, as a=1&b=2.',
    zh: '签名用了 APIv2 的签名串：请求体的字段排序后写成 a=1&b=2。',
  },
  bodyAbsent: {
    en: '{sent} came without a body although it needs one; a body was probably signed and not sent.',
    zh: '{sent} 没有请求体，而这个接口需要；可能签了名却没有发送。',
  },
  bodyCutOff: {
    en: 'The body that came is JSON that ends too early, after {sent} bytes; it was probably cut off on its way.',
    zh: '收到的请求体是不完整的 JSON，到第 {sent} 字节就结束了，可能在途中被截断。',
  },
  bodyOfOtherType: {
    en: 'The body that came is not JSON; it begins with {sent}.',
    zh: '收到的请求体不是 JSON，开头是 {sent}。',
  },
  bodyStillCompressed: {
    en: 'The body came compressed; something else was signed.',
    zh: '收到的请求体是压缩过的，签名的是别的内容。',
  },
  uploadSignedWhole: {
    en: 'The whole multipart body was signed; it must be the text of the part meta only.',
    zh: '对整个 multipart 请求体签了名，应只对 meta 部分签名。',
  },
  uploadFileSigned: {
    en: 'The content of the file was signed; it must be the text of the part meta.',
    zh: '对文件内容签了名，应对 meta 部分签名。',
  },
  uploadMetaMissing: {
    en: 'The upload has no part named meta, which is what has to be signed.',
    zh: '上传请求缺少 meta 部分，要签名的正是它。',
  },
  encodedAsGbk: {
    en: 'The text was signed in GBK and sent in UTF-8.',
    zh: '签名用的是 GBK，发送用的是 UTF-8。',
  },
  sentAsGbk: {
    en: 'The body was signed in UTF-8 and sent in GBK.',
    zh: '签名用的是 UTF-8，发送用的是 GBK。',
  },
  encodedAsLatin1: {
    en: 'The text was read or written as Latin-1: its non-ASCII characters were signed as other bytes.',
    zh: '文本被当作 Latin-1 读写，签名时中文变成了别的字节。',
  },
  sentAsLatin1: {
    en: 'The body was read as Latin-1 and encoded again before it was sent; it was signed right.',
    zh: '签名没有问题，发送前请求体被当作 Latin-1 读写，中文变成了别的字节。',
  },
  encodedAsAscii: {
    en: 'The non-ASCII characters were signed as question marks.',
    zh: '签名时，中文等非 ASCII 字符变成了问号。',
  },
  encodedAsUtf16: {
    en: 'The text was signed in UTF-16LE and sent in UTF-8.',
    zh: '签名用的是 UTF-16LE，发送用的是 UTF-8。',
  },
})

const ownFixes = textTable({
  emptyOnlyWithout: {
    en: 'Sign the body that is sent; only a request without a body has an empty line.',
    zh: '对实际发送的请求体签名；没有请求体时，这一行才为空。',
  },
  lastLineFeed: {
    en: 'Sign the bytes that are sent, a line feed at their end included.',
    zh: '对实际发送的字节签名，末尾的换行也算在内。',
  },
  lineEnds: {
    en: 'Sign the bytes that are sent; nothing on the way may convert line ends.',
    zh: '对实际发送的字节签名，途中不要转换换行。',
  },
  uncompressed: {
    en: 'Send the body uncompressed, without Content-Encoding.',
    zh: '请求体不要压缩，也不要带 Content-Encoding。',
  },
  noHtml: {
    en: 'Escape nothing for HTML: sign and send the JSON as the encoder writes it.',
    zh: '不要做 HTML 转义：签名和发送都用 JSON 编码的原文。',
  },
  sendJson: {
    en: 'Send JSON: the very string that was signed, with Content-Type: application/json.',
    zh: '发送 JSON：就是签名的那个字符串，并带 Content-Type: application/json 头。',
  },
  sendBody: {
    en: 'Look for what empties the body before it leaves: an interceptor, a stream that was read already, a redirect.',
    zh: '检查发送前清空请求体的环节：拦截器、已经读过的流、重定向。',
  },
  wholeBody: {
    en: 'Set Content-Length to the number of bytes, not of characters, and look for what cuts bodies on their way.',
    zh: 'Content-Length 填字节数，不是字符数，并检查途中截断请求体的环节。',
  },
  addMeta: {
    en: 'Send a part meta with {"filename":…,"sha256":…} before the file, and sign its text.',
    zh: '在文件之前加上 meta，内容为 {"filename":…,"sha256":…}，并对它签名。',
  },
  utf8Bytes: {
    en: 'Turn the text into bytes as UTF-8: in .NET use Encoding.UTF8, not Encoding.Unicode.',
    zh: '字符串按 UTF-8 转成字节：.NET 用 Encoding.UTF8，不用 Encoding.Unicode。',
  },
})

export const bodyFixes: Record<keyof typeof bodyTexts, Sentence> = {
  bodyNotSigned: ownFixes.emptyOnlyWithout,
  bodyPlaceholder: fixes.sentBytes,
  bodyReserialised: fixes.once,
  bodyQuoted: fixes.once,
  bodyUnquoted: fixes.once,
  bodyWhitespace: ownFixes.lastLineFeed,
  bodyLineEnds: ownFixes.lineEnds,
  bodyForm: fixes.once,
  bodyBom: fixes.utf8,
  bodyMemberUnsigned: fixes.once,
  bodyMemberUnsent: fixes.once,
  bodyCompressed: ownFixes.uncompressed,
  bodyPrinted: fixes.once,
  bodyHtmlEscaped: ownFixes.noHtml,
  bodyHtmlUnescaped: ownFixes.noHtml,
  bodySentAsForm: ownFixes.sendJson,
  apiv2Text: fixes.lines,
  bodyAbsent: ownFixes.sendBody,
  bodyCutOff: ownFixes.wholeBody,
  bodyOfOtherType: ownFixes.sendJson,
  bodyStillCompressed: ownFixes.uncompressed,
  uploadSignedWhole: fixes.meta,
  uploadFileSigned: fixes.meta,
  uploadMetaMissing: ownFixes.addMeta,
  encodedAsGbk: fixes.utf8,
  sentAsGbk: fixes.utf8,
  encodedAsLatin1: fixes.utf8,
  sentAsLatin1: fixes.utf8,
  encodedAsAscii: fixes.utf8,
  encodedAsUtf16: ownFixes.utf8Bytes,
}

/** In what two spellings of the same JSON differ. */
export const aspectTexts = textTable({
  whiteSpace: { en: 'white space', zh: '空白' },
  nonAscii: { en: 'non-ASCII characters', zh: '非 ASCII 字符的转义' },
  slashes: { en: 'slashes', zh: '斜杠的转义' },
  special: { en: 'special characters', zh: '特殊字符的转义' },
  numbers: { en: 'numbers', zh: '数字写法' },
  numberAsText: { en: 'numbers as text', zh: '数字写成文本' },
  keyOrder: { en: 'the order of the keys', zh: '键的顺序' },
  nullsLeftOut: {
    en: 'members that are null (left out of what was signed)',
    zh: '值为 null 的字段（签名时省略）',
  },
  nullsDropped: {
    en: 'members that are null (signed, but left out afterwards)',
    zh: '值为 null 的字段（签名时有，之后省略）',
  },
  membersAdded: { en: 'members that were not signed', zh: '没有参与签名的字段' },
  plain: { en: 'plain', zh: '原样' },
  sentOtherwise: {
    en: '{aspect} (signed {signed}, not {other})',
    zh: '{aspect}（签名时为 {signed}，发送时为 {other}）',
  },
  verifiedOtherwise: {
    en: '{aspect} (signed {signed}, not {other})',
    zh: '{aspect}（签名时为 {signed}，验签时为 {other}）',
  },
})
