import type { Answer, Wechatpay } from '../../../client/index.ts'
import type { AnswerOf, BodyOf } from '../../../contracts/endpoints.ts'

type Id = 'signplan.serviceorder.create.partner'

type Style = {
  call: string
  run: (wxpay: Wechatpay, json: BodyOf<Id>) => Promise<Answer<AnswerOf<Id>>> | Answer<AnswerOf<Id>>
}

const path = 'v3/payscore/sign-plan/partner/serviceorder'

/** The six ways to write one call: a chain, a declared path or a property, waiting or blocking. */
export const sixStyles: readonly Style[] = [
  {
    call: 'await wxpay.v3.payscore.signPlan.partner.serviceorder.postAsync({ json })',
    run: (wxpay, json) => wxpay.v3.payscore.signPlan.partner.serviceorder.postAsync({ json }),
  },
  {
    call: `await wxpay.chain('${path}').postAsync({ json })`,
    run: (wxpay, json) => wxpay.chain(path).postAsync({ json }),
  },
  {
    call: `await wxpay['${path}'].postAsync({ json })`,
    run: (wxpay, json) => wxpay[path].postAsync({ json }),
  },
  {
    call: 'wxpay.v3.payscore.signPlan.partner.serviceorder.postSync({ json })',
    run: (wxpay, json) => wxpay.v3.payscore.signPlan.partner.serviceorder.postSync({ json }),
  },
  {
    call: `wxpay.chain('${path}').postSync({ json })`,
    run: (wxpay, json) => wxpay.chain(path).postSync({ json }),
  },
  {
    call: `wxpay['${path}'].postSync({ json })`,
    run: (wxpay, json) => wxpay[path].postSync({ json }),
  },
]
