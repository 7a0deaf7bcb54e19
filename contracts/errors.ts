/**
 * The error catalogue: every situation in which WeChat Pay refuses, and how it says so.
 * Clients should branch on `code`; several messages share one.
 * @module
 */
import { chosen, documented, type Evidence, observed } from './evidence.ts'

/** One refusal as it goes over the wire; `number` ends the Request-ID that support asks for. */
export type ErrorEntry = {
  status: number
  code: string
  message: string
  number: number
  evidence: Evidence
}

/**
 * The error catalogue by situation: HTTP status, `code` and `message` as WeChat Pay spells them, the
 * decimal number that ends the Request-ID, and what that rests on. A refusal by the field rules has a
 * message of its own that names the field.
 */
export const errors = {
  userAgentMissing: {
    status: 400,
    code: 'INVALID_REQUEST',
    message: 'Http头缺少Accept或User-Agent',
    number: 270924337,
    evidence: observed('probe'),
  },
  languageUnsupported: {
    status: 406,
    code: 'PARAM_ERROR',
    message: '传入了不支持的Accept-Language',
    number: 268435461,
    evidence: observed('capture'),
  },
  authorizationMalformed: {
    status: 401,
    code: 'SIGN_ERROR',
    message: 'Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》',
    number: 270924332,
    evidence: observed('probe'),
  },
  authorizationUnreadable: {
    status: 401,
    code: 'SIGN_ERROR',
    message: 'Authorization不合法',
    number: 270924332,
    evidence: observed('forum'),
  },
  schemeUnknown: {
    status: 401,
    code: 'SIGN_ERROR',
    message: 'Http头Authorization认证类型不正确',
    number: 270924332,
    evidence: documented('manual'),
  },
  timestampExpired: {
    status: 401,
    code: 'SIGN_ERROR',
    message: 'Http头Authorization中的timestamp与发起请求的时间不得超过5分钟',
    number: 268443699,
    evidence: observed('probe'),
  },
  serialUnknown: {
    status: 401,
    code: 'SIGN_ERROR',
    message: '商户证书序列号有误。请使用签名私钥匹配的证书序列号',
    number: 268443699,
    evidence: observed('forum'),
  },
  signatureMismatch: {
    status: 401,
    code: 'SIGN_ERROR',
    message: '错误的签名，验签失败',
    number: 268443699,
    evidence: observed('capture'),
  },
  bodyUnreadable: {
    status: 400,
    code: 'PARAM_ERROR',
    message: '参数错误',
    number: 268435461,
    evidence: chosen,
  },
  fieldInvalid: {
    status: 400,
    code: 'PARAM_ERROR',
    message: '参数错误',
    number: 268435461,
    evidence: observed('issues'),
  },
  fieldUndeclared: {
    status: 400,
    code: 'PARAM_ERROR',
    message: '请求中含有未在API文档中定义的参数',
    number: 270924358,
    evidence: observed('issues'),
  },
  certificateUnavailable: {
    status: 404,
    code: 'RESOURCE_NOT_EXISTS',
    message:
      '无可用的平台证书，请在商户平台-API安全申请使用微信支付公钥。可查看指引https://pay.weixin.qq.com/docs/merchant/products/platform-certificate/wxp-pub-key-guide.html',
    number: 271317510,
    evidence: observed('forum'),
  },
  systemError: {
    status: 500,
    code: 'SYSTEM_ERROR',
    message: '系统繁忙，请稍后重试',
    number: 269546526,
    evidence: observed('capture'),
  },
  frequencyLimited: {
    status: 429,
    code: 'FREQUENCY_LIMITED',
    message: '频率超限',
    number: 268435472,
    evidence: documented('oldWiki'),
  },
  serviceForbidden: {
    status: 403,
    code: 'NO_AUTH',
    message: '商户暂无权限使用此服务',
    number: 268503786,
    evidence: documented('skills'),
  },
  subMerchantUnbound: {
    status: 403,
    code: 'NO_AUTH',
    message: 'mchid与sub_mchid之间Mma绑定关系不存在',
    number: 268503786,
    evidence: documented('skills'),
  },
  appidUnbound: {
    status: 400,
    code: 'PARAM_ERROR',
    message: '商户号和appid没有绑定关系',
    number: 271302149,
    evidence: chosen,
  },
  reentryMismatch: {
    status: 400,
    code: 'INVALID_REQUEST',
    message: '订单重入参数校验失败',
    number: 271316598,
    evidence: documented('skills'),
  },
  planListMismatch: {
    status: 400,
    code: 'PARAM_ERROR',
    message: '计划明细列表与计划扣费次数或总金额不一致',
    number: 268435461,
    evidence: chosen,
  },
  planPriceInvalid: {
    status: 400,
    code: 'PARAM_ERROR',
    message: '计划明细金额不合法',
    number: 268435461,
    evidence: chosen,
  },
  planOverLimit: {
    status: 400,
    code: 'PARAM_ERROR',
    message: '计划有效期或扣费次数超过服务配置的上限',
    number: 268435464,
    evidence: chosen,
  },
  planUnknown: {
    status: 404,
    code: 'RESOURCE_NOT_EXISTS',
    message: '支付分计划不存在',
    number: 271317510,
    evidence: chosen,
  },
  planStopped: {
    status: 400,
    code: 'INVALID_REQUEST',
    message: '支付分计划已终止',
    number: 271302262,
    evidence: chosen,
  },
  planMismatch: {
    status: 400,
    code: 'INVALID_REQUEST',
    message: '签约信息与支付分计划不一致',
    number: 271316598,
    evidence: chosen,
  },
  signPlanDetailsMismatch: {
    status: 400,
    code: 'PARAM_ERROR',
    message: '签约计划详情与支付分计划明细不一致',
    number: 268435461,
    evidence: chosen,
  },
  userAmbiguous: {
    status: 400,
    code: 'PARAM_ERROR',
    message: 'openid和sub_openid必须且只能传其中一个',
    number: 268435461,
    evidence: chosen,
  },
  userMissing: {
    status: 400,
    code: 'PARAM_ERROR',
    message: 'openid和sub_openid不能同时为空',
    number: 268435461,
    evidence: chosen,
  },
  subAppidMissing: {
    status: 400,
    code: 'PARAM_ERROR',
    message: '传入sub_openid时sub_appid必填',
    number: 268435461,
    evidence: chosen,
  },
  userNotSigner: {
    status: 400,
    code: 'PARAM_ERROR',
    message: '用户标识与签约用户不一致',
    number: 268435461,
    evidence: chosen,
  },
  numberUsed: {
    status: 400,
    code: 'INVALID_REQUEST',
    message: '商户侧单号已被使用',
    number: 271316598,
    evidence: chosen,
  },
  signPlanUnknown: {
    status: 404,
    code: 'RESOURCE_NOT_EXISTS',
    message: '签约计划不存在',
    number: 271317510,
    evidence: chosen,
  },
  signPlanStateIllegal: {
    status: 400,
    code: 'INVALID_REQUEST',
    message: '当前签约计划状态不合法',
    number: 271302262,
    evidence: chosen,
  },
  signPlanDetailUsing: {
    status: 400,
    code: 'INVALID_REQUEST',
    message: '签约计划有进行中的服务订单',
    number: 271302262,
    evidence: chosen,
  },
  detailUnknown: {
    status: 400,
    code: 'PARAM_ERROR',
    message: '计划详情序号不存在',
    number: 268435464,
    evidence: chosen,
  },
  detailOutOfOrder: {
    status: 400,
    code: 'INVALID_REQUEST',
    message: '计划详情须按顺序使用，且前一详情的订单须已取消或已支付',
    number: 271302262,
    evidence: chosen,
  },
  detailNumberMismatch: {
    status: 400,
    code: 'PARAM_ERROR',
    message: 'out_trade_no与签约计划详情的商户侧订单号不一致',
    number: 268435461,
    evidence: chosen,
  },
  orderMismatch: {
    status: 400,
    code: 'PARAM_ERROR',
    message: '请求参数与服务订单不一致',
    number: 268435461,
    evidence: chosen,
  },
  orderKeyAmbiguous: {
    status: 400,
    code: 'PARAM_ERROR',
    message: 'out_order_no和query_id必须且只能传其中一个',
    number: 268435461,
    evidence: chosen,
  },
  orderUnknown: {
    status: 404,
    code: 'ORDER_NOT_EXIST',
    message: '订单不存在',
    number: 271317510,
    evidence: documented('orderPages'),
  },
  orderStateIllegal: {
    status: 400,
    code: 'INVALID_REQUEST',
    message: '当前订单状态不合法',
    number: 271302332,
    evidence: observed('forum'),
  },
  orderDone: {
    status: 400,
    code: 'ORDER_DONE',
    message: '订单已完成',
    number: 271302262,
    evidence: documented('orderPages'),
  },
  orderCanceled: {
    status: 400,
    code: 'ORDER_CANCELED',
    message: '单据已取消',
    number: 271302333,
    evidence: documented('orderPages'),
  },
  cancelNotAllowed: {
    status: 400,
    code: 'PARAM_ERROR',
    message: '当前订单状态不满足撤销条件',
    number: 271316592,
    evidence: observed('forum'),
  },
  chargeRunning: {
    status: 400,
    code: 'INVALID_REQUEST',
    message: '单据正在扣款中，请稍后再试',
    number: 271316754,
    evidence: documented('skills'),
  },
  modifyNotPaying: {
    status: 400,
    code: 'INVALID_REQUEST',
    message: '仅服务订单支付状态为待支付时，才可使用此能力',
    number: 271316657,
    evidence: documented('skills'),
  },
  modifyNotLower: {
    status: 400,
    code: 'PARAM_ERROR',
    message: '修改后的总金额必须小于修改前的总金额',
    number: 268435464,
    evidence: chosen,
  },
  payTooEarly: {
    status: 400,
    code: 'INVALID_REQUEST',
    message: '当前订单状态不合法，订单状态为确认状态',
    number: 271302332,
    evidence: observed('forum'),
  },
  chargeFailed: {
    status: 403,
    code: 'TRADE_ERROR',
    message: '扣款失败',
    number: 271316574,
    evidence: observed('forum'),
  },
  timeFormat: {
    status: 400,
    code: 'PARAM_ERROR',
    message: '服务时间格式不合法',
    number: 268435461,
    evidence: chosen,
  },
  timePast: {
    status: 400,
    code: 'PARAM_ERROR',
    message:
      '服务开始时间不能早于调用接口时间，或传入固定值OnAccept表示用户确认订单成功时间为服务开始时间',
    number: 268435461,
    evidence: observed('forum'),
  },
  endBeforeStart: {
    status: 400,
    code: 'PARAM_ERROR',
    message: '真实结束时间小于预计开始时间',
    number: 271316637,
    evidence: observed('forum'),
  },
  endMissing: {
    status: 400,
    code: 'PARAM_ERROR',
    message: '创建订单未填写服务结束时间，则结束时间必填',
    number: 268435461,
    evidence: observed('forum'),
  },
  endInFuture: {
    status: 400,
    code: 'PARAM_ERROR',
    message: '实际结束时间不能晚于使用完结接口的时间',
    number: 268435461,
    evidence: observed('forum'),
  },
  remarkWithoutTime: {
    status: 400,
    code: 'PARAM_ERROR',
    message: '服务时间备注须与对应的服务时间一起传入',
    number: 268435461,
    evidence: chosen,
  },
  endLocationAlone: {
    status: 400,
    code: 'PARAM_ERROR',
    message: '服务结束地点须与服务开始地点一起传入',
    number: 268435461,
    evidence: chosen,
  },
  attachTooLong: {
    status: 400,
    code: 'PARAM_ERROR',
    message: '附加数据URL编码后超过最大长度',
    number: 268435464,
    evidence: chosen,
  },
  itemsInvalid: {
    status: 400,
    code: 'PARAM_ERROR',
    message: '付费项目或优惠项目不合法',
    number: 268435461,
    evidence: chosen,
  },
  totalIllegal: {
    status: 400,
    code: 'PARAM_ERROR',
    message: '最终总金额计算非法',
    number: 268435461,
    evidence: observed('forum'),
  },
  totalAboveRisk: {
    status: 400,
    code: 'PARAM_ERROR',
    message: '总金额超过此服务的服务风险金额',
    number: 271316656,
    evidence: documented('skills'),
  },
  permissionUnknown: {
    status: 404,
    code: 'RESOURCE_NOT_EXISTS',
    message: '授权记录不存在',
    number: 271317510,
    evidence: chosen,
  },
  permissionStateIllegal: {
    status: 400,
    code: 'INVALID_REQUEST',
    message: '当前授权状态不合法',
    number: 271302262,
    evidence: chosen,
  },
  permissionOrdersOpen: {
    status: 400,
    code: 'INVALID_REQUEST',
    message: '用户有进行中的服务订单，无法解除授权',
    number: 271302262,
    evidence: chosen,
  },
  refundUnknown: {
    status: 404,
    code: 'RESOURCE_NOT_EXISTS',
    message: '退款单不存在',
    number: 271317510,
    evidence: chosen,
  },
  refundOrderUnknown: {
    status: 404,
    code: 'RESOURCE_NOT_EXISTS',
    message: '订单不存在',
    number: 271317510,
    evidence: observed('forum'),
  },
  refundPaymentMissing: {
    status: 400,
    code: 'PARAM_ERROR',
    message: 'transaction_id和out_trade_no不能同时为空',
    number: 268435461,
    evidence: chosen,
  },
  refundPaymentMismatch: {
    status: 400,
    code: 'INVALID_REQUEST',
    message: '支付单号校验不一致，请核实后再试',
    number: 268435461,
    evidence: observed('capture'),
  },
  refundTotalMismatch: {
    status: 400,
    code: 'INVALID_REQUEST',
    message: '订单金额或退款金额与之前请求不一致，请核实后再试',
    number: 268435461,
    evidence: observed('capture'),
  },
  refundTooMuch: {
    status: 400,
    code: 'INVALID_REQUEST',
    message: '申请退款金额超过订单可退金额',
    number: 268435464,
    evidence: observed('capture'),
  },
  refundedInFull: {
    status: 400,
    code: 'INVALID_REQUEST',
    message: '订单已全额退款',
    number: 268435464,
    evidence: observed('capture'),
  },
  refundTooLate: {
    status: 400,
    code: 'INVALID_REQUEST',
    message: '订单已超过可退款的最大期限',
    number: 268435464,
    evidence: chosen,
  },
  refundTooMany: {
    status: 400,
    code: 'INVALID_REQUEST',
    message: '部分退款次数已达上限',
    number: 268435464,
    evidence: chosen,
  },
  refundTooSoon: {
    status: 400,
    code: 'INVALID_REQUEST',
    message: '同一笔支付的部分退款请间隔一分钟后再试',
    number: 270924289,
    evidence: chosen,
  },
  refundStateIllegal: {
    status: 400,
    code: 'INVALID_REQUEST',
    message: '当前退款单状态不合法',
    number: 271302262,
    evidence: chosen,
  },
  merchantUnknown: {
    status: 404,
    code: 'MCH_NOT_EXISTS',
    message: '商户号不存在',
    number: 271302144,
    evidence: documented('rulesPage'),
  },
  notificationUnknown: {
    status: 404,
    code: 'RESOURCE_NOT_EXISTS',
    message: '通知不存在',
    number: 271317510,
    evidence: chosen,
  },
  notificationStateIllegal: {
    status: 400,
    code: 'INVALID_REQUEST',
    message: '当前通知状态不合法',
    number: 271302262,
    evidence: chosen,
  },
  balanceShort: {
    status: 403,
    code: 'NOT_ENOUGH',
    message: '基本账户余额不足，请充值后重新发起',
    number: 268892709,
    evidence: observed('forum'),
  },
} as const satisfies Record<string, ErrorEntry>

/** The name of a refusal; the domain and the table speak in these, only `http/` knows statuses. */
export type Situation = keyof typeof errors

/** What `detail` of a refusal holds beside `code` and `message`. */
export type ErrorDetail = Record<string, unknown>

/** The body of a refusal, keys sorted as the gateway sorts them. */
export const errorBody = (
  situation: Situation,
  { message, detail }: { message?: string; detail?: ErrorDetail } = {},
): string => {
  const entry = errors[situation]
  const body = { code: entry.code, ...(detail && { detail }), message: message ?? entry.message }

  return JSON.stringify(body)
}
