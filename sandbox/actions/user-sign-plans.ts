import type { CreateUserSignPlan, UserSignPlan } from '../../contracts/user-sign-plans.ts'
import type { Decision } from '../domain/decision.ts'
import { accepted, refuse } from '../domain/refused.ts'
import {
  createSignPlan,
  endSignPlan,
  expireSignPlan,
  refuseToSign,
  type SignPlanEvent,
  signSignPlan,
  type UserSignPlanRecord,
} from '../domain/user-sign-plans.ts'
import type { Key, Lock, Unit } from '../store/store.ts'
import { type Context, merchantFor, type Parties, partiesDiffer } from './context.ts'
import { notifyOfSignPlan } from './outbox.ts'

const foreign = { unknown: 'signPlanUnknown', mismatch: 'signPlanUnknown' } as const

/** What can be done with sign plans, by the merchant, the user and the clock. @throws {Refused} */
export const createUserSignPlanActions = ({ store }: Context) => {
  type Decide = (
    record: UserSignPlanRecord,
    unit: Unit,
  ) => Promise<Decision<UserSignPlanRecord, SignPlanEvent>>

  const change = (key: Key, decide: Decide): Promise<UserSignPlan> =>
    store.change([['userSignPlans', ...key]], async (unit) => {
      const record = (await unit.get('userSignPlans', key)) ?? refuse('signPlanUnknown')
      const { next, events } = accepted(await decide(record, unit))
      unit.put('userSignPlans', next)
      for (const event of events) notifyOfSignPlan(unit, next, event)
      return next.signPlan
    })

  const numberUsed = async (unit: Unit, mchid: string, number: string) =>
    (await unit.get('serviceOrders', [mchid, number])) !== undefined ||
    (await unit.find('userSignPlans', 'merchant_plan_detail_no', [mchid, number])).length > 0

  return {
    create: (mchid: string, request: CreateUserSignPlan) => {
      const key: Key = [mchid, request.merchant_sign_plan_no]
      const numbers = request.sign_plan_detail.map((detail) => detail.merchant_plan_detail_no)
      const locks: Lock[] = numbers.map((number) => ['serviceOrders', mchid, number])

      return store.change([['userSignPlans', ...key], ...locks], async (unit) => {
        const existing = await unit.get('userSignPlans', key)
        if (!existing) await merchantFor(unit, mchid, request)
        const [plan] = await unit.find('plans', 'plan_id', [mchid, request.plan_id])
        const used = await Promise.all(numbers.map((number) => numberUsed(unit, mchid, number)))
        const { next } = accepted(
          createSignPlan(existing, {
            request,
            mchid,
            plan,
            sign_plan_id: unit.ids.signPlanId(),
            package: unit.ids.token(),
            numberUsed: used.includes(true),
            at: unit.now(),
          }),
        )
        unit.put('userSignPlans', next)
        return { sign_plan: next.signPlan, package: next.package }
      })
    },

    query: async (mchid: string, number: string, parties: Parties): Promise<UserSignPlan> => {
      const record = await store.get('userSignPlans', [mchid, number])
      if (!record || partiesDiffer(record.signPlan, parties, foreign)) {
        return refuse('signPlanUnknown')
      }
      return record.signPlan
    },

    stop: (mchid: string, number: string, asked: Parties & { stop_reason: string }) =>
      change([mchid, number], async (record, unit) => {
        if (partiesDiffer(record.signPlan, asked, foreign)) return refuse('signPlanUnknown')
        return endSignPlan(record, { move: 'stop', reason: asked.stop_reason, at: unit.now() })
      }),

    /** The user signs on the page that the package opens. */
    sign: (mchid: string, number: string) =>
      change([mchid, number], async (record, unit) => {
        const [plan] = await unit.find('plans', 'plan_id', [mchid, record.signPlan.plan_id])
        return signSignPlan(record, { plan: plan ?? refuse('planUnknown'), at: unit.now() })
      }),

    /** The user closes the page without signing. */
    refuse: (mchid: string, number: string) =>
      change([mchid, number], async (record, unit) => refuseToSign(record, { at: unit.now() })),

    /** The user ends the plan, or the service altogether. */
    end: (mchid: string, number: string, by: { move: 'cancel' | 'revoke'; reason: string }) =>
      change([mchid, number], async (record, unit) =>
        endSignPlan(record, { ...by, at: unit.now() }),
      ),

    expire: (key: Key) => change(key, async (record) => expireSignPlan(record)),
  }
}

export type UserSignPlanActions = ReturnType<typeof createUserSignPlanActions>
