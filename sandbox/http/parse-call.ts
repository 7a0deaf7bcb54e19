import type { Endpoint } from '../../contracts/endpoint.ts'
import {
  type BodyOf,
  type EndpointId,
  endpoints,
  type PathOf,
  type QueryOf,
} from '../../contracts/endpoints.ts'
import { isJsonObject, jsonOf } from '../../contracts/json.ts'
import { queryOf } from '../../contracts/paths.ts'
import {
  type Checked,
  check,
  type Location,
  malformed,
  notObject,
  parameterRepeated,
  repeated,
  type Violation,
} from '../../contracts/violation.ts'
import { refuse } from '../domain/refused.ts'
import type { RawRequest } from './env.ts'

/** A request that fits the contract; the parts that an operation does not have are `undefined`. */
export type ParsedCall<Id extends EndpointId = EndpointId> = {
  /** Who signed. */
  mchid: string
  path: PathOf<Id>
  query: QueryOf<Id>
  body: BodyOf<Id>
  /** The key that the caller named. */
  serial: string | undefined
}

/** What every operation does with its call; the table's schema decides what of the result leaves. */
export type Handlers = {
  [Id in EndpointId]: { answer: (call: ParsedCall<Id>) => Promise<unknown> }
}

type Parsed = { path: unknown; query: unknown; body: unknown; serial: string | undefined }

/** Parses path, query and body by the table. @throws {Refused} naming the first field that fails */
export const parseCall = (
  id: EndpointId,
  received: RawRequest,
  params: Record<string, string>,
): Parsed => {
  const endpoint: Endpoint = endpoints[id]
  const { path, query, body } = endpoint.request
  const part = <T>(checked: Checked<T>): T =>
    checked.ok ? checked.data : violate(writable(checked.violation))
  const read = (location: Location, schema: typeof body, value: unknown) => {
    const data = schema && part(check(schema, value, location))
    received.passed(location === 'uri_template' ? 'path' : location)
    return data
  }

  return {
    path: read('uri_template', path, params),
    query: read('query', query, readQuery(received, endpoint)),
    body: read('body', body, body && readBody(received, endpoint)),
    serial: received.header('wechatpay-serial'),
  }
}

const violate = ({ situation, ...details }: Violation): never => refuse(situation, details)

// A value that is nested without end can be read, but not be shown: writing it out recurses.
const writable = (violation: Violation): Violation => {
  try {
    JSON.stringify(violation)
    return violation
  } catch {
    return notObject
  }
}

const readQuery = ({ target }: RawRequest, { request }: Endpoint): Record<string, string> => {
  const parameters = queryOf(target)
  const declared = Object.keys(request.query?.shape ?? {})
  const undeclared = [...new Set(parameters.keys())].filter((name) => !declared.includes(name))
  if (undeclared.length > 0 && request.undeclaredQuery !== 'ignored') {
    const value = undeclared.map((name) => `/query/${name}`)
    violate({ situation: 'fieldUndeclared', detail: { location: null, value } })
  }
  if (declared.some((name) => parameters.getAll(name).length > 1)) violate(parameterRepeated)

  return Object.fromEntries([...parameters].filter(([name]) => declared.includes(name)))
}

// A body that is missing altogether is read as one without members: the first required is named.
const readBody = ({ body }: RawRequest, { request }: Endpoint): object => {
  const value = body.length === 0 ? {} : jsonOf(body)
  if (value === undefined) return violate(malformed(body))
  if (!isJsonObject(value)) return violate(notObject)

  const declared = request.body?.shape ?? {}
  const name = Object.keys(request.path?.shape ?? {}).find(
    (key) => Object.hasOwn(value, key) && !Object.hasOwn(declared, key),
  )
  if (name !== undefined) {
    violate(repeated(name, request.path?.shape[name]?.meta()?.title ?? ''))
  }

  return value
}
