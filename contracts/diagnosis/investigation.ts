import type { Dimension, Scene } from './dimension.ts'
import type { KnownKey } from './known-key.ts'
import { type Seal, sealsOf } from './seal.ts'
import { type Candidate, candidatesFor, search } from './search.ts'
import { readingsOf } from './signature-spelling.ts'

type Case = {
  scene: Scene
  dimensions: readonly Dimension[]
  signature: string
  keys: readonly KnownKey[]
  effort: number
}

/** What a signature gives away: how it was made, and what of, each as far as it is proven. */
export type Investigation = {
  seal?: Seal
  candidate?: Candidate
  /** How many texts it was held against. */
  tried: number
  /** Whether the effort ended before the texts did. */
  isCut: boolean
  /** What is odd about a signature that no known key made. */
  oddities: readonly string[]
}

// Of the whole effort, for ways that hardly anybody takes.
const rareShare = 0.05

export const investigate = ({
  scene,
  dimensions,
  signature,
  keys,
  effort,
}: Case): Investigation => {
  const seals = sealsOf(signature, keys)
  const usual = seals.filter(({ isRare }) => !isRare).length
  let tried = 0
  let isCut = false

  for (const seal of seals) {
    const share = seal.isRare ? rareShare : 1 / usual
    const outcome = search(candidatesFor(scene, dimensions), {
      ...seal,
      effort: effort * share,
    })
    const { found } = outcome
    if (found) return { seal, candidate: found, tried, isCut, oddities: [] }
    tried = Math.max(tried, outcome.tried)
    isCut ||= outcome.isCut && !seal.isRare
  }
  const told = seals.find((seal) => seal.told)

  return told
    ? { seal: told, tried, isCut, oddities: [] }
    : { tried, isCut, oddities: odditiesOf(signature, keys) }
}

const odditiesOf = (signature: string, keys: readonly KnownKey[]): string[] => {
  const [reading] = readingsOf(signature)
  if (!reading) return ['It is not Base64.']
  const { length } = reading.bytes
  const lengths = keys.map(
    ({ publicKey }) => (publicKey.asymmetricKeyDetails?.modulusLength ?? 0) / 8,
  )

  return lengths.includes(length)
    ? []
    : [`It has ${length} bytes; a signature with the merchant's key has ${lengths[0] ?? 256}.`]
}
