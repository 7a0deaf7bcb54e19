import { type EndpointId, endpointIds } from '../endpoints.ts'
import {
  acquirer,
  applyPermission,
  authorizationCode,
  cancelOrder,
  completeOrder,
  createDetailOrder,
  createOrder,
  createPlan,
  createRefund,
  createSignPlan,
  endPermission,
  modifyOrder,
  orderNo,
  orderTransaction,
  owner,
  payOrder,
  planNo,
  planOrderNo,
  redirectRefund,
  refundNo,
  signPlanNo,
  stopSignPlan,
  subMerchant,
  syncOrder,
  tradeNo,
} from './bodies.ts'
import type { CallRequest, Fixture, Mode } from './interaction.ts'

type OperationOf<Id extends EndpointId> = Id extends `${infer SuiteOperation}.${Mode}`
  ? SuiteOperation
  : Id

/** What is done, by a partner or by a merchant for itself. */
export type Operation = OperationOf<EndpointId>

export type RequestParts = Omit<CallRequest, 'endpoint'>

const ofUser = ({ parties, user }: Fixture) => ({ ...parties, ...user })

const good: Record<Operation, (fixture: Fixture) => RequestParts> = {
  'plan.create': (fixture) => ({ body: createPlan(fixture) }),
  'plan.query': (fixture) => ({ path: planNo(fixture), query: subMerchant(fixture) }),
  'plan.stop': (fixture) => ({
    path: planNo(fixture),
    ...(fixture.mode === 'partner' && { body: subMerchant(fixture) }),
  }),

  'signplan.create': (fixture) => ({ body: createSignPlan(fixture) }),
  'signplan.query': (fixture) => ({ path: signPlanNo(fixture), query: subMerchant(fixture) }),
  'signplan.stop': (fixture) => ({ path: signPlanNo(fixture), body: stopSignPlan(fixture) }),

  'signplan.serviceorder.create': (fixture) => ({ body: createDetailOrder(fixture) }),

  'serviceorder.create': (fixture) => ({ body: createOrder(fixture) }),
  'serviceorder.query': (fixture) => ({ query: { ...owner(fixture), ...planOrderNo(fixture) } }),
  'serviceorder.cancel': (fixture) => ({ path: planOrderNo(fixture), body: cancelOrder(fixture) }),
  'serviceorder.complete': (fixture) => ({
    path: planOrderNo(fixture),
    body: completeOrder(fixture),
  }),
  'serviceorder.modify': (fixture) => ({ path: planOrderNo(fixture), body: modifyOrder(fixture) }),
  'serviceorder.pay': (fixture) => ({ path: planOrderNo(fixture), body: payOrder(fixture) }),
  'serviceorder.sync': (fixture) => ({ path: planOrderNo(fixture), body: syncOrder(fixture) }),

  'permissions.apply': (fixture) => ({ body: applyPermission(fixture) }),
  'permissions.queryByCode': (fixture) => ({
    path: authorizationCode(fixture),
    query: owner(fixture),
  }),
  'permissions.terminateByCode': (fixture) => ({
    path: authorizationCode(fixture),
    body: endPermission(fixture),
  }),
  'permissions.search': (fixture) => ({ query: ofUser(fixture) }),
  'permissions.terminate': (fixture) => ({ body: { ...ofUser(fixture), reason: '用户要求' } }),

  'pay.jsapi': (fixture) => ({ body: orderTransaction(fixture, 'jsapi') }),
  'pay.app': (fixture) => ({ body: orderTransaction(fixture, 'app') }),
  'pay.h5': (fixture) => ({ body: orderTransaction(fixture, 'h5') }),
  'pay.native': (fixture) => ({ body: orderTransaction(fixture, 'native') }),
  'pay.queryById': (fixture) => ({
    path: { transaction_id: fixture.transaction_id },
    query: acquirer(fixture),
  }),
  'pay.queryByOutTradeNo': (fixture) => ({ path: tradeNo(fixture), query: acquirer(fixture) }),
  'pay.close': (fixture) => ({ path: tradeNo(fixture), body: acquirer(fixture) }),

  'refund.create': (fixture) => ({ body: createRefund(fixture) }),
  'refund.query': (fixture) => ({ path: refundNo(fixture), query: subMerchant(fixture) }),
  'refund.abnormal': (fixture) => ({
    path: { refund_id: fixture.refund_id },
    body: redirectRefund(fixture),
  }),

  'certificates.list': () => ({ query: { algorithm_type: 'RSA' } }),
}

export const endpointOf = (operation: Operation, mode: Mode): EndpointId => {
  const found = endpointIds.find((id) => id === operation || id === `${operation}.${mode}`)
  if (!found) throw new Error(`There is no ${operation} for ${mode}.`)

  return found
}

/** A request that would be accepted in the right state, about the plan's first detail and order. */
export const goodRequest = (operation: Operation, fixture: Fixture): CallRequest => ({
  endpoint: endpointOf(operation, fixture.mode),
  ...good[operation](fixture),
})

/** The query of the ordinary order instead of the detail's. */
export const ordinaryOrder = (fixture: Fixture): CallRequest => ({
  ...goodRequest('serviceorder.query', fixture),
  query: { ...owner(fixture), ...orderNo(fixture) },
})

/** The order of another detail than the first. */
export const orderOfDetail = (fixture: Fixture, detail: number): CallRequest => ({
  ...goodRequest('signplan.serviceorder.create', fixture),
  body: createDetailOrder(fixture, detail),
})

/** What an operation does, whoever calls it. */
export const operationOf = (id: EndpointId): Operation => {
  const name = id.replace(/\.(partner|direct)$/, '')
  if (!isOperation(name)) throw new Error(`There is no request for ${id}.`)

  return name
}

const isOperation = (name: string): name is Operation => Object.hasOwn(good, name)
