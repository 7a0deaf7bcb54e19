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
import { userSignPlanEndpoints } from './user-sign-plans.ts'

const table = {
  ...planEndpoints,
  ...userSignPlanEndpoints,
  ...serviceOrderEndpoints,
  ...permissionEndpoints,
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

export const endpoints = table satisfies Reconcilable

export type Endpoints = typeof table
export type EndpointId = keyof Endpoints

type Schema<Request, Part extends string> = Request extends {
  [K in Part]: infer S extends z.ZodType
}
  ? z.infer<S>
  : undefined

/** The parsed path parameters of an operation, `undefined` where it has none; so too the next. */
export type PathOf<Id extends EndpointId> = Schema<Endpoints[Id]['request'], 'path'>
export type QueryOf<Id extends EndpointId> = Schema<Endpoints[Id]['request'], 'query'>
export type BodyOf<Id extends EndpointId> = Schema<Endpoints[Id]['request'], 'body'>

/** What an operation answers when it succeeds; `undefined` for 204. */
export type AnswerOf<Id extends EndpointId> = Schema<Endpoints[Id]['response'], 'body'>

const isEndpointId = (id: string): id is EndpointId => Object.hasOwn(endpoints, id)

/** The rows of the table, in its order. */
export const endpointIds: readonly EndpointId[] = Object.keys(endpoints).filter(isEndpointId)
