import { interactions } from '../../contracts/suite/interactions.ts'

export const successes = interactions.filter(({ situation }) => situation === undefined)

const seen = new Set<string>()

/** Every success, and each refusal of the catalogue once. */
export const sample = interactions.filter(({ situation }) => {
  if (situation === undefined) return true
  if (seen.has(situation)) return false
  seen.add(situation)
  return true
})
