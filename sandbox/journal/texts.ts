import type { Situation } from '../../contracts/errors.ts'
import { type Text, textTable } from '../../contracts/texts.ts'

/** What the journal says beside the wire's own words. */
export const journalTexts = textTable({
  tooManyWatchers: {
    en: '{most} watch the journal already. Close some streams.',
    zh: '已有 {most} 个连接在看请求记录：先关闭一些。',
  },

  placeholder: {
    en: 'The placeholder {placeholder} was left in the address: put the value in its place.',
    zh: '地址里的占位符 {placeholder} 没有替换：换成实际的值。',
  },
  bodyTooLarge: {
    en: 'The body is larger than any operation takes, and was not read.',
    zh: '请求体超过所有接口的上限，没有读取。',
  },

  headersMissing: {
    en: 'The request has no {names}. Set Accept: application/json, and a User-Agent that names your program.',
    zh: '请求缺少 {names}：Accept 填 application/json，User-Agent 填程序的名称。',
  },
  acceptLanguageStar: {
    en: 'Accept-Language: * is refused, and it is what fetch in Node sends unasked. Set Accept-Language: zh-CN.',
    zh: '不接受 Accept-Language: *，它是 Node 的 fetch 默认发送的：把 Accept-Language 设为 zh-CN。',
  },

  fields: { en: '{problems}.', zh: '{problems}。' },
  field: { en: '{pointer}: {problem}', zh: '{pointer}：{problem}' },
  fieldsMore: { en: '{count} more', zh: '另有 {count} 处' },
  fieldInPath: {
    en: 'stands in the path, and may not stand in the body as well',
    zh: '已在路径里，请求体里不能再传',
  },
  undeclared: {
    en: 'Not in the document of this operation: {members}. Leave out what is not declared.',
    zh: '接口文档里没有：{members}。未定义的字段不要传。',
  },
  undeclaredNearest: { en: '{pointer} (declared: {name})', zh: '{pointer}（文档里是 {name}）' },

  queryTwice: {
    en: '{name} stands in the query more than once: send it once.',
    zh: '查询串里的 {name} 出现了不止一次：只传一次。',
  },
  bodyGbk: {
    en: 'The body is not UTF-8 but GBK, in which it can be read. Encode it as UTF-8, sign and send the same bytes.',
    zh: '请求体不是 UTF-8，按 GBK 可以读出：改用 UTF-8 编码，签名和发送用同一份字节。',
  },
  bodyNotUtf8: {
    en: 'The body is not UTF-8. Encode it as UTF-8, sign and send the same bytes.',
    zh: '请求体不是 UTF-8：改用 UTF-8 编码，签名和发送用同一份字节。',
  },
  bodyForm: {
    en: 'The body is form-encoded (a=1&b=2). Send a JSON object.',
    zh: '请求体是表单格式（a=1&b=2），应为 JSON 对象。',
  },
  bodyQuoted: {
    en: 'The body is JSON inside a JSON text: it was serialised twice. Serialise it once, sign and send the same text.',
    zh: '请求体多了一层引号：JSON 被序列化了两次。只序列化一次，签名和发送用同一个字符串。',
  },
  bodyOther: {
    en: 'The body is {value}, not a JSON object.',
    zh: '请求体是 {value}，应为 JSON 对象。',
  },
  bodyList: {
    en: 'The body is a list. Send the JSON object itself, without the brackets around it.',
    zh: '请求体是数组：直接发送 JSON 对象，去掉外层的方括号。',
  },
  bodyCut: {
    en: 'The body ends after byte {bytes}, in the middle of the JSON: it was cut off. Content-Length counts bytes, not characters.',
    zh: '请求体在第 {bytes} 字节处中断，JSON 不完整。Content-Length 按字节计算，不按字符。',
  },
  bodyQuotes: {
    en: 'The body is no JSON: its texts stand in single quotes, from byte {byte} on. JSON needs double quotes.',
    zh: '请求体不是 JSON：从第 {byte} 字节起用了单引号。JSON 要用双引号。',
  },
  bodyFault: {
    en: 'The body is no JSON from byte {byte} on (line {line}, column {column}): “{excerpt}”.',
    zh: '请求体从第 {byte} 字节起（第 {line} 行，第 {column} 列）不是 JSON：“{excerpt}”。',
  },
  bodyNotJson: {
    en: 'The body is no JSON. Make it with a JSON library.',
    zh: '请求体不是 JSON：用 JSON 库生成。',
  },

  numberSimilar: {
    en: 'There is no {asked}, but there is {known}: they differ only in capitals, hyphens or white space. SDK chains rewrite the capitals of what is glued into them; the placeholder form keeps them.',
    zh: '没有 {asked}，但有 {known}，两者只差大小写、连字符或空白。SDK 的链式写法会改写拼进去的大写字母，用占位符的写法可以原样保留。',
  },
  numberOfOther: {
    en: '{asked} exists, but for {member} {known}, and the request says {sent}.',
    zh: '{asked} 存在，但属于 {member} {known}，请求里是 {sent}。',
  },
  notSent: { en: 'none', zh: '未传' },
  timesPast: {
    en: 'WeChat Pay refuses this in production, since {member} is in the past: “{message}”. Start the sandbox with --strict-time to have it refused here too.',
    zh: '{member} 早于当前时间，正式环境会拒绝：“{message}”。沙箱启动时加 --strict-time 也会拒绝。',
  },
})

/** The refusals that are explained by what was sent, and those of signatures by the diagnosis. */
type ExplainedOtherwise =
  | 'userAgentMissing'
  | 'languageUnsupported'
  | 'bodyUnreadable'
  | 'fieldInvalid'
  | 'fieldUndeclared'
  | 'authorizationMalformed'
  | 'payAuthorizationMissing'
  | 'authorizationUnreadable'
  | 'schemeUnknown'
  | 'timestampExpired'
  | 'serialUnknown'
  | 'signatureMismatch'

/** What the other rules ask for, and what to do. */
export const ruleTexts = textTable({
  certificateUnavailable: {
    en: 'This merchant verifies by the WeChat Pay public key, so it has no platform certificate to download. Load the public key instead.',
    zh: '本商户用微信支付公钥验签，没有平台证书可以下载：改为加载微信支付公钥。',
  },
  systemError: {
    en: 'A failure inside. Query before anything is sent again: it may have taken effect.',
    zh: '内部出错。再次发送之前先查询，操作可能已经生效。',
  },
  frequencyLimited: {
    en: 'Too many requests: wait, and ask less often.',
    zh: '请求过于频繁：稍后再试，并降低频率。',
  },
  serviceForbidden: {
    en: 'The merchant may not use this service_id. Send the one that was opened for it.',
    zh: '商户没有这个 service_id 的权限：填为它开通的服务 ID。',
  },
  subMerchantUnbound: {
    en: 'This sub_mchid is not a sub-merchant of the partner that signed.',
    zh: '这个 sub_mchid 不是签名的服务商名下的子商户。',
  },
  appidUnbound: {
    en: 'The appid or sub_appid is not bound to the merchant or sub-merchant.',
    zh: 'appid 或 sub_appid 没有与商户号、子商户号绑定。',
  },
  reentryMismatch: {
    en: 'The number, or the detail of the sign plan, is used by an earlier request with other parameters.',
    zh: '这个单号或计划详情已被之前的请求使用，参数不同。',
  },
  planListMismatch: {
    en: 'plan_detail_list must have deduction_quantity rows, and their amounts must add up to the totals.',
    zh: 'plan_detail_list 的行数应等于 deduction_quantity，金额之和应等于总金额。',
  },
  planPriceInvalid: {
    en: 'actual_price may not exceed original_price, nor the actual_price of the detail before it.',
    zh: 'actual_price 不能超过 original_price，也不能超过前一个计划详情的 actual_price。',
  },
  planOverLimit: {
    en: 'plan_duration or deduction_quantity exceeds what the service allows.',
    zh: 'plan_duration 或 deduction_quantity 超过服务的上限。',
  },
  planUnknown: {
    en: 'This merchant has no plan with this number.',
    zh: '本商户没有这个单号的支付分计划。',
  },
  planStopped: {
    en: 'The plan was stopped: create another.',
    zh: '支付分计划已停止：另外创建一个。',
  },
  planMismatch: {
    en: 'The parties of the sign plan are not those of the plan: service_id, appid and sub_mchid must be the same.',
    zh: '签约计划与支付分计划的 service_id、appid、sub_mchid 应相同。',
  },
  signPlanDetailsMismatch: {
    en: 'sign_plan_detail must have one row for each detail of the plan, with the same plan_detail_no.',
    zh: 'sign_plan_detail 应与支付分计划的计划详情逐行对应，plan_detail_no 相同。',
  },
  userAmbiguous: {
    en: 'Send either openid or sub_openid, not both.',
    zh: 'openid 和 sub_openid 只传一个。',
  },
  userMissing: {
    en: 'An order without confirmation needs the user: send openid or sub_openid.',
    zh: '免确认的订单需要用户标识：传 openid 或 sub_openid。',
  },
  subAppidMissing: {
    en: 'sub_openid is known under sub_appid only: send both.',
    zh: 'sub_openid 要与 sub_appid 一起传。',
  },
  userNotSigner: {
    en: 'The openid or sub_openid is not that of the user who signed the plan.',
    zh: 'openid 或 sub_openid 不是签约用户的。',
  },
  numberUsed: {
    en: 'The number is in use for something else of this merchant, or stands twice in this request: take a new one.',
    zh: '这个单号已被本商户用在别处，或在本次请求里重复：换一个新的单号。',
  },
  signPlanUnknown: {
    en: 'This merchant has no sign plan with this number.',
    zh: '本商户没有这个单号的签约计划。',
  },
  signPlanStateIllegal: {
    en: 'The state of the sign plan does not allow this. Query the sign plan first and look at sign_state.',
    zh: '签约计划的状态不允许这样做：先查询签约计划，看 sign_state。',
  },
  signPlanDetailUsing: {
    en: 'An order of the sign plan is open: complete or cancel it first.',
    zh: '签约计划有进行中的服务订单：先完结或取消它。',
  },
  detailUnknown: {
    en: 'The sign plan has no detail with this plan_detail_no.',
    zh: '签约计划没有这个 plan_detail_no。',
  },
  detailOutOfOrder: {
    en: 'Details are used one after another, each when the order of the one before is paid or cancelled.',
    zh: '计划详情按顺序使用：前一个详情的订单已支付或已取消后，才能用下一个。',
  },
  detailNumberMismatch: {
    en: 'out_trade_no must be the merchant_plan_detail_no that was given to this detail when the plan was signed.',
    zh: 'out_trade_no 应等于签约时为这个详情填写的 merchant_plan_detail_no。',
  },
  orderMismatch: {
    en: 'The order exists, but with another service_id, appid or sub_mchid: send those of its creation.',
    zh: '订单存在，但 service_id、appid 或 sub_mchid 与创建时不同：填创建时的值。',
  },
  orderKeyAmbiguous: {
    en: 'Send either out_order_no or query_id, not both and not neither.',
    zh: 'out_order_no 和 query_id 传且只传一个。',
  },
  orderUnknown: {
    en: 'This merchant has no order with this number.',
    zh: '本商户没有这个单号的订单。',
  },
  orderStateIllegal: {
    en: 'The state of the order does not allow this. Query the order first and look at state and state_description.',
    zh: '订单的状态不允许这样做：先查询订单，看 state 和 state_description。',
  },
  orderDone: {
    en: 'The order is paid and done: nothing of it can be changed, only refunded.',
    zh: '订单已支付完成，不能再改动，只能退款。',
  },
  orderCanceled: {
    en: 'The order was cancelled or has expired: create another under a new number.',
    zh: '订单已取消或已过期：用新的单号另外创建。',
  },
  cancelNotAllowed: {
    en: 'The state of the order does not allow a cancellation. Query the order first and look at state and state_description.',
    zh: '订单的状态不允许取消：先查询订单，看 state 和 state_description。',
  },
  chargeRunning: {
    en: 'A charge of this order is running: wait for its outcome, then query the order.',
    zh: '这笔订单正在扣款：等扣款有结果，再查询订单。',
  },
  modifyNotPaying: {
    en: 'The amount can be modified only after the completion, while collection.state is USER_PAYING.',
    zh: '完结之后、collection.state 为 USER_PAYING 时才能修改金额。',
  },
  modifyNotLower: {
    en: 'total_amount must be lower than it is now.',
    zh: 'total_amount 应小于现在的总金额。',
  },
  payTooEarly: {
    en: 'The order is confirmed but not completed: complete it before you ask for the payment.',
    zh: '订单已确认但未完结：先完结，再发起催收扣款。',
  },
  chargeFailed: {
    en: 'The charge failed: the user has not paid. It can be asked for again later.',
    zh: '扣款失败，用户没有付款：稍后可以再发起。',
  },
  timeFormat: {
    en: 'A time is no date of the calendar, or start and end are not written alike: both as yyyyMMddHHmmss or both as yyyyMMdd.',
    zh: '服务时间不是真实的日期，或开始和结束的写法不同：同为 yyyyMMddHHmmss 或同为 yyyyMMdd。',
  },
  timePast: {
    en: 'A service time lies before now. Send a later one, or OnAccept as start_time.',
    zh: '服务时间早于当前时间：改为晚于现在，或 start_time 填 OnAccept。',
  },
  endBeforeStart: {
    en: 'end_time must be later than start_time.',
    zh: 'end_time 应晚于 start_time。',
  },
  endMissing: {
    en: 'The order was created without end_time, so the completion must send it.',
    zh: '创建订单时没有 end_time，完结时必填。',
  },
  endInFuture: {
    en: 'end_time may not be later than the moment of the completion.',
    zh: 'end_time 不能晚于调用完结接口的时间。',
  },
  remarkWithoutTime: {
    en: 'A remark on a time stands only together with that time: start_time_remark with start_time, end_time_remark with end_time.',
    zh: '时间备注要与对应的时间一起传：start_time_remark 与 start_time，end_time_remark 与 end_time。',
  },
  endLocationAlone: {
    en: 'end_location stands only together with start_location.',
    zh: 'end_location 要与 start_location 一起传。',
  },
  attachTooLong: {
    en: 'attach has more than 256 characters after URL encoding, which makes nine of one Chinese character.',
    zh: 'attach 在 URL 编码后超过 256 个字符，一个汉字编码后占 9 个。',
  },
  itemsInvalid: {
    en: 'Names within post_payments, and within post_discounts, must differ, and a payment needs an amount or a description.',
    zh: 'post_payments、post_discounts 各自的名称不能重复，后付费项目的金额和说明至少填一个。',
  },
  totalIllegal: {
    en: 'total_amount must be the sum of post_payments less post_discounts, in fen.',
    zh: 'total_amount 应等于后付费项目之和减去商户优惠，单位为分。',
  },
  totalAboveRisk: {
    en: 'total_amount exceeds the most that this order may cost: risk_fund.amount, or the price of the detail.',
    zh: 'total_amount 超过这笔订单的上限：risk_fund.amount，或计划详情的金额。',
  },
  permissionUnknown: {
    en: 'This merchant has no permission of this authorization_code or user.',
    zh: '本商户没有这个授权协议号或用户的授权记录。',
  },
  permissionStateIllegal: {
    en: 'The state of the permission does not allow this. Query it first.',
    zh: '授权的状态不允许这样做：先查询授权记录。',
  },
  permissionOrdersOpen: {
    en: 'The user has open orders of this service: complete or cancel them first.',
    zh: '用户有进行中的服务订单：先完结或取消。',
  },
  userRiskRefused: {
    en: 'WeChat Pay judges the user a risk and does not say why. Offer another way to pay.',
    zh: '微信支付对用户的综合评估未通过，不说明原因：请用户换一种付款方式。',
  },
  userOverdue: {
    en: 'The user has PayScore orders that are overdue: they must be paid first.',
    zh: '用户有超时未支付的支付分订单：先处理那些订单。',
  },
  userIsMinor: {
    en: 'The user has the mode for minors on, which does not allow PayScore. Offer another way to pay.',
    zh: '用户开启了青少年模式，不能使用支付分：换一种付款方式。',
  },
  mchidMalformed: {
    en: 'A merchant number consists of digits: look for a placeholder in the configuration.',
    zh: '商户号只由数字组成：检查配置里是否留着占位符。',
  },
  mchidMismatch: {
    en: 'mchid (sp_mchid of a service provider) must be the merchant number of the Authorization header.',
    zh: 'mchid（服务商为 sp_mchid）应与 Authorization 头里的商户号相同。',
  },
  acquiringMerchantUnknown: {
    en: 'WeChat Pay does not know this merchant number.',
    zh: '微信支付没有这个商户号。',
  },
  merchantDisabled: {
    en: 'The merchant is suspended or gone: look into the merchant platform.',
    zh: '商户号不可用或已注销：到商户平台查看。',
  },
  subMchidMissing: {
    en: 'A service provider orders at /v3/pay/partner/transactions/… and gives sub_mchid.',
    zh: '服务商应调用 /v3/pay/partner/transactions/…，并填写 sub_mchid。',
  },
  subMchidOwn: {
    en: 'sub_mchid is the sub-merchant, sp_mchid the service provider: they are never the same.',
    zh: 'sub_mchid 填子商户号，sp_mchid 填服务商商户号，两者不能相同。',
  },
  acquiringUnbound: {
    en: 'sub_mchid is no sub-merchant of this service provider.',
    zh: 'sub_mchid 不是这个服务商的子商户。',
  },
  appidMismatch: {
    en: 'The app is not bound to the merchant. Bind it in the merchant platform, or use one that is.',
    zh: 'AppID 没有与商户号绑定：在商户平台绑定，或换成已绑定的 AppID。',
  },
  subAppidMismatch: {
    en: 'sub_appid is not bound to sub_mchid. Bind it, or leave it out.',
    zh: 'sub_appid 没有与 sub_mchid 绑定：先绑定，或不传。',
  },
  productNotOpened: {
    en: 'The merchant has not opened this product: apply for it in the merchant platform.',
    zh: '商户号没有开通这个产品：在商户平台的产品中心开通。',
  },
  productUnauthorised: {
    en: 'The sub-merchant has not let the service provider use this product.',
    zh: '子商户没有授权服务商使用这个产品。',
  },
  collectionRestricted: {
    en: 'WeChat Pay has restricted what the merchant may collect: its platform says why.',
    zh: '微信支付限制了商户的收款功能：原因见商户平台。',
  },
  expireTimeInvalid: {
    en: 'time_expire is no moment of the calendar.',
    zh: 'time_expire 不是真实存在的时间。',
  },
  goodsDetailTooLong: {
    en: 'detail may have 6144 bytes of JSON without blanks.',
    zh: 'detail 去掉空白后的 JSON 最多 6144 字节。',
  },
  openidMissing: {
    en: 'payer needs sp_openid or sub_openid: JSAPI is paid by a known user.',
    zh: 'payer 里要有 sp_openid 或 sub_openid：JSAPI 支付必须指明用户。',
  },
  openidInvalid: {
    en: 'An openid begins with o, followed by letters, digits, _ and -.',
    zh: 'openid 以 o 开头，后面是字母、数字、_ 和 -。',
  },
  openidMismatch: {
    en: 'The openid is that of the user in another app: get the one of appid (sp_appid).',
    zh: 'openid 属于另一个应用：应取用户在 appid（sp_appid）下的 openid。',
  },
  subOpenidMismatch: {
    en: 'sub_openid is not that of the user in sub_appid.',
    zh: 'sub_openid 不是用户在 sub_appid 下的 openid。',
  },
  transactionReentryMismatch: {
    en: 'The number is known under other parameters, or was closed before anybody ordered under it: use a new one.',
    zh: '这个单号首次请求的参数不同，或在下单之前就被关闭过：换一个新单号。',
  },
  outTradeNoRepeated: {
    en: 'The number is known under other parameters: send the same ones again, or use a new number.',
    zh: '这个单号首次请求的参数不同：重入时原样再传，或换一个新单号。',
  },
  outTradeNoForeign: {
    en: 'The number belongs to another sub-merchant: the numbers of a service provider are shared by all of them.',
    zh: '这个单号属于另一个子商户：服务商的所有子商户共用单号。',
  },
  transactionPaid: {
    en: 'The order is paid already: query it, and do not order again.',
    zh: '订单已经支付：查询订单，不要重复下单。',
  },
  transactionClosed: {
    en: 'The order is closed, or its time to pay is over: close it and use a new number.',
    zh: '订单已关闭，或已过支付时限：关闭它，换一个新单号。',
  },
  transactionUnknown: {
    en: 'The merchant has no order of this number.',
    zh: '商户没有这个单号的订单。',
  },
  transactionIdMalformed: {
    en: 'A transaction_id has 28 digits; the number of the merchant is asked for by out_trade_no.',
    zh: 'transaction_id 是 28 位数字；商户自己的单号用 out_trade_no 查询。',
  },
  transactionForeign: {
    en: 'The payment is another merchant’s, or was ordered in the other mode: ask as whoever ordered.',
    zh: '这笔支付属于另一个商户，或是在另一种模式下下单的：用下单的商户号查询。',
  },
  subMerchantTransactionForeign: {
    en: 'The payment is another sub-merchant’s, or the service provider’s own: give the sub_mchid of the order.',
    zh: '这笔支付属于另一个子商户，或是服务商自己的：sub_mchid 填下单时的那个。',
  },
  closePaid: {
    en: 'A paid order is not closed; the money goes back by a refund.',
    zh: '已支付的订单不能关闭；要退款请调用申请退款。',
  },
  closeNotAllowed: {
    en: 'Orders of payment codes are not closed but reversed.',
    zh: '付款码订单不能关闭，只能撤销。',
  },
  transactionFrequencyLimited: {
    en: 'Too often, or the user is paying at this moment: wait a little, then ask again.',
    zh: '请求过于频繁，或用户正在支付：稍等再试。',
  },
  refundPartiesMismatch: {
    en: 'sub_mchid must be that of the payment: given for a sub-merchant’s, left out for one’s own.',
    zh: 'sub_mchid 应与支付一致：子商户的支付要传，自己的支付不传。',
  },
  refundFromMismatch: {
    en: 'The amounts of amount.from must add up to amount.refund.',
    zh: 'amount.from 各项金额之和应等于 amount.refund。',
  },
  refundRateLimited: {
    en: 'Payments of more than a month ago are refunded more slowly: try again later.',
    zh: '超过一个月的订单退款频率更低：稍后再试。',
  },
  userAccountAbnormal: {
    en: 'The account of the user is closed or frozen: pay the money back another way.',
    zh: '用户账户已注销或冻结：用其他方式退给用户。',
  },
  serialHeaderMissing: {
    en: 'Wechatpay-Serial must name the key that bank_account and real_name are encrypted with.',
    zh: 'Wechatpay-Serial 头要指明加密 bank_account 和 real_name 所用的密钥。',
  },
  serialHeaderWrong: {
    en: 'Wechatpay-Serial names neither a listed platform certificate nor the WeChat Pay public key.',
    zh: 'Wechatpay-Serial 既不是有效的平台证书序列号，也不是微信支付公钥 ID。',
  },
  fieldNotEncrypted: {
    en: 'bank_account and real_name travel as Base64 of RSA-OAEP, encrypted with the key of WeChat Pay.',
    zh: 'bank_account 和 real_name 要用微信支付的公钥做 RSA-OAEP 加密，再转成 Base64。',
  },
  fieldUndecryptable: {
    en: 'A member does not decrypt: another key than Wechatpay-Serial names, or not OAEP with SHA-1.',
    zh: '有字段解密失败：加密用的不是 Wechatpay-Serial 指明的密钥，或不是 SHA-1 的 OAEP。',
  },
  refundUnknown: {
    en: 'This merchant has no refund with this out_refund_no.',
    zh: '本商户没有这个 out_refund_no 的退款。',
  },
  refundOrderUnknown: {
    en: 'This merchant has no paid order with this transaction_id or out_trade_no.',
    zh: '本商户没有这个 transaction_id 或 out_trade_no 的已支付订单。',
  },
  parameterRepeated: {
    en: 'A query parameter is sent twice: send each once.',
    zh: '查询串里有参数传了两次：每个只传一次。',
  },
  refundedInFull: {
    en: 'The payment was refunded in full before: nothing is left to refund.',
    zh: '这笔支付已全额退款：没有可退的金额。',
  },
  refundPaymentMissing: {
    en: 'Send transaction_id or out_trade_no.',
    zh: 'transaction_id 和 out_trade_no 至少传一个。',
  },
  refundPaymentMismatch: {
    en: 'transaction_id and out_trade_no are of two payments: send those of one, or one of them.',
    zh: 'transaction_id 和 out_trade_no 不是同一笔支付：传同一笔的，或只传一个。',
  },
  refundTotalMismatch: {
    en: 'amount.total must be the amount that the user paid, in fen, and a known out_refund_no comes with the same parameters.',
    zh: 'amount.total 应等于用户支付的金额，单位为分；再次使用 out_refund_no 时参数应相同。',
  },
  refundTooMuch: {
    en: 'All refunds of an order together may not exceed what was paid. Add up what was refunded before.',
    zh: '退款总额不能超过支付金额：再退之前先累加已退金额。',
  },
  refundTooLate: {
    en: 'The payment is too old to be refunded: one year at most.',
    zh: '支付时间太久，超过一年不能退款。',
  },
  refundTooMany: {
    en: 'One order can be refunded 50 times at most.',
    zh: '一笔订单最多退款 50 次。',
  },
  refundTooSoon: {
    en: 'Partial refunds of one order need a minute between them.',
    zh: '同一笔订单的部分退款要间隔一分钟。',
  },
  refundStateIllegal: {
    en: 'The state of the refund does not allow this. Query it first.',
    zh: '退款的状态不允许这样做：先查询单笔退款。',
  },
  merchantUnknown: { en: 'There is no such merchant here.', zh: '沙箱里没有这个商户号。' },
  notificationUnknown: { en: 'There is no such notification.', zh: '没有这条通知。' },
  notificationStateIllegal: {
    en: 'The state of the notification does not allow this.',
    zh: '通知的状态不允许这样做。',
  },
  balanceShort: {
    en: 'The merchant has not enough money for this refund: the same request succeeds once there is.',
    zh: '商户余额不足以退款：充值后用相同的参数重试。',
  },
} satisfies Readonly<Record<Exclude<Situation, ExplainedOtherwise>, Text>>)
