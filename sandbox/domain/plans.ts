import type { CreatePlan, Plan } from '../../contracts/plans.ts'
import { moves } from '../../contracts/states.ts'
import { formatRfc3339 } from '../../contracts/time.ts'
import { accept, type Decision, type Refusal, refusal } from './decision.ts'
import { conflictOf } from './re-entry.ts'

/** A wire type of which we, who make it, know that these optional members are there. */
export type WithRequired<T, Member extends keyof T> = T & { [K in Member]-?: NonNullable<T[K]> }

/** A plan as it is remembered: what was asked for, and what the merchant sees. */
export type PlanRecord = {
  mchid: string
  request: CreatePlan
  plan: WithRequired<Plan, 'plan_detail_list'>
}

/** What the service allows; both maxima are part of its configuration. */
export type PlanLimits = {
  maxPlanDuration: number
  maxDeductionQuantity: number
  /** The documented example's totals are not the sum of its details; this lets them pass. */
  lenientSums: boolean
}

type CreateCommand = { request: CreatePlan; mchid: string; plan_id: string; limits: PlanLimits }

/** Creates a plan, or finds that the same number was used with other parameters. */
export const createPlan = (
  known: PlanRecord | undefined,
  { request, mchid, plan_id, limits }: CreateCommand,
): Decision<PlanRecord> => {
  if (known) return conflictOf(known.request, request) ?? accept(known)

  const refused = checkDetails(request, limits)
  if (refused) return refused

  const { plan_detail_list, ...head } = request
  const plan: PlanRecord['plan'] = {
    plan_id,
    mchid,
    ...head,
    plan_state: moves.plan.none.create.to,
    plan_detail_list: plan_detail_list.map((detail, index) => ({
      plan_detail_no: index + 1,
      ...detail,
    })),
  }

  return accept({ mchid, request, plan })
}

const sum = (prices: readonly number[]) => prices.reduce((total, price) => total + price, 0)

const checkDetails = (request: CreatePlan, limits: PlanLimits): Refusal | undefined => {
  const details = request.plan_detail_list
  if (
    request.plan_duration > limits.maxPlanDuration ||
    request.deduction_quantity > limits.maxDeductionQuantity
  ) {
    return refusal('planOverLimit')
  }
  if (details.length !== request.deduction_quantity) return refusal('planListMismatch')

  const sumsFit =
    sum(details.map((detail) => detail.original_price)) === request.total_original_price &&
    sum(details.map((detail) => detail.actual_price)) === request.total_actual_price
  if (!sumsFit && !limits.lenientSums) return refusal('planListMismatch')

  const pricesFit = details.every(({ original_price, actual_price }, index) => {
    const previous = details[index - 1]
    return actual_price <= original_price && (!previous || actual_price <= previous.actual_price)
  })

  return pricesFit ? undefined : refusal('planPriceInvalid')
}

/** Stops a plan; one that is stopped stays as it is. Signed sign plans go on. */
export const stopPlan = (record: PlanRecord, { at }: { at: number }): Decision<PlanRecord> => {
  const { plan, mchid } = record
  if (plan.plan_state === 'STOP') return accept(record)

  const stopped = {
    ...plan,
    plan_state: moves.plan[plan.plan_state].stop.to,
    stop_mchid: mchid,
    stop_time: formatRfc3339(at),
  }
  return accept({ ...record, plan: stopped })
}
