import { z } from 'zod'
import { type Json, unquoted } from './json.ts'
import { endpointsAt } from './route.ts'

type Schema = z.core.JSONSchema.BaseSchema

/** The order in which the operation's schema has the members; others come last. */
export const documentedOrder = ({
  method,
  path,
}: {
  method: string
  path: string
}): { arrange: (json: Json) => Json }[] => {
  const body = endpointsAt(path).find((endpoint) => endpoint.method === method)?.request.body
  if (body === undefined) return []
  const schema = z.toJSONSchema(body, { io: 'input', unrepresentable: 'any' })

  return [{ arrange: (json) => arranged(json, schema) }]
}

const arranged = (json: Json, schema: Schema | boolean | undefined): Json => {
  if (typeof schema !== 'object' || json.kind === 'leaf') return json
  if (json.kind === 'array') {
    const { items } = schema
    return Array.isArray(items)
      ? json
      : { kind: 'array', items: json.items.map((item) => arranged(item, items)) }
  }
  const { properties = {} } = schema
  const names = Object.keys(properties)
  const rank = (key: string) => names.indexOf(unquoted(key)) + 1 || names.length + 1
  const members = json.members.map(({ key, value }) => ({
    key,
    value: arranged(value, properties[unquoted(key)]),
  }))

  return { kind: 'object', members: members.toSorted((a, b) => rank(a.key) - rank(b.key)) }
}
