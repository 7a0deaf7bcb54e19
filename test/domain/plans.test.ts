import { expect, test } from 'vitest'
import type { CreatePlan } from '../../contracts/plans.ts'
import type { MoveOf, StateOf } from '../../contracts/states.ts'
import { accept, refusal } from '../../sandbox/domain/decision.ts'
import { createPlan, type PlanRecord, stopPlan } from '../../sandbox/domain/plans.ts'
import { accepted } from '../../sandbox/domain/refused.ts'
import { planRequest } from '../support/requests.ts'
import { edgesOf } from './edges.ts'
import { at, limits, mchid, plan } from './records.ts'

const create = (changes: Partial<CreatePlan>, known?: PlanRecord, lenientSums = false) =>
  createPlan(known, {
    request: { ...planRequest, ...changes },
    mchid,
    plan_id: '0100',
    limits: { ...limits, lenientSums },
  })

const priced = (...prices: [original_price: number, actual_price: number][]) =>
  prices.map(([original_price, actual_price]) => ({
    original_price,
    actual_price,
    plan_detail_name: '一节',
  }))

test('creates a plan that is NORMAL, its details numbered from 1', () => {
  const { plan: created } = accepted(create({})).next

  expect(created).toEqual({
    ...planRequest,
    plan_id: '0100',
    mchid,
    plan_state: 'NORMAL',
    plan_detail_list: planRequest.plan_detail_list.map((detail, index) => ({
      plan_detail_no: index + 1,
      ...detail,
    })),
  })
})

test.each<[string, Partial<CreatePlan>, ReturnType<typeof refusal>['situation']]>([
  ['more days than the service allows', { plan_duration: 366 }, 'planOverLimit'],
  ['more charges than the service allows', { deduction_quantity: 11 }, 'planOverLimit'],
  ['fewer details than charges', { deduction_quantity: 4 }, 'planListMismatch'],
  ['more details than charges', { deduction_quantity: 2 }, 'planListMismatch'],
  ['another sum of list prices', { total_original_price: 30_001 }, 'planListMismatch'],
  ['another sum of prices', { total_actual_price: 25_999 }, 'planListMismatch'],
  [
    'a price above the list price',
    { plan_detail_list: priced([8_000, 9_000], [11_000, 9_000], [11_000, 8_000]) },
    'planPriceInvalid',
  ],
  [
    'a price above the one before',
    { plan_detail_list: priced([10_000, 8_000], [10_000, 9_000], [10_000, 9_000]) },
    'planPriceInvalid',
  ],
])('refuses %s', (_what, changes, situation) => {
  expect(create(changes)).toEqual(refusal(situation))
})

test('takes a plan at the edge of what the service allows', () => {
  expect(create({ plan_duration: 365 }).ok).toBe(true)
})

test('takes sums that differ where the rules are lenient, prices that rise never', () => {
  const sums = { total_original_price: 1, total_actual_price: 1 }
  const rising = { ...sums, plan_detail_list: priced([9, 8], [9, 9], [9, 9]) }

  expect(create(sums, undefined, true).ok).toBe(true)
  expect(create(rising, undefined, true)).toEqual(refusal('planPriceInvalid'))
})

test('a repeated creation gives the plan as it is now', () => {
  const { next: stopped } = accepted(stopPlan(plan, { at }))

  expect(create({}, stopped)).toEqual(accept(stopped))
})

test('a known number with other parameters is a conflict, whatever else is wrong', () => {
  expect(create({ plan_name: '普拉提' }, plan)).toMatchObject(refusal('reentryMismatch'))
  expect(create({ plan_duration: 366 }, plan)).toMatchObject(refusal('reentryMismatch'))
})

const records: Record<StateOf<'plan'>, PlanRecord> = {
  NORMAL: plan,
  STOP: accepted(stopPlan(plan, { at })).next,
}

const acts: Record<MoveOf<'plan'>, typeof stopPlan> = { stop: stopPlan }

test.each(edgesOf('plan', { records, acts }))('%s', (_title, { state, move, to }) => {
  const { next } = accepted(acts[move](records[state], { at }))

  expect(next.plan.plan_state).toBe(to)
})

test('a stopped plan says who stopped it and when, and says so forever', () => {
  const later = accepted(stopPlan(records.STOP, { at: at + 1000 })).next

  expect(later.plan).toMatchObject({ stop_mchid: mchid, stop_time: '2026-03-03T08:00:00+08:00' })
})
