import type { RefundActions } from '../../actions/refunds.ts'
import type { Handlers } from '../parse-call.ts'

export const refundRoutes = (refunds: RefundActions) =>
  ({
    'refund.create': { answer: ({ mchid, body }) => refunds.create(mchid, body) },
    'refund.query': {
      answer: ({ mchid, path, query }) => refunds.query([mchid, path.out_refund_no], query),
    },
  }) satisfies Partial<Handlers>
