import type { Endpoint, Reconciliation } from '../contracts/endpoint.ts'
import { type EndpointId, endpoints } from '../contracts/endpoints.ts'
import { errors } from '../contracts/errors.ts'
import {
  type ApiError,
  ConfigurationError,
  isApiError,
  nextSteps,
  ReconciliationError,
} from './errors.ts'
import { knownPath, type RequestedCall } from './prepared-request.ts'
import type { Answer } from './routes.ts'

type CarryOut = (call: RequestedCall) => Promise<Answer<unknown>>

type Change = { path: string; reconcile: Reconciliation & { query: EndpointId } }

const changes: readonly Change[] = Object.values(endpoints).filter((row) => row.method === 'POST')

/** Makes the function that asks first, and sends only what was not carried out. */
export const reconcilerOf =
  (carryOut: CarryOut) =>
  async (call: RequestedCall): Promise<Answer<unknown> & { taken: 'found' | 'sent' }> => {
    const found = await look(call, carryOut)
    if (found !== undefined) return { taken: 'found', ...found }

    try {
      return { taken: 'sent', ...(await carryOut(call)) }
    } catch (error) {
      // Refused, perhaps, because the first one arrived in between.
      const isRefused = isApiError(error) && error.outcome === 'refused'
      // A look that fails, or finds another's, leaves the refusal as certain as it was.
      const late = isRefused ? await look(call, carryOut).catch(() => undefined) : undefined
      if (late === undefined) throw error
      return { taken: 'found', ...late }
    }
  }

/** The answer of the query, if it shows that the call was carried out. */
const look = async (
  call: RequestedCall,
  carryOut: CarryOut,
): Promise<Answer<unknown> | undefined> => {
  const { query, names, after, repeats = [] } = reconciliationAt(call.path)
  const asked = membersOf(call)
  const answer = await ask({ endpoint: endpoints[query], asked, names }, carryOut)
  if (answer === undefined) return undefined

  const { data } = answer
  const differing = repeats.filter((name) => !isRepeated({ [name]: asked[name] }, data))
  // A creation stays as it was made, so this is another's; a change is only not made yet.
  if (after === undefined && differing.length > 0) throw taken(call, { differing, found: data })

  const isShown = differing.length === 0 && (after === undefined || after.safeParse(data).success)
  return isShown ? answer : undefined
}

const reconciliationAt = (path: string): Change['reconcile'] => {
  const change = changes.find((row) => row.path === knownPath(path))
  if (change !== undefined) return change.reconcile

  throw new ConfigurationError('NOTHING_TO_RECONCILE', `${path} changes nothing: get it again.`)
}

type Members = Readonly<Record<string, unknown>>

/** All that a call says of what it is about: its path parameters and its body. */
const membersOf = ({ options }: RequestedCall): Members => ({
  ...options,
  ...Object.fromEntries(Object.entries(options['json'] ?? {})),
})

type Question = { endpoint: Endpoint; asked: Members; names: Reconciliation['names'] }

/** The answer of the query, nothing when it says that there is nothing of that number. */
const ask = async (question: Question, carryOut: CarryOut) => {
  try {
    return await carryOut(queryOf(question))
  } catch (cause) {
    if (isApiError(cause) && isUnknown(question.endpoint, cause)) return undefined
    throw new ReconciliationError(
      'QUERY_FAILED',
      `GET ${question.endpoint.path} could not tell what became of the call; the cause says why. ${nextSteps.unknown}`,
      { cause, outcome: 'unknown' },
    )
  }
}

const queryOf = ({ endpoint: { path, request }, asked, names = {} }: Question): RequestedCall => {
  const given = (schema: Endpoint['request']['query']) =>
    Object.fromEntries(
      Object.keys(schema?.shape ?? {}).map((name) => [name, asked[names[name] ?? name]]),
    )

  return { method: 'GET', path, options: { ...given(request.path), query: given(request.query) } }
}

/** By the table, for another 404 says something else. It is unproved, as the repeat is harmless. */
const isUnknown = ({ situations }: Endpoint, { status, apiCode }: ApiError) =>
  status === 404 && situations.some((name) => errors[name].code === apiCode)

/** Member by member. What an answer leaves out or empty, it does not deny. */
const isRepeated = (asked: unknown, told: unknown): boolean => {
  if (asked === undefined || told === undefined || told === '') return true
  if (!isObject(asked) || !isObject(told)) return asked === told

  return Object.entries(asked).every(([name, value]) => isRepeated(value, Reflect.get(told, name)))
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

const taken = (
  { path }: RequestedCall,
  { differing, found }: { differing: readonly string[]; found: unknown },
) =>
  new ReconciliationError(
    'PARAMETERS_DIFFER',
    `The number of POST ${path} belongs to another call, which differs in ${differing.join(', ')}; the error has it as found. Nothing was sent. Use a number that is free.`,
    { outcome: 'unchanged', found },
  )
