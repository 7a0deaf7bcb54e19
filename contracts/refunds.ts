import { z } from 'zod'
import type { Endpoint } from './endpoint.ts'
import { chosen, documented, sdk } from './evidence.ts'
import {
  callbackUrl,
  fen,
  fieldFrom,
  identifier,
  object,
  orEmpty,
  rfc3339,
  strictObject,
  text,
} from './fields.ts'
import { partiesFrom } from './parties.ts'

export const RefundStatus = z.enum(['SUCCESS', 'CLOSED', 'PROCESSING', 'ABNORMAL'])
export type RefundStatus = z.infer<typeof RefundStatus>

export const RefundChannel = z.enum(['ORIGINAL', 'BALANCE', 'OTHER_BALANCE', 'OTHER_BANKCARD'])
export type RefundChannel = z.infer<typeof RefundChannel>

export const FundsAccount = z.enum([
  'UNSETTLED',
  'AVAILABLE',
  'UNAVAILABLE',
  'OPERATION',
  'BASIC',
  'ECNY_BASIC',
])
export type FundsAccount = z.infer<typeof FundsAccount>

const party = partiesFrom(documented('refundPage'))
const fromPage = fieldFrom(documented('refundPage'))
const fromOpenapi = fieldFrom(sdk('openapi'))
const fromAbnormalPage = fieldFrom(documented('abnormalPage'))
const fromVendor = fieldFrom(sdk('skills'))
const ours = fieldFrom(chosen)

const refundNumber = identifier(64).regex(/^[0-9a-zA-Z_\-|*@]{1,}$/)
const positive = fen.min(1)

const outRefundNo = fromPage(refundNumber, '商户退款单号', 'refund number of the merchant')
const transactionId = fromPage(identifier(32), '微信支付订单号', 'payment number of WeChat Pay')
const outTradeNo = fromPage(identifier(32), '商户订单号', 'order number of the payment itself')

/** What a refund of goods says of each; answers tolerate more than requests. */
const goods = {
  merchant_goods_id: ours(text(32), '商户侧商品编码', 'code of the goods at the merchant'),
  wechatpay_goods_id: ours(text(32, 0), '微信侧商品编码', 'code at WeChat Pay').optional(),
  goods_name: ours(text(256, 0), '商品名称', 'name of the goods').optional(),
  unit_price: fromOpenapi(fen, '商品单价', 'price of one, in fen'),
  refund_amount: fromOpenapi(fen, '商品退款金额', 'refund for the goods, in fen'),
  refund_quantity: fromOpenapi(z.int().min(1), '商品退货数量', 'how many come back'),
}

const payer = {
  account: fromOpenapi(z.enum(['AVAILABLE', 'UNAVAILABLE']), '出资账户类型', 'which account pays'),
  amount: fromOpenapi(positive, '出资金额', 'what it pays, in fen'),
}

export const CreateRefund = strictObject(() => ({
  sub_mchid: party.sub_mchid('子商户号').optional(),
  transaction_id: transactionId.optional(),
  out_trade_no: outTradeNo.optional(),
  out_refund_no: outRefundNo,
  reason: fromPage(text(80, 0), '退款原因', 'why, in words that the user reads').optional(),
  notify_url: fromPage(
    callbackUrl(256),
    '退款结果回调url',
    'where WeChat Pay reports how the refund ended',
  ).optional(),
  funds_account: fromPage(
    z.enum(['AVAILABLE', 'UNSETTLED']),
    '退款资金来源',
    'which account pays; not for every product',
  ).optional(),
  refund_account: fromVendor(
    z.enum([
      'REFUND_SOURCE_UNSETTLED_FUNDS',
      'REFUND_SOURCE_RECHARGE_FUNDS',
      'REFUND_SOURCE_PARTNER_ADVANCE',
      'REFUND_SOURCE_SUB_MERCHANT',
    ]),
    '退款出资商户',
    'who pays; on no page of this operation, without effect here',
  ).optional(),
  amount: fromPage(
    strictObject(() => ({
      refund: fromPage(positive, '退款金额', 'what goes back, in fen'),
      from: fromPage(z.array(z.strictObject(payer)), '退款出资账户及金额', 'who pays').optional(),
      total: fromPage(positive, '原订单金额', 'what the payment came to, in fen'),
      currency: fromPage(z.literal('CNY'), '退款币种', 'always CNY'),
    })),
    '金额信息',
    'the amounts',
  ),
  goods_detail: fromPage(
    z.array(z.strictObject(goods)),
    '退款商品',
    'goods that come back',
  ).optional(),
}))
export type CreateRefund = z.infer<typeof CreateRefund>

/** Members are sorted by name at every level, as the real answers have them. */
const RefundAmount = object(() => ({
  currency: fromOpenapi(z.string(), '退款币种', 'always CNY'),
  discount_refund: fromOpenapi(fen, '优惠退款金额', 'part of it that is coupons, in fen'),
  from: fromOpenapi(z.array(z.object(payer)), '退款出资账户及金额', 'who pays').optional(),
  payer_refund: fromOpenapi(fen, '用户退款金额', 'what the user gets back, in fen'),
  payer_total: fromOpenapi(fen, '用户支付金额', 'what the user paid without coupons, in fen'),
  refund: fromOpenapi(fen, '退款金额', 'what goes back, in fen'),
  refund_fee: fromOpenapi(fen, '手续费退款金额', 'fee that is given back, in fen').optional(),
  settlement_refund: fromOpenapi(fen, '应结退款金额', 'taken from the merchant, in fen'),
  settlement_total: fromOpenapi(fen, '应结订单金额', 'settled to the merchant, in fen'),
  total: fromOpenapi(fen, '订单金额', 'what the payment came to, in fen'),
}))

const RefundPromotion = object(() => ({
  promotion_id: fromOpenapi(z.string(), '券ID', 'number of the coupon'),
  scope: fromOpenapi(z.enum(['GLOBAL', 'SINGLE']), '优惠范围', 'all goods or some'),
  type: fromOpenapi(z.enum(['COUPON', 'DISCOUNT']), '优惠类型', 'funded in advance or not'),
  amount: fromOpenapi(fen, '优惠券面额', 'worth of the coupon, in fen'),
  refund_amount: fromOpenapi(fen, '优惠退款金额', 'part of the refund, in fen'),
  goods_detail: fromOpenapi(z.array(z.object(goods)), '商品列表', 'goods it was for').optional(),
}))

/** A refund as creation and query answer it, its members sorted like those of its amount. */
export const Refund = object(() => ({
  amount: fromOpenapi(RefundAmount, '金额信息', 'the amounts'),
  channel: fromOpenapi(RefundChannel, '退款渠道', 'which way the money goes'),
  create_time: fromOpenapi(rfc3339, '退款创建时间', 'when it was accepted'),
  funds_account: fromOpenapi(FundsAccount, '资金账户', 'which account pays').optional(),
  out_refund_no: outRefundNo,
  out_trade_no: outTradeNo,
  promotion_detail: fromOpenapi(
    z.array(RefundPromotion),
    '优惠退款信息',
    'coupons that are given back',
  ).optional(),
  refund_id: fromOpenapi(identifier(32), '微信支付退款号', 'refund number of WeChat Pay'),
  status: fromOpenapi(RefundStatus, '退款状态', 'how far the refund has come'),
  success_time: fromOpenapi(orEmpty(rfc3339), '退款成功时间', 'when it arrived').optional(),
  transaction_id: transactionId,
  user_received_account: fromOpenapi(z.string(), '退款入账账户', 'where it arrives'),
}))
export type Refund = z.infer<typeof Refund>

const banks = [
  'CMB',
  'COMM',
  'ABC',
  'CCB',
  'ICBC',
  'BOC',
  'PAB',
  'SPDB',
  'CITIC',
  'CEB',
  'CMBC',
  'CIB',
  'GDB',
  'PSBC',
  'NBCB',
] as const

const encrypted = (label: string, about: string) =>
  fromAbnormalPage(identifier(1024), label, `${about}; encrypted`).optional()

export const RedirectRefund = strictObject(() => ({
  sub_mchid: party.sub_mchid('子商户号').optional(),
  out_refund_no: outRefundNo,
  type: fromAbnormalPage(
    z.enum(['USER_BANK_CARD', 'MERCHANT_BANK_CARD']),
    '异常退款处理方式',
    'to a card of the user, or to the account of the merchant',
  ),
  bank_type: fromOpenapi(
    z.enum(banks.map((bank) => `${bank}_DEBIT` as const)),
    '开户银行',
    'bank of the card',
  ).optional(),
  bank_account: encrypted('收款银行卡号', 'number of the card'),
  real_name: encrypted('收款用户姓名', 'name on the card'),
}))
export type RedirectRefund = z.infer<typeof RedirectRefund>

/** What a refund to a card of the user must come with. */
export const RedirectToCard = object(
  () =>
    RedirectRefund.pick({ bank_type: true, bank_account: true, real_name: true }).required().shape,
)

export const refundEndpoints = {
  'refund.create': {
    method: 'POST',
    path: '/v3/refund/domestic/refunds',
    mode: 'both',
    summary: {
      en: 'Refund a payment, by its transaction_id or out_trade_no.',
      zh: '申请退款，用 transaction_id 或 out_trade_no 指定支付。',
    },
    request: { body: CreateRefund },
    response: { status: 200, body: Refund },
    reconcile: {
      query: 'refund.query',
      repeats: ['transaction_id', 'out_trade_no', 'amount'],
    },
    situations: [
      'refundPaymentMissing',
      'acquiringUnbound',
      'refundPaymentMismatch',
      'refundOrderUnknown',
      'refundPartiesMismatch',
      'refundFromMismatch',
      'refundTotalMismatch',
      'refundTooMuch',
      'refundedInFull',
      'refundTooLate',
      'refundTooMany',
      'refundTooSoon',
      'balanceShort',
      'userAccountAbnormal',
      'refundRateLimited',
      'merchantUnknown',
    ],
    sources: ['refundPage', 'openapi'],
  },
  'refund.query': {
    method: 'GET',
    path: '/v3/refund/domestic/refunds/{out_refund_no}',
    mode: 'both',
    summary: { en: 'Query a refund.', zh: '查询单笔退款。' },
    request: {
      path: strictObject(() => ({ out_refund_no: outRefundNo })),
      query: strictObject(() => ({ sub_mchid: party.sub_mchid('子商户号').optional() })),
    },
    response: { status: 200, body: Refund },
    situations: ['refundUnknown'],
    sources: ['refundPage', 'openapi'],
  },
  'refund.abnormal': {
    method: 'POST',
    path: '/v3/refund/domestic/refunds/{refund_id}/apply-abnormal-refund',
    mode: 'both',
    summary: {
      en: 'Send an abnormal refund another way.',
      zh: '发起异常退款。',
    },
    request: {
      path: strictObject(() => ({
        refund_id: fromPage(identifier(32), '微信支付退款单号', 'refund number of WeChat Pay'),
      })),
      body: RedirectRefund,
    },
    response: { status: 200, body: Refund },
    // What a refund is sent to is not told by any query; that it goes on is.
    reconcile: {
      query: 'refund.query',
      after: z.object({ channel: RefundChannel.extract(['OTHER_BANKCARD']) }),
    },
    situations: [
      'refundUnknown',
      'refundStateIllegal',
      'serialHeaderMissing',
      'serialHeaderWrong',
      'fieldNotEncrypted',
      'fieldUndecryptable',
    ],
    sources: ['abnormalPage', 'openapi'],
  },
} as const satisfies Record<string, Endpoint>
