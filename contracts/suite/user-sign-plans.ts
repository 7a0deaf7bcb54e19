import type { Situation } from '../errors.ts'
import { chosen, documented, observed, sdk } from '../evidence.ts'
import type { Edge } from '../states.ts'
import { about } from './about.ts'
import {
  beijingMidnight,
  beijingTime,
  is,
  isAgain,
  leavesState,
  namesCaller,
  sameAsBefore,
  shows,
  valueAt,
} from './assertions.ts'
import { createPlan, createSignPlan, detailNo, orderNo, stopSignPlan } from './bodies.ts'
import { foreignParties, missingResource } from './foreign-parties.ts'
import {
  type Assertion,
  type Fixture,
  type FixtureState,
  type Interaction,
  type Mode,
  modes,
} from './interaction.ts'
import { goodRequest, orderOfDetail } from './requests.ts'

const signPage = documented('signPage')
const queryPage = documented('signQueryPage')
const notices = observed('webhooks')
const guide = documented('guide')

const tellsItsDetails: Assertion<FixtureState> = {
  says: 'has every detail of the plan, NOT_USED, with the number set aside for it',
  evidence: guide,
  check: ({ given, answer }) => {
    const rows = createPlan(given).plan_detail_list.map((detail, index) => ({
      ...detail,
      plan_detail_no: index + 1,
      merchant_plan_detail_no: detailNo(given, index + 1),
      plan_detail_state: 'NOT_USED',
      order_id: '',
      actual_pay_price: 0,
      use_time: '',
      complete_time: '',
      cancel_time: '',
    }))
    return is(rows.map(sorted), rowsOf(answer.body).map(sorted))
  },
}

const rowsOf = (body: unknown): readonly unknown[] => {
  const rows = valueAt(body, 'sign_plan', 'signed_detail_list')
  return Array.isArray(rows) ? rows : []
}

const sorted = (row: unknown) => Object.entries(Object(row)).toSorted()

const creations = (mode: Mode): Interaction[] => {
  const create = about('signplan.create', mode)
  const created = (fixture: Fixture) => [goodRequest('signplan.create', fixture)]
  const but = (change: (fixture: Fixture) => object) => (fixture: Fixture) => ({
    body: { ...createSignPlan(fixture), ...change(fixture) },
  })
  const details = (fixture: Fixture) => createSignPlan(fixture).sign_plan_detail

  return [
    create.succeeds({
      does: 'offers a plan to a user',
      evidence: sdk('openapi'),
      given: 'plan',
      holds: [
        {
          says: 'gives back under sign_plan who takes part and in what',
          evidence: signPage,
          check: ({ request, answer }) => {
            const { notify_url, sign_plan_detail: _, ...same } = Object(request.body)
            const expected = { ...same, merchant_callback_url: notify_url }
            const signPlan = valueAt(answer.body, 'sign_plan')
            return is(
              expected,
              Object.fromEntries(
                Object.keys(expected).map((name) => [name, valueAt(signPlan, name)]),
              ),
            )
          },
        },
        namesCaller(signPage, 'sign_plan', 'mchid'),
        ...shows(
          { 'sign_plan.sign_state': 'UNSIGNED', 'sign_plan.sign_plan_id': /^\d{32}$/ },
          signPage,
        ),
        ...shows(
          {
            'sign_plan.going_detail_no': 0,
            'sign_plan.cancel_sign_type': 'NOT_CANCEL',
            'sign_plan.cancel_sign_time': '',
            'sign_plan.cancel_reason': '',
            'sign_plan.sign_time': '',
          },
          notices,
        ),
        ...shows(
          {
            'sign_plan.total_origin_price': 50_000,
            'sign_plan.total_actual_price': 37_000,
            'sign_plan.deduction_quantity': 3,
          },
          queryPage,
        ),
        ...shows({ 'sign_plan.plan_over_time': beijingMidnight }, notices),
        ...shows({ package: /./ }, signPage),
        tellsItsDetails,
      ],
      edges: ['signplan:none→UNSIGNED (create)', 'detail:none→NOT_USED (create)'],
    }),
    create.succeeds({
      does: 'takes a repeat for the same sign plan, with a new package',
      evidence: chosen,
      given: 'plan',
      after: created,
      holds: [
        sameAsBefore(chosen, 'sign_plan'),
        {
          says: 'gives another package',
          evidence: chosen,
          check: ({ earlier, answer }) => {
            const packages = [earlier[0]?.body, answer.body].map((body) => valueAt(body, 'package'))
            return is(2, new Set(packages.filter((held) => typeof held === 'string')).size)
          },
        },
      ],
    }),
    create.refuses({
      what: 'a repeat with another notify_url',
      given: 'plan',
      situation: 'reentryMismatch',
      after: created,
      but: but(({ notify_url }) => ({ notify_url: `${notify_url}/other` })),
    }),
    create.refuses({
      what: 'a repeat for another service',
      given: 'plan',
      situation: 'reentryMismatch',
      after: created,
      but: but(() => ({ service_id: '1' })),
    }),
    create.refuses({
      what: 'a repeat once the sign plan has ended',
      given: 'endedByMerchant',
      situation: 'signPlanStateIllegal',
    }),
    create.refuses({
      what: 'a repeat once the user has signed',
      given: 'signed',
      situation: 'signPlanStateIllegal',
    }),
    ...foreignParties(create, 'plan'),
    create.refuses({
      what: 'a plan that does not exist',
      given: 'fresh',
      situation: 'planUnknown',
      but: but(() => ({ plan_id: '0'.repeat(32) })),
    }),
    create.refuses({ what: 'a stopped plan', given: 'stoppedPlan', situation: 'planStopped' }),
    create.refuses({
      what: 'the plan of a merchant in the other mode',
      given: 'planOfOtherMode',
      situation: 'planMismatch',
    }),
    create.refuses({
      what: 'fewer details than the plan has',
      given: 'plan',
      situation: 'signPlanDetailsMismatch',
      but: but((fixture) => ({ sign_plan_detail: details(fixture).slice(1) })),
    }),
    create.refuses({
      what: 'details in another order',
      given: 'plan',
      situation: 'signPlanDetailsMismatch',
      but: but((fixture) => ({ sign_plan_detail: details(fixture).toReversed() })),
    }),
    create.refuses({
      what: 'one number for two details',
      given: 'plan',
      situation: 'numberUsed',
      but: but((fixture) => ({
        sign_plan_detail: details(fixture).map((row) => ({
          ...row,
          merchant_plan_detail_no: detailNo(fixture),
        })),
      })),
    }),
    create.refuses({
      what: 'numbers that another sign plan has set aside',
      given: 'unsigned',
      situation: 'numberUsed',
      but: but(({ number }) => ({ merchant_sign_plan_no: `${number}T` })),
    }),
    create.refuses({
      what: 'numbers that a sign plan has set aside which has ended',
      given: 'endedByMerchant',
      situation: 'numberUsed',
      but: but(({ number }) => ({ merchant_sign_plan_no: `${number}T` })),
    }),
    create.refuses({
      what: 'the number of an order',
      given: 'plan',
      situation: 'numberUsed',
      after: (fixture) => [goodRequest('serviceorder.create', fixture)],
      but: but((fixture) => ({
        sign_plan_detail: details(fixture).with(0, {
          plan_detail_no: 1,
          merchant_plan_detail_no: orderNo(fixture).out_order_no,
        }),
      })),
    }),
    ...(mode === 'partner' ? wrongUsers() : []),
  ]
}

/** Only a partner knows a user by two ids. */
const wrongUsers = (): Interaction[] => {
  const create = about('signplan.create', 'partner')
  const known = (change: (fixture: Fixture) => object) => (fixture: Fixture) => {
    const { openid: _, ...nobody } = createSignPlan(fixture)
    return { body: { ...nobody, ...change(fixture) } }
  }

  return [
    create.succeeds({
      does: 'takes a user whom the sub-merchant knows',
      evidence: signPage,
      given: 'plan',
      but: known(({ user }) => ({ sub_openid: user.openid })),
      holds: shows({ 'sign_plan.openid': undefined, 'sign_plan.sub_openid': /^o/ }, signPage),
    }),
    create.refuses({
      what: 'a sign plan of nobody',
      given: 'plan',
      situation: 'userAmbiguous',
      but: known(() => ({})),
    }),
    create.refuses({
      what: 'a user under two ids',
      given: 'plan',
      situation: 'userAmbiguous',
      but: known(({ user: { openid } }) => ({ openid, sub_openid: openid })),
    }),
    create.refuses({
      what: 'a sub_openid without sub_appid',
      given: 'plan',
      situation: 'subAppidMissing',
      but: known(({ user }) => ({ sub_openid: user.openid, sub_appid: undefined })),
    }),
  ]
}

const queries = (mode: Mode): Interaction[] => {
  const query = about('signplan.query', mode)
  type Found = {
    does: string
    given: FixtureState
    members: Record<string, unknown>
    edges: Edge[]
  }
  const finds = ({ members, ...row }: Found) =>
    query.succeeds({ ...row, evidence: queryPage, holds: shows(members, queryPage) })
  const cancelled = (type: string, reason: string | RegExp) => ({
    sign_state: 'SIGN_PLAN_CANCEL',
    cancel_sign_type: type,
    cancel_reason: reason,
    cancel_sign_time: beijingTime,
  })
  const details = (first: object, going_detail_no = 1) => ({
    going_detail_no,
    signed_detail_list: [
      first,
      { plan_detail_state: 'NOT_USED' },
      { plan_detail_state: 'NOT_USED' },
    ],
  })

  return [
    query.succeeds({
      does: 'gives the sign plan as its creation did, unwrapped',
      evidence: sdk('openapi'),
      given: 'plan',
      after: (fixture) => [goodRequest('signplan.create', fixture)],
      holds: [
        {
          says: 'gives the same again, without package',
          evidence: sdk('openapi'),
          check: ({ earlier, answer }) =>
            isAgain(valueAt(earlier[0]?.body, 'sign_plan'), answer.body),
        },
      ],
    }),
    finds({
      does: 'finds that the user has signed',
      given: 'signed',
      members: {
        sign_state: 'SIGNED',
        cancel_sign_type: 'NOT_CANCEL',
        sign_time: beijingTime,
        plan_over_time: beijingMidnight,
        going_detail_no: 0,
      },
      edges: ['signplan:UNSIGNED→SIGNED (sign)'],
    }),
    finds({
      does: 'finds that the user has cancelled',
      given: 'endedByUser',
      members: cancelled('USER', '用户取消'),
      edges: ['signplan:SIGNED→SIGN_PLAN_CANCEL (cancel)'],
    }),
    finds({
      does: 'finds that the user has left the service',
      given: 'serviceRevoked',
      members: cancelled('REVOKE_SERVICE', /./),
      edges: ['signplan:SIGNED→SIGN_PLAN_CANCEL (revoke)'],
    }),
    finds({
      does: 'finds that the last detail is used up',
      given: 'allDetailsUsed',
      members: { sign_state: 'COMPLETE', going_detail_no: 3 },
      edges: ['signplan:SIGNED→COMPLETE (finish)'],
    }),
    finds({
      does: 'finds that the time to sign is over',
      given: 'expiredUnsigned',
      members: { sign_state: 'EXPIRE', sign_time: '' },
      edges: ['signplan:UNSIGNED→EXPIRE (expire)'],
    }),
    finds({
      does: 'finds that the time of the plan is over',
      given: 'expiredSigned',
      members: { sign_state: 'EXPIRE', sign_time: beijingTime },
      edges: ['signplan:SIGNED→EXPIRE (expire)'],
    }),
    finds({
      does: 'finds a detail in use',
      given: 'using',
      members: details({
        plan_detail_state: 'USING',
        order_id: /^\d{31}$/,
        use_time: beijingTime,
        actual_pay_price: 0,
      }),
      edges: ['detail:NOT_USED→USING (use)'],
    }),
    finds({
      does: 'finds what the completion of a detail asked for',
      given: 'unpaid',
      members: details({ plan_detail_state: 'USING', actual_pay_price: 12_000, complete_time: '' }),
      edges: ['detail:USING→USING (complete)'],
    }),
    finds({
      does: 'finds a detail that is paid',
      given: 'paid',
      members: details({
        plan_detail_state: 'USED',
        actual_pay_price: 12_000,
        complete_time: beijingTime,
        order_id: /^\d{31}$/,
      }),
      edges: ['detail:USING→USED (pay)'],
    }),
    finds({
      does: 'finds a detail whose order is cancelled',
      given: 'revoked',
      members: details({
        plan_detail_state: 'SIGN_PLAN_DETAIL_CANCEL',
        cancel_time: beijingTime,
        order_id: /^\d{31}$/,
      }),
      edges: ['detail:USING→SIGN_PLAN_DETAIL_CANCEL (cancel)'],
    }),
    query.succeeds({
      does: 'finds the next detail in use',
      evidence: queryPage,
      given: 'revoked',
      after: (fixture) => [orderOfDetail(fixture, 2)],
      holds: shows(
        {
          going_detail_no: 2,
          signed_detail_list: [
            { plan_detail_state: 'SIGN_PLAN_DETAIL_CANCEL' },
            { plan_detail_state: 'USING' },
            { plan_detail_state: 'NOT_USED' },
          ],
        },
        queryPage,
      ),
    }),
    ...missingResource(query, {
      what: 'a sign plan',
      given: 'unsigned',
      situation: 'signPlanUnknown',
      otherMode: 'signPlanOfOtherMode',
    }),
  ]
}

const stops = (mode: Mode): Interaction[] => {
  const stop = about('signplan.stop', mode)
  const stopped = {
    sign_state: 'SIGN_PLAN_CANCEL',
    cancel_sign_type: 'MERCHANT',
    cancel_reason: '课程结束',
  }
  const ends = (given: FixtureState, does: string, edge: Edge) =>
    stop.succeeds({
      does,
      evidence: documented('stopPage'),
      given,
      holds: [
        ...shows(stopped, documented('stopPage')),
        ...shows({ cancel_sign_time: beijingTime }, queryPage),
        ...leavesState(stopped, documented('stopPage')),
      ],
      followUp: (fixture) => goodRequest('signplan.query', fixture),
      edges: [edge],
    })
  const refuses = (given: FixtureState, what: string, situation: Situation) =>
    stop.refuses({ what, given, situation })

  return [
    ends('signed', 'ends a sign plan', 'signplan:SIGNED→SIGN_PLAN_CANCEL (stop)'),
    ends('unsigned', 'withdraws an offer', 'signplan:UNSIGNED→SIGN_PLAN_CANCEL (stop)'),
    stop.succeeds({
      does: 'takes a repeat for the same end',
      evidence: chosen,
      given: 'signed',
      after: (fixture) => [goodRequest('signplan.stop', fixture)],
      holds: [sameAsBefore(chosen)],
    }),
    stop.refuses({
      what: 'a repeat for another reason',
      given: 'endedByMerchant',
      situation: 'signPlanStateIllegal',
      but: (fixture) => ({ body: { ...stopSignPlan(fixture), stop_reason: '其他' } }),
    }),
    refuses('endedByUser', 'a sign plan that the user has ended', 'signPlanStateIllegal'),
    refuses('allDetailsUsed', 'a sign plan that is complete', 'signPlanStateIllegal'),
    refuses('expiredSigned', 'a sign plan that has expired', 'signPlanStateIllegal'),
    refuses('using', 'a sign plan with a running order', 'signPlanDetailUsing'),
    ...missingResource(stop, {
      what: 'a sign plan',
      given: 'unsigned',
      situation: 'signPlanUnknown',
      otherMode: 'signPlanOfOtherMode',
    }),
  ]
}

export const userSignPlans: readonly Interaction[] = modes.flatMap((mode) => [
  ...creations(mode),
  ...queries(mode),
  ...stops(mode),
])
