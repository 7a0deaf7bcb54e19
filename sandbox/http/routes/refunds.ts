import type { RefundActions } from '../../actions/refunds.ts'
import type { ReadFields } from '../../authority/field-reader.ts'
import type { Handlers } from '../parse-call.ts'

export const refundRoutes = (refunds: RefundActions, readFields: ReadFields) =>
  ({
    'refund.create': { answer: ({ mchid, body }) => refunds.create(mchid, body) },
    'refund.query': {
      answer: ({ mchid, path, query }) => refunds.query([mchid, path.out_refund_no], query),
    },
    'refund.abnormal': {
      answer: ({ mchid, path, body, serial }) =>
        refunds.redirect(mchid, { ...path, ...body }, readFields(mchid, serial)),
    },
  }) satisfies Partial<Handlers>
