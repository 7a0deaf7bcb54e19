/**
 * Basic payments: what a merchant orders for JSAPI (mini programs too), apps, H5 and Native, for
 * itself or as a service provider. The four products and both roles differ in a few members.
 * @module
 */
import { z } from 'zod'
import type { Endpoint } from './endpoint.ts'
import { documented, observed, sdk } from './evidence.ts'
import {
  appId,
  callbackUrl,
  fen,
  fieldFrom,
  identifier,
  object,
  openId,
  rfc3339,
  sortedObject,
  strictObject,
  tradeNumber,
} from './fields.ts'

/** Where the user pays, by the last segment of the path. */
export const products = ['jsapi', 'app', 'h5', 'native'] as const
export type Product = (typeof products)[number]

/** Payment codes and deductions have the last three; the products here never come to them. */
export const TradeState = z.enum([
  'SUCCESS',
  'REFUND',
  'NOTPAY',
  'CLOSED',
  'USERPAYING',
  'REVOKED',
  'PAYERROR',
  'ACCEPT',
])
export type TradeState = z.infer<typeof TradeState>

export const TradeType = z.enum(['JSAPI', 'NATIVE', 'APP', 'MWEB', 'MICROPAY', 'FACEPAY'])
export type TradeType = z.infer<typeof TradeType>

const fromPages = fieldFrom(documented('payPages'))
const fromSdks = fieldFrom(sdk('paySdks'))
const fromOpenapi = fieldFrom(sdk('openapi'))
const fromCapture = fieldFrom(observed('capture'))

// A number that cannot be one is refused in words of its own.
const merchant = identifier(32)

const outTradeNo = fromPages(tradeNumber, '商户订单号', 'order number of the merchant')
const transactionId = fromPages(identifier(32), '微信支付订单号', 'payment number of WeChat Pay')
const mchid = fromPages(merchant, '直连商户号', 'merchant number of the caller')
const sp_mchid = fromPages(merchant, '服务商户号', 'merchant number of the caller')
const sub_mchid = fromPages(merchant, '子商户号', 'sub-merchant that the order belongs to')
const appid = fromPages(appId, '公众号ID', 'app of the caller, which shows the cashier')
const sp_appid = fromPages(appId, '服务商应用ID', 'app of the caller, bound to sp_mchid')
const openid = fromPages(openId, '用户标识', 'the user as appid knows them')
const sp_openid = fromPages(openId, '用户服务标识', 'the user as sp_appid knows them')
const sub_openid = fromPages(openId, '用户子标识', 'the user as sub_appid knows them')

/** Who orders, and who is to pay where that is said. */
const direct = { parties: { appid, mchid }, payer: { openid } }
const partner = {
  parties: {
    sp_appid,
    sp_mchid,
    sub_appid: fromPages(appId, '子商户/二级商户应用ID', 'app of the sub-merchant').optional(),
    sub_mchid: fromPages(merchant, '子商户号/二级商户号', 'sub-merchant that the order is for'),
  },
  payer: { sp_openid: sp_openid.optional(), sub_openid: sub_openid.optional() },
}

const goods = () => ({
  merchant_goods_id: fromSdks(
    identifier(32),
    '商户侧商品编码',
    'code of the goods at the merchant',
  ),
  wechatpay_goods_id: fromSdks(identifier(32), '微信侧商品编码', 'code at WeChat Pay').optional(),
  goods_name: fromSdks(identifier(256), '商品名称', 'name of the goods').optional(),
  quantity: fromSdks(fen.min(1), '商品数量', 'how many'),
  unit_price: fromSdks(fen, '商品单价', 'price of one, in fen'),
})

const store = () => ({
  id: fromSdks(identifier(32), '门店编号', 'number of the shop'),
  name: fromSdks(identifier(256), '门店名称', 'name of the shop').optional(),
  area_code: fromSdks(identifier(32), '地区编码', 'area of the shop').optional(),
  address: fromSdks(identifier(512), '详细地址', 'address of the shop').optional(),
})

const scene = () => ({
  payer_client_ip: fromSdks(
    identifier(45).regex(/^[0-9a-fA-F.:]+$/),
    '用户终端IP',
    'address of the user, IPv4 or IPv6',
  ),
  device_id: fromPages(
    identifier(32),
    '商户端设备号',
    'terminal or shop of the merchant',
  ).optional(),
  store_info: fromSdks(strictObject(store), '商户门店信息', 'the shop').optional(),
})

const h5 = () => ({
  type: fromSdks(identifier(32), '场景类型', 'Wap, iOS or Android'),
  app_name: fromSdks(identifier(64), '应用名称', 'name of the app').optional(),
  app_url: fromSdks(identifier(128), '网站URL', 'address of the site').optional(),
  bundle_id: fromSdks(identifier(128), 'iOS平台BundleID', 'iOS bundle').optional(),
  package_name: fromSdks(identifier(128), 'Android平台PackageName', 'package').optional(),
})
const h5Info = fromSdks(strictObject(h5), 'H5场景信息', 'where the H5 page is')
const sceneOf = <More extends z.ZodRawShape>(more: More) =>
  fromPages(
    strictObject(() => ({ ...scene(), ...more })),
    '场景信息',
    'where the payment is made',
  )

const opaque = z.looseObject({})
const identity = fromOpenapi(
  opaque,
  '实名支付',
  'by permission; neither checked nor kept',
).optional()
const payerOf = <Ids extends z.ZodRawShape>(ids: Ids) =>
  fromPages(
    strictObject(() => ({ ...ids, identity })),
    '支付者',
    'who is to pay',
  )
const subsidy = {
  subsidy_info: fromOpenapi(
    opaque,
    '补差信息',
    'by permission; neither checked nor kept',
  ).optional(),
}

type Parts<Parties, Payer, Scene, More> = {
  parties: Parties
  payer: Payer
  scene_info: Scene
  more: More
}

const orderOf = <
  Parties extends z.ZodRawShape,
  Payer extends z.ZodType,
  Scene extends z.ZodType,
  More extends z.ZodRawShape,
>({
  parties,
  payer,
  scene_info,
  more,
}: Parts<Parties, Payer, Scene, More>) =>
  strictObject(() => ({
    ...parties,
    description: fromPages(identifier(127), '商品描述', 'what is sold, on the bill of the user'),
    out_trade_no: outTradeNo,
    time_expire: fromPages(rfc3339, '交易结束时间', 'last moment of paying').optional(),
    attach: fromPages(identifier(128), '附加数据', 'given back once it is paid').optional(),
    notify_url: fromPages(callbackUrl(255), '通知地址', 'where WeChat Pay reports the payment'),
    goods_tag: fromPages(identifier(32), '订单优惠标记', 'which coupons fit').optional(),
    limit_pay: fromSdks(
      z.array(z.enum(['no_balance', 'no_credit', 'no_debit', 'balance_only'])),
      '指定支付方式',
      'what may not pay; on no page of today',
    ).optional(),
    support_fapiao: fromPages(z.boolean(), '电子发票入口开放标识', 'offers an invoice').optional(),
    amount: fromPages(
      strictObject(() => ({
        total: fromPages(fen.min(1), '总金额', 'what is to pay, in fen'),
        currency: fromPages(z.literal('CNY'), '货币类型', 'always CNY').optional(),
      })),
      '订单金额',
      'the amount',
    ),
    payer,
    detail: fromPages(
      strictObject(() => ({
        cost_price: fromSdks(fen, '订单原价', 'list price, in fen').optional(),
        invoice_id: fromSdks(identifier(32), '商品小票ID', 'number of the receipt').optional(),
        goods_detail: fromSdks(z.array(strictObject(goods)), '单品列表', 'the goods').optional(),
      })),
      '优惠功能',
      'goods, for coupons; at most 6144 bytes',
    ).optional(),
    scene_info,
    settle_info: fromPages(
      strictObject(() => ({
        profit_sharing: fromPages(z.boolean(), '是否指定分账', 'freezes the money').optional(),
      })),
      '结算信息',
      'how it is settled',
    ).optional(),
    ...more,
  }))

type Role<Parties, Payer> = { parties: Parties; payer: Payer }

/** The request of each product in one role. */
const ordersOf = <Parties extends z.ZodRawShape, Payer extends z.ZodRawShape>({
  parties,
  payer,
}: Role<Parties, Payer>) => {
  const nobody = payerOf({}).optional()
  const anywhere = sceneOf({}).optional()

  return {
    jsapi: orderOf({ parties, payer: payerOf(payer), scene_info: anywhere, more: subsidy }),
    app: orderOf({ parties, payer: nobody, scene_info: anywhere, more: subsidy }),
    h5: orderOf({ parties, payer: nobody, scene_info: sceneOf({ h5_info: h5Info }), more: {} }),
    native: orderOf({ parties, payer: nobody, scene_info: anywhere, more: {} }),
  }
}

export const DirectTransactionOrders = ordersOf(direct)
export const PartnerTransactionOrders = ordersOf(partner)

/** What all orders have, whatever the product and the role; only the type is wanted. */
const anyTransactionOrder = () =>
  orderOf({
    parties: z.object({ ...direct.parties, ...partner.parties }).partial().shape,
    payer: payerOf(z.object({ ...direct.payer, ...partner.payer }).partial().shape).optional(),
    scene_info: sceneOf({ h5_info: h5Info.optional() }).optional(),
    more: subsidy,
  })
export type CreateTransaction = z.infer<ReturnType<typeof anyTransactionOrder>>

/** What opens the cashier, by the product. */
const Opened = {
  prepayId: object(() => ({
    prepay_id: fromCapture(identifier(64), '预支付交易会话标识', 'opens the cashier for 2 hours'),
  })),
  h5Url: object(() => ({
    h5_url: fromPages(identifier(512), '支付跳转链接', 'opens the cashier for 5 minutes'),
  })),
  codeUrl: object(() => ({
    code_url: fromCapture(identifier(512), '二维码链接', 'becomes a QR code, for 2 hours'),
  })),
}

const scope = z.enum(['GLOBAL', 'SINGLE'])

const discounted = () => ({
  goods_id: fromPages(identifier(32), '商品编码', 'code of the goods'),
  quantity: fromPages(fen, '商品数量', 'how many'),
  unit_price: fromPages(fen, '商品价格', 'price of one, in fen'),
  discount_amount: fromPages(fen, '商品优惠金额', 'what the coupon takes off, in fen'),
  goods_remark: fromPages(identifier(128), '商品备注', 'a note').optional(),
})
const promotion = () => ({
  coupon_id: fromCapture(identifier(32), '券ID', 'number of the coupon'),
  name: fromCapture(identifier(64), '优惠名称', 'name of the coupon').optional(),
  scope: fromCapture(scope, '优惠范围', 'all goods or some').optional(),
  type: fromCapture(z.enum(['CASH', 'NOCASH']), '优惠类型', 'whether it is settled').optional(),
  amount: fromCapture(fen, '优惠券面额', 'what it takes off, in fen'),
  stock_id: fromCapture(identifier(32), '活动ID', 'which campaign').optional(),
  wechatpay_contribute: fromCapture(fen, '微信出资', 'what WeChat Pay gives').optional(),
  merchant_contribute: fromCapture(fen, '商户出资', 'what the merchant gives').optional(),
  other_contribute: fromCapture(fen, '其他出资', 'what others give').optional(),
  currency: fromCapture(z.string(), '优惠币种', 'always CNY').optional(),
})
const amount = () => ({
  total: fromCapture(fen, '总金额', 'what was to pay, in fen'),
  payer_total: fromCapture(fen, '用户支付金额', 'what the user paid, in fen'),
  currency: fromCapture(z.string(), '货币类型', 'always CNY'),
  payer_currency: fromCapture(z.string(), '用户支付币种', 'always CNY'),
})
const paid = () => ({
  out_trade_no: fromCapture(identifier(32), '商户订单号', 'order number of the payment'),
  transaction_id: transactionId,
  trade_type: fromCapture(TradeType, '交易类型', 'how it was paid'),
  trade_state: fromCapture(TradeState, '交易状态', 'how far the order has come'),
  trade_state_desc: fromCapture(identifier(256), '交易状态描述', 'the state in words'),
  bank_type: fromCapture(identifier(32), '付款银行', 'which bank, OTHERS for the balance'),
  attach: fromCapture(identifier(128, 0), '附加数据', 'what the order had, or nothing'),
  success_time: fromCapture(rfc3339, '支付完成时间', 'when it was paid'),
})
const sceneInfo = fromCapture(
  object(() => ({
    device_id: fromCapture(identifier(32, 0), '商户端设备号', 'what the order had').optional(),
  })),
  '场景信息',
  'where it was paid',
).optional()

const subAppid = fromPages(appId, '子商户应用ID', 'app of the sub-merchant').optional()
const spPayer = { sp_openid, sub_openid: sub_openid.optional() }

/** Where the order stands; what only a payment brings is absent before it. */
const transactionOf = <Parties extends z.ZodRawShape, Payer extends z.ZodRawShape>({
  parties,
  payer,
}: Role<Parties, Payer>) =>
  sortedObject(() => ({
    ...parties,
    out_trade_no: paid().out_trade_no,
    transaction_id: paid().transaction_id.optional(),
    trade_type: paid().trade_type.optional(),
    trade_state: paid().trade_state,
    trade_state_desc: paid().trade_state_desc,
    bank_type: paid().bank_type.optional(),
    attach: paid().attach.optional(),
    success_time: paid().success_time.optional(),
    payer: fromCapture(
      sortedObject(() => payer),
      '支付者',
      'who paid',
    ).optional(),
    amount: fromCapture(
      sortedObject(() => ({
        ...amount(),
        payer_total: amount().payer_total.optional(),
        currency: amount().currency.optional(),
      })),
      '订单金额',
      'the amounts',
    ),
    scene_info: sceneInfo,
    promotion_detail: fromCapture(
      z.array(
        sortedObject(() => ({
          ...promotion(),
          goods_detail: fromPages(
            z.array(sortedObject(discounted)),
            '单品列表',
            'the goods',
          ).optional(),
        })),
      ),
      '优惠功能',
      'coupons that were used',
    ).optional(),
    installment_info: fromOpenapi(opaque, '使用的商户贴息信息', 'never here').optional(),
  }))

export const DirectTransaction = transactionOf(direct)
export const PartnerTransaction = transactionOf({
  parties: { sp_appid, sp_mchid, sub_appid: subAppid, sub_mchid },
  payer: spPayer,
})

/** What a callback tells of a payment, its members in the order of captured ones. */
const noticeOf = <Parties extends z.ZodRawShape, Payer extends z.ZodRawShape>({
  parties,
  payer,
}: Role<Parties, Payer>) =>
  object(() => ({
    ...parties,
    ...paid(),
    payer: fromCapture(
      object(() => payer),
      '支付者',
      'who paid',
    ),
    amount: fromCapture(object(amount), '订单金额', 'the amounts'),
    scene_info: sceneInfo,
    promotion_detail: fromCapture(
      z.array(
        object(() => ({
          ...promotion(),
          goods_detail: fromPages(z.array(object(discounted)), '单品列表', 'the goods').optional(),
        })),
      ),
      '优惠功能',
      'coupons that were used',
    ).optional(),
  }))

export const DirectTransactionNotice = noticeOf({ parties: { mchid, appid }, payer: { openid } })
export const PartnerTransactionNotice = noticeOf({
  parties: { sp_mchid, sub_mchid, sp_appid, sub_appid: subAppid },
  payer: spPayer,
})
export type TransactionNotice = z.infer<
  typeof DirectTransactionNotice | typeof PartnerTransactionNotice
>
/** A coupon as callbacks show it. */
export type Promotion = NonNullable<TransactionNotice['promotion_detail']>[number]

const caller = {
  direct: strictObject(() => ({ mchid })),
  partner: strictObject(() => ({ sp_mchid, sub_mchid })),
}

/** Whoever asks is not the one, or is not let. */
const foreignCaller = [
  'payAuthorizationMissing',
  'mchidMalformed',
  'mchidMismatch',
  'acquiringMerchantUnknown',
] as const
const foreignPartner = [...foreignCaller, 'subMchidOwn', 'acquiringUnbound'] as const

const orderSituations = [
  'appidMismatch',
  'expireTimeInvalid',
  'goodsDetailTooLong',
  'productNotOpened',
  'merchantDisabled',
  'collectionRestricted',
  'transactionReentryMismatch',
  'outTradeNoRepeated',
  'transactionClosed',
  'transactionPaid',
  'transactionFrequencyLimited',
] as const
const ofDirect = [...foreignCaller, 'subMchidMissing', ...orderSituations] as const
const ofPartner = [
  ...foreignPartner,
  'subAppidMismatch',
  'productUnauthorised',
  'outTradeNoForeign',
  ...orderSituations,
] as const
const wrongOpenid = ['openidInvalid', 'openidMismatch'] as const
const wrongSubOpenid = ['openidMissing', 'subAppidMissing', 'subOpenidMismatch'] as const

const summaries = {
  jsapi: { en: 'Order a JSAPI or mini program payment.', zh: 'JSAPI/小程序下单。' },
  app: { en: 'Order an APP payment.', zh: 'APP 下单。' },
  h5: { en: 'Order an H5 payment.', zh: 'H5 下单。' },
  native: { en: 'Order a Native payment: a QR code.', zh: 'Native 下单。' },
  queryById: { en: 'Query a payment by its transaction_id.', zh: '按微信支付订单号查询订单。' },
  queryByOutTradeNo: { en: 'Query an order by its number.', zh: '按商户订单号查询订单。' },
  close: { en: 'Close an order that is not paid.', zh: '关闭未支付的订单。' },
} as const

const byNumber = strictObject(() => ({ out_trade_no: outTradeNo }))
const byId = strictObject(() => ({ transaction_id: transactionId }))

const unknown = ['transactionUnknown', 'transactionFrequencyLimited'] as const
const foreign = ['transactionForeign', 'subMerchantTransactionForeign'] as const

const sources = ['payPages', 'paySdks', 'openapi', 'skills', 'capture'] as const

const found = {
  direct: { query: 'pay.queryByOutTradeNo.direct', repeats: ['appid', 'mchid', 'amount'] },
  partner: {
    query: 'pay.queryByOutTradeNo.partner',
    repeats: ['sp_appid', 'sp_mchid', 'sub_mchid', 'amount'],
  },
} as const
const closed = { after: object(() => ({ trade_state: TradeState.extract(['CLOSED']) })) }

const directOrder = {
  method: 'POST',
  mode: 'direct',
  reconcile: found.direct,
  situations: ofDirect,
  sources,
} as const
const partnerOrder = {
  method: 'POST',
  mode: 'partner',
  reconcile: found.partner,
  situations: ofPartner,
  sources,
} as const
const opens = {
  prepayId: { status: 200, body: Opened.prepayId },
  h5Url: { status: 200, body: Opened.h5Url },
  codeUrl: { status: 200, body: Opened.codeUrl },
} as const
const directAnswer = { status: 200, body: DirectTransaction } as const
const partnerAnswer = { status: 200, body: PartnerTransaction } as const

export const transactionEndpoints = {
  'pay.jsapi.direct': {
    ...directOrder,
    path: '/v3/pay/transactions/jsapi',
    summary: summaries.jsapi,
    request: { body: DirectTransactionOrders.jsapi },
    response: opens.prepayId,
    situations: [...ofDirect, ...wrongOpenid],
  },
  'pay.app.direct': {
    ...directOrder,
    path: '/v3/pay/transactions/app',
    summary: summaries.app,
    request: { body: DirectTransactionOrders.app },
    response: opens.prepayId,
  },
  'pay.h5.direct': {
    ...directOrder,
    path: '/v3/pay/transactions/h5',
    summary: summaries.h5,
    request: { body: DirectTransactionOrders.h5 },
    response: opens.h5Url,
  },
  'pay.native.direct': {
    ...directOrder,
    path: '/v3/pay/transactions/native',
    summary: summaries.native,
    request: { body: DirectTransactionOrders.native },
    response: opens.codeUrl,
  },
  'pay.jsapi.partner': {
    ...partnerOrder,
    path: '/v3/pay/partner/transactions/jsapi',
    summary: summaries.jsapi,
    request: { body: PartnerTransactionOrders.jsapi },
    response: opens.prepayId,
    situations: [...ofPartner, ...wrongOpenid, ...wrongSubOpenid],
  },
  'pay.app.partner': {
    ...partnerOrder,
    path: '/v3/pay/partner/transactions/app',
    summary: summaries.app,
    request: { body: PartnerTransactionOrders.app },
    response: opens.prepayId,
  },
  'pay.h5.partner': {
    ...partnerOrder,
    path: '/v3/pay/partner/transactions/h5',
    summary: summaries.h5,
    request: { body: PartnerTransactionOrders.h5 },
    response: opens.h5Url,
  },
  'pay.native.partner': {
    ...partnerOrder,
    path: '/v3/pay/partner/transactions/native',
    summary: summaries.native,
    request: { body: PartnerTransactionOrders.native },
    response: opens.codeUrl,
  },
  'pay.queryById.direct': {
    method: 'GET',
    path: '/v3/pay/transactions/id/{transaction_id}',
    mode: 'direct',
    summary: summaries.queryById,
    request: { path: byId, query: caller.direct },
    response: directAnswer,
    situations: [...foreignCaller, 'transactionIdMalformed', ...unknown, ...foreign],
    sources,
  },
  'pay.queryByOutTradeNo.direct': {
    method: 'GET',
    path: '/v3/pay/transactions/out-trade-no/{out_trade_no}',
    mode: 'direct',
    summary: summaries.queryByOutTradeNo,
    request: { path: byNumber, query: caller.direct },
    response: directAnswer,
    situations: [...foreignCaller, ...unknown, ...foreign],
    sources,
  },
  'pay.queryById.partner': {
    method: 'GET',
    path: '/v3/pay/partner/transactions/id/{transaction_id}',
    mode: 'partner',
    summary: summaries.queryById,
    request: { path: byId, query: caller.partner },
    response: partnerAnswer,
    situations: [...foreignPartner, 'transactionIdMalformed', ...unknown, ...foreign],
    sources,
  },
  'pay.queryByOutTradeNo.partner': {
    method: 'GET',
    path: '/v3/pay/partner/transactions/out-trade-no/{out_trade_no}',
    mode: 'partner',
    summary: summaries.queryByOutTradeNo,
    request: { path: byNumber, query: caller.partner },
    response: partnerAnswer,
    situations: [...foreignPartner, ...unknown, ...foreign],
    sources,
  },
  'pay.close.direct': {
    method: 'POST',
    path: '/v3/pay/transactions/out-trade-no/{out_trade_no}/close',
    mode: 'direct',
    summary: summaries.close,
    request: { path: byNumber, body: caller.direct },
    response: { status: 204 },
    reconcile: { query: 'pay.queryByOutTradeNo.direct', ...closed },
    situations: [...foreignCaller, ...unknown, ...foreign, 'closePaid', 'closeNotAllowed'],
    sources,
  },
  'pay.close.partner': {
    method: 'POST',
    path: '/v3/pay/partner/transactions/out-trade-no/{out_trade_no}/close',
    mode: 'partner',
    summary: summaries.close,
    request: { path: byNumber, body: caller.partner },
    response: { status: 204 },
    reconcile: { query: 'pay.queryByOutTradeNo.partner', ...closed },
    situations: [...foreignPartner, ...unknown, ...foreign, 'closePaid', 'closeNotAllowed'],
    sources,
  },
} as const satisfies Record<string, Endpoint>
