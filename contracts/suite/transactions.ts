/**
 * Basic payments: orders of the four products in both roles, their queries, closing and refunds.
 * @module
 */
import type { Situation } from '../errors.ts'
import { chosen, documented, observed } from '../evidence.ts'
import type { Edge } from '../states.ts'
import { type Product, products } from '../transactions.ts'
import { type About, about } from './about.ts'
import { beijingTime, leavesState, shows, valueAt } from './assertions.ts'
import { acquirer, completed, createRefund, orderTransaction, tradeNo } from './bodies.ts'
import {
  type Assertion,
  type Fixture,
  type FixtureState,
  type Interaction,
  type Mode,
  modes,
} from './interaction.ts'
import { goodRequest, type RequestParts } from './requests.ts'

const pages = documented('payPages')
const capture = observed('capture')

const opened: Record<Product, Record<string, unknown>> = {
  jsapi: { prepay_id: /^wx\d{14}[0-9a-f]{16}0000$/ },
  app: { prepay_id: /^wx\d{14}[0-9a-f]{16}0000$/ },
  h5: { h5_url: /^https:\/\/wx\.tenpay\.com\/cgi-bin\/mmpayweb-bin\/checkmweb\?prepay_id=wx/ },
  native: { code_url: /^weixin:\/\/wxpay\/bizpayurl\?pr=[0-9A-Za-z]{9}$/ },
}

const byNumber = (fixture: Fixture) => goodRequest('pay.queryByOutTradeNo', fixture)

const unpaid = {
  trade_state: 'NOTPAY',
  trade_state_desc: '订单未支付',
  amount: { payer_currency: 'CNY', total: completed, currency: undefined, payer_total: undefined },
  promotion_detail: [],
  scene_info: { device_id: '013467007045764' },
  transaction_id: undefined,
  attach: undefined,
}

const paid = {
  trade_state: 'SUCCESS',
  trade_state_desc: '支付成功',
  trade_type: 'JSAPI',
  transaction_id: /^4200\d{24}$/,
  bank_type: 'OTHERS',
  attach: '自定义数据',
  success_time: beijingTime,
  amount: { currency: 'CNY', payer_currency: 'CNY', payer_total: completed, total: completed },
  promotion_detail: [],
}

/** Members that are sorted by name at every level. */
const sorted: Assertion = {
  says: 'sorts its members by name',
  evidence: capture,
  check: ({ answer }) => {
    const names = Object.keys(Object(answer.body))
    const inner = Object.keys(Object(valueAt(answer.body, 'amount')))
    const expected = [names.toSorted(), inner.toSorted()]
    return {
      held: names.length > 0 && JSON.stringify(expected) === JSON.stringify([names, inner]),
      expected,
      got: [names, inner],
    }
  },
}

/** The other handle of the same order. */
const another: Assertion = {
  says: 'hands out another one',
  evidence: pages,
  check: ({ earlier, answer }) => {
    const [first, now] = [earlier[0]?.body, answer.body].map((body) => JSON.stringify(body))
    return {
      held: first !== undefined && now !== undefined && first !== now,
      expected: first,
      got: now,
    }
  },
}

const orders = (mode: Mode): Interaction[] =>
  products.flatMap((product) => {
    const order = about(`pay.${product}`, mode)
    const body = (change: object) => (fixture: Fixture) => ({
      body: { ...orderTransaction(fixture, product), ...change },
    })
    const repeats = (fixture: Fixture) => [goodRequest(`pay.${product}`, fixture)]
    const refuses = (what: string, situation: Situation, change: object) =>
      order.refuses({ what, given: 'fresh', situation, but: body(change) })

    return [
      order.succeeds({
        does: 'orders',
        evidence: pages,
        given: 'fresh',
        holds: [...shows(opened[product], capture), ...leavesState(unpaid, capture)],
        followUp: byNumber,
        edges: ['transaction:none→NOTPAY (create)'],
      }),
      order.succeeds({
        does: 'takes a repeat for the same order',
        evidence: pages,
        given: 'fresh',
        after: repeats,
        holds: [another],
      }),
      order.refuses({
        what: 'a repeat with another description',
        given: 'fresh',
        situation: 'transactionReentryMismatch',
        after: repeats,
        but: body({ description: '瑜伽课' }),
      }),
      refuses('a time to pay that is no date', 'expireTimeInvalid', {
        time_expire: '2026-02-31T00:00:00+08:00',
      }),
      refuses('more goods than fit', 'goodsDetailTooLong', {
        detail: {
          goods_detail: Array(100).fill({
            merchant_goods_id: 'G'.repeat(32),
            quantity: 1,
            unit_price: 1,
          }),
        },
      }),
      ...foreignParties(order, (change) => body(change)),
    ]
  })

/** Merchants and apps that do not belong together. */
const foreignParties = (
  order: About,
  but: (change: object) => (fixture: Fixture) => RequestParts,
): Interaction[] => {
  const isPartner = order.mode === 'partner'
  const [own, app] = isPartner ? ['sp_mchid', 'sp_appid'] : ['mchid', 'appid']
  const refuses = (what: string, situation: Situation, change: object) =>
    order.refuses({ what, given: 'fresh', situation, but: but(change) })

  return [
    refuses('a merchant who does not sign', 'mchidMismatch', { [own]: '1900000999' }),
    refuses('a placeholder for the merchant', 'mchidMalformed', { [own]: 'YOUR_MCHID' }),
    refuses('an app of another merchant', 'appidMismatch', { [app]: 'wx0000000000000000' }),
    ...(isPartner
      ? [
          refuses('an app of another sub-merchant', 'subAppidMismatch', {
            sub_appid: 'wx0000000000000000',
          }),
          refuses('a merchant that is no sub-merchant', 'acquiringUnbound', {
            sub_mchid: '1900000999',
          }),
          order.refuses({
            what: 'itself as its sub-merchant',
            given: 'fresh',
            situation: 'subMchidOwn',
            but: (fixture) => but({ sub_mchid: fixture.mchid })(fixture),
          }),
        ]
      : []),
  ]
}

const least = (mode: Mode): Interaction => {
  const optional = ['time_expire', 'attach', 'scene_info', 'detail', 'settle_info', 'subsidy_info']
  const order = about('pay.jsapi', mode)

  return order.succeeds({
    does: 'orders without what may be left out',
    evidence: pages,
    given: 'fresh',
    but: (fixture) => ({
      body: Object.fromEntries(
        Object.entries(orderTransaction(fixture)).filter(([name]) => !optional.includes(name)),
      ),
    }),
    holds: leavesState({ trade_state: 'NOTPAY', scene_info: { device_id: '' } }, capture),
    followUp: byNumber,
  })
}

const knownNumbers = (mode: Mode): Interaction[] => {
  const order = about('pay.jsapi', mode)
  const refuses = (given: FixtureState, what: string, situation: Situation) =>
    order.refuses({ what, given, situation })

  return [
    refuses('transactionPaid', 'a number that is paid', 'transactionPaid'),
    refuses('transactionRefunded', 'a number that is paid back', 'transactionPaid'),
    refuses('closed', 'a number that is closed', 'transactionClosed'),
    refuses('orderedLongAgo', 'a number whose time to pay is over', 'transactionClosed'),
    refuses('burnt', 'a number that was closed at first', 'transactionReentryMismatch'),
    refuses('orderedInOtherMode', 'a number of the other mode', 'outTradeNoForeign'),
    about('pay.native', mode).refuses({
      what: 'a number of another product',
      given: 'ordered',
      situation: 'transactionReentryMismatch',
    }),
    order.refuses({
      what: 'an openid that is none',
      given: 'fresh',
      situation: 'openidInvalid',
      but: (fixture) => ({
        body: {
          ...orderTransaction(fixture),
          payer: mode === 'partner' ? { sp_openid: '123' } : { openid: '123' },
        },
      }),
    }),
  ]
}

const partnersPayers = (): Interaction[] => {
  const order = about('pay.jsapi', 'partner')
  const payer =
    (payer: object, parties: object = {}) =>
    (fixture: Fixture) => ({
      body: { ...orderTransaction(fixture), payer, ...parties },
    })

  return [
    order.refuses({ what: 'no payer', given: 'fresh', situation: 'openidMissing', but: payer({}) }),
    order.refuses({
      what: 'a sub_openid of no app',
      given: 'fresh',
      situation: 'subAppidMissing',
      but: payer({ sub_openid: 'oSUB' }, { sub_appid: undefined }),
    }),
  ]
}

const queries = (mode: Mode): Interaction[] => {
  const query = about('pay.queryByOutTradeNo', mode)
  const finds = (
    given: FixtureState,
    members: Record<string, unknown>,
    edges: readonly Edge[] = [],
  ) =>
    query.succeeds({
      does: `finds an order, ${given}`,
      evidence: pages,
      given,
      holds: [...shows(members, capture), sorted],
      edges,
    })
  const byId = about('pay.queryById', mode)
  const foreign = mode === 'partner' ? 'subMerchantTransactionForeign' : 'transactionForeign'

  return [
    finds('ordered', unpaid),
    finds('orderedLongAgo', { trade_state: 'CLOSED' }, ['transaction:NOTPAY→CLOSED (expire)']),
    finds('closed', { ...unpaid, trade_state: 'CLOSED', trade_state_desc: '订单已关闭' }),
    finds('atCashier', { trade_state: 'USERPAYING' }, ['transaction:NOTPAY→USERPAYING (begin)']),
    finds('atCashierLong', { trade_state: 'CLOSED' }, ['transaction:USERPAYING→CLOSED (expire)']),
    finds('leftCashier', unpaid, ['transaction:USERPAYING→NOTPAY (leave)']),
    finds('transactionPaid', paid, ['transaction:NOTPAY→SUCCESS (pay)']),
    finds('transactionPaidSlowly', paid, ['transaction:USERPAYING→SUCCESS (pay)']),
    finds('transactionRefunded', { ...paid, trade_state: 'REFUND', trade_state_desc: /退款/ }, [
      'transaction:SUCCESS→REFUND (refund)',
    ]),
    byId.succeeds({
      does: 'finds a payment by its number of WeChat Pay',
      evidence: pages,
      given: 'transactionPaid',
      holds: [...shows(paid, capture), sorted],
    }),
    byId.succeeds({
      does: 'finds the charge of a service order',
      evidence: chosen,
      given: 'paid',
      holds: shows({ trade_state: 'SUCCESS', amount: { total: completed } }, chosen),
    }),
    byId.refuses({
      what: 'a number that cannot be one of WeChat Pay',
      given: 'fresh',
      situation: 'transactionIdMalformed',
    }),
    byId.refuses({
      what: 'a payment that does not exist',
      given: 'fresh',
      situation: 'transactionUnknown',
      but: () => ({ path: { transaction_id: '4'.repeat(28) } }),
    }),
    query.refuses({
      what: 'an order that does not exist',
      given: 'fresh',
      situation: 'transactionUnknown',
    }),
    query.refuses({
      what: 'a number that was closed at first',
      given: 'burnt',
      situation: 'transactionUnknown',
    }),
    ...[query, byId].map((each) =>
      each.refuses({
        what: 'an order of the other mode',
        given: 'orderedInOtherMode',
        situation: foreign,
      }),
    ),
    query.refuses({
      what: 'a merchant who does not sign',
      given: 'ordered',
      situation: 'mchidMismatch',
      but: (fixture) => ({
        query: { ...acquirer(fixture), [mode === 'partner' ? 'sp_mchid' : 'mchid']: '1900000999' },
      }),
    }),
  ]
}

const closings = (mode: Mode): Interaction[] => {
  const close = about('pay.close', mode)
  const refuses = (given: FixtureState, what: string, situation: Situation) =>
    close.refuses({ what, given, situation })

  return [
    close.succeeds({
      does: 'closes an order',
      evidence: capture,
      given: 'ordered',
      holds: leavesState({ trade_state: 'CLOSED' }, pages),
      followUp: byNumber,
      edges: ['transaction:NOTPAY→CLOSED (close)'],
    }),
    close.succeeds({ does: 'takes a repeat', evidence: pages, given: 'closed' }),
    close.succeeds({
      does: 'takes a number that nobody ordered under',
      evidence: capture,
      given: 'fresh',
      edges: ['transaction:none→CLOSED (burn)'],
    }),
    refuses('transactionPaid', 'an order that is paid', 'closePaid'),
    refuses('transactionRefunded', 'an order that is paid back', 'closePaid'),
    refuses('atCashier', 'an order that is being paid', 'transactionFrequencyLimited'),
  ]
}

const refunds = (mode: Mode): Interaction[] => {
  const create = about('refund.create', mode)
  const of = (change: (fixture: Fixture) => object) => (fixture: Fixture) => ({
    body: { ...createRefund(fixture), ...change(fixture) },
  })
  const byTradeNo = of((fixture) => ({ transaction_id: undefined, ...tradeNo(fixture) }))
  const takes = (does: string, but: (fixture: Fixture) => RequestParts) =>
    create.succeeds({
      does: `${does}, ${mode}`,
      evidence: pages,
      given: 'transactionPaid',
      but,
      holds: [
        ...shows({ status: 'PROCESSING', out_trade_no: /T$/ }, pages),
        ...leavesState({ trade_state: 'REFUND' }, documented('skills')),
      ],
      followUp: byNumber,
    })
  const refuses = (
    given: FixtureState,
    { what, situation }: { what: string; situation: Situation },
    but: (fixture: Fixture) => RequestParts,
  ) => create.refuses({ what: `${what}, ${mode}`, given, situation, but })

  return [
    takes('gives a transaction back by its number of the merchant', byTradeNo),
    takes('gives a transaction back by both numbers', of(tradeNo)),
    refuses(
      'ordered',
      { what: 'an order that is not paid', situation: 'refundOrderUnknown' },
      byTradeNo,
    ),
    refuses(
      'closed',
      { what: 'an order that is closed', situation: 'refundOrderUnknown' },
      byTradeNo,
    ),
    refuses(
      'transactionPaid',
      { what: 'numbers of two payments', situation: 'refundPaymentMismatch' },
      of(() => ({ out_trade_no: 'ANOTHER' })),
    ),
    refuses(
      'transactionPaid',
      { what: 'accounts that pay another sum', situation: 'refundFromMismatch' },
      of((fixture) => ({
        amount: { ...createRefund(fixture).amount, from: [{ account: 'AVAILABLE', amount: 1 }] },
      })),
    ),
    refuses(
      'orderedInOtherMode',
      { what: 'a payment of the other mode', situation: 'refundPartiesMismatch' },
      of(() => ({})),
    ),
  ]
}

const redirect = about('refund.abnormal', 'partner')
const card = {
  type: 'USER_BANK_CARD',
  bank_type: 'ICBC_DEBIT',
  bank_account: '6222020000000000403',
  real_name: '张三',
}
const toCard =
  (change: object, headers: Record<string, string> = {}) =>
  (fixture: Fixture) => ({
    body: { ...Object(goodRequest('refund.abnormal', fixture).body), ...card, ...change },
    headers,
  })
const refusesCard = (what: string, situation: Situation, but: (fixture: Fixture) => RequestParts) =>
  redirect.refuses({ what, given: 'refundAbnormal', situation, but })

/** The header that is wrong names no key to answer with either: whether it is signed is not looked at. */
const byOtherKey = ({ holds, ...row }: Interaction): Interaction => ({
  ...row,
  holds: holds.filter(({ says }) => says !== 'is signed'),
})

/** As long as what an RSA key of 2048 bits encrypts. */
const unreadable = Buffer.alloc(256, 7).toString('base64')

const redirections: Interaction[] = [
  redirect.succeeds({
    does: 'sends an abnormal refund to the merchant',
    evidence: documented('abnormalPage'),
    given: 'refundAbnormal',
    holds: [
      ...shows({ status: 'PROCESSING', channel: 'OTHER_BANKCARD' }, documented('abnormalPage')),
      ...shows({ user_received_account: '商户结算银行账户' }, documented('abnormalPage')),
    ],
    edges: ['refund:ABNORMAL→PROCESSING (redirect)'],
  }),
  redirect.refuses({
    what: 'a refund that is over',
    given: 'refunded',
    situation: 'refundStateIllegal',
  }),
  redirect.refuses({
    what: 'a refund of another number',
    given: 'refundAbnormal',
    situation: 'refundUnknown',
    but: () => ({ path: { refund_id: '5'.repeat(29) } }),
  }),
  ...[
    refusesCard(
      'a card without a key that its number is encrypted with',
      'serialHeaderMissing',
      toCard({}, { 'Wechatpay-Serial': '' }),
    ),
    refusesCard(
      'a card under a key that nobody knows',
      'serialHeaderWrong',
      toCard({}, { 'Wechatpay-Serial': '0123456789'.repeat(4) }),
    ),
  ].map(byOtherKey),
  refusesCard('a card in the clear', 'fieldNotEncrypted', toCard({})),
  refusesCard(
    'a card that does not decrypt',
    'fieldUndecryptable',
    toCard({ bank_account: unreadable, real_name: unreadable }),
  ),
]

export const transactions: readonly Interaction[] = [
  ...modes.flatMap((mode) => [
    ...orders(mode),
    least(mode),
    ...knownNumbers(mode),
    ...queries(mode),
    ...closings(mode),
    ...refunds(mode),
  ]),
  ...partnersPayers(),
  ...redirections,
]
