import { expect, test } from 'vitest'
import { day } from '../../../contracts/time.ts'
import { planRequest, signPlanRequest } from '../../domain/requests.ts'
import { first, offered, openid, openShop, play, type Row, signed, sub_mchid } from './shop.ts'

const stranger = '1900000110'

const priced = (...prices: [original_price: number, actual_price: number][]) => ({
  deduction_quantity: prices.length,
  total_original_price: prices.reduce((sum, [price]) => sum + price, 0),
  total_actual_price: prices.reduce((sum, [, price]) => sum + price, 0),
  plan_detail_list: prices.map(([original_price, actual_price]) => ({
    original_price,
    actual_price,
    plan_detail_name: '一节',
  })),
})

const listMismatch = '400 PARAM_ERROR 计划明细列表与计划扣费次数或总金额不一致'
const priceInvalid = '400 PARAM_ERROR 计划明细金额不合法'
const overLimit = '400 PARAM_ERROR 计划有效期或扣费次数超过服务配置的上限'
const reentryMismatch = '400 INVALID_REQUEST 订单重入参数校验失败'
const planUnknown = '404 RESOURCE_NOT_EXISTS 支付分计划不存在'

test.each(
  Object.entries<Row>({
    'fewer details than charges': {
      call: (shop) => shop.createPlan({ deduction_quantity: 4 }),
      expected: listMismatch,
    },
    'another sum of list prices': {
      call: (shop) => shop.createPlan({ total_original_price: 29_999 }),
      expected: listMismatch,
    },
    'another sum of prices': {
      call: (shop) => shop.createPlan({ total_actual_price: 26_001 }),
      expected: listMismatch,
    },
    'another sum where sums are lenient': {
      options: { lenientSums: true },
      call: (shop) => shop.createPlan({ total_actual_price: 26_001 }),
      expected: '200',
    },
    'a price above the list price': {
      call: (shop) => shop.createPlan(priced([100, 101])),
      expected: priceInvalid,
    },
    'prices that rise': {
      call: (shop) => shop.createPlan(priced([200, 100], [200, 101])),
      expected: priceInvalid,
    },
    'longer than the service allows': {
      call: (shop) => shop.createPlan({ plan_duration: 3651 }),
      expected: overLimit,
    },
    'more charges than the service allows': {
      call: (shop) => shop.createPlan(priced(...Array<[number, number]>(101).fill([1, 1]))),
      expected: overLimit,
    },
    'the same number again': {
      prepare: (shop) => shop.createPlan(),
      call: (shop) => shop.createPlan(),
      expected: '200',
    },
    'the same number for another plan': {
      prepare: (shop) => shop.createPlan(),
      call: (shop) => shop.createPlan({ plan_name: '普拉提' }),
      expected: reentryMismatch,
    },
    'the same number for another service, whatever that is': {
      prepare: (shop) => shop.createPlan(),
      call: (shop) => shop.createPlan({ service_id: '1', plan_duration: 3651 }),
      expected: reentryMismatch,
    },
    'a service that the merchant may not use': {
      call: (shop) => shop.createPlan({ service_id: '1' }),
      expected: '403 NO_AUTH 商户暂无权限使用此服务',
    },
    'a sub-merchant of another': {
      call: (shop) => shop.createPlan({ sub_mchid: stranger }),
      expected: '403 NO_AUTH mchid与sub_mchid之间Mma绑定关系不存在',
    },
    'an app of another': {
      call: (shop) => shop.createPlan({ appid: 'wx0' }),
      expected: '400 PARAM_ERROR 商户号和appid没有绑定关系',
    },
  }),
)('plan.create: %s', async (_situation, row) => {
  expect(await play(row)).toBe(row.expected)
})

test.each(
  Object.entries<Row>({
    'query of an unknown plan': {
      call: (shop) => shop.queryPlan(),
      expected: planUnknown,
    },
    'stop of an unknown plan': { call: (shop) => shop.stopPlan(), expected: planUnknown },
    'query for another sub-merchant': {
      prepare: (shop) => shop.createPlan(),
      call: (shop) => shop.queryPlan('YOGA', { sub_mchid: stranger }),
      expected: planUnknown,
    },
    'stop for another sub-merchant': {
      prepare: (shop) => shop.createPlan(),
      call: (shop) => shop.stopPlan('YOGA', { sub_mchid: stranger }),
      expected: planUnknown,
    },
  }),
)('plan: %s', async (_situation, row) => {
  expect(await play(row)).toBe(row.expected)
})

const planMismatch = '400 INVALID_REQUEST 签约信息与支付分计划不一致'
const detailsMismatch = '400 PARAM_ERROR 签约计划详情与支付分计划明细不一致'
const userAmbiguous = '400 PARAM_ERROR openid和sub_openid必须且只能传其中一个'
const numberUsed = '400 INVALID_REQUEST 商户侧单号已被使用'
const stateIllegal = '400 INVALID_REQUEST 当前签约计划状态不合法'

const details = signPlanRequest('').sign_plan_detail

test.each(
  Object.entries<Row>({
    'an unknown plan': {
      call: (shop) => shop.createSignPlan({ plan_id: '01000000000000000000000000000000' }),
      expected: planUnknown,
    },
    'a stopped plan': {
      prepare: first(
        (shop) => shop.createPlan(),
        (shop) => shop.stopPlan(),
      ),
      call: (shop) => shop.createSignPlan(),
      expected: '400 INVALID_REQUEST 支付分计划已终止',
    },
    'a plan without a sub-merchant': {
      prepare: ({ wxpay }) => {
        const { sub_mchid: _, sub_appid: __, ...json } = planRequest
        return wxpay.v3.payscore.plan.payscorePlans.post({ json })
      },
      call: (shop) => shop.createSignPlan(),
      expected: planMismatch,
    },
    'too few details': {
      prepare: (shop) => shop.createPlan(),
      call: (shop) => shop.createSignPlan({ sign_plan_detail: details.slice(1) }),
      expected: detailsMismatch,
    },
    'details out of order': {
      prepare: (shop) => shop.createPlan(),
      call: (shop) => shop.createSignPlan({ sign_plan_detail: details.toReversed() }),
      expected: detailsMismatch,
    },
    'no user': {
      prepare: (shop) => shop.createPlan(),
      call: (shop) => shop.createSignPlan({ openid: undefined }),
      expected: userAmbiguous,
    },
    'a user by two ids': {
      prepare: (shop) => shop.createPlan(),
      call: (shop) => shop.createSignPlan({ sub_openid: openid }),
      expected: userAmbiguous,
    },
    'a sub_openid without sub_appid': {
      prepare: (shop) => shop.createPlan(),
      call: (shop) =>
        shop.createSignPlan({ openid: undefined, sub_openid: openid, sub_appid: undefined }),
      expected: '400 PARAM_ERROR 传入sub_openid时sub_appid必填',
    },
    'a service that the merchant may not use': {
      prepare: (shop) => shop.createPlan(),
      call: (shop) => shop.createSignPlan({ service_id: '1' }),
      expected: '403 NO_AUTH 商户暂无权限使用此服务',
    },
    'the same number for another service, whatever that is': {
      prepare: offered,
      call: (shop) => shop.createSignPlan({ service_id: '1' }),
      expected: reentryMismatch,
    },
    'the same number with another address': {
      prepare: offered,
      call: (shop) => shop.createSignPlan({ notify_url: 'https://else.example/notify' }),
      expected: reentryMismatch,
    },
    'a repeat after the user signed': {
      prepare: signed,
      call: (shop) => shop.createSignPlan(),
      expected: stateIllegal,
    },
    'a repeat after the end': {
      prepare: first(offered, (shop) => shop.stopSignPlan()),
      call: (shop) => shop.createSignPlan(),
      expected: stateIllegal,
    },
    'a number of a detail of another sign plan': {
      prepare: offered,
      call: (shop) => shop.createSignPlan({ merchant_sign_plan_no: 'YOGA-SIGN-2' }),
      expected: numberUsed,
    },
    'a number of a sign plan that is over': {
      prepare: first(offered, (shop) => shop.stopSignPlan()),
      call: (shop) => shop.createSignPlan({ merchant_sign_plan_no: 'YOGA-SIGN-2' }),
      expected: numberUsed,
    },
    'a number of an order': {
      prepare: first(
        (shop) => shop.createPlan(),
        (shop) => shop.orderAlone({ out_order_no: 'YOGA-2' }),
      ),
      call: (shop) => shop.createSignPlan(),
      expected: numberUsed,
    },
    'one number for two details': {
      prepare: (shop) => shop.createPlan(),
      call: (shop) =>
        shop.createSignPlan({
          sign_plan_detail: details.map((row) => ({ ...row, merchant_plan_detail_no: 'YOGA' })),
        }),
      expected: numberUsed,
    },
  }),
)('signplan.create: %s', async (_situation, row) => {
  expect(await play(row)).toBe(row.expected)
})

const signPlanUnknown = '404 RESOURCE_NOT_EXISTS 签约计划不存在'
const another = { sub_mchid: stranger, stop_reason: '课程取消' }

test.each(
  Object.entries<Row>({
    'query of an unknown one': {
      call: (shop) => shop.querySignPlan(),
      expected: signPlanUnknown,
    },
    'stop of an unknown one': {
      call: (shop) => shop.stopSignPlan(),
      expected: signPlanUnknown,
    },
    'query for another sub-merchant': {
      prepare: offered,
      call: (shop) => shop.querySignPlan('YOGA-SIGN', { sub_mchid: stranger }),
      expected: signPlanUnknown,
    },
    'stop for another sub-merchant': {
      prepare: offered,
      call: (shop) => shop.stopSignPlan('YOGA-SIGN', another),
      expected: signPlanUnknown,
    },
    'stop while a detail is USING': {
      prepare: (shop) => shop.order(),
      call: (shop) => shop.stopSignPlan('SIGN2026BADMINTON'),
      expected: '400 INVALID_REQUEST 签约计划有进行中的服务订单',
    },
    'stop again for the same reason': {
      prepare: first(signed, (shop) => shop.stopSignPlan()),
      call: (shop) => shop.stopSignPlan(),
      expected: '200',
    },
    'stop again for another reason': {
      prepare: first(signed, (shop) => shop.stopSignPlan()),
      call: (shop) => shop.stopSignPlan('YOGA-SIGN', { sub_mchid, stop_reason: '停业' }),
      expected: stateIllegal,
    },
    'stop after the time is up': {
      prepare: first(signed, ({ clock }) => clock.advance(31 * day)),
      call: (shop) => shop.stopSignPlan(),
      expected: stateIllegal,
    },
  }),
)('signplan: %s', async (_situation, row) => {
  expect(await play(row)).toBe(row.expected)
})

test('a repeat while UNSIGNED opens the same plan with a new package', async () => {
  const shop = await openShop()
  await shop.createPlan()
  const { data: once } = await shop.createSignPlan()
  const { data: again } = await shop.createSignPlan()

  expect(again.sign_plan).toEqual(once.sign_plan)
  expect(again.package).not.toBe(once.package)
})
