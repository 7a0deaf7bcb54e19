import { z } from 'zod'
import type { Endpoint } from '../../contracts/endpoint.ts'
import { endpoints } from '../../contracts/endpoints.ts'
import { isObject, jsonOf } from '../../contracts/json.ts'
import { distance, queryOf } from '../../contracts/paths.ts'
import type { RequestEntry } from './entries.ts'

/** A member that was sent and that the contract does not know. */
export type UndeclaredMember = {
  pointer: string
  /** The name that was meant, perhaps: one that is declared in its place and looks alike. */
  nearest?: string
}

/** The members of query and body that were sent and that the contract does not know. */
export const undeclaredMembers = ({
  operation,
  target,
  body,
}: Pick<RequestEntry, 'operation' | 'target' | 'body'>): UndeclaredMember[] => {
  if (!operation) return []
  const { request }: Endpoint = endpoints[operation]
  const query = Object.fromEntries(queryOf(target))

  return [
    ...strangersIn(query, request.query ?? z.object({}), '/query'),
    ...strangersIn(jsonOf(body), request.body ?? z.object({}), '/body'),
  ]
}

const strangersIn = (value: unknown, schema: unknown, pointer: string): UndeclaredMember[] => {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) {
    return strangersIn(value, schema.unwrap(), pointer)
  }
  if (schema instanceof z.ZodArray && Array.isArray(value)) {
    return value.flatMap((row, index) => strangersIn(row, schema.element, `${pointer}/${index}`))
  }
  if (!(schema instanceof z.ZodObject) || !isObject(value)) return []

  const known: Record<string, unknown> = schema.shape
  return Object.entries(value).flatMap(([name, member]) => {
    if (Object.hasOwn(known, name)) return strangersIn(member, known[name], `${pointer}/${name}`)
    const nearest = nearestName(name, Object.keys(known))
    return [{ pointer: `${pointer}/${name}`, ...(nearest !== undefined && { nearest }) }]
  })
}

/** Letters only: `outTradeNo` and `out_trade_no[]` mean `out_trade_no`. */
const letters = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '')

const longestName = 64

/** The declared name that a name was meant to be, if one is close. */
const nearestName = (name: string, declared: readonly string[]): string | undefined => {
  if (name.length > longestName) return undefined
  const meant = letters(name)
  const [best] = declared
    .map((each) => ({ each, away: distance(letters(each), meant) }))
    .toSorted((one, other) => one.away - other.away)

  return best && best.away <= Math.max(1, meant.length / 5) ? best.each : undefined
}
