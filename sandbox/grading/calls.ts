/**
 * What one request of a merchant shows, alone or beside those that came earlier.
 * @module
 */
import { isDeepStrictEqual } from 'node:util'
import { type EndpointId, endpoints } from '../../contracts/endpoints.ts'
import type { Situation } from '../../contracts/errors.ts'
import { probePrefix } from '../../contracts/protocol/signature.ts'
import { faultOf } from '../faults/faults.ts'
import { type SeenCall, textIn } from './traffic.ts'

type Is = (call: SeenCall) => boolean
export type Test = (call: SeenCall, earlier: readonly SeenCall[]) => boolean

export const all =
  (...tests: readonly Test[]): Test =>
  (call, earlier) =>
    tests.every((test) => test(call, earlier))

export const isAccepted: Is = (call) => call.isAccepted

const isOneOf =
  (ids: readonly EndpointId[]): Is =>
  ({ operation }) =>
    operation !== undefined && ids.includes(operation)

type Action = 'create' | 'query' | 'cancel' | 'complete' | 'modify' | 'pay' | 'sync'

/** Whether it does one of these with a service order. */
export const does = (...actions: readonly Action[]): Is =>
  isOneOf(
    actions.flatMap((action): EndpointId[] => [
      `serviceorder.${action}.partner`,
      `serviceorder.${action}.direct`,
    ]),
  )

export const creates = isOneOf([
  'serviceorder.create.partner',
  'serviceorder.create.direct',
  'signplan.serviceorder.create.partner',
  'signplan.serviceorder.create.direct',
])

export const refunds = isOneOf(['refund.create'])

/** Well signed, and of an operation that is a partner's. */
export const isPartners: Is = ({ operation, mchid }) =>
  mchid !== undefined && operation !== undefined && endpoints[operation].mode === 'partner'

export const isRefusedFor =
  (...situations: readonly Situation[]): Is =>
  ({ situation }) =>
    situation !== undefined && situations.includes(situation)

const isSame = (one: SeenCall, other: SeenCall) =>
  one.operation === other.operation &&
  one.target === other.target &&
  isDeepStrictEqual(one.body, other.body)

export const isRepetition: Test = (call, earlier) => earlier.some((before) => isSame(before, call))

/** After a lost answer, the same once more is right, whatever has become of the first. */
export const isNew: Test = (call, earlier) => !isRepetition(call, earlier)

const mayHaveHappened: Is = ({ status }) => status < 300 || status >= 500

/** The same was asked for with other parameters, and not refused. */
export const isOtherThanBefore: Test = (call, earlier) =>
  earlier.some(
    (before) =>
      before.operation === call.operation &&
      before.target === call.target &&
      mayHaveHappened(before) &&
      !isSame(before, call),
  )

/** The answer was to be refused by whoever got it. */
const hasUntrustedAnswer: Is = (call) => {
  const fault = call.fault && faultOf(call.fault)
  const flaw = fault && 'flaw' in fault ? fault.flaw : undefined
  const isProbe = call.answer.headers.some(
    ([name, value]) =>
      name.toLowerCase() === 'wechatpay-signature' && value.startsWith(probePrefix),
  )

  return call.isAccepted && (isProbe || (flaw !== undefined && flaw !== 'new-certificate'))
}

/** The last about the same order was its creation, with an answer that does not verify. */
export const followsUntrusted: Test = ({ number }, earlier) => {
  const before = earlier.findLast((other) => number !== undefined && other.number === number)
  return before !== undefined && creates(before) && hasUntrustedAnswer(before)
}

const amountName = /^(?:\w+_)?(?:amount|total|refund|price)$/

/** Every value that goes by the name of an amount. */
export const amountsIn = (value: unknown): unknown[] =>
  Object.entries(Object(value)).flatMap(([name, member]) =>
    typeof member === 'object' ? amountsIn(member) : amountName.test(name) ? [member] : [],
  )

export const paymentIn = ({ body }: SeenCall) => textIn(body, 'transaction_id')

const refundNumberIn = ({ body }: SeenCall) => textIn(body, 'out_refund_no')

/** A further refund of a payment. */
export const addsToRefund: Test = (call, earlier) =>
  earlier.some(
    (before) =>
      before.isAccepted &&
      refunds(before) &&
      paymentIn(before) === paymentIn(call) &&
      refundNumberIn(before) !== refundNumberIn(call),
  )

/** Orders that were created for other sub-merchants. */
export const ordersOfOthers = ({ sub_mchid }: SeenCall, earlier: readonly SeenCall[]) =>
  earlier.filter((before) => before.isAccepted && creates(before) && before.sub_mchid !== sub_mchid)
