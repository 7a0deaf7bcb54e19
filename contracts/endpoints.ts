/**
 * The endpoint table: routes, validation, the client's types and OpenAPI are derived from it.
 * @module
 */
import type { z } from 'zod'
import { certificateEndpoints } from './certificates.ts'
import type { Endpoint } from './endpoint.ts'
import { permissionEndpoints } from './permissions.ts'
import { planEndpoints } from './plans.ts'
import { refundEndpoints } from './refunds.ts'
import { serviceOrderEndpoints } from './service-orders.ts'
import { transactionEndpoints } from './transactions.ts'
import { userSignPlanEndpoints } from './user-sign-plans.ts'

const table = {
  ...planEndpoints,
  ...userSignPlanEndpoints,
  ...serviceOrderEndpoints,
  ...permissionEndpoints,
  ...transactionEndpoints,
  ...refundEndpoints,
  ...certificateEndpoints,
} as const satisfies Record<string, Endpoint>

/** What a row says of reconciliation names another row, and members that call and answer share. */
type Reconcilable = {
  readonly [Id in EndpointId]: Endpoints[Id] extends { reconcile: { query: infer Query } }
    ? {
        reconcile: {
          query: Extract<Query, EndpointId>
          repeats?: readonly (keyof BodyOf<Id> & keyof AnswerOf<Extract<Query, EndpointId>>)[]
        }
      }
    : unknown
}

/**
 * The endpoint table: by operation, such as `plan.create.partner`, its method, path template, schemas
 * of request and answer, refusals of its own and sources. Amounts are in fen, lengths in the unit that
 * the gateway counts (`x-length-unit`), times as each field's pattern says. Each field carries its
 * label, its meaning and what both rest on as `meta()` of its schema.
 */
export const endpoints = table satisfies Reconcilable

/** The table as a type, from which the types of calls and answers follow. */
export type Endpoints = typeof table
/** The name of an operation: resource, verb, and the mode of the merchant where there are two. */
export type EndpointId = keyof Endpoints

type Schema<Request, Part extends string> = Request extends {
  [K in Part]: infer S extends z.ZodType
}
  ? z.infer<S>
  : undefined

/** The parsed path parameters of an operation, `undefined` where it has none; so too query and body. */
export type PathOf<Id extends EndpointId> = Schema<Endpoints[Id]['request'], 'path'>
/** The parsed query parameters of an operation. */
export type QueryOf<Id extends EndpointId> = Schema<Endpoints[Id]['request'], 'query'>
/** The parsed JSON body that an operation takes. */
export type BodyOf<Id extends EndpointId> = Schema<Endpoints[Id]['request'], 'body'>

/** What an operation answers when it succeeds; `undefined` for 204. */
export type AnswerOf<Id extends EndpointId> = Schema<Endpoints[Id]['response'], 'body'>

const isEndpointId = (id: string): id is EndpointId => Object.hasOwn(endpoints, id)

/** The rows of the table, in its order. */
export const endpointIds: readonly EndpointId[] = Object.keys(endpoints).filter(isEndpointId)
