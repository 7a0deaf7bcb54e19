import type { Situation } from '../errors.ts'
import { documented } from '../evidence.ts'
import type { Edge } from '../states.ts'
import { about } from './about.ts'
import {
  echoes,
  includes,
  leavesState,
  namesCaller,
  sameAsBefore,
  shows,
  unset,
  valueAt,
} from './assertions.ts'
import {
  ceiling,
  completed,
  completeOrder,
  createDetailOrder,
  createOrder,
  detailNo,
  orderNo,
  owner,
} from './bodies.ts'
import { foreignParties, foreignService, missingOrder } from './foreign-parties.ts'
import {
  type Assertion,
  type Fixture,
  type FixtureState,
  type Interaction,
  type Mode,
  modes,
} from './interaction.ts'
import { goodRequest, ordinaryOrder, type RequestParts } from './requests.ts'
import { lonelyRemark, wrongTimes } from './times.ts'

const pages = documented('orderPages')

const creations = (mode: Mode): Interaction[] => {
  const create = about('serviceorder.create', mode)
  const but =
    (change: (fixture: Fixture) => object) =>
    (fixture: Fixture): RequestParts => ({ body: { ...createOrder(fixture), ...change(fixture) } })
  const created = (fixture: Fixture) => [goodRequest('serviceorder.create', fixture)]
  const refuses = (what: string, situation: Situation, change: (fixture: Fixture) => object) =>
    create.refuses({ what, given: 'fresh', situation, but: but(change) })

  return [
    create.succeeds({
      does: 'creates an order that the user is to confirm',
      evidence: pages,
      given: 'fresh',
      holds: [
        ...echoes(create.endpoint, { evidence: pages }),
        namesCaller(pages, 'mchid'),
        ...shows({ state: 'CREATED', state_description: undefined, package: /./ }, pages),
        ...shows({ order_id: /^\d{31}$/ }, pages),
      ],
      edges: ['serviceorder:none→CREATED (create)'],
    }),
    create.succeeds({
      does: 'creates an order that needs no confirmation',
      evidence: pages,
      given: 'fresh',
      but: but(() => ({ need_user_confirm: false })),
      holds: shows(
        { state: 'DOING', state_description: 'USER_CONFIRM', package: undefined },
        pages,
      ),
      edges: ['serviceorder:none→DOING/USER_CONFIRM (createUnconfirmed)'],
    }),
    create.succeeds({
      does: 'takes a repeat for the same order',
      evidence: pages,
      given: 'fresh',
      after: created,
      holds: [sameAsBefore(pages)],
    }),
    create.refuses({
      what: 'a repeat with another attach',
      given: 'fresh',
      situation: 'reentryMismatch',
      after: created,
      but: but(() => ({ attach: '2' })),
    }),
    create.refuses({
      what: 'a repeat for another service',
      given: 'fresh',
      situation: 'reentryMismatch',
      after: created,
      but: but(() => ({ service_id: '1' })),
    }),
    create.refuses({
      what: 'the number of the order of a detail',
      given: 'using',
      situation: 'reentryMismatch',
      but: but((fixture) => ({ out_order_no: detailNo(fixture) })),
    }),
    create.refuses({
      what: 'a number that is set aside for a detail',
      given: 'unsigned',
      situation: 'numberUsed',
      but: but((fixture) => ({ out_order_no: detailNo(fixture) })),
    }),
    ...foreignParties(create),
    refuses('an order for nobody without confirmation', 'userMissing', () => ({
      openid: undefined,
      need_user_confirm: false,
    })),
    refuses('two charges of one name', 'itemsInvalid', () => ({
      post_payments: [
        { name: '课时费', amount: 1 },
        { name: '课时费', amount: 2 },
      ],
    })),
    refuses('a charge without amount and description', 'itemsInvalid', () => ({
      post_payments: [{ name: '课时费' }],
    })),
    refuses('an attach that is too long when it is encoded', 'attachTooLong', () => ({
      attach: '课'.repeat(29),
    })),
    ...wrongTimes(create, { given: 'fresh', body: createOrder }),
    lonelyRemark(create, { given: 'fresh', body: createOrder }),
    ...(mode === 'partner'
      ? [
          create.succeeds({
            does: 'takes an order whose start is open',
            evidence: pages,
            given: 'fresh',
            but: but(() => ({ time_range: {} })),
            holds: shows({ 'time_range.start_time': undefined }, pages),
          }),
          create.succeeds({
            does: 'takes a user whom the sub-merchant knows',
            evidence: pages,
            given: 'fresh',
            but: but(({ user: { openid } }) => ({ openid: undefined, sub_openid: openid })),
            holds: leavesState({ openid: undefined, sub_openid: /^o/ }, pages),
            followUp: ordinaryOrder,
          }),
          refuses('a user under two ids', 'userAmbiguous', ({ user: { openid } }) => ({
            sub_openid: openid,
          })),
          refuses('a sub_openid without sub_appid', 'subAppidMissing', ({ user: { openid } }) => ({
            openid: undefined,
            sub_openid: openid,
            sub_appid: undefined,
          })),
        ]
      : []),
  ]
}

/** What was said of an order is found in it again. */
const tells = (body: (fixture: Fixture) => object, names: readonly string[]) =>
  names.map(
    (name): Assertion<FixtureState> => ({
      says: `gives the ${name} of the request back`,
      evidence: pages,
      check: ({ given, answer }) =>
        includes(valueAt(body(given), name), valueAt(answer.body, name)),
    }),
  )

const prices = ['post_payments', 'post_discounts']
const parts = ['service_introduction', 'risk_fund', 'time_range', 'location', 'attach']

const queries = (mode: Mode): Interaction[] => {
  const query = about('serviceorder.query', mode)
  const ordinary = (fixture: Fixture): RequestParts => ({
    query: { ...owner(fixture), ...orderNo(fixture) },
  })
  type Found = {
    does: string
    given: FixtureState
    members: object
    edges?: readonly Edge[]
    but?(fixture: Fixture): RequestParts
    tells?: readonly Assertion<FixtureState>[]
  }
  const finds = ({ members, tells = [], ...row }: Found) =>
    query.succeeds({
      ...row,
      evidence: pages,
      holds: [...shows({ ...members, order_id: /^\d{31}$/ }, pages), ...tells],
    })

  return [
    finds({
      does: 'finds an order in service',
      given: 'using',
      members: {
        state: 'DOING',
        state_description: 'USER_CONFIRM',
        total_amount: undefined,
        need_collection: undefined,
        collection: undefined,
        out_order_no: /D1$/,
        post_payments: [{ name: '羽毛球课基础练习', amount: 20_000, description: '第1节' }],
        post_discounts: [{ name: '新用户优惠', amount: 5000 }],
        risk_fund: { amount: ceiling },
      },
      tells: tells(createDetailOrder, ['time_range', 'location', 'attach']),
    }),
    finds({
      does: 'finds an order that waits for the user',
      given: 'created',
      but: ordinary,
      members: { state: 'CREATED', state_description: unset },
      tells: tells(createOrder, [...prices, ...parts]),
    }),
    finds({
      does: 'finds an order by the id that the page hands back',
      given: 'created',
      but: ({ query_id, ...fixture }) => ({
        query: { ...owner({ ...fixture, query_id }), query_id },
      }),
      members: { state: 'CREATED', out_order_no: /O$/ },
    }),
    finds({
      does: 'finds that the user has confirmed',
      given: 'confirmed',
      but: ordinary,
      members: { state: 'DOING', state_description: 'USER_CONFIRM' },
      edges: ['serviceorder:CREATED→DOING/USER_CONFIRM (confirm)'],
    }),
    finds({
      does: 'finds that nobody has confirmed in time',
      given: 'expired',
      but: ordinary,
      members: { state: 'EXPIRED', state_description: unset },
      edges: ['serviceorder:CREATED→EXPIRED (expire)'],
    }),
    finds({
      does: 'finds an order whose charge has failed still to be paid',
      given: 'unpaid',
      members: {
        state: 'DOING',
        state_description: 'MCH_COMPLETE',
        collection: { state: 'USER_PAYING', paying_amount: completed, paid_amount: 0 },
      },
      tells: tells(completeOrder, prices),
    }),
    finds({
      does: 'finds an order that PayScore has collected',
      given: 'paid',
      members: {
        state: 'DONE',
        state_description: unset,
        total_amount: completed,
        need_collection: true,
        collection: {
          state: 'USER_PAID',
          total_amount: completed,
          paying_amount: 0,
          paid_amount: completed,
          details: [
            {
              amount: completed,
              paid_type: 'NEWTON',
              paid_time: /^\d{14}$/,
              transaction_id: /^4200\d{24}$/,
            },
          ],
        },
      },
      tells: tells(completeOrder, prices),
      edges: ['serviceorder:DOING/MCH_COMPLETE→DONE (pay)'],
    }),
    query.refuses({
      what: 'to look for nothing',
      given: 'fresh',
      situation: 'orderKeyAmbiguous',
      but: (fixture) => ({ query: owner(fixture) }),
    }),
    query.refuses({
      what: 'to look for two things',
      given: 'fresh',
      situation: 'orderKeyAmbiguous',
      but: (fixture) => ({ query: { ...owner(fixture), ...orderNo(fixture), query_id: '1' } }),
    }),
    query.refuses({
      what: 'an id that no page hands back',
      given: 'fresh',
      situation: 'orderUnknown',
      but: (fixture) => ({ query: { ...owner(fixture), query_id: '1' } }),
    }),
    ...missingOrder(query),
    ...foreignService(query, 'using'),
  ]
}

export const ordinaryOrders: readonly Interaction[] = modes.flatMap((mode) => [
  ...creations(mode),
  ...queries(mode),
])
