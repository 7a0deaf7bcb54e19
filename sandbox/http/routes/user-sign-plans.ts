import type { UserSignPlanActions } from '../../actions/user-sign-plans.ts'
import type { Handlers, ParsedCall } from '../parse-call.ts'

type Create = ParsedCall<'signplan.create.partner' | 'signplan.create.direct'>
type Query = ParsedCall<'signplan.query.partner' | 'signplan.query.direct'>
type Stop = ParsedCall<'signplan.stop.partner' | 'signplan.stop.direct'>

export const userSignPlanRoutes = (signPlans: UserSignPlanActions) => {
  const create = { answer: ({ mchid, body }: Create) => signPlans.create(mchid, body) }
  const query = {
    answer: ({ mchid, path, query }: Query) =>
      signPlans.query(mchid, path.merchant_sign_plan_no, query ?? {}),
  }
  const stop = {
    answer: ({ mchid, path, body }: Stop) =>
      signPlans.stop(mchid, path.merchant_sign_plan_no, body),
  }

  return {
    'signplan.create.partner': create,
    'signplan.create.direct': create,
    'signplan.query.partner': query,
    'signplan.query.direct': query,
    'signplan.stop.partner': stop,
    'signplan.stop.direct': stop,
  } satisfies Partial<Handlers>
}
