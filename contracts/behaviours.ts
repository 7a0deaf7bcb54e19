/**
 * What the tables of fields and refusals cannot say: how the sandbox behaves, what that rests on,
 * and which side it takes where documents contradict each other or reality.
 * @module
 */
import { chosen, documented, type Evidence, observed, sdk } from './evidence.ts'
import type { Text } from './texts.ts'

/** One thing that the sandbox does where the tables are silent. */
export type Behaviour = {
  about:
    | 'signatures'
    | 'answers'
    | 'fields'
    | 'plans'
    | 'orders'
    | 'payments'
    | 'refunds'
    | 'callbacks'
  /** What the sandbox does, in one sentence. */
  does: Text
  evidence: Evidence
  /** Who says otherwise, what nobody says, and what of the sentence is decided here. */
  but?: Text
  /** The option that takes the other side. */
  otherwise?: string
}

/**
 * One row a behaviour: what it is about, what the sandbox does, what that rests on, and who says
 * otherwise. They are the first part of the limits page.
 */
export const behaviours: readonly Behaviour[] = [
  {
    about: 'signatures',
    does: {
      en: 'A request is checked over the raw target and the raw bytes: headers, form, age, merchant and serial, signature, in this order.',
      zh: '对请求行和请求体的原始字节验签，依次检查请求头、格式、时间戳、商户号和证书序列号、签名值。',
    },
    evidence: observed('probe'),
    but: {
      en: 'The samples fit this order; no document gives it.',
      zh: '已知样例符合这个顺序，文档没有写明。',
    },
  },
  {
    about: 'signatures',
    does: {
      en: 'A timestamp more than five minutes off is refused before the signature is looked at, in the past as in the future.',
      zh: '时间戳相差超过 5 分钟时，在验签之前就拒绝，过去和将来都一样。',
    },
    evidence: documented('manual'),
    but: { en: 'Only the past was observed.', zh: '实际观察到的只有过去的时间。' },
  },
  {
    about: 'signatures',
    does: {
      en: 'A nonce of 1 to 128 visible characters is taken, and taken again.',
      zh: '随机串为 1 至 128 个可见字符即可，重复使用也接受。',
    },
    evidence: chosen,
    but: {
      en: 'Documents recommend 32; a published client sends 10 to 12. No sample shows a repeated nonce refused.',
      zh: '文档建议 32 位，一个公开的客户端只发 10 至 12 位；没有样例表明重复的随机串会被拒绝。',
    },
  },
  {
    about: 'signatures',
    does: {
      en: 'The serial is compared without case and without leading zeros.',
      zh: '比较证书序列号时，不分大小写，忽略开头的 0。',
    },
    evidence: sdk('sdks'),
    but: {
      en: 'SDKs spell serials so; that WeChat Pay takes every spelling is decided here.',
      zh: '各 SDK 的写法不同；微信支付是否全部接受，由沙箱自定。',
    },
  },
  {
    about: 'signatures',
    does: {
      en: 'An unknown merchant is told that its serial is wrong.',
      zh: '商户号未知时，告知证书序列号有误。',
    },
    evidence: chosen,
    but: {
      en: 'No sample of an unknown merchant exists for these endpoints.',
      zh: '这些接口没有商户号未知的样例。',
    },
  },
  {
    about: 'signatures',
    does: {
      en: 'Accept-Language: * is answered 406 on every endpoint.',
      zh: '所有接口对 Accept-Language: * 都应答 406。',
    },
    evidence: observed('capture'),
    but: { en: 'It was observed on the certificates only.', zh: '只在平台证书接口上观察到。' },
  },
  {
    about: 'signatures',
    does: {
      en: 'An answer is signed by the public key when the request names its id, else by the platform certificate.',
      zh: '请求指明微信支付公钥 ID 时，应答用微信支付公钥对应的私钥签名，否则用平台证书的私钥签名。',
    },
    evidence: documented('skills'),
    but: {
      en: 'So it is while a merchant is switching; before and after, one key signs always.',
      zh: '商户切换期间如此；切换前后始终由同一把密钥签名。',
    },
    otherwise: 'platformKeys',
  },
  {
    about: 'signatures',
    does: {
      en: 'SM2 is answered like another scheme.',
      zh: '国密认证类型按不认识的认证类型应答。',
    },
    evidence: chosen,
    but: {
      en: 'The platform offers it to invited merchants.',
      zh: '微信支付只对受邀的商户开放国密。',
    },
  },
  {
    about: 'answers',
    does: {
      en: 'Answers after the check of the signature are signed, refusals too; 400 for missing headers, 401, 404 of a path, 405, 406 and a failure inside are not.',
      zh: '验签之后的应答都签名，包括拒绝；缺少请求头的 400、401、路径不存在的 404、405、406 和内部错误不签名。',
    },
    evidence: observed('issues'),
    but: {
      en: 'Two signed refusals were shown, a 400 and a 403, and one 500, which was not signed. What holds for the others is decided here.',
      zh: '公开的样例中，签名的拒绝只有两个（400 和 403），另有一个 500 没有签名；其余由沙箱自定。',
    },
  },
  {
    about: 'answers',
    does: {
      en: 'An unknown path is an empty 404, a wrong method an empty 405, a body over 2 MiB an empty 413.',
      zh: '路径不存在为空的 404，请求方法不对为空的 405，请求体超过 2 MiB 为空的 413。',
    },
    evidence: observed('probe'),
    but: { en: 'The 413 and its limit are decided here.', zh: '413 及其上限由沙箱自定。' },
  },
  {
    about: 'answers',
    does: {
      en: 'What cannot be read as a request is an empty 400, headers over 16 KiB an empty 431; headers that take more than 10 seconds, or a request that takes more than 30, an empty 408. Each has a Request-ID, and the connection is closed.',
      zh: '无法读取的请求为空的 400，请求头超过 16 KiB 为空的 431，请求头超过 10 秒或整个请求超过 30 秒没有收完为空的 408；都带 Request-ID，随后关闭连接。',
    },
    evidence: chosen,
  },
  {
    about: 'answers',
    does: {
      en: 'A field that fails is named alone; the detail has location and value only.',
      zh: '只指出一个不合规则的字段，detail 只有 location 和 value。',
    },
    evidence: observed('issues'),
    but: {
      en: 'That it is the first of the document is decided here. The old manual shows field and issue as well.',
      zh: '取文档中的第一个，这一点由沙箱自定；旧文档的 detail 还有 field 和 issue。',
    },
  },
  {
    about: 'answers',
    does: {
      en: 'A value above its bound is worded like one below it; so are a boolean and a text of another type.',
      zh: '超过上限的措辞仿照低于下限的；布尔值类型不对的措辞仿照字符串的。',
    },
    evidence: chosen,
    but: {
      en: 'Observed were the lower bound of numbers, both bounds of lengths, and wrong types of texts, whole numbers and lists.',
      zh: '观察到的只有数值的下限、长度的上下限，以及字符串、整数和数组的类型错误。',
    },
  },
  {
    about: 'answers',
    does: {
      en: 'Members and query parameters that the document does not have are refused, but for the query of the certificates.',
      zh: '文档没有的请求参数一律拒绝，平台证书接口的查询参数除外。',
    },
    evidence: observed('issues'),
    but: {
      en: 'Members were observed; query parameters and the exception are decided here. Some endpoints of the platform ignore them.',
      zh: '观察到的是请求体中的参数；查询参数和这个例外由沙箱自定。微信支付的部分接口会忽略它们。',
    },
  },
  {
    about: 'answers',
    does: {
      en: "A body that is not JSON is a PARAM_ERROR with the parser's report, location null, and the body as value.",
      zh: '请求体不是 JSON 时应答 PARAM_ERROR，message 为解析器的报告，location 为 null，value 为请求体。',
    },
    evidence: observed('capture'),
    but: {
      en: 'One report was observed, of a short body; the others follow those of the same parser, and value is all of a longer body. JSON that is no object, and a parameter sent twice, have the value null, which is decided here.',
      zh: '只观察到一种报告，请求体很短；其余仿照同一个解析器，请求体再长 value 也是全文。JSON 不是对象、同一参数传了两次时 value 为 null，由沙箱自定。',
    },
  },
  {
    about: 'answers',
    does: {
      en: 'A number of the path that the body repeats is refused.',
      zh: '请求体重复了路径中的单号时拒绝。',
    },
    evidence: observed('issues'),
    but: {
      en: 'It was observed on one completion, in 2021.',
      zh: '只在 2021 年的一次完结中观察到。',
    },
  },
  {
    about: 'answers',
    does: {
      en: 'Members that a user did not give, such as sub_openid, are left out; unset texts of a sign plan are empty.',
      zh: '请求没有给出的字段（例如 sub_openid）不返回；签约计划中未设置的文本为空字符串。',
    },
    evidence: documented('webhooks'),
    but: {
      en: 'The empty texts are those of the sample of a callback; queries are rendered alike.',
      zh: '空字符串见于回调通知的示例，查询的应答与它一致。',
    },
  },
  {
    about: 'answers',
    does: {
      en: 'A query of an order shows attach, state_description and risk_fund.description empty where they are not set; post_discounts and location are left out.',
      zh: '查询订单的应答中，未设置的 attach、state_description、risk_fund.description 为空字符串；post_discounts 和 location 不返回。',
    },
    evidence: observed('forum'),
    but: {
      en: 'It was observed on one direct query of a paid order, in 2021; the pages leave them out. Other states and the query of partners are taken to be alike, the answers to creations and completions follow the pages.',
      zh: '只在 2021 年的一次普通商户查询已支付订单中观察到，接口文档则不返回。其他状态和服务商的查询按此处理，创建和完结的应答按接口文档。',
    },
  },
  {
    about: 'answers',
    does: {
      en: 'A refusal whose message is not known says it in a wording made here; the table of refusals marks each.',
      zh: '拒绝的文案未知时用沙箱自拟的文案，拒绝一表逐条注明。',
    },
    evidence: chosen,
    but: {
      en: 'Branch on code, never on the message.',
      zh: '程序应按 code 判断，不要按 message 判断。',
    },
  },
  {
    about: 'answers',
    does: {
      en: 'The number at the end of a Request-ID is that of the published table where the situation is in it.',
      zh: 'Request-ID 末尾的错误码在公开的表中有对应情形时，取表中的值。',
    },
    evidence: documented('skills'),
    but: {
      en: 'Elsewhere it is the number of a situation nearby; the table of refusals marks each.',
      zh: '没有时取相近情形的值，拒绝一表逐条注明。',
    },
  },
  {
    about: 'fields',
    does: {
      en: 'The length of a number or an id counts in bytes, that of a text for people in characters.',
      zh: '单号和 ID 的长度按字节计算，给人读的文本按字符计算。',
    },
    evidence: observed('issues'),
    but: {
      en: 'Both units were observed on one field each, of other products; which field counts how is decided here.',
      zh: '两种单位各在其他产品的一个字段上观察到；各字段用哪一种由沙箱自定。',
    },
  },
  {
    about: 'fields',
    does: {
      en: 'The greatest length of a field is that of its source; the least, 1 for what is required, is not.',
      zh: '字段的最大长度取自它的出处；最小长度（必填时为 1）不是。',
    },
    evidence: chosen,
    but: {
      en: 'Of a field whose class is chosen, the greatest length is chosen as well. An empty notify_url breaks the pattern, as observed.',
      zh: '依据为自定的字段，最大长度也是自定的。notify_url 为空时按正则表达式拒绝，与观察一致。',
    },
  },
  {
    about: 'fields',
    does: {
      en: 'Merchant numbers take digits, letters, _, -, | and *; mchid is a number without a leading zero; addresses are http or https without query and fragment.',
      zh: '商户侧单号可用数字、字母、_、-、| 和 *；mchid 为不以 0 开头的数字；回调地址为 http 或 https，不带查询串和片段。',
    },
    evidence: observed('capture'),
    but: {
      en: 'The three patterns were observed in messages of other products. Numbers of plans without |, service ids of digits, and the characters of all other ids are decided here.',
      zh: '这三条正则表达式见于其他产品的报错。支付分计划的单号不含 |、服务 ID 全为数字，以及其他 ID 的字符范围，由沙箱自定。',
    },
  },
  {
    about: 'fields',
    does: {
      en: 'Characters of four bytes in UTF-8, such as emoji, are refused.',
      zh: 'UTF-8 编码为 4 字节的字符（例如表情）拒绝。',
    },
    evidence: documented('rulesPage'),
    but: { en: 'The message is worded here.', zh: '报错的文案由沙箱自拟。' },
  },
  {
    about: 'fields',
    does: {
      en: 'Order numbers are unique for each merchant, in both families together; so are numbers of plans, sign plans, details and refunds.',
      zh: '同一商户号下服务订单号唯一，两类订单合计；支付分计划、签约计划、计划详情和退款的单号也是。',
    },
    evidence: documented('orderPages'),
    but: {
      en: 'Documents say it of orders and refunds; the rest, and that both families share their numbers, is decided here.',
      zh: '文档只写明服务订单和退款；其余各项以及两类订单共用单号，由沙箱自定。',
    },
  },
  {
    about: 'plans',
    does: {
      en: 'Totals are the sums of the details, a detail never costs more than the one before, nor more than its list price.',
      zh: '总金额等于各计划详情之和；后一条的金额不高于前一条，也不高于自身原价。',
    },
    evidence: documented('guide'),
    but: {
      en: "The page's own example breaks the sums, which are decided here.",
      zh: '官方示例的总金额并不相等，求和规则由沙箱自定。',
    },
    otherwise: 'lenientSums',
  },
  {
    about: 'plans',
    does: { en: 'plan_detail_list is required.', zh: 'plan_detail_list 必填。' },
    evidence: chosen,
    but: {
      en: 'The page marks it optional, yet its length must equal deduction_quantity.',
      zh: '文档标为选填，但条数必须等于 deduction_quantity。',
    },
  },
  {
    about: 'plans',
    does: {
      en: 'A sign plan expires at the midnight that is plan_duration + 1 days after the day of signing.',
      zh: '签约计划在签约当天起第 plan_duration + 1 天的零点过期。',
    },
    evidence: chosen,
    but: {
      en: 'Read from one sample; no document has the formula.',
      zh: '由一个示例推得，文档没有公式。',
    },
  },
  {
    about: 'plans',
    does: {
      en: 'Create answers the sign plan wrapped, with a package; query and stop answer it bare.',
      zh: '创建的应答把签约计划包在一层里并带 package，查询和取消直接返回签约计划。',
    },
    evidence: sdk('openapi'),
  },
  {
    about: 'plans',
    does: {
      en: 'A plan has total_original_price, a sign plan total_origin_price; notify_url comes back as merchant_callback_url.',
      zh: '支付分计划的字段是 total_original_price，签约计划的是 total_origin_price；notify_url 在应答中名为 merchant_callback_url。',
    },
    evidence: documented('signQueryPage'),
  },
  {
    about: 'plans',
    does: {
      en: 'A sign plan with a running order can neither be stopped nor cancelled.',
      zh: '签约计划有进行中的服务订单时，商户和用户都不能取消。',
    },
    evidence: chosen,
    but: { en: 'By analogy with authorisations.', zh: '仿照解除授权的规则。' },
  },
  {
    about: 'plans',
    does: {
      en: 'Stopping answers the state after the change.',
      zh: '停止支付分计划、取消签约计划的应答是变更之后的状态。',
    },
    evidence: chosen,
    but: { en: 'The examples still show the state before.', zh: '官方示例仍是变更之前的状态。' },
  },
  {
    about: 'plans',
    does: {
      en: 'Numbers are never freed: not by a stop, a cancellation or an expiry.',
      zh: '单号用过就不再释放，停止、取消或过期之后也一样。',
    },
    evidence: chosen,
  },
  {
    about: 'orders',
    does: {
      en: 'out_trade_no of the request and out_order_no of the answer are one number: the merchant_plan_detail_no of the detail.',
      zh: '请求的 out_trade_no 与应答的 out_order_no 是同一个单号，即计划详情的 merchant_plan_detail_no。',
    },
    evidence: documented('planOrderPage'),
    but: { en: 'No page says so in one place.', zh: '没有一处文档完整写明。' },
  },
  {
    about: 'orders',
    does: {
      en: 'A plan order begins as DOING, USER_CONFIRM, without a confirmation.',
      zh: '签约计划服务订单创建时即为 DOING、USER_CONFIRM，无需用户确认。',
    },
    evidence: chosen,
    but: {
      en: 'The example shows CREATED together with USER_CONFIRM, which only belongs to DOING.',
      zh: '官方示例同时出现 CREATED 和 USER_CONFIRM，而后者只属于 DOING。',
    },
    otherwise: 'initialOrderState',
  },
  {
    about: 'orders',
    does: {
      en: 'openid and sub_openid may both be given when both belong to the signer.',
      zh: 'openid 和 sub_openid 都属于签约用户时，可以同时传入。',
    },
    evidence: documented('seed'),
    but: { en: 'The sign plan page demands exactly one.', zh: '签约计划的文档要求只传一个。' },
  },
  {
    about: 'orders',
    does: {
      en: 'An empty service_introduction stands for the name of the plan; a missing one is refused.',
      zh: 'service_introduction 为空时取支付分计划名称，缺少时拒绝。',
    },
    evidence: documented('planOrderPage'),
    but: {
      en: 'The page calls it required and gives it a default.',
      zh: '文档标为必填，又给出了默认值。',
    },
  },
  {
    about: 'orders',
    does: {
      en: 'Service times in the past are taken, an end before its start is not.',
      zh: '服务时间可以在过去，但结束不能早于开始。',
    },
    evidence: chosen,
    but: {
      en: 'Documents forbid the past; their examples are of 2009.',
      zh: '文档不允许过去的时间，而它的示例是 2009 年的。',
    },
    otherwise: 'strictTime',
  },
  {
    about: 'orders',
    does: {
      en: 'Details are used strictly in order; a cancelled one is used up.',
      zh: '计划详情严格按序号使用；已取消的不能再用。',
    },
    evidence: documented('planOrderPage'),
    but: {
      en: 'That a cancelled one cannot be ordered again is decided here.',
      zh: '已取消的不能再次下单，这一点由沙箱自定。',
    },
  },
  {
    about: 'orders',
    does: {
      en: 'The same number with the same parameters is a repeat; with others it is INVALID_REQUEST.',
      zh: '单号相同、参数也相同视为原参重入；参数不同应答 INVALID_REQUEST。',
    },
    evidence: documented('skills'),
    but: {
      en: 'That a repeat answers the order as it is now, and that a conflict comes before every other refusal, is decided here. Until 2021 the code was PARAM_ERROR.',
      zh: '重入时返回订单的当前状态、冲突先于其他拒绝，由沙箱自定。2021 年以前的 code 是 PARAM_ERROR。',
    },
  },
  {
    about: 'orders',
    does: {
      en: 'Completion may ask for at most the actual price of the detail, or the risk fund of an order that is free of a deposit; ESTIMATE_ORDER_COST is not capped.',
      zh: '完结金额不超过计划详情的实际金额，免押类订单不超过服务风险金；ESTIMATE_ORDER_COST 没有上限。',
    },
    evidence: documented('orderPages'),
    but: {
      en: "The cap of a detail is decided here. WeChat Pay caps every order by the service's own maximum too, of which the sandbox knows none.",
      zh: '计划详情的上限由沙箱自定。微信支付还以服务自身的上限约束每笔订单，沙箱没有这个上限。',
    },
  },
  {
    about: 'orders',
    does: {
      en: 'The names of charges and of discounts may be left out and repeat when a partner completes or modifies; elsewhere they do neither.',
      zh: '服务商完结订单、修改订单金额时，后付费项目和商户优惠可以没有名称，名称也可以重复；其他情形不可以。',
    },
    evidence: documented('orderPages'),
    but: {
      en: 'Earlier pages demand names that differ, in either mode.',
      zh: '较早的文档要求名称必填且不重复，两种模式都一样。',
    },
  },
  {
    about: 'orders',
    does: {
      en: 'An order without anything to charge is DONE at its completion, and its detail USED.',
      zh: '完结金额为 0 的订单随即变为 DONE，计划详情变为 USED。',
    },
    evidence: chosen,
  },
  {
    about: 'orders',
    does: {
      en: 'A completed order can be cancelled while it is not paid and no charge is running.',
      zh: '已完结的订单在未支付且没有扣款进行时可以取消。',
    },
    evidence: documented('orderPages'),
    but: {
      en: 'Support material of 2026 and one thread say it is refused.',
      zh: '2026 年的技术支持材料和一个帖子称会被拒绝。',
    },
    otherwise: 'cancelWhilePaying',
  },
  {
    about: 'orders',
    does: {
      en: 'The charge follows the completion by itself; a failed one is tried again.',
      zh: '完结之后自动扣款，失败后再次扣款。',
    },
    evidence: documented('orderPages'),
    but: {
      en: 'When is not published: at once, every hour and without end is decided here.',
      zh: '时间没有公开；完结后立即扣款、每小时重试一次且不停止，由沙箱自定。',
    },
  },
  {
    about: 'orders',
    does: {
      en: 'An order may outlive its sign plan, and finish.',
      zh: '签约计划结束之后，进行中的服务订单仍可走完。',
    },
    evidence: chosen,
  },
  {
    about: 'orders',
    does: {
      en: 'Every service is open for orders with and without confirmation.',
      zh: '每个服务都同时开通需确认模式和免确认模式。',
    },
    evidence: chosen,
    but: {
      en: 'WeChat Pay opens a service for one of them, and refuses the other with 403 NO_AUTH.',
      zh: '微信支付的服务只开通其中一种，另一种应答 403 NO_AUTH。',
    },
  },
  {
    about: 'payments',
    does: {
      en: 'A missing Authorization, or one of another kind, has words of its own here and no Request-ID; User-Agent and Accept are not looked at.',
      zh: '没有 Authorization 或认证类型不对时，这些接口有自己的 message，没有 Request-ID；不检查 User-Agent 和 Accept。',
    },
    evidence: observed('probe'),
    but: {
      en: 'Other refusals of a signature are worded as everywhere.',
      zh: '其他验签失败的应答与别的接口相同。',
    },
  },
  {
    about: 'payments',
    does: {
      en: 'A known number with other parameters, or of another product, is refused as INVALID_REQUEST.',
      zh: '单号相同、参数或支付产品不同时，应答 INVALID_REQUEST。',
    },
    evidence: observed('capture'),
    but: {
      en: 'Pages say 403 OUT_TRADE_NO_USED, posts of 2021 to 2024 show “201 商户订单号重复”.',
      zh: '文档写的是 403 OUT_TRADE_NO_USED，2021 至 2024 年的帖子显示“201 商户订单号重复”。',
    },
    otherwise: 'orderReentry',
  },
  {
    about: 'payments',
    does: {
      en: 'A repeat hands out a new prepay_id, h5_url or code_url; an earlier code_url is void, the others live on for their time.',
      zh: '重入时返回新的 prepay_id、h5_url 或 code_url；旧的 code_url 作废，其余的在有效期内仍可用。',
    },
    evidence: documented('payPages'),
    but: {
      en: 'That an earlier prepay_id stays usable is decided here.',
      zh: '旧的 prepay_id 仍可用，由沙箱自定。',
    },
  },
  {
    about: 'payments',
    does: {
      en: 'Closing an unknown number is a 204, and nobody can order under it from then on.',
      zh: '关闭不存在的单号应答 204，之后这个单号不能再下单。',
    },
    evidence: observed('capture'),
    but: {
      en: 'Documents list 404 codes for the family.',
      zh: '文档为这一族接口列出了 404 的错误码。',
    },
    otherwise: 'closeUnknown',
  },
  {
    about: 'payments',
    does: {
      en: 'An order may be closed at once, and closed again.',
      zh: '订单可以立即关闭，也可以重复关闭。',
    },
    evidence: documented('payPages'),
    but: {
      en: 'Cross-border pages of 2020 and a post of 2022 say not within five minutes.',
      zh: '2020 年的跨境文档和 2022 年的帖子说创建后五分钟内不能关闭。',
    },
  },
  {
    about: 'payments',
    does: {
      en: 'A paid number is refused as ORDERPAID, to an order as to a closing.',
      zh: '已支付的单号再次下单或关闭时，应答 ORDERPAID。',
    },
    evidence: chosen,
    but: {
      en: 'No v3 table has the code; the vendor writes ORDER_PAID in one place. Do not branch on it: query.',
      zh: 'v3 的错误码表都没有它，官方资料有一处写作 ORDER_PAID：不要据此判断，应查询订单。',
    },
  },
  {
    about: 'payments',
    does: {
      en: 'time_expire is raised to a minute and lowered to 15 days after the order, without a word; unpaid orders are closed after seven days, or when their time to pay ends if that is later.',
      zh: 'time_expire 早于下单后 1 分钟或晚于 15 天时，按 1 分钟或 15 天处理，不作提示；未支付的订单在 7 天后关闭，支付时限更晚的到时关闭。',
    },
    evidence: documented('payPages'),
    but: {
      en: 'For Native the pages say seven days (2026) and 90 days (2024).',
      zh: 'Native 的文档写的是 7 天（2026 年）和 90 天（2024 年）。',
    },
  },
  {
    about: 'payments',
    does: {
      en: 'After time_expire an order stays NOTPAY until it is closed; it can be neither paid nor ordered again.',
      zh: '过了 time_expire，订单在关闭之前仍为 NOTPAY，但不能支付，也不能再次下单。',
    },
    evidence: documented('payPages'),
    but: {
      en: 'That a repeat is answered as closed is decided here.',
      zh: '再次下单按已关闭应答，由沙箱自定。',
    },
  },
  {
    about: 'payments',
    does: {
      en: 'An order is REFUND as soon as a refund of it was accepted, in part too, and stays so.',
      zh: '退款申请受理后，订单即为 REFUND，部分退款也一样，之后不再改变。',
    },
    evidence: documented('skills'),
    but: {
      en: 'A rule beside it says when the refund has succeeded.',
      zh: '同一处另有一条规则说是退款成功时。',
    },
  },
  {
    about: 'payments',
    does: {
      en: 'USERPAYING comes of a call of the control API only.',
      zh: 'USERPAYING 只由控制接口产生。',
    },
    evidence: chosen,
    but: {
      en: 'Documents have it for payment codes; it lets tolerant clients be tested.',
      zh: '文档中只有付款码有这个状态；供测试客户端的容错。',
    },
  },
  {
    about: 'payments',
    does: {
      en: 'One merchant may order for itself and as a service provider.',
      zh: '同一个商户既可以自己下单，也可以作为服务商下单。',
    },
    evidence: chosen,
    but: {
      en: 'WeChat Pay tells a service provider on the direct path that sub_mch_id is missing; the fault ERROR gives that refusal.',
      zh: '微信支付会对走直连路径的服务商应答缺少 sub_mch_id；用故障 ERROR 可以得到这个拒绝。',
    },
  },
  {
    about: 'payments',
    does: {
      en: 'An openid begins with o; one that nobody is known by may be anybody’s.',
      zh: 'openid 以 o 开头；不认识的 openid 可以是任何人。',
    },
    evidence: chosen,
  },
  {
    about: 'payments',
    does: {
      en: 'limit_pay, goods_tag, settle_info, support_fapiao and what is by permission are taken and have no effect, but that a payment which limit_pay forbids is not made.',
      zh: 'limit_pay、goods_tag、settle_info、support_fapiao 和需要权限的字段只接收、不生效；limit_pay 禁止的付款方式除外。',
    },
    evidence: sdk('paySdks'),
    but: {
      en: 'limit_pay is on no page of today.',
      zh: 'limit_pay 不在现行文档中。',
    },
  },
  {
    about: 'payments',
    does: {
      en: 'code_url and h5_url have the form that was seen, with WeChat’s own host; nobody answers there for the sandbox.',
      zh: 'code_url 和 h5_url 采用实测的形式，域名是微信支付的；沙箱不在那里应答。',
    },
    evidence: observed('capture'),
    but: {
      en: 'Documents show another form of code_url.',
      zh: '文档中的 code_url 是另一种形式。',
    },
  },
  {
    about: 'payments',
    does: {
      en: 'A coupon is used only where a call of the control API asks for one.',
      zh: '只有控制接口要求时才使用优惠券。',
    },
    evidence: chosen,
  },
  {
    about: 'payments',
    does: {
      en: 'The charge of a service order is found by the queries of transactions too, without a trade_type.',
      zh: '支付分的扣款也能用支付的查询接口查到，但没有 trade_type。',
    },
    evidence: chosen,
  },
  {
    about: 'refunds',
    does: {
      en: 'A coupon goes back in its share of the refund, rounded; the last refund takes the rest.',
      zh: '优惠券按退款比例退回，四舍五入，最后一笔退余数。',
    },
    evidence: chosen,
    but: {
      en: 'The relations are documented, the rounding is not.',
      zh: '关系有文档，取整方式没有。',
    },
  },
  {
    about: 'refunds',
    does: {
      en: 'A payment of more than 365 days ago is refused as INVALID_REQUEST.',
      zh: '超过 365 天的支付退款时应答 INVALID_REQUEST。',
    },
    evidence: documented('refundPage'),
    but: {
      en: 'The FAQ names TRADE_OVERDUE without a status.',
      zh: '常见问题写的是 TRADE_OVERDUE，没有状态码。',
    },
  },
  {
    about: 'refunds',
    does: {
      en: 'An abnormal refund that is sent another way runs again, to a card of the user or to the merchant; only the bank and the last four digits of a card are kept.',
      zh: '异常退款重新发起后继续处理，退到用户的银行卡或商户账户；沙箱只保留银行和卡号的末四位。',
    },
    evidence: documented('abnormalPage'),
    but: {
      en: 'That it is PROCESSING again is decided here.',
      zh: '重新变为 PROCESSING，由沙箱自定。',
    },
  },
  {
    about: 'refunds',
    does: {
      en: 'A refund without notify_url sends no callback.',
      zh: '退款没有 notify_url 时不发回调。',
    },
    evidence: documented('refundPage'),
    but: {
      en: 'The console of the merchant may have an address for an XML notice of API v2.',
      zh: '商户平台可以另外配置 APIv2 的 XML 通知地址。',
    },
  },
  {
    about: 'refunds',
    does: {
      en: 'A refund is asked for by transaction_id or by the out_trade_no of the payment; the number of a PayScore order is answered 404.',
      zh: '退款使用 transaction_id 或支付的 out_trade_no；用支付分订单号退款应答 404。',
    },
    evidence: observed('forum'),
  },
  {
    about: 'refunds',
    does: {
      en: 'transaction_id and out_trade_no may both be given when they are of one payment.',
      zh: 'transaction_id 和 out_trade_no 属于同一笔支付时，可以同时传入。',
    },
    evidence: sdk('skills'),
    but: {
      en: "The page demands one of them; the vendor's own programs send both.",
      zh: '文档要求二选一，官方的示例程序两个都传。',
    },
  },
  {
    about: 'refunds',
    does: {
      en: 'refund_account is taken and has no effect.',
      zh: '接受 refund_account，但没有作用。',
    },
    evidence: sdk('skills'),
    but: {
      en: "It stands on no page of this endpoint; the vendor's own programs send it.",
      zh: '这个接口的文档没有它，官方的示例程序会传。',
    },
  },
  {
    about: 'refunds',
    does: {
      en: 'An answer shows from and promotion_detail when they are empty, and refund_fee as 0; members are sorted by name.',
      zh: '应答中 from 和 promotion_detail 为空时也返回，refund_fee 为 0；字段按名称排序。',
    },
    evidence: observed('capture'),
    but: {
      en: 'Two of five answers lack refund_fee; that no fee is given back is decided here.',
      zh: '五个应答中有两个没有 refund_fee；手续费不退还，由沙箱自定。',
    },
  },
  {
    about: 'refunds',
    does: {
      en: 'Refunds of one payment never exceed it, come a minute apart, at most fifty, within 365 days.',
      zh: '一笔支付的退款总额不超过支付金额，间隔一分钟，最多 50 次，限 365 天以内。',
    },
    evidence: documented('refundPage'),
    but: {
      en: 'How these refusals are coded is decided here, but for an amount that is too high.',
      zh: '除金额超限外，这些拒绝的 code 由沙箱自定。',
    },
  },
  {
    about: 'refunds',
    does: {
      en: 'A refund is PROCESSING at first and SUCCESS by itself, after the answer; order and detail stay as they are.',
      zh: '退款先为 PROCESSING，应答之后自动变为 SUCCESS；服务订单和计划详情不变。',
    },
    evidence: chosen,
  },
  {
    about: 'callbacks',
    does: {
      en: 'original_type and associated_data are payscore, of payments transaction, of refunds refund.',
      zh: 'original_type 和 associated_data 为 payscore，支付为 transaction，退款为 refund。',
    },
    evidence: sdk('sdks'),
    but: {
      en: 'Official skeletons write transaction for PayScore.',
      zh: '官方的代码框架在支付分中写 transaction。',
    },
  },
  {
    about: 'callbacks',
    does: {
      en: 'A sign notice says SIGNED, a cancel notice SIGN_PLAN_CANCEL.',
      zh: '签约的通知为 SIGNED，取消签约的通知为 SIGN_PLAN_CANCEL。',
    },
    evidence: sdk('skit'),
    but: {
      en: 'The documented samples have other states in both.',
      zh: '文档中两个示例的状态都不同。',
    },
  },
  {
    about: 'callbacks',
    does: {
      en: 'Sign and cancel notices are delivered 11 times in all, 60 seconds apart; others at once and then by the list of 15 steps, 24 hours and 4 minutes.',
      zh: '签约和取消签约的通知共发送 11 次，间隔 60 秒；其他通知立即发送，失败后按 15 档的通知频率重试，共 24 小时 4 分钟。',
    },
    evidence: documented('webhooks'),
    but: { en: 'Older pages have other lists.', zh: '较早的文档有其他通知频率。' },
  },
  {
    about: 'callbacks',
    does: {
      en: 'A stop by the merchant, a sync and the creation of a plan order are not told of.',
      zh: '商户取消签约计划、同步订单状态、创建签约计划服务订单都没有回调通知。',
    },
    evidence: chosen,
    but: {
      en: 'The guide speaks of cancellations by the user.',
      zh: '开发指引只提到用户取消。',
    },
  },
  {
    about: 'callbacks',
    does: {
      en: 'Success is 200 or 204, whatever the body says; redirects are not followed.',
      zh: '应答 200 或 204 即为成功，不看应答体；不跟随重定向。',
    },
    evidence: documented('skills'),
    but: {
      en: 'The status is documented; the body and redirects are decided here.',
      zh: '文档写明了状态码；应答体和重定向由沙箱自定。',
    },
  },
  {
    about: 'callbacks',
    does: {
      en: 'Only this machine is called, unless a host is allowed; http is as good as https.',
      zh: '只回调本机，除非放行了其他主机；http 和 https 一样。',
    },
    evidence: chosen,
    but: {
      en: 'The platform calls public https addresses.',
      zh: '微信支付回调的是公网 https 地址。',
    },
    otherwise: 'notifyAllow',
  },
  {
    about: 'callbacks',
    does: {
      en: 'A probe carries a signature that begins WECHATPAY/SIGNTEST/; the genuine notice follows at once.',
      zh: '签名探测流量的签名值以 WECHATPAY/SIGNTEST/ 开头，正确的通知随即送达。',
    },
    evidence: documented('skills'),
    but: {
      en: 'When it follows is not documented, nor what accepting a probe costs.',
      zh: '何时送达、接受探测流量有什么后果，文档都没有写明。',
    },
    otherwise: 'probes',
  },
]
