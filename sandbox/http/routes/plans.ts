import type { PlanActions } from '../../actions/plans.ts'
import type { Handlers, ParsedCall } from '../parse-call.ts'

type Create = ParsedCall<'plan.create.partner' | 'plan.create.direct'>
type Query = ParsedCall<'plan.query.partner' | 'plan.query.direct'>
type Stop = ParsedCall<'plan.stop.partner' | 'plan.stop.direct'>

export const planRoutes = (plans: PlanActions) => {
  const create = { answer: ({ mchid, body }: Create) => plans.create(mchid, body) }
  const query = {
    answer: ({ mchid, path, query }: Query) =>
      plans.query(mchid, path.merchant_plan_no, query ?? {}),
  }
  const stop = {
    answer: ({ mchid, path, body }: Stop) => plans.stop(mchid, path.merchant_plan_no, body),
  }

  return {
    'plan.create.partner': create,
    'plan.create.direct': create,
    'plan.query.partner': query,
    'plan.query.direct': query,
    'plan.stop.partner': stop,
    'plan.stop.direct': stop,
  } satisfies Partial<Handlers>
}
