import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, inject, test } from 'vitest'
import { Wechatpay } from '../../../client/index.ts'
import { exampleIdentities } from '../../../sandbox/authority/example-identities.ts'
import { exampleOrder } from '../../support/example.ts'
import {
  cancellation,
  completion,
  directTransaction,
  modification,
  sync,
} from '../../support/requests.ts'
import { first, openShop, orderNo, outcomeOf, paid, type Shop, signed } from '../../support/shop.ts'

const identities = {
  ...exampleIdentities,
  mchid: '1900000201',
  subMchid: '1900000202',
  openid: 'o-course',
  subOpenid: 'o-shop',
}
const { mchid } = identities

// A folder of its own, since merchants are kept: the second one's keys are made once.
const dir = mkdtempSync(join(tmpdir(), 'wechatpay-sandbox-'))
cpSync(inject('credentials'), dir, { recursive: true })
afterAll(() => rmSync(dir, { recursive: true, force: true }))

/** A shop, and a client of a second merchant in the same sandbox. */
const openTwo = async () => {
  const shop = await openShop({ dir })
  const { credentials = '' } = await shop.control.merchants.add(identities)

  const options = { baseUrl: 'http://127.0.0.1', fetch: shop.fetch }

  return { shop, other: Wechatpay.fromCredentials(credentials, options) }
}

/** Every way to reach what the first merchant has, by its number. */
const reaches = ({ v3 }: Wechatpay, sub_mchid: string) => {
  const orders = v3.payscore.partner.serviceorder
  const order = orders._out_order_no_
  const plan = v3.payscore.plan.partner.payscorePlans.merchantPlanNo._merchant_plan_no_
  const signPlan =
    v3.payscore.signPlan.partner.userSignPlans.merchantSignPlanNo._merchant_sign_plan_no_
  const permission = v3.payscore.partner.permissions.authorizationCode._authorization_code_
  const { service_id } = completion
  const query = { sub_mchid }
  const out_order_no = orderNo

  return [
    plan.get({ merchant_plan_no: 'YOGA', query }),
    plan.stop.post({ merchant_plan_no: 'YOGA', json: query }),
    signPlan.get({ merchant_sign_plan_no: 'YOGA-SIGN', query }),
    signPlan.stop.post({
      merchant_sign_plan_no: 'YOGA-SIGN',
      json: { sub_mchid, stop_reason: '停业' },
    }),
    orders.get({ query: { sub_mchid, out_order_no } }),
    order.cancel.post({ out_order_no, json: { ...cancellation, sub_mchid } }),
    order.complete.post({ out_order_no, json: { ...completion, sub_mchid } }),
    order.modify.post({ out_order_no, json: { ...modification, sub_mchid } }),
    order.pay.post({ out_order_no, json: query }),
    order.sync.post({ out_order_no, json: { ...sync, sub_mchid } }),
    v3.refund.domestic.refunds._out_refund_no_.get({ out_refund_no: 'YOGA-REFUND', query }),
    permission.get({ authorization_code: 'YOGA-PERMIT', query: { service_id, sub_mchid } }),
    permission.terminate.post({
      authorization_code: 'YOGA-PERMIT',
      json: { service_id, sub_mchid, reason: '停业' },
    }),
  ]
}

const remembered = ({ control }: Shop, whose: { mchid?: string } = {}) =>
  Promise.all([
    control.plans.list(whose),
    control.userSignPlans.list(whose),
    control.serviceOrders.list(whose),
    control.refunds.list(whose),
    control.permissions.list(whose),
  ])

const everything = first(
  signed,
  paid,
  (shop) => shop.refund(),
  (shop) => shop.applyPermission(),
  (shop) => shop.control.idle(),
)

test.each([
  ['its own sub-merchant', identities.subMchid],
  ['the sub-merchant of the other', exampleIdentities.subMchid],
])("a merchant that names %s does not find what is another's", async (_what, sub_mchid) => {
  const { shop, other } = await openTwo()
  await everything(shop)
  const before = await remembered(shop)
  const outcomes = await Promise.all(reaches(other, sub_mchid).map(outcomeOf))

  expect(outcomes.map((outcome) => outcome.slice(0, 3))).toEqual(outcomes.map(() => '404'))
  expect(await remembered(shop)).toEqual(before)
})

test("a merchant cannot use another's plan, sign plan or payment", async () => {
  const { shop, other } = await openTwo()
  await everything(shop)
  const before = await remembered(shop)
  const { plan } = await shop.control.plans.get('YOGA')
  const { signPlan } = await shop.control.userSignPlans.get('YOGA-SIGN')
  const { transaction_id = '' } = await shop.control.serviceOrders.get(orderNo)
  const { sub_openid: _, ...order } = exampleOrder
  const own = { sub_mchid: identities.subMchid, openid: identities.openid }

  const outcomes = [
    await outcomeOf(
      other.v3.payscore.signPlan.partner.userSignPlans.post({
        json: {
          ...own,
          service_id: identities.serviceId,
          appid: identities.appid,
          plan_id: plan.plan_id,
          merchant_sign_plan_no: 'OTHER',
          notify_url: order.notify_url,
          sign_plan_detail: [{ plan_detail_no: 1, merchant_plan_detail_no: 'OTHER-1' }],
        },
      }),
    ),
    await outcomeOf(
      other.v3.payscore.signPlan.partner.serviceorder.post({
        json: { ...order, ...own, sign_plan_id: signPlan.sign_plan_id },
      }),
    ),
    await outcomeOf(
      other.v3.refund.domestic.refunds.post({
        json: {
          sub_mchid: identities.subMchid,
          transaction_id,
          out_refund_no: 'OTHER-REFUND',
          amount: { refund: 1, total: 15_000, currency: 'CNY' },
        },
      }),
    ),
  ]

  expect(outcomes).toEqual([
    '404 RESOURCE_NOT_EXISTS 支付分计划不存在',
    '404 RESOURCE_NOT_EXISTS 签约计划不存在',
    '404 RESOURCE_NOT_EXISTS 订单不存在',
  ])
  expect(await remembered(shop)).toEqual(before)
})

test('two merchants may use the same numbers, each for itself', async () => {
  const { shop, other } = await openTwo()
  const { sub_openid: _, ...order } = exampleOrder
  const own = { sub_mchid: identities.subMchid, openid: identities.openid }
  const before = await remembered(shop)
  const { data } = await other.v3.payscore.signPlan.partner.serviceorder.post({
    json: { ...order, ...own },
  })

  expect(data).toMatchObject({ mchid, out_order_no: orderNo, state: 'DOING' })
  expect(await remembered(shop)).toEqual(before)
  expect((await shop.control.serviceOrders.get(orderNo, { mchid })).mchid).toBe(mchid)
})

test('a user who leaves a service by one id leaves the plans signed by the other', async () => {
  const { shop, other } = await openTwo()
  const { permissions } = other.v3.payscore.partner
  const { serviceId: service_id, subMchid: sub_mchid, appid, subAppid: sub_appid } = identities
  const authorization_code = 'PERMIT'
  await permissions.post({
    json: { service_id, appid, sub_mchid, sub_appid, authorization_code },
  })
  await shop.control.permissions.open(authorization_code, {
    mchid,
    sub_openid: identities.subOpenid,
  })
  await permissions.authorizationCode._authorization_code_.terminate.post({
    authorization_code,
    json: { service_id, sub_mchid, reason: '不再需要' },
  })
  const { signPlan } = await shop.control.userSignPlans.get('SIGN2026BADMINTON', { mchid })

  expect(signPlan).toMatchObject({
    openid: identities.openid,
    sign_state: 'SIGN_PLAN_CANCEL',
    cancel_sign_type: 'REVOKE_SERVICE',
    cancel_reason: '不再需要',
  })
})

test('a payment is another merchant’s by its number of WeChat Pay, and unknown by any other', async () => {
  const { shop, other } = await openTwo()
  const { out_trade_no } = directTransaction
  await shop.wxpay.v3.pay.transactions.jsapi.post({ json: directTransaction })
  await shop.control.transactions.pay(out_trade_no)
  const { payment } = await shop.control.transactions.get(out_trade_no)
  const transaction_id = payment?.transaction_id ?? ''
  const { transactions } = other.v3.pay
  const number = transactions.outTradeNo._out_trade_no_
  const amount = { refund: 1, total: 9_000, currency: 'CNY' } as const
  const refund = { out_refund_no: 'R', amount }
  const { refunds } = other.v3.refund.domestic

  expect(
    await Promise.all(
      [
        transactions.id._transaction_id_.get({ transaction_id, query: { mchid } }),
        number.get({ out_trade_no, query: { mchid } }),
        number.get({ out_trade_no, query: { mchid: directTransaction.mchid } }),
        refunds.post({ json: { ...refund, transaction_id } }),
        number.close.post({ out_trade_no, json: { mchid } }),
      ].map(outcomeOf),
    ),
  ).toEqual([
    '400 INVALID_REQUEST 商户号和订单不匹配',
    '404 ORDER_NOT_EXIST 订单不存在',
    '400 PARAM_ERROR http header中的mchid与post payload中的mchid不匹配',
    '404 RESOURCE_NOT_EXISTS 订单不存在',
    '204',
  ])
  const paid = await shop.control.transactions.get(out_trade_no)
  expect(paid.trade_state).toBe('SUCCESS')
})
