import { type EndpointId, endpoints } from '../endpoints.ts'
import type { Situation } from '../errors.ts'
import { chosen, documented, observed } from '../evidence.ts'
import { about } from './about.ts'
import {
  echoes,
  is,
  namesCaller,
  refuses,
  sameAsBefore,
  shows,
  succeeds,
  valueAt,
} from './assertions.ts'
import { ceiling, createDetailOrder, detailNo } from './bodies.ts'
import { changed, fieldsOf, replaced } from './body-fields.ts'
import { foreignParties } from './foreign-parties.ts'
import {
  type CallRequest,
  type Fixture,
  type FixtureState,
  type Interaction,
  interaction,
  type Mode,
} from './interaction.ts'
import type { RequestParts } from './requests.ts'
import { lonelyRemark, wrongTimes } from './times.ts'

const endpoint = 'signplan.serviceorder.create.partner'
const schema = endpoints[endpoint].request.body
const page = documented('planOrderPage')

const create = (body: unknown): CallRequest => ({ endpoint, body })

/** What the document shows: the order of a detail, made from the example of every member. */
const createsOrderIn = (endpoint: EndpointId) =>
  interaction({
    name: `${endpoint} creates the order of the detail whose turn it is`,
    endpoint,
    given: 'detailInTurn',
    when: ({ order }) => [{ endpoint, body: order }],
    holds: [
      ...succeeds(endpoint, page),
      ...echoes(endpoint, { evidence: documented('seed') }),
      {
        says: 'gives out_trade_no back as out_order_no',
        evidence: chosen,
        check: ({ given, answer }) =>
          is(given.order.out_trade_no, valueAt(answer.body, 'out_order_no')),
      },
      namesCaller(documented('seed'), 'mchid'),
      {
        says: 'is DOING, described as USER_CONFIRM',
        evidence: chosen,
        check: ({ answer: { body } }) =>
          is(
            ['DOING', 'USER_CONFIRM'],
            [valueAt(body, 'state'), valueAt(body, 'state_description')],
          ),
      },
      ...shows({ order_id: /^\d{31}$/ }, observed('capture')),
    ],
    edges: ['serviceorder:none→DOING/USER_CONFIRM (createForDetail)'],
  })

export const createsOrder = createsOrderIn(endpoint)

const reversed = (body: object) => Object.fromEntries(Object.entries(body).toReversed())

const repeats = [
  interaction({
    name: `${endpoint} takes a repeat for the same order`,
    endpoint,
    given: 'detailInTurn',
    when: ({ order }) => [create(order), create(order)],
    holds: [...succeeds(endpoint, page), sameAsBefore(documented('orderPages'))],
  }),
  interaction({
    name: `${endpoint} takes a repeat with its members in another order for the same order`,
    endpoint,
    given: 'detailInTurn',
    when: ({ order }) => [create(order), create(reversed(order))],
    holds: [...succeeds(endpoint, page), sameAsBefore(chosen)],
  }),
]

const conflicts = fieldsOf(schema)
  .filter(({ kind }) => kind !== 'object')
  .map(({ path }) =>
    interaction({
      name: `${endpoint} refuses a repeat with another ${path.join('.')}`,
      endpoint,
      given: 'detailInTurn',
      when: ({ order }) => [
        create(order),
        create(replaced(order, path, changed(valueAt(order, ...path)))),
      ],
      situation: 'reentryMismatch',
      holds: refuses('reentryMismatch'),
    }),
  )

const detailOrders = (mode: Mode): Interaction[] => {
  const create = about('signplan.serviceorder.create', mode)
  const but =
    (change: (fixture: Fixture) => object) =>
    (fixture: Fixture): RequestParts => ({
      body: { ...createDetailOrder(fixture), ...change(fixture) },
    })
  const second = (fixture: Fixture): RequestParts => ({ body: createDetailOrder(fixture, 2) })
  const refuses = (what: string, situation: Situation, change: (fixture: Fixture) => object) =>
    create.refuses({ what, given: 'signed', situation, but: but(change) })
  const refusesIn = (given: FixtureState, what: string, situation: Situation) =>
    create.refuses({ what, given, situation })

  return [
    create.succeeds({
      does: 'makes the prices of the detail those of the order',
      evidence: page,
      given: 'signed',
      holds: shows(
        {
          post_payments: [{ name: '羽毛球课基础练习', amount: 20_000, description: '第1节' }],
          post_discounts: [{ name: '新用户优惠', amount: 5000 }],
          risk_fund: { amount: ceiling },
        },
        chosen,
      ),
    }),
    create.succeeds({
      does: 'takes the name of the plan for an empty introduction',
      evidence: page,
      given: 'signed',
      but: but(() => ({ service_introduction: '' })),
      holds: shows({ service_introduction: '羽毛球课基础练习' }, page),
    }),
    create.succeeds({
      does: 'creates the next order when the one before is paid',
      evidence: page,
      given: 'paid',
      but: second,
    }),
    create.succeeds({
      does: 'creates the next order when the one before is cancelled',
      evidence: page,
      given: 'revoked',
      but: second,
    }),
    create.succeeds({
      does: 'takes a repeat for the order as it is by then',
      evidence: documented('orderPages'),
      given: 'revoked',
      holds: shows({ state: 'REVOKED' }, chosen),
    }),
    create.succeeds({
      does: 'takes a repeat for the order when it is paid',
      evidence: documented('orderPages'),
      given: 'paid',
      holds: shows({ state: 'DONE' }, chosen),
    }),
    create.refuses({
      what: 'an order in service with another attach',
      given: 'using',
      situation: 'reentryMismatch',
      but: but(() => ({ attach: '2' })),
    }),
    create.refuses({
      what: 'a cancelled order with another attach',
      given: 'revoked',
      situation: 'reentryMismatch',
      but: but(() => ({ attach: '2' })),
    }),
    create.refuses({
      what: 'a cancelled order under a new number',
      given: 'revoked',
      situation: 'reentryMismatch',
      but: but(({ number }) => ({ out_trade_no: `${number}X` })),
    }),
    ...foreignParties(create, 'signed'),

    refuses('a sign plan that does not exist', 'signPlanUnknown', () => ({
      sign_plan_id: '0'.repeat(32),
    })),
    refuses('a plan_id for a sign_plan_id', 'signPlanUnknown', ({ plan_id }) => ({
      sign_plan_id: plan_id,
    })),
    refuses('a user who has not signed', 'userNotSigner', () => ({ openid: 'somebody-else' })),
    refuses('a detail that the plan does not have', 'detailUnknown', () => ({ plan_detail_no: 4 })),
    refuses('another number than the one set aside', 'detailNumberMismatch', (fixture) => ({
      out_trade_no: detailNo(fixture, 2),
    })),
    create.refuses({
      what: 'a detail before its turn',
      given: 'signed',
      situation: 'detailOutOfOrder',
      but: second,
    }),
    create.refuses({
      what: 'a detail while the one before is in use',
      given: 'using',
      situation: 'detailOutOfOrder',
      but: second,
    }),
    create.refuses({
      what: 'a detail while the one before is not paid',
      given: 'unpaid',
      situation: 'detailOutOfOrder',
      but: second,
    }),
    refusesIn(
      'signPlanOfOtherMode',
      'the sign plan of a merchant in the other mode',
      'signPlanUnknown',
    ),
    refusesIn('unsigned', 'a sign plan that is not signed', 'signPlanStateIllegal'),
    refusesIn('endedByMerchant', 'a sign plan that was ended', 'signPlanStateIllegal'),
    refusesIn('endedByUser', 'a sign plan that the user has ended', 'signPlanStateIllegal'),
    refusesIn('expiredSigned', 'a sign plan that has expired', 'signPlanStateIllegal'),
    refuses('an attach that is too long when it is encoded', 'attachTooLong', () => ({
      attach: '课'.repeat(29),
    })),
    ...wrongTimes(create, { given: 'signed', body: createDetailOrder }),
    lonelyRemark(create, { given: 'signed', body: createDetailOrder }),
  ]
}

/** Only a partner knows a user by two ids. */
const wrongUsers = (): Interaction[] => {
  const create = about('signplan.serviceorder.create', 'partner')
  const known = (change: (fixture: Fixture) => object) => (fixture: Fixture) => {
    const { openid: _, ...nobody } = createDetailOrder(fixture)
    return { body: { ...nobody, ...change(fixture) } }
  }

  return [
    create.refuses({
      what: 'an order for nobody',
      given: 'signed',
      situation: 'userMissing',
      but: known(() => ({})),
    }),
    create.refuses({
      what: 'another user beside the one who has signed',
      given: 'signed',
      situation: 'userNotSigner',
      but: known(({ user }) => ({ ...user, sub_openid: 'somebody-else' })),
    }),
    create.refuses({
      what: 'a sub_openid without sub_appid',
      given: 'signed',
      situation: 'subAppidMissing',
      but: known(({ user }) => ({ sub_openid: user.openid, sub_appid: undefined })),
    }),
  ]
}

export const serviceOrders: readonly Interaction[] = [
  createsOrder,
  ...repeats,
  ...conflicts,
  ...detailOrders('partner'),
  ...wrongUsers(),
  createsOrderIn('signplan.serviceorder.create.direct'),
  ...detailOrders('direct'),
]
