import type { z } from 'zod'
import { isObject } from '../json.ts'
import { documentedShapes, type Operation } from './documented-shapes.ts'
import { type Json, type Member, unquoted } from './json-text.ts'
import type { SigningContext } from './signing-context.ts'

type Known = SigningContext['known']
type Shape = z.core.JSONSchema.BaseSchema

/** The JSON with a member that was left out, and the name of that member. */
type Fuller = { name: string; json: Json }

/**
 * The JSON with one more member, at any depth: one that is documented there or that the signer knows,
 * with each value that can be thought of, wherever it may have stood.
 */
export function* withUnsentMember(
  json: Json,
  operation: Operation,
  known: Known,
): Generator<Fuller> {
  const shapes = documentedShapes(operation, json)
  const [first] = shapes
  for (const name of Object.keys(known)) {
    if (!first?.properties?.[name]) yield* added(json, name, valuesOf({}, known[name]))
  }
  for (const shape of shapes) yield* fuller(json, shape, known)
}

function* fuller(json: Json, shape: unknown, known: Known): Generator<Fuller> {
  if (!isShape(shape) || json.kind === 'leaf') return
  if (json.kind === 'array') {
    for (const [index, item] of json.items.entries()) {
      for (const each of fuller(item, shape.items, {})) {
        yield { ...each, json: { kind: 'array', items: json.items.with(index, each.json) } }
      }
    }
    return
  }

  const { properties = {} } = shape
  for (const [name, property] of Object.entries(properties)) {
    yield* added(json, name, valuesOf(property, known[name]))
  }
  for (const [index, { key, value }] of json.members.entries()) {
    for (const each of fuller(value, properties[unquoted(key)], {})) {
      const members = json.members.with(index, { key, value: each.json })
      yield { ...each, json: { kind: 'object', members } }
    }
  }
}

const isShape = (value: unknown): value is Shape => isObject(value)

/** The values as they are written: those that are known first, then those that the shape gives away. */
const valuesOf = (shape: unknown, known: readonly string[] = []): string[] => {
  const { type, enum: choices = [], const: only } = isShape(shape) ? shape : {}
  const written = [...known, ...choices, ...(only === undefined ? [] : [only])]
  const empty = typeof type === 'string' ? (emptyValues[type] ?? []) : []

  return [...new Set([...written.map((value) => JSON.stringify(value)), ...empty])]
}

const emptyValues: Readonly<Record<string, readonly string[]>> = {
  string: ['""'],
  boolean: ['true', 'false'],
  integer: ['0'],
  array: ['[]'],
  object: ['{}'],
}

function* added(json: Json, name: string, values: readonly string[]): Generator<Fuller> {
  const key = JSON.stringify(name)
  if (json.kind !== 'object' || json.members.some((member) => member.key === key)) return
  for (const raw of values) {
    const member: Member = { key, value: { kind: 'leaf', raw } }
    for (let place = json.members.length; place >= 0; place -= 1) {
      yield { name, json: { kind: 'object', members: json.members.toSpliced(place, 0, member) } }
    }
  }
}
