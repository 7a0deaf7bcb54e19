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
  keyOrder: { en: 'the order of the keys', zh: '键的顺序' },
  nullsLeftOut: {
    en: 'members that are null (left out of what was signed)',
    zh: '值为 null 的字段（签名时省略）',
  },
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
