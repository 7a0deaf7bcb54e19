import type { z } from 'zod'
import type { Endpoint, Reconciliation } from '../contracts/endpoint.ts'
import { type EndpointId, endpoints } from '../contracts/endpoints.ts'
import { errors } from '../contracts/errors.ts'
import { isObject } from '../contracts/json.ts'
import {
  type ApiError,
  ConfigurationError,
  isApiError,
  nextSteps,
  optionInvalid,
  ReconciliationError,
} from './errors.ts'
import { knownPath, prepareRequest, type RequestedCall } from './prepared-request.ts'
import type { Answer } from './routes.ts'

type SendCall = (call: RequestedCall) => Promise<Answer<unknown>>

type Change = Pick<Endpoint, 'path' | 'request'> & {
  reconcile: Reconciliation & { query: EndpointId }
}

const changes: readonly Change[] = Object.values(endpoints).filter((row) => row.method === 'POST')

/** Makes the function that queries first, and sends only what was not carried out. */
export const reconcilerOf =
  (send: SendCall) =>
  async (call: RequestedCall): Promise<Answer<unknown> & { taken: 'found' | 'sent' }> => {
    checkCall(call)
    const found = await findCarriedOut(call, send)
    if (found !== undefined) return { taken: 'found', ...found }

    try {
      return { taken: 'sent', ...(await send(call)) }
    } catch (error) {
      // Perhaps it is refused because the first one arrived in between.
      const isRefused = isApiError(error) && error.outcome === 'refused'
      // A query that fails, or finds another call's, leaves the refusal as certain as it was.
      const late = isRefused ? await findCarriedOut(call, send).catch(() => undefined) : undefined
      if (late === undefined) throw error
      return { taken: 'found', ...late }
    }
  }

/**
 * Whether the call can be made, and gives what its query needs.
 * @throws {ConfigurationError}
 */
const checkCall = (call: RequestedCall): void => {
  const { request, reconcile } = changeAt(call.path)
  prepareRequest({ ...call, method: 'POST' })

  const given = membersOf(call)
  const declared = { ...request.path?.shape, ...request.body?.shape }
  const missing = queryNames(endpoints[reconcile.query], reconcile.names).filter(
    (name) => isRequired(declared[name]) && (given[name] ?? '') === '',
  )
  if (missing.length === 0) return

  throw optionInvalid(
    `POST ${call.path} lacks ${missing.join(', ')}, by which it is found. Give it.`,
  )
}

/** The parameters of a query, by the names that they have in the call. */
const queryNames = ({ request }: Endpoint, names: Reconciliation['names'] = {}): string[] =>
  Object.keys({ ...request.path?.shape, ...request.query?.shape }).map(
    (name) => names[name] ?? name,
  )

const isRequired = (schema: z.ZodType | undefined): boolean =>
  schema !== undefined && !schema.safeParse(undefined).success

/** The answer of the query, if it shows that the call was carried out. */
const findCarriedOut = async (
  call: RequestedCall,
  send: SendCall,
): Promise<Answer<unknown> | undefined> => {
  const { query, names, after, repeats = [] } = changeAt(call.path).reconcile
  const asked = membersOf(call)
  const answer = await queryResource({ endpoint: endpoints[query], asked, names }, send)
  if (answer === undefined) return undefined

  const { data } = answer
  const differing = repeats.filter((name) => !matches({ [name]: asked[name] }, data))
  // A creation stays as it was made, so this is another's; a change is only not made yet.
  if (after === undefined && differing.length > 0)
    throw parametersDiffer(call, { differing, found: data })

  const isCarriedOut =
    differing.length === 0 && (after === undefined || after.safeParse(data).success)
  return isCarriedOut ? answer : undefined
}

const changeAt = (path: string): Change => {
  const known = knownPath(path)
  const change = changes.find((row) => row.path === known)
  if (change !== undefined) return change

  throw new ConfigurationError(
    'NOTHING_TO_RECONCILE',
    `${path} changes nothing, so it can be sent again: use get.`,
  )
}

type Members = Readonly<Record<string, unknown>>

/** All that identifies what a call is about: its path parameters and its body. */
const membersOf = ({ options }: RequestedCall): Members => ({
  ...options,
  ...Object.fromEntries(Object.entries(options['json'] ?? {})),
})

type Query = { endpoint: Endpoint; asked: Members; names: Reconciliation['names'] }

/** The answer of the query; `undefined` when it says that the number does not exist. */
const queryResource = async (query: Query, send: SendCall) => {
  try {
    return await send(queryOf(query))
  } catch (cause) {
    if (isApiError(cause) && saysNotFound(query.endpoint, cause)) return undefined
    throw new ReconciliationError(
      'QUERY_FAILED',
      `GET ${query.endpoint.path} did not show what became of the call; the cause says why. ${nextSteps.unknown}`,
      { cause, outcome: 'unknown' },
    )
  }
}

const queryOf = ({ endpoint: { path, request }, asked, names = {} }: Query): RequestedCall => {
  const given = (schema: Endpoint['request']['query']) =>
    Object.fromEntries(
      Object.keys(schema?.shape ?? {}).map((name) => [name, asked[names[name] ?? name]]),
    )

  return { method: 'GET', path, options: { ...given(request.path), query: given(request.query) } }
}

/** By the table, for another 404 says something else. It is unproved, but the repeat is harmless. */
const saysNotFound = ({ situations }: Endpoint, { status, apiCode }: ApiError) =>
  status === 404 && situations.some((name) => errors[name].code === apiCode)

/** Member by member. What an answer leaves out or leaves empty, it does not contradict. */
const matches = (asked: unknown, answered: unknown): boolean => {
  if (asked === undefined || answered === undefined || answered === '') return true
  if (!isObject(asked) || !isObject(answered)) return asked === answered

  return Object.entries(asked).every(([name, value]) => matches(value, answered[name]))
}

const parametersDiffer = (
  { path }: RequestedCall,
  { differing, found }: { differing: readonly string[]; found: unknown },
) =>
  new ReconciliationError(
    'PARAMETERS_DIFFER',
    `The number of POST ${path} belongs to another call, which differs in ${differing.join(', ')}; read it from the error's found. Nothing was sent. Use a number that is free.`,
    { outcome: 'unchanged', found },
  )
