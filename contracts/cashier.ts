/**
 * The front end's half of a payment: what opens the cashier of WeChat, what the cashier shows when it
 * does not open, and what the page or the app is told afterwards. None of it proves a payment.
 * @module
 */
import { fill, SentenceError, textTable } from './texts.ts'
import type { Product } from './transactions.ts'

/** Where the cashier is opened with parameters that the merchant signs. */
export const clients = ['jsapi', 'miniProgram', 'app'] as const
export type Client = (typeof clients)[number]

/** The product that an order must be of. */
export const productOf: Record<Client, Product> = {
  jsapi: 'jsapi',
  miniProgram: 'jsapi',
  app: 'app',
}

/** What the front end hands to WeChat, spelled as each client takes it; all of it are texts. */
type Page = Record<'timeStamp' | 'nonceStr' | 'package' | 'signType' | 'paySign', string>
export type Invocations = {
  jsapi: Page & { appId: string }
  /** It knows its own appId and does not hand it over; the merchant signs it all the same. */
  miniProgram: Page
  app: Record<
    'appid' | 'partnerid' | 'prepayid' | 'package' | 'noncestr' | 'timestamp' | 'sign',
    string
  >
}

/** How the user leaves the cashier. */
export const cashierOutcomes = [
  'succeed',
  'cancel',
  'slow',
  'balanceShort',
  'cardRefused',
  'tooFrequent',
  'risk',
] as const
export type CashierOutcome = (typeof cashierOutcomes)[number]

/** What the cashier shows when the payment fails; chosen here. */
export const failureWords: Partial<Record<CashierOutcome, string>> = {
  balanceShort: '零钱余额不足，请更换支付方式',
  cardRefused: '银行拒绝了这笔交易，请更换银行卡',
  tooFrequent: '操作过于频繁，请稍后再试',
  risk: '本次交易存在风险，无法完成支付',
}

/** What the page or the app is told; an H5 page and a scanned code are told nothing. */
export const clientResult = (product: Product, outcome: CashierOutcome): object => {
  const [jsapi, miniProgram, errCode] =
    outcome === 'succeed'
      ? ['ok', 'ok', 0]
      : outcome === 'cancel'
        ? ['cancel', 'fail cancel', -2]
        : ['fail', 'fail', -1]
  if (product === 'app') return { errCode }
  if (product !== 'jsapi') return {}

  return {
    err_msg: `get_brand_wcpay_request:${jsapi}`,
    errMsg: `requestPayment:${miniProgram}`,
  }
}

/** Why the cashier does not open, for whoever builds the front end. */
export const cashierTexts = textTable({
  handleUnknown: {
    en: 'no order of the merchant has this prepay_id, code_url or h5_url',
    zh: '商户没有订单对应这个 prepay_id、code_url 或 h5_url',
  },
  signatureWrong: {
    en: 'the signature of the parameters does not fit',
    zh: '调起参数的签名不对',
  },
  expired: {
    en: 'the order is closed, or its time to pay is over: order anew',
    zh: '订单已关闭，或已过支付时限：重新下单',
  },
  paid: { en: 'the order is paid already', zh: '订单已经支付' },
  appOther: {
    en: 'appId is not the app that the order was made for',
    zh: 'appId 不是下单时所填的应用',
  },
  productOther: {
    en: 'the order was made for another product',
    zh: '订单是为另一种支付产品下的',
  },
  userOther: {
    en: 'the order names another user as the payer',
    zh: '下单时指定的付款用户是另一个人',
  },
  h5Expired: {
    en: 'an h5_url is good for five minutes: order again with the same parameters',
    zh: 'h5_url 有效期 5 分钟：用相同参数重新下单',
  },
  scannedByOther: {
    en: 'another user came to the cashier of this order first',
    zh: '已有另一个用户打开过这笔订单的收银台',
  },
  methodForbidden: {
    en: 'limit_pay of the order does not let this method pay',
    zh: '下单时的 limit_pay 不允许这种付款方式',
  },
  couponTooLarge: {
    en: 'the coupon takes off more than the order comes to',
    zh: '优惠金额超过订单金额',
  },
  shows: { en: 'The cashier shows “{shown}”: {why}.', zh: '收银台显示“{shown}”：{why}。' },
})

/** What the cashier shows, by why it does not open. */
export const cashierWords = {
  handleUnknown: 'JSAPI缺少参数total_fee',
  signatureWrong: '支付验证签名失败',
  expired: '该订单已失效',
  paid: '该订单已支付',
  appOther: '商户传入的appid参数不正确',
  productOther: '支付场景非法',
  userOther: '下单账号与支付账号不一致',
  h5Expired: '支付请求已失效，请重新发起支付',
  scannedByOther: '商家订单信息有误，请重新下单支付',
  methodForbidden: '商家限制了这种支付方式',
  couponTooLarge: '优惠金额不合法',
} as const satisfies Partial<Record<keyof typeof cashierTexts, string>>
export type CashierRefusal = keyof typeof cashierWords

/** The cashier does not open; nothing has changed. */
export class CashierError extends SentenceError {
  override readonly name = 'CashierError'
  readonly refusal: CashierRefusal
  /** What the user sees. */
  readonly shown: string

  constructor(refusal: CashierRefusal) {
    const shown = cashierWords[refusal]
    super(fill(cashierTexts.shows, { shown, why: cashierTexts[refusal] }))
    this.refusal = refusal
    this.shown = shown
  }
}
