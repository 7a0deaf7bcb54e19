import { chosen, documented, sdk } from '../evidence.ts'
import { type About, about } from './about.ts'
import { beijingTime, echoes, leavesState, namesCaller, sameAsBefore, shows } from './assertions.ts'
import { createPlan } from './bodies.ts'
import { foreignParties, missingResource } from './foreign-parties.ts'
import { type Fixture, type Interaction, type Mode, modes } from './interaction.ts'
import { goodRequest } from './requests.ts'

const page = documented('planPage')
const guide = documented('guide')

const creations = (mode: Mode): Interaction[] => {
  const create = about('plan.create', mode)
  const created = (fixture: Fixture) => [goodRequest('plan.create', fixture)]

  return [
    create.succeeds({
      does: 'creates a plan',
      evidence: page,
      given: 'fresh',
      holds: [
        ...echoes(create.endpoint, { evidence: page }),
        namesCaller(page, 'mchid'),
        ...shows({ plan_state: 'NORMAL', plan_id: /^\d{32}$/ }, page),
        ...shows({ plan_detail_list: [1, 2, 3].map((no) => ({ plan_detail_no: no })) }, guide),
        ...shows({ stop_mchid: undefined, stop_time: undefined }, chosen),
      ],
      edges: ['plan:none→NORMAL (create)'],
    }),
    create.succeeds({
      does: 'takes a repeat for the same plan',
      evidence: chosen,
      given: 'fresh',
      after: created,
      holds: [sameAsBefore(chosen)],
    }),
    create.succeeds({
      does: 'takes a repeat for the plan as it is by then',
      evidence: chosen,
      given: 'stoppedPlan',
      holds: shows({ plan_state: 'STOP' }, chosen),
    }),
    create.refuses({
      what: 'a repeat with another name',
      given: 'fresh',
      situation: 'reentryMismatch',
      after: created,
      but: (fixture) => ({ body: { ...createPlan(fixture), plan_name: '瑜伽课' } }),
    }),
    create.refuses({
      what: 'a repeat for another service',
      given: 'fresh',
      situation: 'reentryMismatch',
      after: created,
      but: (fixture) => ({ body: { ...createPlan(fixture), service_id: '1' } }),
    }),
    ...foreignParties(create),
    ...refusedTerms(mode),
  ]
}

const refusedTerms = (mode: Mode): Interaction[] => {
  const create = about('plan.create', mode)
  const detail = (index: number, prices: object) => (fixture: Fixture) => {
    const { plan_detail_list } = createPlan(fixture)
    return {
      plan_detail_list: plan_detail_list.map((row, at) =>
        at === index ? { ...row, ...prices } : row,
      ),
    }
  }
  const terms = [
    {
      what: 'fewer charges than details',
      situation: 'planListMismatch',
      change: () => ({ deduction_quantity: 2 }),
    },
    {
      what: 'list prices that come to another total',
      situation: 'planListMismatch',
      change: () => ({ total_original_price: 50_001 }),
    },
    {
      what: 'actual prices that come to another total',
      situation: 'planListMismatch',
      change: () => ({ total_actual_price: 36_999 }),
    },
    {
      what: 'a detail above its list price',
      situation: 'planPriceInvalid',
      change: (fixture: Fixture) => ({
        ...detail(2, { original_price: 9000 })(fixture),
        total_original_price: 49_000,
      }),
    },
    {
      what: 'a detail above the one before',
      situation: 'planPriceInvalid',
      change: (fixture: Fixture) => ({
        ...detail(1, { actual_price: 15_001 })(fixture),
        total_actual_price: 40_001,
      }),
    },
    {
      what: 'a plan of more than ten years',
      situation: 'planOverLimit',
      change: () => ({ plan_duration: 3651 }),
    },
    {
      what: 'more than a hundred charges',
      situation: 'planOverLimit',
      change: () => ({ deduction_quantity: 101 }),
    },
  ] as const

  return terms.map(({ change, ...row }) =>
    create.refuses({
      ...row,
      given: 'fresh',
      but: (fixture) => ({ body: { ...createPlan(fixture), ...change(fixture) } }),
    }),
  )
}

const missingPlan = (operation: About) =>
  missingResource(operation, {
    what: 'a plan',
    given: 'plan',
    situation: 'planUnknown',
    otherMode: 'planOfOtherMode',
  })

const queries = (mode: Mode): Interaction[] => {
  const query = about('plan.query', mode)

  return [
    query.succeeds({
      does: 'gives the plan as its creation did',
      evidence: page,
      given: 'fresh',
      after: (fixture) => [goodRequest('plan.create', fixture)],
      holds: [sameAsBefore(page)],
    }),
    ...missingPlan(query),
  ]
}

const stops = (mode: Mode): Interaction[] => {
  const stop = about('plan.stop', mode)

  return [
    stop.succeeds({
      does: 'stops a plan',
      evidence: sdk('openapi'),
      given: 'plan',
      holds: [
        ...shows({ plan_state: 'STOP' }, guide),
        namesCaller(chosen, 'stop_mchid'),
        ...shows({ stop_time: beijingTime }, page),
        ...leavesState({ plan_state: 'STOP' }, guide),
      ],
      followUp: (fixture) => goodRequest('plan.query', fixture),
      edges: ['plan:NORMAL→STOP (stop)'],
    }),
    stop.succeeds({
      does: 'leaves a stopped plan as it is',
      evidence: chosen,
      given: 'plan',
      after: (fixture) => [goodRequest('plan.stop', fixture)],
      holds: [sameAsBefore(chosen)],
      edges: ['plan:STOP→STOP (stop)'],
    }),
    ...(mode === 'direct'
      ? [
          stop.succeeds({
            does: 'takes an empty object for no body',
            evidence: chosen,
            given: 'plan',
            but: () => ({ body: {} }),
          }),
        ]
      : []),
    ...missingPlan(stop),
  ]
}

export const plans: readonly Interaction[] = modes.flatMap((mode) => [
  ...creations(mode),
  ...queries(mode),
  ...stops(mode),
])
