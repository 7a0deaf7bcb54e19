import type { CreatePlan, Plan } from '../../contracts/plans.ts'
import { serviceOf } from '../domain/merchants.ts'
import { createPlan, stopPlan } from '../domain/plans.ts'
import { accepted, refuse } from '../domain/refused.ts'
import { type Context, merchantFor, type Parties, partiesDiffer } from './context.ts'

const foreign = { unknown: 'planUnknown', mismatch: 'planUnknown' } as const

/** What can be done with plans: load, decide, store. @throws {Refused} */
export const createPlanActions = ({ store, rules }: Context) => {
  const find = async (mchid: string, merchant_plan_no: string, parties: Parties) => {
    const record = await store.get('plans', [mchid, merchant_plan_no])
    if (!record || partiesDiffer(record.plan, parties, foreign)) return refuse('planUnknown')

    return record
  }

  return {
    create: (mchid: string, request: CreatePlan): Promise<Plan> => {
      const key = [mchid, request.merchant_plan_no] as const

      return store.change([['plans', ...key]], async (unit) => {
        const existing = await unit.get('plans', key)
        // A number that exists is a repeat or a conflict, whomever the request names.
        const parties = existing?.request ?? request
        const merchant = await merchantFor(unit, mchid, parties)
        const service = serviceOf(merchant, parties.service_id) ?? refuse('serviceForbidden')

        const { next } = accepted(
          createPlan(existing, {
            request,
            mchid,
            plan_id: unit.ids.planId(),
            limits: { ...service, lenientSums: rules.lenientSums },
          }),
        )
        unit.put('plans', next)
        return next.plan
      })
    },

    query: async (mchid: string, merchant_plan_no: string, parties: Parties): Promise<Plan> =>
      (await find(mchid, merchant_plan_no, parties)).plan,

    stop: (mchid: string, merchant_plan_no: string, parties: Parties): Promise<Plan> =>
      store.change([['plans', mchid, merchant_plan_no]], async (unit) => {
        const record = await find(mchid, merchant_plan_no, parties)
        const { next } = accepted(stopPlan(record, { at: unit.now() }))
        unit.put('plans', next)
        return next.plan
      }),
  }
}

export type PlanActions = ReturnType<typeof createPlanActions>
