import { textTable } from '../../../contracts/texts.ts'

/** A callback that was sent, by what is special about it. The names are codes of the JSON report. */
export const deliveryTexts = textTable({
  genuine: { en: '{event} of {order}', zh: '{order} 的 {event}' },
  otherAmount: {
    en: '{event} of {order} with {amount} fen',
    zh: '{order} 的 {event}，金额为 {amount} 分',
  },
  otherSubMerchant: {
    en: '{event} of {order} for the sub-merchant {subMerchant}',
    zh: '{order} 的 {event}，子商户号为 {subMerchant}',
  },
  concurrent: {
    en: '{event} of {order} {copies} times at once',
    zh: '{order} 的 {event}，同时 {copies} 份',
  },
  single: { en: '{event} of {order} alone', zh: '{order} 的 {event}，单独一份' },
  wrongSignature: {
    en: '{event} of {order} with a wrong signature',
    zh: '{order} 的 {event}，签名错误',
  },
  unknownSerial: {
    en: '{event} of {order} signed by an unknown key under an unknown serial',
    zh: '{order} 的 {event}，签名的密钥和序列号都未知',
  },
  oldTimestamp: {
    en: '{event} of {order} signed {age} s ago',
    zh: '{order} 的 {event}，签名于 {age} 秒之前',
  },
  bodyChanged: {
    en: '{event} of {order} with one digit changed after signing',
    zh: '{order} 的 {event}，签名后改了一位数字',
  },
  respaced: {
    en: '{event} of {order} with white space put in after signing',
    zh: '{order} 的 {event}，签名后插入了空白',
  },
  unsigned: { en: '{event} of {order} without a signature', zh: '{order} 的 {event}，没有签名' },
  undecryptable: {
    en: '{event} of {order} with a wrong signature, encrypted with another key',
    zh: '{order} 的 {event}，签名错误，密文用别的密钥加密',
  },
  probe: {
    en: '{event} of {order} with a signature probe',
    zh: '{order} 的 {event}，签名探测流量',
  },
  brokenProbe: {
    en: '{event} of {order} with a signature probe that is no Base64',
    zh: '{order} 的 {event}，签名探测流量，不是合法 Base64',
  },
  lost: { en: '{event} of {order}, which never came', zh: '{order} 的 {event}，未送达' },
})

/** What came back, beside what was answered. */
export const outcomeTexts = textTable({
  noAnswer: { en: 'no answer', zh: '没有应答' },
  noQuery: { en: 'no query of the order', zh: '没有查询订单' },
})

/** The words of the report. */
export const gradeReportTexts = textTable({
  finding: { en: 'FINDING {number}: {title}', zh: '发现问题 {number}：{title}' },
  evidence: { en: '{sent}: {got}', zh: '{sent}：{got}' },
  evidenceOfEntry: {
    en: '{sent}: {got} (entry {entry})',
    zh: '{sent}：{got}（第 {entry} 条记录）',
  },
  fix: { en: 'Fix: {fix}', zh: '改法：{fix}' },
  notSeen: { en: 'not seen {numbers}: {why}', zh: '未观察到 {numbers}：{why}' },
  nothingOfCallbacks: {
    en: 'Nothing was seen of how callbacks are received.',
    zh: '没有观察到回调的接收情况。',
  },
  nothingOfRequests: {
    en: 'Nothing was seen of the requests.',
    zh: '没有观察到任何请求。',
  },
  summary: {
    en: '{passed} passed, {findings} findings, {unseen} not seen',
    zh: '通过 {passed} 项，发现问题 {findings} 项，未观察到 {unseen} 项',
  },
  number: { en: 'number', zh: '序号' },
  result: { en: 'result', zh: '结果' },
  severity: { en: 'severity', zh: '级别' },
  check: { en: 'check', zh: '检查项' },
})

/** What became of a check. */
export const resultTexts = textTable({
  pass: { en: 'pass', zh: '通过' },
  finding: { en: 'finding', zh: '发现问题' },
  'not seen': { en: 'not seen', zh: '未观察到' },
})

/** How much a check counts. */
export const severityTexts = textTable({
  fatal: { en: 'fatal', zh: '致命' },
  recommended: { en: 'recommended', zh: '推荐' },
  optional: { en: 'optional', zh: '可选' },
})

/** Why nothing can be graded. */
export const ungradableTexts = textTable({
  receiverSilent: {
    en: 'No callback was answered: {error}. Start the receiver, or check --notify-url.',
    zh: '没有一个回调得到应答：{error}。启动接收端，或检查 --notify-url 的值。',
  },
  sandboxSilent: {
    en: '{sandbox} does not answer. Start a sandbox, or check --sandbox.',
    zh: '{sandbox} 没有应答。启动沙箱，或检查 --sandbox 的值。',
  },
  tokenWanted: {
    en: '{sandbox} wants the token of its control API, which it printed at the start: give --control-token.',
    zh: '{sandbox} 的控制接口需要令牌，令牌在它启动时输出：用 --control-token 给出。',
  },
  sandboxUnusable: {
    en: '{sandbox} has no usable answer to {path}. Name a sandbox of this version by --sandbox, and its credentials folder by --dir.',
    zh: '{sandbox} 对 {path} 的应答无法使用。用 --sandbox 指定同一版本的沙箱，用 --dir 指定它的凭据目录。',
  },
  hostNotAllowed: {
    en: 'Callbacks to {host} are {reason}. --allow-host allows public hosts.',
    zh: '发往 {host} 的回调{reason}。用 --allow-host 可以允许公网地址。',
  },
  checkUnknown: {
    en: 'No check has this number, nor this text in its title.',
    zh: '没有这个编号的检查项，标题里也没有这段文字。',
  },
})

/** The words of `grade --help`. */
export const gradeHelpTexts = textTable({
  description: {
    en: "hold a merchant's integration to the checks that WeChat Pay asks of partners",
    zh: '用微信支付对服务商的检查项检验商户的接入',
  },
  notifyUrl: { en: 'where the merchant receives callbacks', zh: '商户接收回调的地址' },
  dir: { en: 'credentials folder whose keys sign', zh: '用这个凭据目录的密钥签名' },
  platform: { en: 'which platform key signs', zh: '用哪种平台密钥签名' },
  sandbox: {
    en: 'a running sandbox whose journal shows what was sent',
    zh: '运行中的沙箱，从它的请求记录看商户发送的内容',
  },
  key: {
    en: "the merchant's private key file, of which the mode is looked at",
    zh: '商户的私钥文件，只检查文件权限',
  },
  queryWithin: {
    en: 'how long an order without its callback may stay unqueried',
    zh: '没有回调的订单最迟多少秒之内查询',
  },
  allowHost: {
    en: 'a host beside this machine that may be called',
    zh: '除本机以外允许回调的主机',
  },
  only: {
    en: 'only the check of this number, else those whose title has it',
    zh: '只做这个编号的检查；没有这个编号时，做标题里有这段文字的检查',
  },
  reporter: { en: 'how to report', zh: '报告的格式' },
  manual: {
    en: `Callbacks go to the receiver as WeChat Pay sends them, genuine and forged. One that keeps a book
refuses callbacks about orders that it does not know, so make two that are not yet paid:
  curl -d '{"outcome":"hold","count":2}' http://127.0.0.1:8129/_sandbox/charges
then let the merchant create and complete them with this notify_url, and name the sandbox:
  wechatpay-sandbox grade --notify-url http://127.0.0.1:8130/notify --sandbox http://127.0.0.1:8129
The journal of that sandbox shows the rest; the two orders are paid at the end.

Exit status: 0 no finding, 1 findings, 2 could not run, 3 nothing was seen of the callbacks, or of
the requests where a sandbox is named.`,
    zh: `回调按微信支付的方式发给接收端，有真实的，也有伪造的。按订单核对的接收端会拒绝它没有的订单的回调，
所以先准备两笔未支付的订单：
  curl -d '{"outcome":"hold","count":2}' http://127.0.0.1:8129/_sandbox/charges
然后让商户用这个 notify_url 创建并完结它们，再指定沙箱：
  wechatpay-sandbox grade --notify-url http://127.0.0.1:8130/notify --sandbox http://127.0.0.1:8129
其余的从这个沙箱的请求记录中看；这两笔订单在最后支付。

退出状态：0 没有发现问题，1 发现问题，2 无法运行，3 没有观察到回调的接收情况，或指定了沙箱却没有观察到请求。`,
  },
})
