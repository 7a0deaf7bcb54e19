/**
 * What a service order is made of. Requests forbid members that they do not name, answers do not;
 * the pages differ in what they require, so the parts that vary are offered as shapes.
 * @module
 */
import { z } from 'zod'
import { chosen, documented, sdk } from './evidence.ts'
import { fen, fieldFrom, identifier, object, orderTime, strictObject, text } from './fields.ts'

const fromPages = fieldFrom(documented('orderPages'))
const fromOpenapi = fieldFrom(sdk('openapi'))
const ours = fieldFrom(chosen)

/** `OnAccept` means the moment in which the user confirms. */
const startTime = identifier(14).regex(/^(\d{14}|\d{8}|OnAccept)$/)

export const period = (end: '服务结束' | '预计服务结束' = '服务结束') => ({
  start_time: fromPages(startTime, '服务开始时间', 'start in Beijing time, to the second or day'),
  start_time_remark: fromPages(text(20, 0), '服务开始时间备注', 'note on the start').optional(),
  end_time: fromPages(orderTime, `${end}时间`, 'end, as precise as the start').optional(),
  end_time_remark: fromPages(text(20, 0), `${end}时间备注`, 'note on the end').optional(),
})

/** When the service takes place. */
export const TimeRange = object(() => z.object(period()).partial({ start_time: true }).shape)
export type TimeRange = z.infer<typeof TimeRange>

export const place = (end: '服务结束' | '预计服务结束' = '服务结束') => ({
  start_location: fromPages(text(50, 0), '服务开始地点', 'where it starts').optional(),
  end_location: fromPages(text(50, 0), `${end}地点`, 'where it ends; not alone').optional(),
})

/** Where the service takes place. */
export const ServiceLocation = object(() => place())
export type ServiceLocation = z.infer<typeof ServiceLocation>

const count = z.int().min(1).max(100)

export const payment = (name: '付费名称' | '付费项目名称', amount: '付费金额' | '金额') => ({
  name: fromPages(text(20), name, 'what is charged for'),
  description: fromPages(text(30, 0), '付费说明', 'how the charge comes about').optional(),
  amount: fromPages(fen, amount, 'charge in fen').optional(),
  count: fromPages(count, '付费数量', 'how many; it does not multiply the amount').optional(),
})

/** One charge of an order; one that a partner completes with need not be named. */
export const PostPayment = object(
  () => z.object(payment('付费名称', '付费金额')).partial({ name: true }).shape,
)
export type PostPayment = z.infer<typeof PostPayment>

export const discount = () => ({
  name: fromPages(text(20), '优惠名称', 'what is taken off'),
  description: fromPages(text(30, 0), '优惠说明', 'terms of the discount'),
  amount: fromPages(fen, '优惠金额', 'discount in fen'),
  count: fromPages(count, '优惠数量', 'how many; it does not multiply the amount').optional(),
})

/** One discount of an order; which members it must have depends on the page. */
export const PostDiscount = object(
  () => z.object(discount()).partial({ name: true, amount: true, description: true }).shape,
)
export type PostDiscount = z.infer<typeof PostDiscount>

export const RiskFundName = z.enum(['DEPOSIT', 'ADVANCE', 'CASH_DEPOSIT', 'ESTIMATE_ORDER_COST'])
export type RiskFundName = z.infer<typeof RiskFundName>

export const riskFund = (amount = fen, name: '风险金名称' | '风险名称' = '风险金名称') => ({
  name: fromPages(RiskFundName, name, 'kind of the risk fund'),
  amount: fromPages(amount, '风险金额', 'the most that can be charged, in fen'),
  description: fromPages(text(30, 0), '风险说明', 'note on the risk fund').optional(),
})

/** The most that an order can charge; that of a plan order has no name. */
export const RiskFund = object(() => z.object(riskFund()).partial({ name: true }).shape)
export type RiskFund = z.infer<typeof RiskFund>

export const Device = strictObject(() => ({
  start_device_id: ours(text(256, 0), '服务开始的设备ID', 'device at the start').optional(),
  end_device_id: ours(text(256, 0), '服务结束的设备ID', 'device at the end').optional(),
  materiel_no: ours(text(4096, 0), '物料URL', 'what the user scanned').optional(),
}))
export type Device = z.infer<typeof Device>

const PromotionGoods = object(() => ({
  goods_id: fromOpenapi(z.string(), '商品编码', 'code of the goods'),
  quantity: fromOpenapi(fen, '商品数量', 'how many').optional(),
  unit_price: fromOpenapi(fen, '商品价格', 'price of one, in fen').optional(),
  discount_amount: fromOpenapi(fen, '商品优惠金额', 'discount on the goods, in fen').optional(),
  goods_remark: fromOpenapi(z.string(), '商品备注', 'note on the goods').optional(),
}))

const Promotion = object(() => ({
  coupon_id: fromOpenapi(z.string(), '券ID', 'number of the coupon'),
  name: fromOpenapi(z.string(), '优惠名称', 'name of the coupon').optional(),
  scope: fromOpenapi(z.enum(['GLOBAL', 'SINGLE']), '优惠范围', 'all goods or some').optional(),
  type: fromOpenapi(z.enum(['CASH', 'NOCASH']), '优惠类型', 'funded in advance or not').optional(),
  amount: fromOpenapi(fen, '优惠券面额', 'worth of the coupon, in fen'),
  stock_id: fromOpenapi(z.string(), '活动ID', 'batch of the coupon').optional(),
  wechatpay_contribute: fromOpenapi(fen, '微信出资', 'share of WeChat Pay, in fen').optional(),
  merchant_contribute: fromOpenapi(fen, '商户出资', 'share of the merchant, in fen').optional(),
  other_contribute: fromOpenapi(fen, '其他出资', 'share of others, in fen').optional(),
  currency: fromOpenapi(z.string(), '优惠币种', 'currency of the coupon').optional(),
  goods_detail: fromOpenapi(z.array(PromotionGoods), '单品列表', 'goods it was for').optional(),
}))

export const CollectionState = z.enum(['USER_PAYING', 'USER_PAID'])
export type CollectionState = z.infer<typeof CollectionState>

/** Who collected: PayScore itself, or the merchant, who reported it by `sync`. */
export const PaidType = z.enum(['NEWTON', 'MCH'])
export type PaidType = z.infer<typeof PaidType>

const transactionId = identifier(32)

const CollectionDetail = object(() => ({
  seq: fromPages(z.int(), '收款序号', 'ordinal; real answers lack it').optional(),
  amount: fromPages(fen, '单笔收款金额', 'this payment, in fen').optional(),
  paid_type: fromPages(PaidType, '收款成功渠道', 'who collected it').optional(),
  paid_time: fromPages(orderTime, '收款成功时间', 'when it came in').optional(),
  transaction_id: fromPages(transactionId, '微信支付交易单号', 'what refunds ask for').optional(),
  promotion_detail: fromOpenapi(z.array(Promotion), '优惠功能', 'coupons used').optional(),
}))

/** How much of the amount has come in. */
export const Collection = object(() => ({
  state: fromPages(CollectionState, '收款状态', 'whether everything is paid'),
  total_amount: fromPages(fen, '总收款金额', 'what is to be collected, in fen').optional(),
  paying_amount: fromPages(fen, '待收金额', 'what is still missing, in fen').optional(),
  paid_amount: fromPages(fen, '已收金额', 'what has come in, in fen').optional(),
  details: fromPages(z.array(CollectionDetail), '收款明细列表', 'the payments').optional(),
  bank_type: fromOpenapi(z.string(), '收款银行', 'bank that paid').optional(),
}))
export type Collection = z.infer<typeof Collection>
