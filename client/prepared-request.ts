import type { Endpoint } from '../contracts/endpoint.ts'
import { endpoints } from '../contracts/endpoints.ts'
import { nearestPath, pathHint } from '../contracts/paths.ts'
import { ConfigurationError } from './errors.ts'

/** A request as it is sent, but for its signature. */
export type PreparedRequest = {
  method: Endpoint['method']
  /** Path and query, percent-encoded. */
  target: string
  body?: string
}

export type RequestedCall = {
  method: Endpoint['method']
  /** Path template, parameters in braces. */
  path: string
  options: Readonly<Record<string, unknown>>
}

const rows: readonly Endpoint[] = Object.values(endpoints)

/**
 * Fills the path, writes query and body.
 * @throws {ConfigurationError} PATH_UNKNOWN, PATH_PARAMETER_INVALID
 */
export const preparedRequest = ({ method, path, options }: RequestedCall): PreparedRequest => {
  checkCall(method, path)
  const { json, query } = options

  return {
    method,
    target: `${fill(path, options)}${queryText(query)}`,
    ...(json !== undefined && { body: JSON.stringify(json) }),
  }
}

/** The path as the table writes it. @throws {ConfigurationError} PATH_UNKNOWN */
export const knownPath = (text: string): string => {
  const path = text.startsWith('/') ? text : `/${text}`
  if (!rows.some((row) => row.path === path)) throw unknown(path)

  return path
}

const checkCall = (method: string, path: string): void => {
  const known = rows.filter((row) => row.path === path)
  if (known.length === 0) throw unknown(path)
  if (!known.some((row) => row.method === method)) {
    throw new ConfigurationError('PATH_UNKNOWN', pathHint(method, path))
  }
}

// Not pathHint, for which a path that is filled in is one of the table.
const unknown = (path: string) =>
  new ConfigurationError('PATH_UNKNOWN', `There is no path ${path}. Nearest: ${nearestPath(path)}.`)

const fill = (path: string, options: RequestedCall['options']): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = options[name]
    const text = typeof value === 'string' || typeof value === 'number' ? String(value) : ''
    // URLs resolve dot segments, so that these would lead to another path.
    if (text === '' || text === '.' || text === '..') {
      throw new ConfigurationError(
        'PATH_PARAMETER_INVALID',
        `${path} needs ${name} beside json and query: a text, neither empty nor dots.`,
      )
    }

    return encodeURIComponent(text)
  })

const queryText = (query: unknown): string => {
  const pairs = Object.entries(query ?? {})
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)

  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}
