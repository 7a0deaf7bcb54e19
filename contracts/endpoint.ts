import type { z } from 'zod'
import type { Situation } from './errors.ts'
import type { Source } from './evidence.ts'
import type { Text } from './texts.ts'

/**
 * How it is found out whether a call took effect whose answer was lost. What the queries answer is
 * documented with their fields; to read a lost answer out of it is decided here. Where it cannot be
 * read, repeating is safe: a known number with the same parameters is a repeat, with others refused.
 */
export type Reconciliation = {
  /** The operation that asks by the merchant's number. Its parameters are those of the call. */
  query: string
  /** The parameters of the query that have another name in the call. */
  names?: Readonly<Record<string, string>>
  /** What the answer is like after the change. Of a creation it is enough that there is one. */
  after?: z.ZodType
  /** The members of the call that the answer repeats once the change is made, and ever after. */
  repeats?: readonly string[]
}

/** One row of the endpoint table: all that is known of an operation. */
export type Endpoint = Operation &
  ({ method: 'GET'; reconcile?: never } | { method: 'POST'; reconcile: Reconciliation })

type Operation = {
  /** Path template, parameters in braces. */
  path: string
  /** Who calls it: a service provider for its sub-merchants, a merchant for itself, or both. */
  mode: 'partner' | 'direct' | 'both'
  summary: Text
  request: {
    path?: z.ZodObject
    query?: z.ZodObject
    body?: z.ZodObject
    /** Query parameters that the document does not name are refused unless this says otherwise. */
    undeclaredQuery?: 'ignored'
    /** A request without a body is read as `{}`. */
    bodyMayBeAbsent?: true
  }
  response: { status: 200; body: z.ZodObject } | { status: 204 }
  /** The refusals of its own, beside those of the request check and the field rules. */
  situations: readonly Situation[]
  sources: readonly Source[]
}
