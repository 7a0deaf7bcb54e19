import { type Sentence, textTable } from '../../texts.ts'
import { fixes } from './fixes.ts'

/** Of the Authorization header: its form and its age. */
export const authorizationTexts = textTable({
  authorizationMissing: {
    en: 'The request has no Authorization header.',
    zh: '请求没有 Authorization 头。',
  },
  authorizationFolded: {
    en: 'The Authorization header runs over more than one line.',
    zh: 'Authorization 头跨了多行。',
  },
  authorizationExtra: {
    en: 'The Authorization header holds something beside its members: {sent}.',
    zh: 'Authorization 头里有多余的内容：{sent}。',
  },
  authorizationUnreadable: {
    en: 'The Authorization header does not have the form name="value",name="value".',
    zh: 'Authorization 头格式不对，应为 name="value",name="value"。',
  },
  authorizationNameInValue: {
    en: 'The value of the Authorization header begins with the name of the header, "Authorization:".',
    zh: 'Authorization 头的值里又写了一遍头的名称“Authorization:”。',
  },
  authorizationQuotedWhole: {
    en: 'The whole value of the Authorization header stands in quotes.',
    zh: 'Authorization 头的值整个多了一层引号。',
  },
  authorizationPercentEncoded: {
    en: 'The Authorization header is percent-encoded, as for a URL.',
    zh: 'Authorization 头做了 URL 编码（%20、%22 等）。',
  },
  schemeAlone: {
    en: 'The Authorization header holds its scheme only, and no members.',
    zh: 'Authorization 头只有认证类型，后面没有内容。',
  },
  schemeNotApart: {
    en: 'Between the scheme of the Authorization header and its members stands {sent}; it must be one blank.',
    zh: 'Authorization 头的认证类型之后是 {sent}，应为一个空格。',
  },
  lineFeedsSpelled: {
    en: 'The Authorization header has line feeds spelled out (\\n) between its members.',
    zh: 'Authorization 头各项之间写了字面的 \\n。',
  },
  valueNotClosed: {
    en: 'The closing quote is missing in the Authorization header: {sent}.',
    zh: 'Authorization 头中有值缺少结尾的双引号：{sent}。',
  },
  blanksAroundEquals: {
    en: 'The Authorization header has blanks around =.',
    zh: 'Authorization 头中 = 的前后有空格。',
  },
  valueHasBlanks: {
    en: 'A value of the Authorization header has white space around it: {sent}.',
    zh: 'Authorization 头中有值的首尾带着空白：{sent}。',
  },
  membersSwapped: {
    en: 'timestamp and nonce_str are swapped in the Authorization header.',
    zh: 'Authorization 头中 timestamp 和 nonce_str 的值写反了。',
  },
  schemeMissing: {
    en: 'The Authorization header begins without a scheme.',
    zh: 'Authorization 头开头缺少认证类型。',
  },
  schemeOther: {
    en: 'The scheme of the Authorization header is {sent}; it must be {signed}.',
    zh: 'Authorization 头的认证类型是 {sent}，应为 {signed}。',
  },
  separatorNotComma: {
    en: 'The members of the Authorization header are not separated by commas.',
    zh: 'Authorization 头各项之间没有用逗号分隔。',
  },
  valueNotQuoted: {
    en: 'The Authorization header has values that do not stand in double quotes: {sent}.',
    zh: 'Authorization 头中有值没加双引号：{sent}。',
  },
  valueSingleQuoted: {
    en: 'The Authorization header has values in single quotes, not in double ones: {sent}.',
    zh: 'Authorization 头中有值用了单引号，应为双引号：{sent}。',
  },
  memberMissing: {
    en: 'The Authorization header has no {sent}.',
    zh: 'Authorization 头缺少 {sent}。',
  },
  memberTwice: {
    en: 'The Authorization header has {sent} twice.',
    zh: 'Authorization 头中 {sent} 出现了两次。',
  },
  memberMisspelt: {
    en: 'The Authorization header says {sent} where it must say {signed}.',
    zh: 'Authorization 头写了 {sent}，应为 {signed}。',
  },
  timestampInMilliseconds: {
    en: 'The timestamp of the header, {sent}, counts milliseconds; it must count seconds.',
    zh: '请求头的时间戳 {sent} 是毫秒，应为秒。',
  },
  timestampNotNumber: {
    en: 'The timestamp of the header, {sent}, is not a whole number of Unix seconds.',
    zh: '请求头的时间戳 {sent} 不是整数秒的 Unix 时间戳。',
  },
  nonceUnusable: {
    en: 'The nonce_str of the header is not 1 to 128 visible ASCII characters.',
    zh: '请求头的 nonce_str 应为 1 至 128 个可见 ASCII 字符。',
  },
  timestampTooOld: {
    en: 'The timestamp is {sent} seconds old; more than 300 are refused.',
    zh: '时间戳已过去 {sent} 秒，超过 300 秒会被拒绝。',
  },
  timestampInFuture: {
    en: 'The timestamp lies {sent} seconds in the future; more than 300 are refused.',
    zh: '时间戳比当前时间快 {sent} 秒，超过 300 秒会被拒绝。',
  },
})

const ownFixes = textTable({
  trim: {
    en: 'Cut white space and line feeds off values that come from a file or from a shell command.',
    zh: '从文件或命令读取的值，先去掉首尾的空白和换行。',
  },
  swapped: {
    en: 'Put the Unix seconds into timestamp and the random text into nonce_str.',
    zh: 'timestamp 填秒级时间戳，nonce_str 填随机串。',
  },
  nonce: { en: 'Use 32 random letters and digits.', zh: '用 32 位随机字母和数字。' },
})

export const authorizationFixes: Record<keyof typeof authorizationTexts, Sentence> = {
  authorizationMissing: fixes.headerDropped,
  authorizationFolded: fixes.header,
  authorizationExtra: fixes.header,
  authorizationUnreadable: fixes.header,
  authorizationNameInValue: fixes.header,
  authorizationQuotedWhole: fixes.header,
  authorizationPercentEncoded: fixes.header,
  schemeAlone: fixes.header,
  schemeNotApart: fixes.header,
  lineFeedsSpelled: fixes.header,
  valueNotClosed: fixes.header,
  blanksAroundEquals: fixes.header,
  valueHasBlanks: ownFixes.trim,
  membersSwapped: ownFixes.swapped,
  schemeMissing: fixes.header,
  schemeOther: fixes.header,
  separatorNotComma: fixes.header,
  valueNotQuoted: fixes.header,
  valueSingleQuoted: fixes.header,
  memberMissing: fixes.header,
  memberTwice: fixes.header,
  memberMisspelt: fixes.header,
  timestampInMilliseconds: fixes.seconds,
  timestampNotNumber: fixes.seconds,
  nonceUnusable: ownFixes.nonce,
  timestampTooOld: fixes.resign,
  timestampInFuture: fixes.clock,
}
