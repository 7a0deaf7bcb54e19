import { textTable } from '../../contracts/texts.ts'

/** What `record` says while it stands between. */
export const recordTexts = textTable({
  unanswered: {
    en: '{method} {host} gave no answer: {reason}',
    zh: '{method} {host} 没有应答：{reason}',
  },
  unwritable: {
    en: '{file} cannot be written ({code}). Choose another place with --out.',
    zh: '{file} 无法写入（{code}）。用 --out 换一个位置。',
  },
  pathIsSigned: {
    en: 'The path is signed: expected an address without one.',
    zh: '路径参与签名，地址中不应带路径。',
  },
})

/** The words of `record --help`. */
export const recordHelpTexts = textTable({
  description: {
    en: 'stand between a client and WeChat Pay, and write down what both say, scrubbed',
    zh: '在客户端和微信支付之间转发，并将双方的报文脱敏后写入录制文件',
  },
  upstream: {
    en: 'whom to ask, such as https://api.mch.weixin.qq.com',
    zh: '转发到的地址，例如 https://api.mch.weixin.qq.com',
  },
  out: {
    en: 'HAR file to write, replaced after each exchange',
    zh: '写入的 HAR 文件，每次往返后更新',
  },
  port: { en: 'port to listen on, 0 for any free one', zh: '监听的端口，0 表示任意空闲端口' },
  host: { en: 'address to listen on', zh: '监听的地址' },
})

/** What `drift` says of differences. */
export const driftTexts = textTable({
  known: { en: 'known  {difference}', zh: '已知  {difference}' },
  because: { en: '       {reason}', zh: '      {reason}' },
  new: { en: 'NEW    {difference}', zh: '新增  {difference}' },
  summary: {
    en: '{new} new, {known} known differences',
    zh: '新增差异 {new} 处，已知差异 {known} 处',
  },
  difference: {
    en: '{endpoint} {pointer} is {what}: {detail} ({source})',
    zh: '{endpoint} {pointer} {what}：{detail}（{source}）',
  },
  ownSandbox: { en: 'a sandbox of this version', zh: '当前版本的沙箱' },
  kinds: {
    en: '{answered} answered, {recorded} recorded',
    zh: '应答为{answered}，录制为{recorded}',
  },
  or: { en: ' or ', zh: '或' },
  body: { en: 'a body', zh: '应答体' },
  misfit: { en: 'does not fit the contract ({code})', zh: '不符合契约（{code}）' },
  unnamed: { en: 'not in the contract', zh: '契约中没有' },
})

/** How an answer and a recording differ, by the codes of the JSON report. */
export const differenceTexts = textTable({
  'only recorded': { en: 'only recorded', zh: '只见于录制' },
  'only answered': { en: 'only answered', zh: '只见于应答' },
  'of another kind': { en: 'of another kind', zh: '类型不同' },
  'answered against the contract': {
    en: 'answered against the contract',
    zh: '应答不符合契约',
  },
  'recorded against the contract': {
    en: 'recorded against the contract',
    zh: '录制不符合契约',
  },
})

/** What kind of value may stand in a place. */
export const kindTexts = textTable({
  object: { en: 'object', zh: '对象' },
  list: { en: 'list', zh: '列表' },
  text: { en: 'text', zh: '字符串' },
  time: { en: 'RFC 3339 time', zh: ' RFC 3339 时间' },
  orderTime: { en: 'order time', zh: '订单时间' },
  orderDay: { en: 'order day', zh: '订单日期' },
  integer: { en: 'integer', zh: '整数' },
  fraction: { en: 'fraction', zh: '小数' },
  boolean: { en: 'boolean', zh: '布尔值' },
  null: { en: 'null', zh: ' null ' },
  nothing: { en: 'nothing', zh: '空' },
  emptyText: { en: 'empty text', zh: '空字符串' },
  emptyList: { en: 'empty list', zh: '空列表' },
})

/** Why a difference is no surprise. */
export const reasonTexts = textTable({
  stoppedFields: {
    en: 'the document shows them although the plan is NORMAL',
    zh: '文档示例在计划为 NORMAL 时也写了它们',
  },
  userTwice: {
    en: 'the document names the user twice; a sandbox as the request did',
    zh: '文档示例写了两个用户标识，沙箱只给出请求所用的那个',
  },
  noCoupons: { en: 'a sandbox has no coupons', zh: '沙箱没有代金券' },
  noAccounts: { en: 'a sandbox has neither accounts nor fees', zh: '沙箱没有出资账户和手续费' },
  refundTime: {
    en: 'one source shows a refund that is over, the other the zero time of a language',
    zh: '一处示例的退款已经结束，另一处写的是编程语言的零值时间',
  },
  noBanks: {
    en: 'the document shows a placeholder; a sandbox has no banks',
    zh: '文档写的是占位文字，沙箱没有银行',
  },
  noExample: { en: 'the document has no example for it', zh: '文档没有给出示例' },
  shownWithout: {
    en: 'the one order that was shown did without',
    zh: '公开的那笔订单没有用到',
  },
  shownWithoutSeq: {
    en: 'the document has it, the one order that was shown has not',
    zh: '文档中有，公开的那笔订单没有',
  },
  masked: { en: 'who showed the answer masked them', zh: '公开应答的人遮盖了它们' },
  bothRoles: {
    en: 'a merchant of a sandbox may order for itself and as a service provider',
    zh: '沙箱的商户既可以自己下单，也可以作为服务商下单',
  },
  strictTimes: {
    en: 'only a sandbox that is strict about times says it',
    zh: '只有严格检查时间的沙箱才会这样应答',
  },
  unexplained: {
    en: 'nobody knows what it is said of',
    zh: '不清楚什么情况下会出现',
  },
  tab: { en: 'one report has a tab at its end', zh: '一处公开的应答末尾多了制表符' },
  passing: {
    en: 'it passes; a sandbox says it as a fault that is ordered',
    zh: '属于偶发故障，沙箱通过注入故障来模拟',
  },
  otherWording: {
    en: 'another wording is observed as well, and a sandbox has that',
    zh: '另有实际观察到的说法，沙箱采用那一种',
  },
  otherField: {
    en: 'it was said of a field that this operation does not have',
    zh: '说的是这个接口没有的字段',
  },
  stillDiffers: {
    en: 'a sandbox still differs here from the observed answer',
    zh: '沙箱在这里与实际观察到的应答仍有不同',
  },
  noGrades: { en: 'a sandbox does not grade users', zh: '沙箱不评定用户等级' },
})

/** The words of `drift --help`. */
export const driftHelpTexts = textTable({
  description: {
    en: 'compare what a sandbox answers with the recordings and with the contract',
    zh: '将沙箱的应答与录制文件和契约对比',
  },
  json: { en: 'print one line of JSON', zh: '输出一行 JSON' },
})
