import { choices, permutations } from './combinations.ts'
import { arranged, documentedShapes, type Operation } from './documented-shapes.ts'
import {
  aspects,
  type JsonStyle,
  orders,
  plainlySpelled,
  plainStyle,
  python,
  writeJson,
} from './json-style.ts'
import { type Json, readJson } from './json-text.ts'
import type { Likelihood } from './mutation.ts'

type Habit = Partial<JsonStyle>
type Respelling = { text: string; likelihood: Likelihood }

// In letters; beyond, writing the text in every way takes longer than anybody wants to wait.
const ordinary = 8_192

/** What other encoders make of the same JSON: with few habits of their own first, then with more. */
export function* respellings(text: string, operation: Operation): Generator<Respelling> {
  const sent = readJson(text)?.json
  if (sent === undefined) return
  const json = plainlySpelled(sent)
  const habits = [...aspects, [...orders, ...documentedOrders(operation, json)]]
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

/** The orders of the documented shapes, each once. */
const documentedOrders = (operation: Operation, json: Json): Habit[] => {
  const byText = new Map(
    documentedShapes(operation, json).map((shape) => {
      const arrange = (each: Json) => arranged(each, shape)
      return [written(json, [{ arrange }]), { arrange }] as const
    }),
  )

  return [...byText.values()]
}
