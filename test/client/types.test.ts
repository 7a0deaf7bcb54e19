import { expectTypeOf, test } from 'vitest'
import type {
  Answer,
  CallOptions,
  NotificationOf,
  Reconciled,
  RoutePath,
  Wechatpay,
} from '../../client/index.ts'
import type { AnswerOf, BodyOf, Endpoints } from '../../contracts/endpoints.ts'
import { exampleOrder as json } from '../support/example.ts'

// Compiled, never run: what must not compile is marked, and the compiler objects if it does.
const uses = (wxpay: Wechatpay) => {
  const path = 'v3/payscore/sign-plan/partner/serviceorder'
  const { out_trade_no: _, ...incomplete } = json

  return {
    chained: wxpay.v3.payscore.signPlan.partner.serviceorder.postAsync({ json }),
    declared: wxpay.chain(`/${path}`).post({ json }),
    indexed: wxpay[path].postSync({ json }),
    listed: wxpay.v3.certificates.get(),
    filtered: wxpay.v3.certificates.get({ query: { algorithm_type: 'RSA' } }),
    queried: wxpay.v3.payscore.partner.serviceorder.get({
      query: { service_id: '1', sub_mchid: '2', out_order_no: 'a' },
    }),
    canceled: wxpay.chain('v3/payscore/partner/serviceorder/{out_order_no}/cancel').post({
      out_order_no: 'a',
      json: { service_id: '1', sub_mchid: '2', reason: 'b' },
    }),

    reconciled: wxpay[path].reconcile({ json }),

    wrong: [
      // @ts-expect-error reconcile takes what post takes
      wxpay[path].reconcile({ json: incomplete }),
      // @ts-expect-error a GET changes nothing
      wxpay.v3.certificates.reconcile(),
      // @ts-expect-error out_trade_no is missing
      wxpay[path].post({ json: incomplete }),
      // @ts-expect-error a number, not a text
      wxpay[path].post({ json: { ...json, plan_detail_no: '2' } }),
      // @ts-expect-error a member that the document does not name
      wxpay[path].post({ json: { ...json, total: 1 } }),
      // @ts-expect-error a body is needed
      wxpay[path].post(),
      // @ts-expect-error the table has no GET for it
      wxpay[path].get(),
      // @ts-expect-error no such path
      wxpay['v3/payscore/sign-plan/partner/service-order'],
      // @ts-expect-error no such path
      wxpay.chain('v3/certificate'),
      // @ts-expect-error no such segment
      wxpay.v3.payscore.signplan,
      // @ts-expect-error not one of the algorithms
      wxpay.v3.certificates.get({ query: { algorithm_type: 'DSA' } }),
      // @ts-expect-error a GET has no body
      wxpay.v3.certificates.get({ json: {} }),
      // @ts-expect-error the path parameter is missing
      wxpay.v3.payscore.partner.serviceorder._out_order_no_.cancel.post({ json }),
    ],
  }
}
type Uses = ReturnType<typeof uses>

const receives = async (wxpay: Wechatpay) => {
  const notification = await wxpay.notifications.parse({}, '')

  switch (notification.event_type) {
    case 'PAYSCORE.USER_PAID':
      return notification.resource.collection.details?.[0]?.transaction_id
    case 'PAYSCORE.USER_SIGN_PLAN':
      return notification.resource.sub_mchid
    case 'REFUND.CLOSED':
      return notification.resource.refund_id
    case 'OTHER':
      return notification.original_event_type
    default:
      return notification.summary
  }
}
type Created = Answer<AnswerOf<'signplan.serviceorder.create.partner'>>

test('knows the answer of each path, in all three ways', () => {
  expectTypeOf<Uses['chained']>().toEqualTypeOf<Promise<Created>>()
  expectTypeOf<Uses['declared']>().toEqualTypeOf<Promise<Created>>()
  expectTypeOf<Uses['indexed']>().toEqualTypeOf<Created>()
  expectTypeOf<Awaited<Uses['listed']>['data']>().toEqualTypeOf<AnswerOf<'certificates.list'>>()
  expectTypeOf<Uses['filtered']>().toEqualTypeOf<Uses['listed']>()
  expectTypeOf<Awaited<Uses['queried']>['data']>().toEqualTypeOf<
    AnswerOf<'serviceorder.query.partner'>
  >()
  expectTypeOf<Awaited<Uses['canceled']>['data']>().toEqualTypeOf<undefined>()
})

test('knows both ends of a reconciliation', () => {
  expectTypeOf<Uses['reconciled']>().toEqualTypeOf<
    Promise<Reconciled<'signplan.serviceorder.create.partner'>>
  >()
  expectTypeOf<Awaited<Uses['reconciled']>>().toEqualTypeOf<
    | ({ taken: 'found' } & Answer<AnswerOf<'serviceorder.query.partner'>>)
    | ({ taken: 'sent' } & Created)
  >()
})

test('takes exactly what the endpoint table says', () => {
  expectTypeOf<CallOptions<'signplan.serviceorder.create.partner'>['json']>().toEqualTypeOf<
    BodyOf<'signplan.serviceorder.create.partner'>
  >()
  expectTypeOf<`/${RoutePath}`>().toEqualTypeOf<Endpoints[keyof Endpoints]['path']>()
})

test('knows the resource of each callback', () => {
  expectTypeOf<ReturnType<typeof receives>>().toEqualTypeOf<Promise<string | undefined>>()
  expectTypeOf<
    NotificationOf<'PAYSCORE.USER_CONFIRM'>['resource']['state']
  >().toEqualTypeOf<'DOING'>()
})
