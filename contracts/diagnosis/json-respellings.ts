import { choices } from './choices.ts'
import type { Rarity } from './dimension.ts'
import { documentedOrder } from './documented-order.ts'
import { type Json, readJson } from './json.ts'
import {
  aspects,
  orders,
  plainlySpelled,
  plainStyle,
  python,
  type Style,
  writeJson,
} from './json-style.ts'
import { permutations } from './permutations.ts'

type Habit = Partial<Style>
type Respelling = { text: string; rarity: Rarity }

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
    if (isNew(respelled)) yield { text: respelled, rarity: rarities[chosen.length] ?? 2 }
  }
  for (const shuffled of shuffledAtTop(sent)) {
    for (const spacing of [{}, python]) {
      const respelled = written(shuffled, [spacing])
      if (isNew(respelled)) yield { text: respelled, rarity: 2 }
    }
  }
}

// By how many habits of its own an encoder has.
const rarities = [0, 1, 1, 2] as const

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
