import { type Sentence, textTable } from '../../texts.ts'
import { fixes } from './fixes.ts'

/** Of the request line, of time and nonce, and of the layout of the lines. */
export const messageTexts = textTable({
  methodCase: {
    en: 'The method was signed as {signed}; the request line says {sent}.',
    zh: '签名时的请求方法是 {signed}，请求行里是 {sent}。',
  },
  methodOther: {
    en: 'The method was signed as {signed}; the request was sent with {sent}.',
    zh: '请求方法不一致：签名的是 {signed}，发送的是 {sent}。',
  },
  urlWithHost: {
    en: 'The URL was signed with its host: {signed}; it must be {sent} only.',
    zh: '签名的 URL 带了域名：{signed}，只需 {sent}。',
  },
  prefixSigned: {
    en: 'A path prefix was signed that is not sent: {signed} instead of {sent}.',
    zh: '签名的路径多了没有发送的前缀：{signed}，应为 {sent}。',
  },
  prefixNotSigned: {
    en: 'The path was sent with a prefix that was not signed: {signed} was signed, {sent} came.',
    zh: '发送的路径多了没有签名的前缀：签名的是 {signed}，收到的是 {sent}。',
  },
  slashMissing: {
    en: 'The path was signed without its leading slash: {signed}.',
    zh: '签名的路径缺少开头的斜杠：{signed}。',
  },
  versionMissing: {
    en: 'The path was signed without /v3: {signed} instead of {sent}.',
    zh: '签名的路径缺少 /v3：{signed}，应为 {sent}。',
  },
  slashTrailing: {
    en: 'The slash at the end of the path differs: {signed} was signed, {sent} was sent.',
    zh: '路径末尾的斜杠不一致：签名的是 {signed}，发送的是 {sent}。',
  },
  pathDecoded: {
    en: 'The path was signed decoded: {signed} instead of {sent}.',
    zh: '签名用了解码后的路径 {signed}，应为 {sent}。',
  },
  pathReencoded: {
    en: 'The path was encoded another way: {signed} was signed, {sent} was sent.',
    zh: '路径的编码不一致：签名的是 {signed}，发送的是 {sent}。',
  },
  pathNormalised: {
    en: 'The path was signed cleaned up: {signed} instead of {sent}.',
    zh: '签名用了规整过的路径 {signed}，应为 {sent}。',
  },
  pathTemplate: {
    en: 'The template of the path was signed, not filled in: {signed} instead of {sent}.',
    zh: '签名用了路径模板 {signed}，没有填入参数，应为 {sent}。',
  },
  queryMissing: {
    en: 'The query was not signed: {signed} was signed, {sent} was sent.',
    zh: '查询串没有参与签名：签名的是 {signed}，发送的是 {sent}。',
  },
  queryDecoded: {
    en: 'The query was signed decoded: {signed} instead of {sent}.',
    zh: '签名用了解码后的查询串 {signed}，应为 {sent}。',
  },
  queryReordered: {
    en: 'The parameters of the query were signed in another order: {signed} instead of {sent}.',
    zh: '查询参数的顺序不同：签名的是 {signed}，发送的是 {sent}。',
  },
  queryReencoded: {
    en: 'The query was encoded another way: {signed} was signed, {sent} was sent.',
    zh: '查询串的编码不一致：签名的是 {signed}，发送的是 {sent}。',
  },
  queryInBody: {
    en: 'The query was signed as the body, and the path without it.',
    zh: '查询串被当作请求体签名，路径里却没有它。',
  },
  queryParameterUnsigned: {
    en: 'A query parameter was sent that was not signed: {sent}.',
    zh: '发送的查询串多了没有签名的参数：{sent}。',
  },
  queryParameterUnsent: {
    en: 'A query parameter was signed that was not sent: {signed}.',
    zh: '签名的查询串多了没有发送的参数：{signed}。',
  },
  questionMark: {
    en: 'A question mark without a query differs: {signed} was signed, {sent} was sent.',
    zh: '没有查询串时问号不一致：签名的是 {signed}，发送的是 {sent}。',
  },
  timestampSignedInMilliseconds: {
    en: 'The timestamp was signed in milliseconds: {signed}; the header says {sent}.',
    zh: '签名时的时间戳是毫秒 {signed}，请求头里是 {sent}。',
  },
  timestampOther: {
    en: 'The timestamp that was signed is {signed}; the header says {sent}.',
    zh: '时间戳不一致：签名的是 {signed}，请求头里是 {sent}。',
  },
  nonceCase: {
    en: 'The nonce was signed as {signed}; the header says {sent}, in another letter case.',
    zh: '签名时的随机串是 {signed}，请求头里是 {sent}，大小写不同。',
  },
  nonceDashes: {
    en: 'The nonce was signed as {signed}; the header says {sent}: the dashes differ.',
    zh: '签名时的随机串是 {signed}，请求头里是 {sent}，连字符不同。',
  },
  nonceEmpty: {
    en: 'An empty nonce was signed; the header says {sent}.',
    zh: '签名时的随机串是空的，请求头里是 {sent}。',
  },
  nonceOther: {
    en: 'The nonce that was signed is {signed}; the header says {sent}.',
    zh: '签名时的随机串是 {signed}，请求头里是 {sent}。',
  },
  fieldOrder: {
    en: 'The lines were signed in another order: {signed}; it must be {sent}.',
    zh: '签名串的行序是 {signed}，应为 {sent}。',
  },
  fieldMissing: {
    en: 'A line is missing: what was signed is {signed}; it must be {sent}.',
    zh: '签名串少了一行：现在是 {signed}，应为 {sent}。',
  },
  answerLayout: {
    en: 'The text for verifying answers was signed: {signed}; that of a request is {sent}.',
    zh: '用了应答的验签串格式 {signed}，请求应为 {sent}。',
  },
  separatorOther: {
    en: 'The lines were ended by {signed}; each must end in {sent}.',
    zh: '签名串各行以 {signed} 结尾，应以 {sent} 结尾。',
  },
  lineFeedLeading: {
    en: 'The text that was signed begins with a line feed.',
    zh: '签名串开头多了一个换行。',
  },
  linesIndented: {
    en: 'The lines were signed with the indentation that they have in the source of the program.',
    zh: '签名串各行带着源代码里的缩进。',
  },
  lastLineFeedMissing: {
    en: 'The last line feed is missing: the text that was signed ends after the body; it must end in \\n.',
    zh: '签名串缺少末尾的换行：请求体之后还要有 \\n。',
  },
  bodyLineMissing: {
    en: 'The line of the empty body is missing: the text that was signed must end in \\n\\n.',
    zh: '没有请求体时也要保留那一空行：签名串应以 \\n\\n 结尾。',
  },
  lineFeedTooMany: {
    en: 'The text that was signed ends in a line feed too many, after the last line or after its body.',
    zh: '签名串末尾或请求体末尾多了一个换行。',
  },
  lineFeedTooManyOrCut: {
    en: 'The text that was signed ends in one line feed more than the body shows. Either it was signed with one too many, or the body ended in a line feed that got lost when it was copied: without Content-Length nothing tells which.',
    zh: '签名串比这里的请求体多一个末尾换行：或者签名时多写了一个，或者请求体原本以换行结尾、复制时丢了。没有 Content-Length，分不清是哪一种。',
  },
})

const ownFixes = textTable({
  withLength: {
    en: 'Compare with the bytes that were sent: the journal has them, or a log with Content-Length.',
    zh: '对照实际发送的字节：看请求记录，或带 Content-Length 的日志。',
  },
  capitals: { en: 'Sign the method in capitals.', zh: '请求方法用大写。' },
  noTemplate: {
    en: 'Join the five lines with \\n; do not write them as one text over several lines of source.',
    zh: '用 \\n 拼接五行，不要在源代码里写成跨行的字符串。',
  },
  method: {
    en: 'Take the method from the finished request.',
    zh: '请求方法从最终的请求中取。',
  },
})

export const messageFixes: Record<keyof typeof messageTexts, Sentence> = {
  methodCase: ownFixes.capitals,
  methodOther: ownFixes.method,
  urlWithHost: fixes.target,
  prefixSigned: fixes.prefix,
  prefixNotSigned: fixes.prefix,
  slashMissing: fixes.target,
  versionMissing: fixes.target,
  slashTrailing: fixes.target,
  pathDecoded: fixes.target,
  pathReencoded: fixes.target,
  pathNormalised: fixes.target,
  pathTemplate: fixes.target,
  queryMissing: fixes.target,
  queryDecoded: fixes.target,
  queryReordered: fixes.target,
  queryReencoded: fixes.target,
  queryInBody: fixes.emptyGet,
  queryParameterUnsigned: fixes.target,
  queryParameterUnsent: fixes.target,
  questionMark: fixes.target,
  timestampSignedInMilliseconds: fixes.seconds,
  timestampOther: fixes.seconds,
  nonceCase: fixes.sameNonce,
  nonceDashes: fixes.sameNonce,
  nonceEmpty: fixes.sameNonce,
  nonceOther: fixes.sameNonce,
  fieldOrder: fixes.lines,
  fieldMissing: fixes.lines,
  answerLayout: fixes.lines,
  separatorOther: fixes.lineEnds,
  lineFeedLeading: fixes.lines,
  linesIndented: ownFixes.noTemplate,
  lastLineFeedMissing: fixes.lines,
  bodyLineMissing: fixes.emptyLine,
  lineFeedTooMany: fixes.lines,
  lineFeedTooManyOrCut: ownFixes.withLength,
}
