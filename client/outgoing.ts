import type { Endpoint } from '../contracts/endpoint.ts'
import { endpoints } from '../contracts/endpoints.ts'
import { ConfigurationError } from './errors.ts'

/** A request as it is sent, but for its signature. */
export type Outgoing = {
  method: Endpoint['method']
  /** Path and query, percent-encoded. */
  target: string
  body?: string
}

export type Call = {
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
export const outgoingOf = ({ method, path, options }: Call): Outgoing => {
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
  const methods = rows.filter((row) => row.path === path).map((row) => row.method)
  if (methods.length === 0) throw unknown(path)
  if (!methods.some((known) => known === method)) {
    throw new ConfigurationError(
      'PATH_UNKNOWN',
      `${path} takes ${methods.join(', ')}, not ${method}.`,
    )
  }
}

const unknown = (path: string) =>
  new ConfigurationError('PATH_UNKNOWN', `There is no path ${path}. Nearest: ${nearest(path)}.`)

const fill = (path: string, options: Call['options']): string =>
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

const nearest = (path: string): string | undefined => {
  const [first] = rows.toSorted(
    (one, other) => distance(one.path, path) - distance(other.path, path),
  )

  return first?.path
}

/** Levenshtein's: how many letters to change, add or drop. */
const distance = (one: string, other: string): number => {
  let row = Array.from({ length: other.length + 1 }, (_, column) => column)

  for (const letter of one) {
    const next = [(row[0] ?? 0) + 1]
    for (const [column, candidate] of [...other].entries()) {
      const replaced = (row[column] ?? 0) + (letter === candidate ? 0 : 1)
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1))
    }
    row = next
  }

  return row.at(-1) ?? 0
}
