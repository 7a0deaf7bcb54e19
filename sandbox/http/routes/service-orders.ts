import type { EndpointId } from '../../../contracts/endpoints.ts'
import type { ServiceOrderActions } from '../../actions/service-orders.ts'
import type { Key } from '../../store/store.ts'
import type { Handlers, ParsedCall } from '../parse-call.ts'

/** A call of either mode. */
type Either<Operation extends string> = ParsedCall<
  Extract<EndpointId, `${Operation}.partner` | `${Operation}.direct`>
>

const keyOf = ({ mchid, path }: { mchid: string; path: { out_order_no: string } }): Key => [
  mchid,
  path.out_order_no,
]

export const serviceOrderRoutes = (orders: ServiceOrderActions) => {
  const createForDetail = {
    answer: ({ mchid, body }: Either<'signplan.serviceorder.create'>) =>
      orders.createForDetail(mchid, body),
  }
  const create = {
    answer: ({ mchid, body }: Either<'serviceorder.create'>) => orders.create(mchid, body),
  }
  const query = {
    answer: ({ mchid, query }: Either<'serviceorder.query'>) => orders.query(mchid, query),
  }
  const cancel = {
    answer: (call: Either<'serviceorder.cancel'>) => orders.cancel(keyOf(call), call.body),
  }
  const complete = {
    answer: (call: Either<'serviceorder.complete'>) => orders.complete(keyOf(call), call.body),
  }
  const modify = {
    answer: (call: Either<'serviceorder.modify'>) => orders.modify(keyOf(call), call.body),
  }
  const pay = {
    answer: (call: Either<'serviceorder.pay'>) => orders.pay(keyOf(call), call.body),
  }
  const sync = {
    answer: (call: Either<'serviceorder.sync'>) => orders.sync(keyOf(call), call.body),
  }

  return {
    'signplan.serviceorder.create.partner': createForDetail,
    'signplan.serviceorder.create.direct': createForDetail,
    'serviceorder.create.partner': create,
    'serviceorder.create.direct': create,
    'serviceorder.query.partner': query,
    'serviceorder.query.direct': query,
    'serviceorder.cancel.partner': cancel,
    'serviceorder.cancel.direct': cancel,
    'serviceorder.complete.partner': complete,
    'serviceorder.complete.direct': complete,
    'serviceorder.modify.partner': modify,
    'serviceorder.modify.direct': modify,
    'serviceorder.pay.partner': pay,
    'serviceorder.pay.direct': pay,
    'serviceorder.sync.partner': sync,
    'serviceorder.sync.direct': sync,
  } satisfies Partial<Handlers>
}
