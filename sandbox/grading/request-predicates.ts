/**
 * What one request of a merchant shows, alone or beside those that came earlier.
 * @module
 */
import { isDeepStrictEqual } from 'node:util'
import { type EndpointId, endpoints } from '../../contracts/endpoints.ts'
import type { Situation } from '../../contracts/errors.ts'
import { probePrefix } from '../../contracts/protocol/signature.ts'
import { isGenuine } from '../authority/flaws.ts'
import { faultOf } from '../faults/faults.ts'
import { type RecordedRequest, textMember } from './recorded-traffic.ts'

type RequestPredicate = (call: RecordedRequest) => boolean
export type HistoryPredicate = (
  call: RecordedRequest,
  earlier: readonly RecordedRequest[],
) => boolean

export const all =
  (...tests: readonly HistoryPredicate[]): HistoryPredicate =>
  (call, earlier) =>
    tests.every((test) => test(call, earlier))

export const isAccepted: RequestPredicate = (call) => call.isAccepted

const isOneOf =
  (ids: readonly EndpointId[]): RequestPredicate =>
  ({ operation }) =>
    operation !== undefined && ids.includes(operation)

type Action = 'create' | 'query' | 'cancel' | 'complete' | 'modify' | 'pay' | 'sync'

/** Whether it does one of these with a service order. */
export const isAction = (...actions: readonly Action[]): RequestPredicate =>
  isOneOf(
    actions.flatMap((action): EndpointId[] => [
      `serviceorder.${action}.partner`,
      `serviceorder.${action}.direct`,
    ]),
  )

export const isCreation = isOneOf([
  'serviceorder.create.partner',
  'serviceorder.create.direct',
  'signplan.serviceorder.create.partner',
  'signplan.serviceorder.create.direct',
])

export const isRefund = isOneOf(['refund.create'])

export const isPartnerOperation: RequestPredicate = ({ operation }) =>
  operation !== undefined && endpoints[operation].mode === 'partner'

/** Well signed, and of an operation that is a partner's. */
export const isPartnerRequest: RequestPredicate = (request) =>
  request.mchid !== undefined && isPartnerOperation(request)

export const namesSubMerchant: RequestPredicate = ({ sub_mchid }) => sub_mchid !== undefined

export const isRefusedFor =
  (...situations: readonly Situation[]): RequestPredicate =>
  ({ situation }) =>
    situation !== undefined && situations.includes(situation)

const isSameRequest = (one: RecordedRequest, other: RecordedRequest) =>
  one.operation === other.operation &&
  one.target === other.target &&
  isDeepStrictEqual(one.body, other.body)

export const isRepetition: HistoryPredicate = (call, earlier) =>
  earlier.some((before) => isSameRequest(before, call))

/** After a lost answer, the same once more is right, whatever has become of the first. */
export const isNew: HistoryPredicate = (call, earlier) => !isRepetition(call, earlier)

const mayHaveHappened: RequestPredicate = ({ status }) => status < 300 || status >= 500

/** The same was asked for with other parameters, and not refused. */
export const hasOtherParametersThanBefore: HistoryPredicate = (call, earlier) =>
  earlier.some(
    (before) =>
      before.operation === call.operation &&
      before.target === call.target &&
      mayHaveHappened(before) &&
      !isSameRequest(before, call),
  )

/** The answer was to be refused by whoever got it. */
const hasUntrustedAnswer: RequestPredicate = (call) => {
  const fault = call.fault && faultOf(call.fault)
  const flaw = fault && 'flaw' in fault ? fault.flaw : undefined
  const isProbe = call.answer.headers.some(
    ([name, value]) =>
      name.toLowerCase() === 'wechatpay-signature' && value.startsWith(probePrefix),
  )

  return call.isAccepted && (isProbe || !isGenuine(flaw))
}

/** The last about the same order was its creation, with an answer that does not verify. */
export const followsUntrustedCreation: HistoryPredicate = ({ number }, earlier) => {
  const before = earlier.findLast((other) => number !== undefined && other.number === number)
  return before !== undefined && isCreation(before) && hasUntrustedAnswer(before)
}

const amountName = /^(?:\w+_)?(?:amount|total|refund|price)$/

/** Every value that goes by the name of an amount. */
export const amountsIn = (value: unknown): unknown[] =>
  Object.entries(Object(value)).flatMap(([name, member]) =>
    typeof member === 'object' ? amountsIn(member) : amountName.test(name) ? [member] : [],
  )

export const transactionIdOf = ({ body }: RecordedRequest) => textMember(body, 'transaction_id')

const refundNumberOf = ({ body }: RecordedRequest) => textMember(body, 'out_refund_no')

/** A further refund of a payment. */
export const isFurtherRefund: HistoryPredicate = (call, earlier) =>
  earlier.some(
    (before) =>
      before.isAccepted &&
      isRefund(before) &&
      transactionIdOf(before) === transactionIdOf(call) &&
      refundNumberOf(before) !== refundNumberOf(call),
  )

/** Orders that were created for other sub-merchants. */
export const creationsForOthers = (
  { sub_mchid }: RecordedRequest,
  earlier: readonly RecordedRequest[],
) =>
  earlier.filter(
    (before) => before.isAccepted && isCreation(before) && before.sub_mchid !== sub_mchid,
  )
