import { expect, test } from 'vitest'
import { day } from '../../../contracts/time.ts'
import { exampleOrder } from '../../support/example.ts'
import {
  charging,
  doing,
  first,
  offered,
  openid,
  orderNo,
  paid,
  paying,
  play,
  type Row,
  revoked,
  service_id,
  sub_mchid,
} from './shop.ts'

const stranger = '1900000110'
const nextDetail = { plan_detail_no: 3, out_trade_no: 'BADMINTON2026D3' }
const signPlanNo = 'SIGN2026BADMINTON'

const reentryMismatch = '400 INVALID_REQUEST 订单重入参数校验失败'
const signPlanUnknown = '404 RESOURCE_NOT_EXISTS 签约计划不存在'
const signPlanStateIllegal = '400 INVALID_REQUEST 当前签约计划状态不合法'
const outOfOrder = '400 INVALID_REQUEST 计划详情须按顺序使用，且前一详情的订单须已取消或已支付'
const notSigner = '400 PARAM_ERROR 用户标识与签约用户不一致'
const timeFormat = '400 PARAM_ERROR 服务时间格式不合法'
const endBeforeStart = '400 PARAM_ERROR 真实结束时间小于预计开始时间'
const subAppidMissing = '400 PARAM_ERROR 传入sub_openid时sub_appid必填'
const endLocationAlone = '400 PARAM_ERROR 服务结束地点须与服务开始地点一起传入'
const remarkWithoutTime = '400 PARAM_ERROR 服务时间备注须与对应的服务时间一起传入'

test.each(
  Object.entries<Row>({
    'an unknown sign plan': {
      call: (shop) => shop.order({ sign_plan_id: '01020000000000000000000000000000' }),
      expected: signPlanUnknown,
    },
    'the id of a plan': {
      call: async (shop) => {
        const { plan } = await shop.control.plans.get('BADMINTON2026')
        return shop.order({ sign_plan_id: plan.plan_id })
      },
      expected: signPlanUnknown,
    },
    'a sign plan of a sub-merchant, for the merchant itself': {
      call: ({ wxpay }) => {
        const { sub_mchid: _, sub_appid: __, sub_openid: ___, ...json } = exampleOrder
        return wxpay.v3.payscore.signPlan.serviceorder.post({ json })
      },
      expected: signPlanUnknown,
    },
    'a sign plan that nobody signed': {
      prepare: offered,
      call: async (shop) => {
        const { signPlan } = await shop.control.userSignPlans.get('YOGA-SIGN')
        const { sign_plan_id } = signPlan
        return shop.order({ sign_plan_id, plan_detail_no: 1, out_trade_no: 'YOGA-1' })
      },
      expected: signPlanStateIllegal,
    },
    'a sign plan that the user cancelled': {
      prepare: ({ control }) => control.userSignPlans.cancel(signPlanNo),
      call: (shop) => shop.order(),
      expected: signPlanStateIllegal,
    },
    'a sign plan that expired': {
      prepare: ({ clock }) => clock.advance(301 * day),
      call: (shop) => shop.order(),
      expected: signPlanStateIllegal,
    },
    'a detail beyond the last': {
      call: (shop) => shop.order({ plan_detail_no: 9 }),
      expected: '400 PARAM_ERROR 计划详情序号不存在',
    },
    'a detail that skips another': {
      call: (shop) => shop.order(nextDetail),
      expected: outOfOrder,
    },
    'a detail beside one in use': {
      prepare: doing,
      call: (shop) => shop.order(nextDetail),
      expected: outOfOrder,
    },
    'a detail after one that is completed but not paid': {
      prepare: paying,
      call: (shop) => shop.order(nextDetail),
      expected: outOfOrder,
    },
    'a detail after one that was paid': {
      prepare: paid,
      call: (shop) => shop.order(nextDetail),
      expected: '200',
    },
    'a detail after one that was cancelled': {
      prepare: revoked,
      call: (shop) => shop.order(nextDetail),
      expected: '200',
    },
    'a cancelled detail with other parameters': {
      prepare: revoked,
      call: (shop) => shop.order({ attach: 'again' }),
      expected: reentryMismatch,
    },
    'a cancelled detail under a new number': {
      prepare: revoked,
      call: (shop) => shop.order({ out_trade_no: 'NEW' }),
      expected: reentryMismatch,
    },
    'the number of another detail': {
      call: (shop) => shop.order({ out_trade_no: 'BADMINTON2026D3' }),
      expected: '400 PARAM_ERROR out_trade_no与签约计划详情的商户侧订单号不一致',
    },
    'the same again, in use': {
      prepare: doing,
      call: (shop) => shop.order(),
      expected: '200',
    },
    'the same again, cancelled': {
      prepare: revoked,
      call: (shop) => shop.order(),
      expected: '200',
    },
    'the same again, paid': {
      prepare: paid,
      call: (shop) => shop.order(),
      expected: '200',
    },
    'the same again, its members in another order': {
      prepare: doing,
      call: ({ wxpay }) => {
        const { sub_openid: _, out_trade_no, ...json } = exampleOrder
        return wxpay.v3.payscore.signPlan.partner.serviceorder.post({
          json: { out_trade_no, ...json },
        })
      },
      expected: '200',
    },
    'the same number with another address': {
      prepare: doing,
      call: (shop) => shop.order({ notify_url: 'https://else.example' }),
      expected: reentryMismatch,
    },
    'the same number for another service, whatever that is': {
      prepare: doing,
      call: (shop) => shop.order({ service_id: '1', openid: 'stranger', plan_detail_no: 9 }),
      expected: reentryMismatch,
    },
    'another user': {
      call: (shop) => shop.order({ openid: 'stranger' }),
      expected: notSigner,
    },
    'another user beside the signer': {
      call: (shop) => shop.order({ sub_openid: 'stranger' }),
      expected: notSigner,
    },
    'the signer by both ids, as documented': {
      call: (shop) => shop.order({ sub_openid: openid }),
      expected: '200',
    },
    'no user': {
      call: (shop) => shop.order({ openid: undefined }),
      expected: '400 PARAM_ERROR openid和sub_openid不能同时为空',
    },
    'a sub_openid without sub_appid': {
      call: (shop) => shop.order({ sub_openid: openid, sub_appid: undefined }),
      expected: subAppidMissing,
    },
    'a service that the merchant may not use': {
      call: (shop) => shop.order({ service_id: '1' }),
      expected: '403 NO_AUTH 商户暂无权限使用此服务',
    },
    'a sub-merchant of another': {
      call: (shop) => shop.order({ sub_mchid: stranger }),
      expected: '403 NO_AUTH mchid与sub_mchid之间Mma绑定关系不存在',
    },
    'a day that no calendar has': {
      call: (shop) => shop.order({ time_range: { start_time: '20260230' } }),
      expected: timeFormat,
    },
    'an end before the start': {
      call: (shop) => shop.order({ time_range: { start_time: '20260303', end_time: '20260302' } }),
      expected: endBeforeStart,
    },
    'the past, where time is strict': {
      options: { strictTime: true },
      call: (shop) => shop.order(),
      expected:
        '400 PARAM_ERROR 服务开始时间不能早于调用接口时间，或传入固定值OnAccept表示用户确认订单成功时间为服务开始时间',
    },
    'a remark without its time': {
      call: (shop) =>
        shop.order({ time_range: { start_time: 'OnAccept', end_time_remark: '下课' } }),
      expected: remarkWithoutTime,
    },
    'an end place alone': {
      call: (shop) => shop.order({ location: { end_location: '二号教室' } }),
      expected: endLocationAlone,
    },
    'an attach that is too long once it is encoded': {
      call: (shop) => shop.order({ attach: '课'.repeat(29) }),
      expected: '400 PARAM_ERROR 附加数据URL编码后超过最大长度',
    },
  }),
)('signplan.serviceorder.create: %s', async (_situation, row) => {
  expect(await play(row)).toBe(row.expected)
})

test.each(
  Object.entries<Row>({
    'a number that was set aside for a detail': {
      call: (shop) => shop.orderAlone({ out_order_no: orderNo }),
      expected: '400 INVALID_REQUEST 商户侧单号已被使用',
    },
    'the same again': {
      prepare: (shop) => shop.orderAlone(),
      call: (shop) => shop.orderAlone(),
      expected: '200',
    },
    'the same number for another service, whatever that is': {
      prepare: (shop) => shop.orderAlone(),
      call: (shop) => shop.orderAlone({ service_id: '1' }),
      expected: reentryMismatch,
    },
    'the number of a plan order': {
      prepare: doing,
      call: (shop) => shop.orderAlone({ out_order_no: orderNo }),
      expected: reentryMismatch,
    },
    'a user by two ids': {
      call: (shop) => shop.orderAlone({ sub_openid: openid }),
      expected: '400 PARAM_ERROR openid和sub_openid必须且只能传其中一个',
    },
    'nobody, and nothing to confirm': {
      call: (shop) => shop.orderAlone({ openid: undefined, need_user_confirm: false }),
      expected: '400 PARAM_ERROR openid和sub_openid不能同时为空',
    },
    'one name for two charges': {
      call: (shop) => {
        const charge = { name: '课时费', amount: 1 }
        return shop.orderAlone({ post_payments: [charge, charge] })
      },
      expected: '400 PARAM_ERROR 付费项目或优惠项目不合法',
    },
  }),
)('serviceorder.create: %s', async (_situation, row) => {
  expect(await play(row)).toBe(row.expected)
})

const orderUnknown = '404 ORDER_NOT_EXIST 订单不存在'
const orderDone = '400 ORDER_DONE 订单已完成'
const orderCanceled = '400 ORDER_CANCELED 单据已取消'
const orderStateIllegal = '400 INVALID_REQUEST 当前订单状态不合法'
const orderMismatch = '400 PARAM_ERROR 请求参数与服务订单不一致'
const chargeRunning = '400 INVALID_REQUEST 单据正在扣款中，请稍后重试'
const cancelNotAllowed = '400 PARAM_ERROR 当前订单状态不满足撤销条件'
const modifyNotPaying = '400 INVALID_REQUEST 仅服务订单支付状态为待支付时，才可使用此能力'
const payTooEarly = '400 INVALID_REQUEST 当前订单状态不合法,订单状态为确认状态'
const totalIllegal = '400 PARAM_ERROR 最终总金额计算非法'
const totalAboveRisk = '400 PARAM_ERROR 总金额超过此服务的服务风险金额'

const charge = (amount: number) => ({
  post_payments: [{ name: '羽毛球课', amount }],
  total_amount: amount,
})

const open = { time_range: { start_time: '20260303090000' } }

test.each(
  Object.entries<Row>({
    'an order in use': {
      prepare: doing,
      call: (shop) => shop.complete(),
      expected: '204',
    },
    'the same again while the user is paying': {
      prepare: paying,
      call: (shop) => shop.complete(),
      expected: '204',
    },
    'another amount while the user is paying': {
      prepare: paying,
      call: (shop) => shop.complete(orderNo, charge(14_000)),
      expected: reentryMismatch,
    },
    'a paid order': {
      prepare: paid,
      call: (shop) => shop.complete(),
      expected: orderStateIllegal,
    },
    'a cancelled order': {
      prepare: revoked,
      call: (shop) => shop.complete(),
      expected: orderStateIllegal,
    },
    'an order that the user has not confirmed': {
      prepare: (shop) => shop.orderAlone(),
      call: (shop) => shop.complete('LESSON'),
      expected: orderStateIllegal,
    },
    'an unknown order': { call: (shop) => shop.complete(), expected: orderUnknown },
    'another sub-merchant': {
      prepare: doing,
      call: (shop) => shop.complete(orderNo, { sub_mchid: stranger }),
      expected: orderUnknown,
    },
    'another service': {
      prepare: doing,
      call: (shop) => shop.complete(orderNo, { service_id: '1' }),
      expected: orderMismatch,
    },
    'no end, neither now nor before': {
      prepare: (shop) => shop.order(open),
      call: (shop) => shop.complete(),
      expected: '400 PARAM_ERROR 创建订单未填写服务结束时间,则结束时间必填',
    },
    'an end before the start': {
      prepare: (shop) => shop.order(open),
      call: (shop) => shop.complete(orderNo, { time_range: { end_time: '20260303085959' } }),
      expected: endBeforeStart,
    },
    'a start after the end that was planned': {
      prepare: doing,
      call: (shop) => shop.complete(orderNo, { time_range: { start_time: '20091225130000' } }),
      expected: endBeforeStart,
    },
    'an end of another precision': {
      prepare: (shop) => shop.order(open),
      call: (shop) => shop.complete(orderNo, { time_range: { end_time: '20260304' } }),
      expected: timeFormat,
    },
    'an end to come, where time is strict': {
      options: { strictTime: true },
      prepare: (shop) => shop.order({ time_range: { start_time: 'OnAccept' } }),
      call: (shop) => shop.complete(orderNo, { time_range: { end_time: '20990101000000' } }),
      expected: '400 PARAM_ERROR 实际结束时间不能晚于使用完结接口的时间',
    },
    'another sum': {
      prepare: doing,
      call: (shop) => shop.complete(orderNo, { total_amount: 14_999 }),
      expected: totalIllegal,
    },
    'more than the detail costs': {
      prepare: doing,
      call: (shop) => shop.complete(orderNo, charge(15_001)),
      expected: totalAboveRisk,
    },
    'a charge that says nothing': {
      prepare: doing,
      call: (shop) => shop.complete(orderNo, { post_payments: [{ name: '羽毛球课' }] }),
      expected: '400 PARAM_ERROR 付费项目或优惠项目不合法',
    },
    'an end place alone': {
      prepare: doing,
      call: (shop) => shop.complete(orderNo, { location: { end_location: '二号教室' } }),
      expected: endLocationAlone,
    },
  }),
)('serviceorder.complete: %s', async (_situation, row) => {
  expect(await play(row)).toBe(row.expected)
})

test.each(
  Object.entries<Row>({
    'again for the same reason': {
      prepare: revoked,
      call: (shop) => shop.cancel(),
      expected: '204',
    },
    'again for another reason': {
      prepare: revoked,
      call: (shop) => shop.cancel(orderNo, { reason: '停业' }),
      expected: orderCanceled,
    },
    'a paid order': { prepare: paid, call: (shop) => shop.cancel(), expected: orderDone },
    'an order that expired': {
      prepare: first(
        (shop) => shop.orderAlone(),
        ({ clock }) => clock.advance(30 * day),
      ),
      call: (shop) => shop.cancel('LESSON'),
      expected: cancelNotAllowed,
    },
    'while the user is paying': {
      prepare: paying,
      call: (shop) => shop.cancel(),
      expected: '204',
    },
    'while the user is paying, where that is denied': {
      options: { cancelWhilePaying: 'deny' },
      prepare: paying,
      call: (shop) => shop.cancel(),
      expected: cancelNotAllowed,
    },
    'while a charge is running': {
      prepare: charging,
      call: (shop) => shop.cancel(),
      expected: chargeRunning,
    },
    'an unknown order': { call: (shop) => shop.cancel(), expected: orderUnknown },
    'another sub-merchant': {
      prepare: doing,
      call: (shop) => shop.cancel(orderNo, { sub_mchid: stranger }),
      expected: orderUnknown,
    },
  }),
)('serviceorder.cancel: %s', async (_situation, row) => {
  expect(await play(row)).toBe(row.expected)
})

test.each(
  Object.entries<Row>({
    'before completion': {
      prepare: doing,
      call: (shop) => shop.modify(),
      expected: modifyNotPaying,
    },
    'a paid order': {
      prepare: paid,
      call: (shop) => shop.modify(),
      expected: modifyNotPaying,
    },
    'a cancelled order': {
      prepare: revoked,
      call: (shop) => shop.modify(),
      expected: modifyNotPaying,
    },
    'to less': { prepare: paying, call: (shop) => shop.modify(), expected: '204' },
    'to as much': {
      prepare: paying,
      call: (shop) => shop.modify(orderNo, charge(15_000)),
      expected: '400 PARAM_ERROR 修改后的总金额必须小于修改前的总金额',
    },
    'to another sum': {
      prepare: paying,
      call: (shop) => shop.modify(orderNo, { total_amount: 1 }),
      expected: totalIllegal,
    },
    'to more than the detail costs': {
      prepare: paying,
      call: (shop) => shop.modify(orderNo, charge(15_001)),
      expected: totalAboveRisk,
    },
    'while a charge is running': {
      prepare: charging,
      call: (shop) => shop.modify(),
      expected: chargeRunning,
    },
    'an unknown order': { call: (shop) => shop.modify(), expected: orderUnknown },
  }),
)('serviceorder.modify: %s', async (_situation, row) => {
  expect(await play(row)).toBe(row.expected)
})

test.each(
  Object.entries<Row>({
    'before completion': {
      prepare: doing,
      call: (shop) => shop.pay(),
      expected: payTooEarly,
    },
    'while the user is paying': {
      prepare: paying,
      call: (shop) => shop.pay(),
      expected: '204',
    },
    'with an attempt that fails': {
      prepare: first(paying, async ({ control }) => control.charges.order({ outcome: 'fail' })),
      call: (shop) => shop.pay(),
      expected: '403 TRADE_ERROR 扣款失败',
    },
    'while a charge is running': {
      prepare: charging,
      call: (shop) => shop.pay(),
      expected: chargeRunning,
    },
    'a paid order': { prepare: paid, call: (shop) => shop.pay(), expected: orderDone },
    'a cancelled order': {
      prepare: revoked,
      call: (shop) => shop.pay(),
      expected: orderCanceled,
    },
    'an unknown order': { call: (shop) => shop.pay(), expected: orderUnknown },
  }),
)('serviceorder.pay: %s', async (_situation, row) => {
  expect(await play(row)).toBe(row.expected)
})

test.each(
  Object.entries<Row>({
    'before completion': {
      prepare: doing,
      call: (shop) => shop.sync(),
      expected: orderStateIllegal,
    },
    'a paid order': { prepare: paid, call: (shop) => shop.sync(), expected: orderDone },
    'a cancelled order': {
      prepare: revoked,
      call: (shop) => shop.sync(),
      expected: orderCanceled,
    },
    'while a charge is running': {
      prepare: charging,
      call: (shop) => shop.sync(),
      expected: chargeRunning,
    },
    'a day that no calendar has': {
      prepare: paying,
      call: (shop) => shop.sync(orderNo, { detail: { paid_time: '20260230' } }),
      expected: timeFormat,
    },
    'an unknown order': { call: (shop) => shop.sync(), expected: orderUnknown },
  }),
)('serviceorder.sync: %s', async (_situation, row) => {
  expect(await play(row)).toBe(row.expected)
})

const keyAmbiguous = '400 PARAM_ERROR out_order_no和query_id必须且只能传其中一个'

test.each(
  Object.entries<Row>({
    'an unknown number': { call: (shop) => shop.queryOrder(), expected: orderUnknown },
    'another sub-merchant': {
      prepare: doing,
      call: (shop) => shop.queryOrder(orderNo, { sub_mchid: stranger }),
      expected: orderUnknown,
    },
    'another service': {
      prepare: doing,
      call: ({ wxpay }) =>
        wxpay.v3.payscore.partner.serviceorder.get({
          query: { sub_mchid, service_id: '1', out_order_no: orderNo },
        }),
      expected: orderMismatch,
    },
    'the query_id instead': {
      prepare: doing,
      call: async ({ wxpay, control }) => {
        const { query_id } = await control.serviceOrders.get(orderNo)
        const query = { sub_mchid, service_id, query_id }
        return wxpay.v3.payscore.partner.serviceorder.get({ query })
      },
      expected: '200',
    },
    'an unknown query_id': {
      call: ({ wxpay }) =>
        wxpay.v3.payscore.partner.serviceorder.get({ query: { sub_mchid, query_id: 'unknown' } }),
      expected: orderUnknown,
    },
    'neither number nor query_id': {
      call: ({ wxpay }) => wxpay.v3.payscore.partner.serviceorder.get({ query: { sub_mchid } }),
      expected: keyAmbiguous,
    },
    'both number and query_id': {
      call: ({ wxpay }) =>
        wxpay.v3.payscore.partner.serviceorder.get({
          query: { sub_mchid, out_order_no: orderNo, query_id: 'unknown' },
        }),
      expected: keyAmbiguous,
    },
  }),
)('serviceorder.query: %s', async (_situation, row) => {
  expect(await play(row)).toBe(row.expected)
})
