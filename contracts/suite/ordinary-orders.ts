import type { Situation } from '../errors.ts'
import { documented } from '../evidence.ts'
import type { Edge } from '../states.ts'
import { about } from './about.ts'
import { echoes, leavesState, namesCaller, sameAsBefore, shows } from './assertions.ts'
import { completed, createOrder, detailNo, orderNo, owner } from './bodies.ts'
import { foreignParties, foreignService, missingOrder } from './foreign-parties.ts'
import {
  type Fixture,
  type FixtureState,
  type Interaction,
  type Mode,
  modes,
} from './interaction.ts'
import { goodRequest, type RequestParts } from './requests.ts'
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
            does: 'takes a user whom the sub-merchant knows',
            evidence: pages,
            given: 'fresh',
            but: but(({ user: { openid } }) => ({ openid: undefined, sub_openid: openid })),
            holds: leavesState({ openid: undefined, sub_openid: /^o/ }, pages),
            followUp: (fixture) => ({
              ...goodRequest('serviceorder.query', fixture),
              query: { ...owner(fixture), ...orderNo(fixture) },
            }),
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
  }
  const finds = ({ members, ...row }: Found) =>
    query.succeeds({ ...row, evidence: pages, holds: shows({ ...members }, pages) })

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
      },
    }),
    finds({
      does: 'finds an order that waits for the user',
      given: 'created',
      but: ordinary,
      members: { state: 'CREATED', state_description: undefined },
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
      members: { state: 'EXPIRED', state_description: undefined },
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
    }),
    finds({
      does: 'finds an order that PayScore has collected',
      given: 'paid',
      members: {
        state: 'DONE',
        state_description: undefined,
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
