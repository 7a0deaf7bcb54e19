import { z } from 'zod'
import type { Endpoint } from '../../contracts/endpoint.ts'
import { endpoints } from '../../contracts/endpoints.ts'
import { jsonOf } from '../../contracts/json.ts'
import type { RequestEntry } from './entries.ts'

/** The members of query and body that were sent and that the contract does not know, as pointers. */
export const undeclaredMembers = ({ operation, target, body }: RequestEntry): string[] => {
  if (!operation) return []
  const { request }: Endpoint = endpoints[operation]
  const query = Object.fromEntries(new URLSearchParams(target.split('?')[1]))

  return [
    ...strangersIn(query, request.query ?? z.object({}), '/query'),
    ...strangersIn(jsonOf(body), request.body ?? z.object({}), '/body'),
  ]
}

const strangersIn = (value: unknown, schema: unknown, pointer: string): string[] => {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) {
    return strangersIn(value, schema.unwrap(), pointer)
  }
  if (schema instanceof z.ZodArray && Array.isArray(value)) {
    return value.flatMap((row, index) => strangersIn(row, schema.element, `${pointer}/${index}`))
  }
  if (!(schema instanceof z.ZodObject) || typeof value !== 'object' || value === null) return []

  const known: Record<string, unknown> = schema.shape
  return Object.entries(value).flatMap(([name, member]) =>
    Object.hasOwn(known, name)
      ? strangersIn(member, known[name], `${pointer}/${name}`)
      : [`${pointer}/${name}`],
  )
}
