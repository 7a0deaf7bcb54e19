import { z } from 'zod'
import { valueAt } from './assertions.ts'

/** A member of a body, as the table names it. */
export type BodyField = {
  path: readonly string[]
  /** Its Chinese name, which messages quote. */
  label: string
  required: boolean
  kind: 'object' | 'integer' | 'string'
}

/** The members of a body and, after each object, those of the object. */
export const bodyFields = (body: z.ZodObject, above: readonly string[] = []): BodyField[] =>
  Object.entries<z.ZodType>(body.shape).flatMap(([name, schema]): BodyField[] => {
    const required = !(schema instanceof z.ZodOptional)
    const inner = required ? schema : schema.unwrap()
    const label = z.globalRegistry.get(inner)?.title ?? ''
    const path = [...above, name]
    if (inner instanceof z.ZodObject) {
      return [{ path, label, required, kind: 'object' }, ...bodyFields(inner, path)]
    }

    return [{ path, label, required, kind: inner instanceof z.ZodNumber ? 'integer' : 'string' }]
  })

/** The body with another value in this place; `undefined` leaves the member out. */
export const replaced = (
  body: unknown,
  [key, ...rest]: readonly string[],
  value: unknown,
): unknown =>
  key === undefined ? value : { ...Object(body), [key]: replaced(valueAt(body, key), rest, value) }

/** Another value of the same kind that the contract allows as well. */
export const changed = (value: unknown): unknown => {
  if (typeof value === 'number') return value + 1

  const text = String(value)
  const last = text.slice(-1)
  return `${text.slice(0, -1)}${/\d/.test(last) ? (Number(last) + 1) % 10 : 'X'}`
}
