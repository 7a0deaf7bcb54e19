import { z } from 'zod'
import { endpointsAt } from '../paths.ts'
import { choices, permutations } from './combinations.ts'
import {
  aspects,
  type JsonStyle,
  orders,
  plainlySpelled,
  plainStyle,
  python,
  writeJson,
} from './json-style.ts'
import { type Json, readJson, unquoted } from './json-text.ts'
import type { Likelihood } from './mutation.ts'

type Habit = Partial<JsonStyle>
type Respelling = { text: string; likelihood: Likelihood }

// In letters; beyond, writing the text in every way takes longer than anybody wants to wait.
const ordinary = 8_192

/** What other encoders make of the same JSON: with few habits of their own first, then with more. */
export function* respellings(
  text: string,
  operation: { method: string; path: string },
): Generator<Respelling> {
  const sent = readJson(text)?.json
  if (sent === undefined) return
  const json = plainlySpelled(sent)
  const habits = [...aspects, [...orders, ...documentedOrder(operation)]]
  const seen = new Set([text])
  const isNew = (respelled: string) => seen.size < seen.add(respelled).size

  for (const chosen of choices(telling(habits, json), text.length > ordinary ? 1 : 3)) {
    const respelled = written(json, chosen)
    if (isNew(respelled))
      yield { text: respelled, likelihood: likelihoods[chosen.length] ?? 'rare' }
  }
  for (const shuffled of shuffledAtTop(sent)) {
    for (const spacing of [{}, python]) {
      const respelled = written(shuffled, [spacing])
      if (isNew(respelled)) yield { text: respelled, likelihood: 'rare' }
    }
  }
}

// By how many habits of its own an encoder has.
const likelihoods = ['usual', 'common', 'common', 'rare'] as const

/** Only those habits that show in this JSON. */
const telling = (habits: readonly (readonly Habit[])[], json: Json) => {
  const plain = written(json, [])
  return habits.map((list) => list.filter((habit) => written(json, [habit]) !== plain))
}

const shuffledAtTop = (json: Json): Json[] =>
  json.kind !== 'object' || json.members.length > 5
    ? []
    : permutations(json.members).map((members) => ({ kind: 'object', members }))

const written = (json: Json, habits: readonly Habit[]) => {
  let style = plainStyle
  for (const habit of habits) style = { ...style, ...habit }
  return writeJson(json, style)
}

type JsonSchema = z.core.JSONSchema.BaseSchema

/** The order in which the operation's schema has the members; others come last. */
const documentedOrder = ({
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

const arranged = (json: Json, schema: JsonSchema | boolean | undefined): Json => {
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
