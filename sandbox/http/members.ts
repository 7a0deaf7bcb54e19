import { z } from 'zod'
import { memberOf } from '../../contracts/json.ts'

/** What of a value leaves. @throws {Error} when a member is missing */
type Pick = (value: unknown) => unknown

/**
 * Picks the members that a schema names, at every depth, as its `parse` would. What they hold came
 * in through a schema or was decided; to look at each text again would double the cost of a request.
 */
export const pickerOf = (schema: unknown): Pick => {
  if (schema instanceof z.ZodOptional) return pickerOf(schema.unwrap())
  if (schema instanceof z.ZodArray) return rowsOf(pickerOf(schema.element))
  if (schema instanceof z.ZodObject) return membersOf(schema)
  return (value) => value
}

const rowsOf =
  (pick: Pick): Pick =>
  (rows) => {
    if (!Array.isArray(rows)) throw new Error('An answer has something else where a list belongs.')
    return rows.map(pick)
  }

const membersOf = ({ shape }: z.ZodObject): Pick => {
  const members = Object.entries(shape).map(([name, schema]) => ({
    name,
    pick: pickerOf(schema),
    isOptional: schema instanceof z.ZodOptional,
  }))

  return (value) => {
    const picked: Record<string, unknown> = {}
    for (const { name, pick, isOptional } of members) {
      const member = memberOf(value, name)
      if (member !== undefined) picked[name] = pick(member)
      else if (!isOptional) throw new Error(`An answer lacks its member ${name}.`)
    }
    return picked
  }
}
