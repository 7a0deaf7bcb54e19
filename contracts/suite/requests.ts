import { type EndpointId, endpointIds } from '../endpoints.ts'
import {
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
  owner,
  payOrder,
  planNo,
  planOrderNo,
  refundNo,
  signPlanNo,
  stopSignPlan,
  subMerchant,
  syncOrder,
} from './bodies.ts'
import type { CallRequest, Course, Mode } from './interaction.ts'

type OperationOf<Id extends EndpointId> = Id extends `${infer Operation}.${Mode}` ? Operation : Id

/** What is done, by a partner or by a merchant for itself. */
export type Operation = OperationOf<EndpointId>

export type Parts = Omit<CallRequest, 'endpoint'>

const ofUser = ({ parties, user }: Course) => ({ ...parties, ...user })

const good: Record<Operation, (course: Course) => Parts> = {
  'plan.create': (course) => ({ body: createPlan(course) }),
  'plan.query': (course) => ({ path: planNo(course), query: subMerchant(course) }),
  'plan.stop': (course) => ({
    path: planNo(course),
    ...(course.mode === 'partner' && { body: subMerchant(course) }),
  }),

  'signplan.create': (course) => ({ body: createSignPlan(course) }),
  'signplan.query': (course) => ({ path: signPlanNo(course), query: subMerchant(course) }),
  'signplan.stop': (course) => ({ path: signPlanNo(course), body: stopSignPlan(course) }),

  'signplan.serviceorder.create': (course) => ({ body: createDetailOrder(course) }),

  'serviceorder.create': (course) => ({ body: createOrder(course) }),
  'serviceorder.query': (course) => ({ query: { ...owner(course), ...planOrderNo(course) } }),
  'serviceorder.cancel': (course) => ({ path: planOrderNo(course), body: cancelOrder(course) }),
  'serviceorder.complete': (course) => ({ path: planOrderNo(course), body: completeOrder(course) }),
  'serviceorder.modify': (course) => ({ path: planOrderNo(course), body: modifyOrder(course) }),
  'serviceorder.pay': (course) => ({ path: planOrderNo(course), body: payOrder(course) }),
  'serviceorder.sync': (course) => ({ path: planOrderNo(course), body: syncOrder(course) }),

  'permissions.apply': (course) => ({ body: applyPermission(course) }),
  'permissions.queryByCode': (course) => ({
    path: authorizationCode(course),
    query: owner(course),
  }),
  'permissions.terminateByCode': (course) => ({
    path: authorizationCode(course),
    body: endPermission(course),
  }),
  'permissions.search': (course) => ({ query: ofUser(course) }),
  'permissions.terminate': (course) => ({ body: { ...ofUser(course), reason: '用户要求' } }),

  'refund.create': (course) => ({ body: createRefund(course) }),
  'refund.query': (course) => ({ path: refundNo(course), query: subMerchant(course) }),

  'certificates.list': () => ({ query: { algorithm_type: 'RSA' } }),
}

export const endpointOf = (operation: Operation, mode: Mode): EndpointId => {
  const found = endpointIds.find((id) => id === operation || id === `${operation}.${mode}`)
  if (!found) throw new Error(`There is no ${operation} for ${mode}.`)

  return found
}

/** A request that would be accepted in the right state, about the plan's first detail and order. */
export const goodRequest = (operation: Operation, course: Course): CallRequest => ({
  endpoint: endpointOf(operation, course.mode),
  ...good[operation](course),
})

/** The order of another detail than the first. */
export const orderOfDetail = (course: Course, detail: number): CallRequest => ({
  ...goodRequest('signplan.serviceorder.create', course),
  body: createDetailOrder(course, detail),
})

/** What an operation does, whoever calls it. */
export const operationOf = (id: EndpointId): Operation => {
  const name = id.replace(/\.(partner|direct)$/, '')
  if (!isOperation(name)) throw new Error(`There is no request for ${id}.`)

  return name
}

const isOperation = (name: string): name is Operation => Object.hasOwn(good, name)
