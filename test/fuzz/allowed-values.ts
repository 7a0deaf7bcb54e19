import fc from 'fast-check'
import { z } from 'zod'
import { memberOf } from '../../contracts/json.ts'

/** How many of twenty optional members are sent. */
export type Density = 2 | 18

/** An object that a schema allows; each member is mostly the one of a request that fits. */
export const allowedMembers = (
  schema: z.ZodObject,
  good: unknown,
  density: Density,
): fc.Arbitrary<Record<string, unknown>> => {
  const members = Object.entries(schema.shape).map(([name, member]) => {
    const value = allowedValue(member, memberOf(good, name), density)
    if (!(member instanceof z.ZodOptional)) return [name, value] as const
    const present = memberOf(good, name) === undefined ? 1 : density
    const absent = { weight: 20 - present, arbitrary: fc.constant(undefined) }
    return [name, fc.oneof({ weight: present, arbitrary: value }, absent)] as const
  })

  return fc.record(Object.fromEntries(members), { noNullPrototype: true })
}

const allowedValue = (schema: unknown, good: unknown, density: Density): fc.Arbitrary<unknown> => {
  if (schema instanceof z.ZodOptional) return allowedValue(schema.unwrap(), good, density)
  if (schema instanceof z.ZodObject) return allowedMembers(schema, good, density)
  if (schema instanceof z.ZodArray) {
    const row = allowedValue(schema.element, memberOf(good, 0), density)
    return fc.array(row, { maxLength: 3 }).filter((rows) => schema.safeParse(rows).success)
  }
  const any = anyScalar(schema, good)
  return good === undefined
    ? any
    : fc.oneof({ weight: 20, arbitrary: fc.constant(good) }, { weight: 1, arbitrary: any })
}

const anyScalar = (schema: unknown, good: unknown): fc.Arbitrary<unknown> => {
  if (schema instanceof z.ZodBoolean) return fc.boolean()
  if (schema instanceof z.ZodEnum) return fc.constantFrom(...schema.options)
  if (schema instanceof z.ZodLiteral) return fc.constantFrom(...schema.values)
  if (schema instanceof z.ZodNumber) {
    const { minValue, maxValue } = schema
    return fc.integer({ min: Math.max(minValue ?? 0, -1e6), max: Math.min(maxValue ?? 1e6, 1e6) })
  }
  if (schema instanceof z.ZodString) {
    const fitting = [...texts, good].filter((text) => schema.safeParse(text).success)
    return fc.constantFrom(...fitting)
  }
  throw new Error(`No values are known of ${Object(schema).constructor.name}.`)
}

const texts = [
  '',
  '1',
  '课',
  'a_-*|@',
  'OnAccept',
  '20091225',
  '20260230',
  '20091225091010',
  'http://127.0.0.1:9/n',
  '2009-12-25T12:10:10+08:00',
]
