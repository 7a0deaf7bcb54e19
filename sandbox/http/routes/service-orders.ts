import type { ServiceOrderActions } from '../../actions/service-orders.ts'
import type { Key } from '../../store/store.ts'
import type { Call, Routes } from '../call.ts'

type CreateForDetail = Call<
  'signplan.serviceorder.create.partner' | 'signplan.serviceorder.create.direct'
>

const keyOf = ({ mchid, path }: { mchid: string; path: { out_order_no: string } }): Key => [
  mchid,
  path.out_order_no,
]

export const serviceOrderRoutes = (orders: ServiceOrderActions) => {
  const createForDetail = {
    answer: ({ mchid, body }: CreateForDetail) => orders.createForDetail(mchid, body),
  }

  return {
    'signplan.serviceorder.create.partner': createForDetail,
    'signplan.serviceorder.create.direct': createForDetail,
    'serviceorder.create.partner': { answer: ({ mchid, body }) => orders.create(mchid, body) },
    'serviceorder.query.partner': { answer: ({ mchid, query }) => orders.query(mchid, query) },
    'serviceorder.cancel.partner': { answer: (call) => orders.cancel(keyOf(call), call.body) },
    'serviceorder.complete.partner': { answer: (call) => orders.complete(keyOf(call), call.body) },
    'serviceorder.modify.partner': { answer: (call) => orders.modify(keyOf(call), call.body) },
    'serviceorder.pay.partner': { answer: (call) => orders.pay(keyOf(call), call.body) },
    'serviceorder.sync.partner': { answer: (call) => orders.sync(keyOf(call), call.body) },
  } satisfies Partial<Routes>
}
