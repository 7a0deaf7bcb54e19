import { endpoints } from '../endpoints.ts'
import { chosen, documented, observed } from '../evidence.ts'
import { is, matches, refuses, refusesSignature, succeeds, valueAt } from './assertions.ts'
import { bodyFields, changed, replaced } from './body-fields.ts'
import { bodyRules } from './body-rules.ts'
import { type Assertion, type CallRequest, type Interaction, interaction } from './interaction.ts'

const endpoint = 'signplan.serviceorder.create.partner'
const schema = endpoints[endpoint].request.body

const create = (body: unknown): CallRequest => ({ endpoint, body })

const succeeded = succeeds(endpoint, documented('planOrderPage'))

const echoed = [
  'service_id',
  'appid',
  'sub_mchid',
  'sub_appid',
  'service_introduction',
  'time_range',
  'location',
  'attach',
  'notify_url',
]

const echoes = echoed.map(
  (name): Assertion<'detailInTurn'> => ({
    says: `gives ${name} back`,
    evidence: documented('seed'),
    check: ({ given, answer }) => is(valueAt(given.order, name), valueAt(answer.body, name)),
  }),
)

/** What the document shows: the order of a detail, made from the example of every member. */
export const createsOrder = interaction({
  name: `${endpoint} creates the order of the detail whose turn it is`,
  endpoint,
  given: 'detailInTurn',
  when: ({ order }) => [create(order)],
  holds: [
    ...succeeded,
    ...echoes,
    {
      says: 'gives out_trade_no back as out_order_no',
      evidence: chosen,
      check: ({ given, answer }) =>
        is(given.order.out_trade_no, valueAt(answer.body, 'out_order_no')),
    },
    {
      says: 'names the caller as mchid',
      evidence: documented('seed'),
      check: ({ given, answer }) => is(given.mchid, valueAt(answer.body, 'mchid')),
    },
    {
      says: 'is DOING, described as USER_CONFIRM',
      evidence: chosen,
      check: ({ answer: { body } }) =>
        is(['DOING', 'USER_CONFIRM'], [valueAt(body, 'state'), valueAt(body, 'state_description')]),
    },
    {
      says: 'has an order_id of 31 digits',
      evidence: observed('capture'),
      check: ({ answer }) => matches(/^\d{31}$/, valueAt(answer.body, 'order_id')),
    },
  ],
})

const sameOrder: Assertion = {
  says: 'gives the same order',
  evidence: documented('orderPages'),
  check: ({ earlier, answer }) => is(earlier[0]?.body, answer.body),
}

const reversed = (body: object) => Object.fromEntries(Object.entries(body).toReversed())

const repeats = [
  interaction({
    name: `${endpoint} takes a repeat for the same order`,
    endpoint,
    given: 'detailInTurn',
    when: ({ order }) => [create(order), create(order)],
    holds: [...succeeded, sameOrder],
  }),
  interaction({
    name: `${endpoint} takes a repeat with its members in another order for the same order`,
    endpoint,
    given: 'detailInTurn',
    when: ({ order }) => [create(order), create(reversed(order))],
    holds: [...succeeded, { ...sameOrder, evidence: chosen }],
  }),
]

const changes = bodyFields(schema)
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
      holds: refuses('reentryMismatch'),
    }),
  )

const refusals = [
  interaction({
    name: `${endpoint} refuses a signature that does not fit`,
    endpoint,
    given: 'detailInTurn',
    when: ({ order }) => [{ ...create(order), tamper: 'signature' }],
    holds: refusesSignature(endpoint),
  }),
  interaction({
    name: `${endpoint} refuses a sign plan that does not exist`,
    endpoint,
    given: 'detailInTurn',
    when: ({ order }) => [create({ ...order, sign_plan_id: changed(order.sign_plan_id) })],
    holds: refuses('signPlanUnknown'),
  }),
  interaction({
    name: `${endpoint} refuses another number than the one set aside for the detail`,
    endpoint,
    given: 'detailInTurn',
    when: ({ order }) => [create({ ...order, out_trade_no: changed(order.out_trade_no) })],
    holds: refuses('detailNumberMismatch'),
  }),
]

export const serviceOrders: readonly Interaction[] = [
  createsOrder,
  ...repeats,
  ...changes,
  ...bodyRules({ endpoint, schema, given: 'detailInTurn', body: ({ order }) => order }),
  ...refusals,
]
