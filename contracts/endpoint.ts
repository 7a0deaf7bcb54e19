import type { z } from 'zod'
import type { Situation } from './errors.ts'
import type { Source } from './evidence.ts'

/** One row of the endpoint table: all that is known of an operation. */
export type Endpoint = {
  method: 'GET' | 'POST'
  /** Path template, parameters in braces. */
  path: string
  /** Who calls it: a service provider for its sub-merchants, a merchant for itself, or both. */
  mode: 'partner' | 'direct' | 'both'
  summary: string
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
