import { textTable } from '../../../contracts/texts.ts'

/** What each check asks for, by its number in WeChat Pay's own list. */
export const checkTitleTexts = textTable({
  G1: { en: 'answers are verified before use', zh: '应答先验签再使用' },
  G2: { en: 'callbacks are verified', zh: '回调经过验签' },
  G3: {
    en: 'repeated callbacks are accepted, in a row and at the same time',
    zh: '重复通知能正常接收，先后到达和同时到达都一样',
  },
  G4: { en: 'signature probes are no special case', zh: '不特殊对待签名探测流量' },
  '1': { en: 'callbacks are routed by sub_mchid', zh: '按 sub_mchid 区分回调' },
  '2': {
    en: "requests are signed with the partner's key, not the sub-merchant's",
    zh: '请求用服务商的私钥签名',
  },
  '3': {
    en: 'the call that opens the page is signed with the APIv2 key',
    zh: '调起页面用 APIv2 密钥签名',
  },
  '4': {
    en: 'requests carry sub_mchid, and app ids that are bound to it',
    zh: '请求带 sub_mchid，AppID 已绑定',
  },
  '5': {
    en: 'callbacks are verified before they are decrypted',
    zh: '回调先验签再解密',
  },
  '6': {
    en: 'callbacks are told apart by sub_mchid, out_order_no and event_type',
    zh: '用 sub_mchid、out_order_no、event_type 识别通知',
  },
  '7': { en: 'orders without a callback are queried', zh: '没收到回调时主动查询订单' },
  '8': { en: 'total_amount is checked before completion', zh: '完结前核对 total_amount' },
  '9': {
    en: "risk fund and total are within the service's ceiling",
    zh: '服务风险金和总金额不超过上限',
  },
  '10': { en: 'amounts are whole fen', zh: '金额是整数分' },
  '11': {
    en: 'state, state_description and collection.state are read together',
    zh: 'state、state_description、collection.state 一起判断',
  },
  '12': {
    en: 'refunds name transaction_id and sub_mchid',
    zh: '退款带 transaction_id 和 sub_mchid',
  },
  '13': { en: 'refunds of a payment are added up', zh: '累计退款金额' },
  '14': {
    en: 'the app id that opens the page is the one that created the order',
    zh: '调起页面的 AppID 与创建订单时一致',
  },
  '15': {
    en: 'post_payments are filled as the guide of the industry says',
    zh: 'post_payments 按行业指引填写',
  },
  '16, 17': {
    en: 'partner, sub-merchant and service are authorised and bound',
    zh: '服务商、子商户和服务已授权并绑定',
  },
  '18': {
    en: 'profit sharing is asked for at completion, and done after payment',
    zh: '分账在完结时声明，支付后执行',
  },
  '19': { en: 'sync is repeated with the same parameters', zh: '同步订单状态，重试时参数不变' },
  '20': { en: 'no keys stand in the code', zh: '代码里没有密钥' },
  '21': { en: 'the private key file is readable by its owner only', zh: '私钥文件只有所有者可读' },
  '22': { en: 'modifications only lower the amount', zh: '修改订单金额只减不增' },
  '23': {
    en: 'notify_url is public https without a query',
    zh: 'notify_url 是公网 https 地址，不带参数',
  },
  '24': { en: 'callbacks are answered within 5 s', zh: '5 秒内应答回调' },
  '25': { en: "the paid amount is compared with the order's", zh: '核对支付金额与订单金额' },
  '26': { en: 'test users are on the white list', zh: '测试用户已加入测试白名单' },
  '27': {
    en: 'device.start_device_id is sent where the industry needs it',
    zh: '行业需要时传 device.start_device_id',
  },
  '28': {
    en: 'out_order_no is unique across sub-merchants',
    zh: 'out_order_no 在所有子商户之间不重复',
  },
})
export type CheckNumber = keyof typeof checkTitleTexts

/** How to mend what a check finds. */
export const checkFixTexts = textTable({
  G1: {
    en: 'Verify each answer before it is read; drop one that does not verify, and repeat or query.',
    zh: '先验签再读取应答；验签不通过就丢弃，然后重试或查询。',
  },
  G2: {
    en: 'Verify the raw bytes with the key that Wechatpay-Serial names, and answer 4xx or 5xx if they do not verify.',
    zh: '用 Wechatpay-Serial 指定的密钥对原始字节验签，不通过就应答 4xx 或 5xx。',
  },
  G3: {
    en: 'Keep what was handled under a unique key, and answer a repetition like the first.',
    zh: '用唯一键记录已处理的通知，重复的给出与第一次相同的应答。',
  },
  G4: {
    en: 'Drop what looks for WECHATPAY/SIGNTEST, and let a signature that is no Base64 fail like any other.',
    zh: '删掉识别 WECHATPAY/SIGNTEST 的代码；不是合法 Base64 的签名值同样按验签失败处理。',
  },
  '1': {
    en: 'Look an order up by sub_mchid and out_order_no together.',
    zh: '用 sub_mchid 和 out_order_no 一起查找订单。',
  },
  '2': {
    en: "Sign with the partner's apiclient_key.pem, mchid and serial number; the body names the sub-merchant.",
    zh: '用服务商的 apiclient_key.pem、商户号和证书序列号；子商户号写在请求体里。',
  },
  '3': {
    en: 'Sign that call with the APIv2 key; the APIv3 key only decrypts callbacks.',
    zh: '这里用 APIv2 密钥；APIv3 密钥用来解密回调。',
  },
  '4': {
    en: 'Send sub_mchid in every request, with a sub_appid that is bound to it.',
    zh: '每个请求都带 sub_mchid，sub_appid 须与它绑定。',
  },
  '5': {
    en: 'Decrypt only after the signature has verified.',
    zh: '验签通过后才解密。',
  },
  '6': {
    en: 'Recognise repetitions by the three together, and let events come in any order.',
    zh: '三者一起去重，并允许通知乱序到达。',
  },
  '7': {
    en: 'Query an order some minutes after its callback was due.',
    zh: '超过应到时间几分钟后查询订单。',
  },
  '8': {
    en: 'Compute charges less discounts in fen, and complete with that.',
    zh: '以分计算：后付费项目之和减去商户优惠，用这个数完结。',
  },
  '9': {
    en: 'Complete with no more than risk_fund.amount, and ask for no more than the service allows.',
    zh: '完结金额不超过 risk_fund.amount，服务风险金不超过服务的上限。',
  },
  '10': {
    en: 'Calculate in whole fen, and send numbers, not text.',
    zh: '全程用整数分计算，JSON 里传数字，不传字符串。',
  },
  '11': {
    en: 'Read all three before you act: what is DOING may wait for completion or for money.',
    zh: '三个字段都看过再操作：DOING 可能在等完结，也可能在等扣款。',
  },
  '12': {
    en: 'Ask for refunds by the transaction_id of the paid order, with its sub_mchid.',
    zh: '用已支付订单的 transaction_id 退款，并带上它的 sub_mchid。',
  },
  '13': {
    en: 'Add up what was refunded already before you ask for one more.',
    zh: '再退之前先累加已退金额。',
  },
  '14': {
    en: 'Open the page from the app whose id the creation named.',
    zh: '在创建订单时所填 AppID 对应的应用里调起页面。',
  },
  '15': {
    en: 'Compare names and descriptions with the guide of your industry.',
    zh: '对照所在行业的指引检查名称和描述。',
  },
  '16, 17': {
    en: 'Bind the sub-merchant and its service on the partner platform before you call for it.',
    zh: '先在服务商平台绑定子商户和服务，再为它发起请求。',
  },
  '18': {
    en: 'Send profit_sharing with the completion only, and share once the order is paid.',
    zh: 'profit_sharing 只在完结时传，订单支付后再分账。',
  },
  '19': {
    en: 'Keep what was reported, and repeat exactly that.',
    zh: '记下报过的内容，重试时原样再报。',
  },
  '20': {
    en: 'Load keys from files or a vault, and change those that were committed.',
    zh: '从文件或密钥库读取，提交过的密钥要更换。',
  },
  '21': { en: 'Run chmod 600 on it.', zh: '对它执行 chmod 600，只留所有者的读写权限。' },
  '22': {
    en: 'Modify to less than the amount of completion; create a new order for more.',
    zh: '修改后的金额应小于完结时的金额；要多收就创建新订单。',
  },
  '23': {
    en: 'Give an https address that the internet reaches, and put what you need into its path.',
    zh: '用公网可达的 https 地址，需要的信息放进路径。',
  },
  '24': {
    en: 'Answer as soon as the callback is stored, and do the rest afterwards.',
    zh: '收到后先保存、立即应答，其余异步处理。',
  },
  '25': {
    en: 'Settle an order only if the amount is that of its completion; refuse the callback otherwise.',
    zh: '金额与完结时一致才入账，否则拒绝这条通知。',
  },
  '26': {
    en: 'Add them on the merchant platform before they try it.',
    zh: '试用之前在商户平台添加。',
  },
  '27': {
    en: 'Send it with creation if the guide of your industry asks for it.',
    zh: '行业指引要求时，在创建订单的请求里传。',
  },
  '28': {
    en: 'Number the orders of all sub-merchants in one sequence, or put the sub-merchant into the number.',
    zh: '所有子商户共用一个序列，或把子商户号编进单号。',
  },
})
