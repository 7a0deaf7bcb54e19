import { textTable } from '../../contracts/texts.ts'

/** What the pages say around what is shown. */
export const consoleTexts = textTable({
  journal: { en: 'Journal', zh: '请求记录' },
  faults: { en: 'Faults', zh: '故障' },
  limits: { en: 'Limits', zh: '依据和限制' },
  controlApi: { en: 'Control API', zh: '控制接口' },
  wechatpayApi: { en: 'WeChat Pay API', zh: '微信支付接口' },

  nothingYet: {
    en: 'Nothing came yet. Send a request to this sandbox.',
    zh: '还没有记录：向沙箱发送一个请求。',
  },
  request: { en: 'request', zh: '请求' },
  delivery: { en: 'callback', zh: '回调' },
  deliveryTo: { en: '{event} to {url}', zh: '{event} 发往 {url}' },
  noStatus: { en: 'none', zh: '无' },
  milliseconds: { en: '{time} ms', zh: '{time} 毫秒' },

  faultsStrike: {
    en: 'Each strikes once: the next answer, or the next callback, of the first merchant.',
    zh: '每个故障只触发一次：作用于第一个商户的下一个应答或下一条回调。',
  },
  waiting: { en: 'Waiting', zh: '等待触发' },
  known: { en: 'Known', zh: '可用故障' },
  waitingFor: {
    en: '{what} of {mchid}, {count} more',
    zh: '{what}（商户 {mchid}，还有 {count} 次）',
  },
  whatever: { en: 'whatever comes', zh: '任意应答或回调' },
  takeBack: { en: 'take back', zh: '撤销' },
  order: { en: 'order', zh: '注入' },

  entry: { en: 'Entry {id}', zh: '第 {id} 条记录' },
  answeredWith: {
    en: '{at}, answered with {status} after {time} ms',
    zh: '{at}，{time} 毫秒后应答 {status}',
  },
  notAnswered: {
    en: '{at}, not answered; given up after {time} ms',
    zh: '{at}，没有应答，历时 {time} 毫秒',
  },
  whyNot: { en: 'Why the signature does not fit', zh: '验签不通过的原因' },
  refusedBy: { en: 'Refused by {situation}', zh: '拒绝原因：{situation}' },
  unread: {
    en: 'Sent, though the document of the operation does not have it: {members}.',
    zh: '发送了接口文档里没有的字段：{members}。',
  },
  sent: { en: 'Sent', zh: '发出的内容' },
  sentTo: { en: 'Sent to {url}', zh: '发往 {url}' },
  answered: { en: 'Answered', zh: '应答' },
})

/** What is checked of a request, in a word. */
export const checkTexts = textTable({
  size: { en: 'size', zh: '大小' },
  headers: { en: 'headers', zh: '请求头' },
  authorization: { en: 'authorization', zh: 'Authorization' },
  timestamp: { en: 'timestamp', zh: '时间戳' },
  serial: { en: 'serial', zh: '证书序列号' },
  signature: { en: 'signature', zh: '签名值' },
  fault: { en: 'fault', zh: '故障' },
  path: { en: 'path', zh: '路径' },
  query: { en: 'query', zh: '查询串' },
  body: { en: 'body', zh: '请求体' },
  rules: { en: 'rules', zh: '业务规则' },
})
