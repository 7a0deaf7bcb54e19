import { z } from 'zod'
import { valueAt } from './assertions.ts'

/** A member of a body, a query or a path, as the table names it. */
export type Field = {
  path: readonly string[]
  /** Its Chinese name, which messages quote. */
  label: string
  required: boolean
  kind: 'object' | 'array' | 'integer' | 'string' | 'boolean'
  /** What lengths count. */
  unit: 'bytes' | 'characters'
  minLength?: number | undefined
  maxLength?: number | undefined
  pattern?: string | undefined
  minimum?: number | undefined
  maximum?: number | undefined
  minItems?: number | undefined
  maxItems?: number | undefined
  /** Of an object: whether it may hold anything. */
  open?: true
  /** The values that it may have. */
  values?: readonly unknown[] | undefined
}

const Kind = z.enum(['object', 'array', 'integer', 'string', 'boolean'])

const Limits = z.object({
  title: z.string().default(''),
  'x-length-unit': z.enum(['bytes', 'characters']).default('characters'),
  minLength: z.int().optional(),
  maxLength: z.int().optional(),
  pattern: z.string().optional(),
  minimum: z.int().optional(),
  maximum: z.int().optional(),
  minItems: z.int().optional(),
  maxItems: z.int().optional(),
  const: z.unknown().optional(),
  additionalProperties: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
})

/** The members of a schema and, after each object or list, those of the object or of a row. */
export const fieldsOf = (schema: z.ZodObject): Field[] =>
  membersOf(z.toJSONSchema(schema, { io: 'input' }), [])

const membersOf = (object: unknown, above: readonly string[]): Field[] => {
  const required = z.array(z.string()).catch([]).parse(valueAt(object, 'required'))

  return Object.entries(Object(valueAt(object, 'properties'))).flatMap(([name, schema]) =>
    fieldAt(schema, { path: [...above, name], required: required.includes(name) }),
  )
}

const fieldAt = (schema: unknown, place: Pick<Field, 'path' | 'required'>): Field[] => {
  const {
    title,
    'x-length-unit': unit,
    const: only,
    enum: several,
    additionalProperties: more,
    ...limits
  } = Limits.parse(schema)
  const kind = Kind.parse(valueAt(schema, 'type') ?? 'string')
  const values = several ?? (only === undefined ? undefined : [only])
  const open = kind === 'object' && more !== false ? { open: true as const } : {}
  const field = { ...place, label: title, kind, unit, ...limits, values, ...open }
  const row = valueAt(schema, 'items')

  return row === undefined
    ? [field, ...membersOf(schema, place.path)]
    : [field, ...rowOf(row, field)]
}

/** A row goes by the label of its list. */
const rowOf = (schema: unknown, { path, label }: Field): Field[] => {
  const [row, ...members] = fieldAt(schema, { path: [...path, '0'], required: false })
  return row ? [{ ...row, label: row.label || label }, ...members] : []
}

/** The body with another value in this place; `undefined` leaves the member out. */
export const replaced = (
  body: unknown,
  [key, ...rest]: readonly string[],
  value: unknown,
): unknown => {
  if (key === undefined) return value
  const inner = replaced(valueAt(body, key), rest, value)

  return Array.isArray(body) ? body.with(Number(key), inner) : { ...Object(body), [key]: inner }
}

/** Another value of the same kind that the contract allows as well. */
export const changed = (value: unknown): unknown => {
  if (typeof value === 'number') return value + 1

  const text = String(value)
  const last = text.slice(-1)
  return `${text.slice(0, -1)}${/\d/.test(last) ? (Number(last) + 1) % 10 : 'X'}`
}
