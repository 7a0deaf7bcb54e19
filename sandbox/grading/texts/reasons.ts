import { textTable } from '../../../contracts/texts.ts'

/** Why a check passed, was found broken or was not seen. The names are codes of the JSON report. */
export const reasonTexts = textTable({
  inCodeOnly: { en: 'Only a reading of the code shows it.', zh: '只有读代码才能确认。' },

  // Callbacks.
  genuineUnanswered: {
    en: 'The genuine callback was not answered.',
    zh: '没有应答真实的回调。',
  },
  genuineUnknown: {
    en: "The genuine callback was answered with {status}. If the receiver knows no such order: let it know a sub-merchant's order that is completed and not yet paid, and name its sandbox by --sandbox; --help says how.",
    zh: '真实的回调得到的应答是 {status}。如果接收端没有这笔订单：让它先有一笔子商户的订单，已完结、未支付，并用 --sandbox 指定沙箱；做法见 --help 的说明。',
  },
  genuineNeitherNor: {
    en: 'The genuine callback was answered with {status}. Only 200 and 204 accept.',
    zh: '真实的回调得到的应答是 {status}，只有 200 和 204 表示接收成功。',
  },
  genuineRefused: {
    en: "A genuine callback about the merchant's own order was answered with {status}. If the receiver trusts other keys, name their folder by --dir.",
    zh: '商户自己订单的真实回调得到的应答是 {status}。如果接收端用的是别的密钥，用 --dir 指定它们所在的目录。',
  },
  genuineHungUp: {
    en: "The connection was closed on every genuine callback about the merchant's own order.",
    zh: '商户自己订单的真实回调，每一次都被断开连接。',
  },
  sandboxNeverAccepted: {
    en: 'Of the genuine callbacks that the sandbox sent to this receiver, none was accepted.',
    zh: '沙箱发给这个接收端的真实回调，没有一次被接受。',
  },
  forgeriesUnanswered: {
    en: 'Not every one of these callbacks was answered by 200, 204, 4xx or 5xx.',
    zh: '这些回调没有全部以 200、204、4xx 或 5xx 应答。',
  },
  failCountsAsAccepted: {
    en: 'For WeChat Pay the status counts: 200 with {"code":"FAIL"} accepts.',
    zh: '微信支付只看状态码，200 加 {"code":"FAIL"} 也算接收成功。',
  },
  forgeriesAccepted: { en: 'Callbacks were accepted that are forged.', zh: '接受了伪造的回调。' },
  oldTimestampAccepted: {
    en: 'A callback was accepted whose timestamp is more than 300 s old: refuse it, or anybody could replay it.',
    zh: '接受了时间戳早于 300 秒的回调：应拒绝，否则他人可以重放。',
  },
  forgeriesRefused: { en: 'Every forged callback was refused.', zh: '伪造的回调全部被拒绝。' },
  repetitionNotAccepted: {
    en: 'A repeated callback was not accepted.',
    zh: '先后到达的重复通知没有全部接受。',
  },
  secondOrderMissing: {
    en: 'What comes eight times at once must be of a second order that the receiver knows.',
    zh: '同时到达八份的通知，需要属于接收端已有的第二笔订单。',
  },
  concurrentNotAccepted: {
    en: 'Of a callback that came eight times at once, not all were accepted.',
    zh: '同时到达的八份通知没有全部接受。',
  },
  repetitionsAccepted: {
    en: 'Repetitions were accepted, in a row and at once.',
    zh: '先后到达和同时到达的重复通知都被接受。',
  },
  probeAccepted: { en: 'A signature probe was accepted.', zh: '接受了签名探测流量。' },
  probeAnsweredOtherwise: {
    en: 'A probe is not answered like a wrong signature.',
    zh: '对探测流量的应答与签名错误时不同。',
  },
  probesRefusedAlike: {
    en: 'Probes are refused like a wrong signature.',
    zh: '对探测流量的拒绝与签名错误时相同。',
  },
  decryptionAttempted: {
    en: 'What cannot be decrypted is answered otherwise: it was tried.',
    zh: '密文无法解密时应答不同：说明先做了解密。',
  },
  decryptionMentioned: {
    en: 'The answer to a wrong signature speaks of decryption.',
    zh: '签名错误时，应答里提到了解密。',
  },
  wrongSignatureAccepted: {
    en: 'Wrong signatures are accepted, so what comes after cannot be told.',
    zh: '签名错误的回调被接受，之后的顺序无从判断。',
  },
  wrongSignatureRefusedAlike: {
    en: 'A wrong signature is refused alike, whatever is encrypted.',
    zh: '签名错误时，无论密文能否解密，拒绝都相同。',
  },
  confirmationFirst: {
    en: 'USER_PAID was refused until USER_CONFIRM had come.',
    zh: '先到的 USER_PAID 被拒绝，等到 USER_CONFIRM 之后才接受。',
  },
  lateEventRefused: {
    en: 'An event was refused that came late or again.',
    zh: '晚到或重复的事件被拒绝。',
  },
  anyOrderAccepted: {
    en: 'Both events of an order were accepted, swapped and repeated.',
    zh: '同一笔订单的两种事件，颠倒和重复都被接受。',
  },
  answeredLate: {
    en: 'Callbacks were not answered within 5 s.',
    zh: '有回调没有在 5 秒内应答。',
  },
  answeredInTime: {
    en: 'The slowest of {count} answers took {milliseconds} ms.',
    zh: '共 {count} 个应答，最慢的用了 {milliseconds} 毫秒。',
  },
  ordersMissing: {
    en: "The receiver was told of no order that it knows: let it know a sub-merchant's order that is completed and not yet paid, and name its sandbox by --sandbox; --help says how.",
    zh: '没有出现接收端已有的订单：让它先有一笔子商户的订单，已完结、未支付，并用 --sandbox 指定沙箱；做法见 --help 的说明。',
  },
  untrueRefused: {
    en: 'It was refused; the true one was accepted.',
    zh: '不真实的被拒绝，真实的被接受。',
  },
  paidRefusedAtFirst: {
    en: 'It was refused, but at that time so was the true one.',
    zh: '不真实的被拒绝，但当时真实的也被拒绝。',
  },
  orderQueried: {
    en: 'It was accepted, but the order was queried: what counts cannot be told.',
    zh: '不真实的被接受，但随后查询了订单，以哪个为准无从判断。',
  },
  subMerchantIgnored: {
    en: "One sub-merchant's order was taken for that of another.",
    zh: '把一个子商户的订单当成了另一个子商户的。',
  },
  otherSubMerchantsAccepted: {
    en: 'Whatever is told of another sub-merchant is accepted.',
    zh: '其他子商户的通知一概接受，无从判断。',
  },
  otherAmountAccepted: {
    en: 'A payment of another amount was accepted.',
    zh: '金额不符的通知也被当作已支付。',
  },

  // Requests.
  sandboxMissing: {
    en: 'Name the sandbox that the merchant calls by --sandbox.',
    zh: '用 --sandbox 指定商户调用的沙箱。',
  },
  requestsMissing: {
    en: 'The journal has no request of merchant {mchid}.',
    zh: '请求记录中没有商户 {mchid} 的请求。',
  },
  othersOnly: {
    en: 'The journal has no request of merchant {mchid}, only of {others}. Name the credentials folder by --dir.',
    zh: '请求记录中没有商户 {mchid} 的请求，只有 {others} 的。用 --dir 指定凭据目录。',
  },
  requestsComply: {
    en: 'The journal has {count} that show it and none against it.',
    zh: '请求记录中有 {count} 条符合，没有不符合的。',
  },
  unverifiedAnswerUsed: {
    en: 'An order was used although the answer to its creation does not verify.',
    zh: '创建订单的应答验签不通过，这笔订单仍被使用。',
  },
  answersAllVerify: {
    en: 'No creation had an answer that does not verify: ask for one by POST /_sandbox/faults {"fault":"WRONG_SIGNATURE"}',
    zh: '没有出现验签不通过的创建应答：可以注入一个，POST /_sandbox/faults {"fault":"WRONG_SIGNATURE"}',
  },
  subMerchantKeyUsed: {
    en: "Requests are signed with the sub-merchant's key.",
    zh: '有请求用了子商户的私钥签名。',
  },
  signedAsSubMerchant: {
    en: 'Requests name the sub-merchant as the one who signs.',
    zh: '有请求以子商户的商户号签名。',
  },
  subMerchantCallsToo: {
    en: 'The sub-merchant calls for itself too: whether this integration sends that cannot be told.',
    zh: '子商户自己也在请求，是不是出自这个接入程序无从判断。',
  },
  partnerRequestsMissing: {
    en: 'No request of a partner was signed well.',
    zh: '没有出现签名正确的服务商请求。',
  },
  subMchidMissing: {
    en: 'Requests lack sub_mchid, or name an app id that is not bound.',
    zh: '有请求缺少 sub_mchid，或 AppID 未绑定。',
  },
  partnerRequestsNotAccepted: {
    en: 'No request of a partner was accepted.',
    zh: '没有出现成功的服务商请求。',
  },
  totalWrong: {
    en: 'A total was sent that is not charges less discounts.',
    zh: '有总金额不等于后付费项目减商户优惠。',
  },
  completionsMissing: { en: 'No order was completed.', zh: '没有完结过订单。' },
  totalAboveRisk: {
    en: 'A total was sent that is above the risk fund.',
    zh: '有总金额超过服务风险金。',
  },
  ceilingsUnknown: {
    en: 'No total was above a risk fund, and a sandbox knows no ceilings of services.',
    zh: '没有出现超过服务风险金的总金额；各服务的上限，沙箱并不知道。',
  },
  amountsNotWhole: {
    en: 'Amounts were sent that are no whole numbers.',
    zh: '有金额不是整数。',
  },
  amountsMissing: {
    en: 'No request with an amount was accepted.',
    zh: '没有出现成功的带金额的请求。',
  },
  stateNotAllowing: {
    en: 'Something was asked for that the state of the order does not allow.',
    zh: '做了订单当前状态不允许的操作。',
  },
  actionsMissing: { en: 'Nothing was done with an order.', zh: '没有对订单做过操作。' },
  refundIncomplete: {
    en: 'A refund was asked for without transaction_id or without sub_mchid.',
    zh: '有退款没带 transaction_id 或 sub_mchid。',
  },
  refundsMissing: {
    en: 'No payment of a sub-merchant was refunded.',
    zh: '没有出现子商户的退款。',
  },
  refundTooMuch: {
    en: 'More was to be refunded than was paid.',
    zh: '退款总额超过支付金额。',
  },
  partialRefundsMissing: {
    en: 'No payment was refunded in several parts.',
    zh: '没有出现同一笔支付的分次退款。',
  },
  notAuthorised: {
    en: 'Requests name a sub-merchant or a service that the partner may not use.',
    zh: '有请求用了服务商无权使用的子商户或服务。',
  },
  creationsMissing: {
    en: 'No order of a sub-merchant was created.',
    zh: '没有为子商户创建过订单。',
  },
  sharingElsewhere: {
    en: 'Profit sharing was asked for elsewhere than at completion.',
    zh: '在完结以外的请求里传了 profit_sharing。',
  },
  sharingUnseen: {
    en: 'The sharing itself is no part of a sandbox.',
    zh: '没有出现分账：沙箱不含这部分接口。',
  },
  syncChanged: {
    en: 'A sync was repeated with other parameters.',
    zh: '同一笔同步换了参数。',
  },
  syncsMissing: { en: 'No sync was repeated.', zh: '没有重试过同步订单状态。' },
  amountNotLowered: {
    en: 'An order was to be modified to an amount that is not lower.',
    zh: '有订单修改后的金额没有降低。',
  },
  modificationsMissing: { en: 'No order was modified.', zh: '没有修改过订单金额。' },
  numberSharedBySubMerchants: {
    en: 'One out_order_no was used for two sub-merchants.',
    zh: '两个子商户用了同一个 out_order_no。',
  },
  secondSubMerchantMissing: {
    en: 'No orders of two sub-merchants were created.',
    zh: '没有为两个子商户创建过订单。',
  },
  lostOrderNotQueried: {
    en: 'An order without its callback was not queried.',
    zh: '有一笔没有回调的订单未被查询。',
  },
  queryNotYetDue: {
    en: 'It is not yet time to query: see --query-within.',
    zh: '还没到该查询的时间，见 --query-within 的说明。',
  },
  lostOrdersQueried: {
    en: 'Every order without its callback was queried.',
    zh: '没有回调的订单都被查询了。',
  },
  callbacksAllArrived: {
    en: 'No callback got lost: ask for that by POST /_sandbox/faults {"fault":"CALLBACK_LOST"}',
    zh: '没有出现丢失的回调：可以注入一个，POST /_sandbox/faults {"fault":"CALLBACK_LOST"}',
  },

  // Settings.
  notifyUrlWithQuery: {
    en: 'WeChat Pay takes no notify_url with a query: {query}.',
    zh: '微信支付不接受带查询串的 notify_url：{query}。',
  },
  notifyUrlNotPublic: {
    en: 'This address is of your own network, as is fine in a sandbox.',
    zh: '没有出现公网地址：这是内网地址，在沙箱里可以。',
  },
  notifyUrlPublic: { en: 'It is https without a query.', zh: '是 https 地址，不带参数。' },
  notifyUrlNotHttps: {
    en: 'A public notify_url must be https.',
    zh: '公网的 notify_url 应为 https。',
  },
  keyModeUnknown: {
    en: 'No mode was read: name the private key file by --key; Windows has no modes.',
    zh: '没有读到文件权限：用 --key 指定私钥文件；Windows 没有这种权限。',
  },
  keyMode: { en: 'Its mode is 0{mode}.', zh: '文件权限是 0{mode}。' },
})
