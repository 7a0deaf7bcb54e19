import type { Records } from '../../sandbox/store/layout.ts'
import { exampleOrder } from '../support/example.ts'

type Given = {
  number: string
  mchid?: string
  user?: string
  transaction_id?: string
  due?: number
  createdAt?: number
}

/** A service order as the store keeps it; only what the store itself looks at is chosen. */
export const orderRecord = ({
  number,
  mchid = '1',
  user = 'somebody',
  createdAt = 0,
  ...indexed
}: Given): Records['serviceOrders'] => ({
  mchid,
  request: exampleOrder,
  order: {
    out_order_no: number,
    mchid,
    service_id: '500',
    appid: exampleOrder.appid,
    service_introduction: exampleOrder.service_introduction,
    state: 'DOING',
    time_range: { ...exampleOrder.time_range },
    openid: user,
  },
  ceiling: 100,
  createdAt,
  query_id: `query-${number}`,
  ...indexed,
})
