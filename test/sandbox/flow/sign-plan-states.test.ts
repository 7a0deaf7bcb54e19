import { expect, test } from 'vitest'
import { planRequest } from '../../support/requests.ts'
import {
  first,
  offered,
  openid,
  openShop,
  outcomeOf,
  payFor,
  type Shop,
  type Step,
  service_id,
  signed,
} from '../../support/shop.ts'
import { type Act, advance, type Beginning, cellsOf, control, playCell } from './cells.ts'

const signPlanState = async ({ control: remembered }: Shop): Promise<string> => {
  const { signPlan } = await remembered.userSignPlans.get('YOGA-SIGN')
  const { sign_state, cancel_sign_type } = signPlan
  return cancel_sign_type === 'NOT_CANCEL' ? sign_state : `${sign_state} ${cancel_sign_type}`
}

const details = [{ plan_detail_no: 1, merchant_plan_detail_no: 'YOGA-1' }]

/** A course of one lesson, signed. */
const oneLesson = first(
  (shop) =>
    shop.createPlan({
      deduction_quantity: 1,
      total_original_price: 10_000,
      total_actual_price: 9_000,
      plan_detail_list: planRequest.plan_detail_list.slice(0, 1),
    }),
  (shop) => shop.createSignPlan({ sign_plan_detail: details }),
  (shop) => shop.control.userSignPlans.sign('YOGA-SIGN'),
)

/** Orders a lesson of the yoga course. */
const lesson = (plan_detail_no: number) => async (shop: Shop) => {
  const { data } = await shop.querySignPlan()
  const out_trade_no = `YOGA-${plan_detail_no}`
  return shop.order({ sign_plan_id: data.sign_plan_id, plan_detail_no, out_trade_no })
}

const signPlans = {
  UNSIGNED: { prepare: offered },
  SIGNED: { prepare: signed },
  SIGN_PLAN_CANCEL: {
    prepare: first(signed, (shop) => control(shop, 'user-sign-plans/YOGA-SIGN/cancel')),
  },
  COMPLETE: { prepare: first(oneLesson, lesson(1), (shop) => shop.cancel('YOGA-1')) },
  EXPIRE: { prepare: first(signed, advance(31)) },
} satisfies Record<string, Beginning>

const revoke: Act = (shop) => control(shop, 'permissions/revoke', { service_id, openid })

const signPlanActs = {
  sign: (shop) => control(shop, 'user-sign-plans/YOGA-SIGN/sign'),
  'close the page': (shop) => control(shop, 'user-sign-plans/YOGA-SIGN/refuse'),
  cancel: (shop) => control(shop, 'user-sign-plans/YOGA-SIGN/cancel', { reason: '不想学了' }),
  'revoke the service': revoke,
  'thirty-one days': advance(31),
} satisfies Record<string, Act>

const planIllegal = '400 INVALID_REQUEST 当前签约计划状态不合法'

/** A state that nobody can leave; who leaves the service or waits is not refused. */
const final = (state: string) => ({
  sign: planIllegal,
  'close the page': planIllegal,
  cancel: planIllegal,
  'revoke the service': state,
  'thirty-one days': state,
})

const signPlanTable: Record<keyof typeof signPlans, Record<keyof typeof signPlanActs, string>> = {
  UNSIGNED: {
    sign: 'SIGNED',
    'close the page': 'UNSIGNED',
    cancel: planIllegal,
    'revoke the service': 'UNSIGNED',
    'thirty-one days': 'EXPIRE',
  },
  SIGNED: {
    sign: planIllegal,
    'close the page': planIllegal,
    cancel: 'SIGN_PLAN_CANCEL USER',
    'revoke the service': 'SIGN_PLAN_CANCEL REVOKE_SERVICE',
    'thirty-one days': 'EXPIRE',
  },
  SIGN_PLAN_CANCEL: final('SIGN_PLAN_CANCEL USER'),
  COMPLETE: final('COMPLETE'),
  EXPIRE: final('EXPIRE'),
}

test.each(cellsOf(signPlanTable))(
  'a sign plan that is %s, %s: %s',
  async (from, move, expected) => {
    const cell = { beginning: signPlans[from], act: signPlanActs[move], state: signPlanState }

    expect(await playCell(cell)).toBe(expected)
  },
)

test.each<[string, Act, string]>([
  [
    'cancel',
    (shop) => control(shop, 'user-sign-plans/YOGA-SIGN/cancel'),
    '400 INVALID_REQUEST 签约计划有进行中的服务订单',
  ],
  ['revoke', revoke, '400 INVALID_REQUEST 用户有进行中的服务订单，无法解除授权'],
])('the user cannot %s while a detail is USING', async (_what, act, expected) => {
  const beginning = { prepare: first(signed, lesson(1)) }

  expect(await playCell({ beginning, act, state: signPlanState })).toBe(expected)
})

test.each<[string, Step, string]>([
  ['the plan is stopped', (shop) => shop.stopPlan(), '400 INVALID_REQUEST 支付分计划已终止'],
  ['two hours are over', (shop) => shop.clock.advance(7_200_000), planIllegal],
  ['the page is closed', signPlanActs['close the page'], planIllegal],
])('nobody signs any more once %s', async (_what, step, expected) => {
  const beginning = { prepare: first(offered, step) }

  expect(await playCell({ beginning, act: signPlanActs.sign, state: signPlanState })).toBe(expected)
})

test('a plan that is stopped lets its signers go on', async () => {
  const shop = await openShop()
  await first(signed, (each) => each.stopPlan())(shop)

  expect((await lesson(1)(shop)).status).toBe(200)
})

test('a course whose last lesson is paid is complete', async () => {
  const shop = await openShop()
  await first(signed, lesson(1), payFor('YOGA-1', 7_000))(shop)
  await first(lesson(2), (each) => each.cancel('YOGA-2'), lesson(3))(shop)
  const { data: during } = await shop.querySignPlan()
  await payFor('YOGA-3', 8_000)(shop)
  const { data: after } = await shop.querySignPlan()

  expect(during).toMatchObject({ going_detail_no: 3, sign_state: 'SIGNED' })
  expect(after).toMatchObject({ going_detail_no: 3, sign_state: 'COMPLETE' })
  expect(after.signed_detail_list).toMatchObject([
    { plan_detail_state: 'USED', actual_pay_price: 7_000 },
    { plan_detail_state: 'SIGN_PLAN_DETAIL_CANCEL', actual_pay_price: 0 },
    { plan_detail_state: 'USED', actual_pay_price: 8_000 },
  ])
})

test('a running lesson may end after the plan expired; no other begins', async () => {
  const shop = await openShop()
  await first(signed, lesson(1), advance(31), payFor('YOGA-1', 9_000))(shop)

  expect(await signPlanState(shop)).toBe('EXPIRE')
  expect((await shop.querySignPlan()).data.signed_detail_list?.[0]?.plan_detail_state).toBe('USED')
  expect(await outcomeOf(lesson(2)(shop))).toBe(planIllegal)
})
