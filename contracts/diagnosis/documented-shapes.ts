import { z } from 'zod'
import { endpoints } from '../endpoints.ts'
import { NotificationEnvelope } from '../notifications.ts'
import { endpointsAt } from '../paths.ts'
import { type Json, type Member, unquoted } from './json-text.ts'

/** The operation of a request; an answer does not say which it belongs to. */
export type Operation = { method: string; path: string }

type Shape = z.core.JSONSchema.BaseSchema

const shapes = new WeakMap<z.ZodType, Shape>()

/** Made once for each: it takes milliseconds. */
const shapeOf = (schema: z.ZodType): Shape => {
  const existing = shapes.get(schema)
  if (existing) return existing
  const shape = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  shapes.set(schema, shape)
  return shape
}

const ErrorAnswer = z.object({ code: z.string(), message: z.string(), detail: z.unknown() })

const answerBodies: readonly z.ZodType[] = [
  NotificationEnvelope,
  ErrorAnswer,
  ...Object.values(endpoints).flatMap(({ response }) => ('body' in response ? response.body : [])),
]

/** The documented shapes that a body may have: the operation's, or those of answers with its members. */
export const documentedShapes = ({ method, path }: Operation, json: Json): Shape[] => {
  if (json.kind !== 'object') return []
  if (path !== '') {
    return endpointsAt(path).flatMap((endpoint): Shape[] =>
      endpoint.method === method && endpoint.request.body ? [shapeOf(endpoint.request.body)] : [],
    )
  }
  const names = json.members.map(({ key }) => unquoted(key))

  return answerBodies
    .map(shapeOf)
    .filter(({ properties = {} }) => names.every((name) => Object.hasOwn(properties, name)))
}

type Part = Shape | boolean | undefined

/** The same JSON with its members in the order of a shape; others come last. */
export const arranged = (json: Json, shape: Part): Json => {
  if (typeof shape !== 'object' || json.kind === 'leaf') return json
  if (json.kind === 'array') {
    const { items } = shape
    return Array.isArray(items)
      ? json
      : { kind: 'array', items: json.items.map((item) => arranged(item, items)) }
  }
  const { properties = {} } = shape
  const names = Object.keys(properties)
  const rank = (key: string) => names.indexOf(unquoted(key)) + 1 || names.length + 1
  const members = json.members.map(({ key, value }) => ({
    key,
    value: arranged(value, properties[unquoted(key)]),
  }))

  return { kind: 'object', members: members.toSorted((a, b) => rank(a.key) - rank(b.key)) }
}

/** The same JSON with the members that a shape has beside its own, each null: all, or one of them. */
export const withNulls = (json: Json, shape: Shape): Json[] => {
  if (json.kind !== 'object') return []
  const { properties = {} } = shape
  const present = new Set(json.members.map(({ key }) => unquoted(key)))
  const absent = Object.keys(properties)
    .filter((name) => !present.has(name))
    .map((name): Member => ({ key: JSON.stringify(name), value: { kind: 'leaf', raw: 'null' } }))
  if (absent.length === 0) return []
  const beside = (added: readonly Member[]): Json => ({
    kind: 'object',
    members: [...json.members, ...added],
  })

  return [absent, ...absent.map((each) => [each])].flatMap((added) => [
    arranged(beside(added), shape),
    beside(added),
  ])
}
