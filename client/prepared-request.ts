import type { Endpoint } from '../contracts/endpoint.ts'
import { endpoints } from '../contracts/endpoints.ts'
import { fillTemplate, nearestPath, pathHint } from '../contracts/paths.ts'
import { render } from '../contracts/texts.ts'
import { ConfigurationError } from './errors.ts'

/** A request that is ready but for its signature. */
export type PreparedRequest = {
  method: Endpoint['method']
  /** Path and query, percent-encoded. */
  target: string
  body?: string
}

/** A call as it was asked for, not yet checked against the table. */
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
export const prepareRequest = ({ method, path, options }: RequestedCall): PreparedRequest => {
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
  if (!rows.some((row) => row.path === path)) throw pathUnknown(path)

  return path
}

const checkCall = (method: string, path: string): void => {
  const atPath = rows.filter((row) => row.path === path)
  if (atPath.length === 0) throw pathUnknown(path)
  if (!atPath.some((row) => row.method === method)) {
    throw new ConfigurationError('PATH_UNKNOWN', render(pathHint(method, path), 'en'))
  }
}

// Not pathHint, for which a path that is filled in is one of the table.
const pathUnknown = (path: string) =>
  new ConfigurationError(
    'PATH_UNKNOWN',
    `The path ${path} does not exist. Nearest: ${nearestPath(path)}.`,
  )

const fill = (path: string, options: RequestedCall['options']): string =>
  fillTemplate(path, (name) => {
    const value = options[name]
    const text = typeof value === 'string' || typeof value === 'number' ? String(value) : ''
    // URLs resolve dot segments, so that these would lead to another path.
    if (text === '' || text === '.' || text === '..') {
      throw new ConfigurationError(
        'PATH_PARAMETER_INVALID',
        `${name} of ${path} is not a text, is empty, or consists of dots. Give it beside json and query.`,
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
