import { expect, test } from 'vitest'
import type { Situation } from '../../contracts/errors.ts'
import type { MoveOf, StateOf } from '../../contracts/states.ts'
import { day } from '../../contracts/time.ts'
import type { CreateUserSignPlan } from '../../contracts/user-sign-plans.ts'
import { accept, type Decision, refusal } from '../../sandbox/domain/decision.ts'
import { type PlanRecord, stopPlan } from '../../sandbox/domain/plans.ts'
import { accepted } from '../../sandbox/domain/refused.ts'
import {
  checkUse,
  createSignPlan,
  type DetailCommand,
  endSignPlan,
  expireSignPlan,
  isOver,
  moveDetail,
  refuseToSign,
  signSignPlan,
  type UserSignPlanRecord,
} from '../../sandbox/domain/user-sign-plans.ts'
import { planOrderRequest, signPlanRequest } from '../support/requests.ts'
import { edgesOf } from './edges.ts'
import { after, at, mchid, plan, signed, unsigned } from './records.ts'

type Given = { known?: UserSignPlanRecord; owner?: PlanRecord; numberUsed?: boolean; when?: number }

const request = signPlanRequest('0100')

const create = (
  changes: Partial<CreateUserSignPlan>,
  { known, owner = plan, numberUsed = false, when = at }: Given = {},
) =>
  createSignPlan(known, {
    request: { ...request, ...changes },
    mchid,
    plan: owner,
    sign_plan_id: '0102',
    package: 'new package',
    numberUsed,
    at: when,
  })

const stopped = accepted(stopPlan(plan, { at })).next

test('a new sign plan is UNSIGNED, shows what has not happened as empty, and expires at midnight', () => {
  const { signPlan } = unsigned
  const { notify_url, sign_plan_detail: _, ...echoed } = request

  expect(signPlan).toMatchObject({
    ...echoed,
    mchid,
    merchant_callback_url: notify_url,
    going_detail_no: 0,
    sign_state: 'UNSIGNED',
    cancel_sign_time: '',
    cancel_sign_type: 'NOT_CANCEL',
    cancel_reason: '',
    sign_time: '',
    plan_over_time: '2026-04-03T00:00:00+08:00',
    total_origin_price: 30_000,
    total_actual_price: 26_000,
  })
  expect(signPlan.signed_detail_list[2]).toEqual({
    plan_detail_no: 3,
    original_price: 10_000,
    plan_discount_description: '',
    actual_price: 8_000,
    plan_detail_state: 'NOT_USED',
    order_id: '',
    merchant_plan_detail_no: 'YOGA-3',
    plan_detail_name: '第3节',
    actual_pay_price: 0,
    use_time: '',
    complete_time: '',
    cancel_time: '',
  })
})

test('signing counts the days anew from the day of signing', () => {
  const late = { ...unsigned, packageExpires: at + 3 * day }
  const { next, events } = accepted(signSignPlan(late, { plan, at: at + 2 * day }))

  expect(events).toEqual(['user-signed'])
  expect(next.signPlan).toMatchObject({
    sign_time: '2026-03-05T08:00:00+08:00',
    plan_over_time: '2026-04-05T00:00:00+08:00',
  })
  expect(next.due).toBe(Date.parse('2026-04-05T00:00:00+08:00'))
})

const numbered = (...numbers: number[]) =>
  numbers.map((plan_detail_no) => ({
    plan_detail_no,
    merchant_plan_detail_no: `YOGA-${plan_detail_no}`,
  }))

test.each<[string, Partial<CreateUserSignPlan>, Situation]>([
  ['both ids of the user', { sub_openid: 'o2' }, 'userAmbiguous'],
  ['no id of the user', { openid: undefined }, 'userAmbiguous'],
  [
    'a sub_openid without sub_appid',
    { openid: undefined, sub_openid: 'o2', sub_appid: undefined },
    'subAppidMissing',
  ],
  ['another service', { service_id: '1' }, 'planMismatch'],
  ['another app', { appid: 'wx0' }, 'planMismatch'],
  ['another sub-merchant', { sub_mchid: '1' }, 'planMismatch'],
  ['too few details', { sign_plan_detail: numbered(1, 2) }, 'signPlanDetailsMismatch'],
  ['too many details', { sign_plan_detail: numbered(1, 2, 3, 4) }, 'signPlanDetailsMismatch'],
  ['details out of order', { sign_plan_detail: numbered(1, 3, 2) }, 'signPlanDetailsMismatch'],
  [
    'one number for two details',
    {
      sign_plan_detail: numbered(1, 2, 3).map((row) => ({
        ...row,
        merchant_plan_detail_no: 'YOGA',
      })),
    },
    'numberUsed',
  ],
])('refuses a sign plan with %s', (_what, changes, situation) => {
  expect(create(changes)).toEqual(refusal(situation))
})

test('takes a sub_openid beside its sub_appid', () => {
  expect(create({ openid: undefined, sub_openid: 'o2' }).ok).toBe(true)
})

test('refuses a sign plan of a plan that is unknown or stopped, and a number that is taken', () => {
  const orphan = createSignPlan(undefined, {
    request,
    mchid,
    plan: undefined,
    sign_plan_id: '0102',
    package: 'package',
    numberUsed: false,
    at,
  })

  expect(orphan).toEqual(refusal('planUnknown'))
  expect(create({}, { owner: stopped })).toEqual(refusal('planStopped'))
  expect(create({}, { numberUsed: true })).toEqual(refusal('numberUsed'))
})

test('a repeat while UNSIGNED gives the same plan with a new package', () => {
  const repeated = create({}, { known: unsigned, owner: stopped, numberUsed: true, when: at + 1 })

  expect(repeated).toEqual(
    accept({ ...unsigned, package: 'new package', packageExpires: at + 1 + 7_200_000 }),
  )
})

test('a known number with other parameters is a conflict, whatever else is wrong', () => {
  expect(create({ notify_url: 'http://else.example' }, { known: signed })).toMatchObject(
    refusal('reentryMismatch'),
  )
  expect(create({ openid: undefined }, { known: unsigned })).toMatchObject(
    refusal('reentryMismatch'),
  )
})

test('only the page of a package that is still valid lets the user sign', () => {
  const sign = (record: UserSignPlanRecord, when: number) =>
    signSignPlan(record, { plan, at: when })

  expect(sign(unsigned, at + 7_199_999).ok).toBe(true)
  expect(sign(unsigned, at + 7_200_000)).toEqual(refusal('signPlanStateIllegal'))
  expect(sign(accepted(refuseToSign(unsigned, { at })).next, at)).toEqual(
    refusal('signPlanStateIllegal'),
  )
  expect(signSignPlan(unsigned, { plan: stopped, at })).toEqual(refusal('planStopped'))
  expect(refuseToSign(signed, { at })).toEqual(refusal('signPlanStateIllegal'))
})

type SignState = StateOf<'signplan'>
type SignMove = MoveOf<'signplan'>
type Act = (record: UserSignPlanRecord, when: number) => Decision<UserSignPlanRecord, string>

const ending =
  (move: 'stop' | 'cancel' | 'revoke', reason = '课程取消'): Act =>
  (record, when) =>
    endSignPlan(record, { move, reason, at: when })

const finishing: Act = (record, when) =>
  moveDetail(record, 3, { move: 'pay', total_amount: 8_000, at: when })

const signPlans: Record<SignState, UserSignPlanRecord> = {
  UNSIGNED: unsigned,
  SIGNED: signed,
  SIGN_PLAN_CANCEL: accepted(ending('cancel', '不想学了')(signed, at)).next,
  COMPLETE: after('pay', 'cancel', 'pay'),
  EXPIRE: accepted(expireSignPlan(signed)).next,
}

const acts: Record<SignMove, Act> = {
  sign: (record, when) => signSignPlan(record, { plan, at: when }),
  stop: ending('stop'),
  cancel: ending('cancel'),
  revoke: ending('revoke'),
  finish: finishing,
  expire: expireSignPlan,
}

/** A plan cannot finish unless its last detail is at work. */
const beforeLast = ({ signPlan: { sign_state } }: UserSignPlanRecord): UserSignPlanRecord => {
  const record = after('pay', 'cancel', 'using')
  return { ...record, signPlan: { ...record.signPlan, sign_state } }
}

const given = (state: SignState, move: SignMove) =>
  move === 'finish' ? beforeLast(signPlans[state]) : signPlans[state]

const outcomeOf = (decision: Decision<UserSignPlanRecord, string>) =>
  decision.ok ? decision.next.signPlan.sign_state : decision.situation

test.each(edgesOf('signplan', { records: signPlans, acts }))(
  '%s',
  (_title, { state, move, to }) => {
    const stays = move === 'finish' ? state : 'signPlanStateIllegal'

    expect(outcomeOf(acts[move](given(state, move), at))).toBe(to ?? stays)
  },
)

test.each(edgesOf('signplan', { records: signPlans, acts }).filter(([, { to }]) => to))(
  '%s, due only while it may still expire',
  (_title, { state, move, to }) => {
    const { next } = accepted(acts[move](given(state, move), at))

    expect('due' in next).toBe(to === 'SIGNED')
  },
)

test.each<['stop' | 'cancel' | 'revoke', string]>([
  ['stop', 'MERCHANT'],
  ['cancel', 'USER'],
  ['revoke', 'REVOKE_SERVICE'],
])('%s says who ended the plan, when and why, and may be repeated', (move, cancel_sign_type) => {
  const { next, events } = accepted(ending(move)(signed, at))

  expect(next.signPlan).toMatchObject({
    cancel_sign_time: '2026-03-03T08:00:00+08:00',
    cancel_sign_type,
    cancel_reason: '课程取消',
  })
  expect(events).toEqual(move === 'stop' ? [] : ['user-cancelled'])
  expect(ending(move)(next, at + 1)).toEqual(accept(next))
  expect(ending(move, '别的原因')(next, at)).toEqual(refusal('signPlanStateIllegal'))
})

test.each(['stop', 'cancel', 'revoke'] as const)(
  'refuses to %s while a detail is USING',
  (move) => {
    expect(ending(move)(after('using'), at)).toEqual(refusal('signPlanDetailUsing'))
  },
)

test('a plan whose time is up admits nothing, even before anybody has looked', () => {
  const over = signed.due ?? 0

  expect(isOver(signed, over - 1)).toBe(false)
  expect(isOver(signed, over)).toBe(true)
  expect(ending('stop')(signed, over)).toEqual(refusal('signPlanStateIllegal'))
  expect(create({}, { known: unsigned, when: over })).toEqual(refusal('signPlanStateIllegal'))
  expect(acts.sign({ ...unsigned, packageExpires: over + 1 }, over)).toEqual(
    refusal('signPlanStateIllegal'),
  )
})

test('a running detail may end after the plan expired, and the plan stays EXPIRE', () => {
  const expired = accepted(expireSignPlan(after('pay', 'pay', 'using'))).next
  const { next } = accepted(finishing(expired, at))

  expect(next.signPlan.sign_state).toBe('EXPIRE')
  expect(next.signPlan.signed_detail_list[2]?.plan_detail_state).toBe('USED')
})

const commands = {
  use: { move: 'use', order_id: '1000-1', at },
  complete: { move: 'complete', total_amount: 7_000 },
  pay: { move: 'pay', total_amount: 7_000, at },
  cancel: { move: 'cancel', at },
} satisfies Record<MoveOf<'detail'>, DetailCommand>

const details: Record<StateOf<'detail'>, UserSignPlanRecord> = {
  NOT_USED: signed,
  USING: after('using'),
  USED: after('pay'),
  SIGN_PLAN_DETAIL_CANCEL: after('cancel'),
}

test.each(edgesOf('detail', { records: details, acts: commands }))(
  '%s',
  (_title, { state, move, to }) => {
    const decision = moveDetail(details[state], 1, commands[move])
    const moved = decision.ok
      ? decision.next.signPlan.signed_detail_list[0]?.plan_detail_state
      : decision.situation

    expect(moved).toBe(to ?? 'detailOutOfOrder')
  },
)

test('a detail keeps its order, and learns when it was used and paid and for how much', () => {
  const completed = accepted(moveDetail(details.USING, 1, commands.complete)).next
  const paid = accepted(moveDetail(completed, 1, { ...commands.pay, at: at + 1000 })).next

  expect(completed.signPlan.signed_detail_list[0]).toMatchObject({
    actual_pay_price: 7_000,
    complete_time: '',
  })
  expect(paid.signPlan.signed_detail_list[0]).toMatchObject({
    order_id: '1000-1',
    actual_pay_price: 7_000,
    use_time: '2026-03-03T08:00:00+08:00',
    complete_time: '2026-03-03T08:00:01+08:00',
  })
})

test('a cancelled detail keeps its order, costs nothing and is left behind', () => {
  const completed = accepted(moveDetail(details.USING, 1, commands.complete)).next
  const { signPlan } = accepted(moveDetail(completed, 1, commands.cancel)).next

  expect(signPlan.going_detail_no).toBe(1)
  expect(signPlan.signed_detail_list[0]).toMatchObject({
    order_id: '1000-1',
    actual_pay_price: 0,
    cancel_time: '2026-03-03T08:00:00+08:00',
  })
})

test('there is no detail beyond the last', () => {
  expect(moveDetail(signed, 4, commands.use)).toEqual(refusal('detailUnknown'))
})

const signer = { openid: request.openid, sub_openid: 'o2' }

const use = (
  changes: Partial<ReturnType<typeof planOrderRequest>> & { sub_openid?: string },
  record = signed,
) => {
  const asked = { ...planOrderRequest('0102', changes.plan_detail_no), ...changes }
  return checkUse(record, { use: asked, signer, at })
}

test.each<[string, Parameters<typeof use>[0]]>([
  ['by its openid', {}],
  ['by all its ids', { sub_openid: 'o2' }],
])('the signer, %s, may use the next detail', (_what, changes) => {
  expect(use(changes)).toBeUndefined()
  expect(use({ ...changes, plan_detail_no: 2 }, after('pay'))).toBeUndefined()
  expect(use({ ...changes, plan_detail_no: 3 }, after('pay', 'cancel'))).toBeUndefined()
})

type Refused = {
  changes: Parameters<typeof use>[0]
  record: UserSignPlanRecord
  as: Situation
}

test.each(
  Object.entries<Refused>({
    'another sub-merchant': {
      changes: { sub_mchid: '1' },
      record: signed,
      as: 'signPlanUnknown',
    },
    'another service': { changes: { service_id: '1' }, record: signed, as: 'orderMismatch' },
    'another app': { changes: { appid: 'wx0' }, record: signed, as: 'orderMismatch' },
    'another user': { changes: { openid: 'o3' }, record: signed, as: 'userNotSigner' },
    'another user beside the signer': {
      changes: { sub_openid: 'o3' },
      record: signed,
      as: 'userNotSigner',
    },
    'a number beyond the last': {
      changes: { plan_detail_no: 4 },
      record: signed,
      as: 'detailUnknown',
    },
    'the number of another detail': {
      changes: { out_trade_no: 'YOGA-2' },
      record: signed,
      as: 'detailNumberMismatch',
    },
    'a plan that nobody signed': { changes: {}, record: unsigned, as: 'signPlanStateIllegal' },
    'a plan that ended': {
      changes: {},
      record: signPlans.SIGN_PLAN_CANCEL,
      as: 'signPlanStateIllegal',
    },
    'a plan whose time is up': {
      changes: {},
      record: { ...signed, due: at },
      as: 'signPlanStateIllegal',
    },
    'a detail in use': { changes: {}, record: details.USING, as: 'reentryMismatch' },
    'a detail that was paid': { changes: {}, record: details.USED, as: 'reentryMismatch' },
    'a detail that was cancelled': {
      changes: {},
      record: details.SIGN_PLAN_DETAIL_CANCEL,
      as: 'reentryMismatch',
    },
    'a detail before its turn': {
      changes: { plan_detail_no: 2 },
      record: signed,
      as: 'detailOutOfOrder',
    },
    'a detail beside one in use': {
      changes: { plan_detail_no: 2 },
      record: details.USING,
      as: 'detailOutOfOrder',
    },
  }),
)('refuses to use %s', (_what, { changes, record, as }) => {
  expect(use(changes, record)).toBe(as)
})

test('refuses to use a detail for nobody, or for a sub_openid without sub_appid', () => {
  const { openid: _, ...nobody } = planOrderRequest('0102')
  const { sub_appid: __, ...withoutApp } = nobody

  expect(checkUse(signed, { use: nobody, signer, at })).toBe('userMissing')
  expect(checkUse(signed, { use: { ...withoutApp, sub_openid: 'o2' }, signer, at })).toBe(
    'subAppidMissing',
  )
})
