import type { Dimension, Scene, Variation } from './dimension.ts'
import { assemble, type Content, type Draft } from './draft.ts'

/** A message that may have been signed, and the mistakes that lead to it. */
export type Candidate = { variations: readonly Variation[]; message: Content }

type Hunt = {
  /** Whether this message is the one that was signed. */
  fits: (message: Content) => boolean
  /** How many hashes of a short message may be spent. */
  effort: number
  /** How many of them `fits` takes. */
  price: number
}

// What can be put together and hashed in the time that the hash of a short message takes.
const bytesPerHash = 750

/** The message that was signed, if it is one of those that known mistakes produce. */
export const search = (
  candidates: Iterable<Candidate>,
  { fits, effort, price }: Hunt,
): { found?: Candidate; tried: number; isCut: boolean } => {
  let left = effort
  let tried = 0
  for (const candidate of candidates) {
    left -= price * (1 + candidate.message.length / bytesPerHash)
    if (left < 0) return { tried, isCut: true }
    tried++
    if (fits(candidate.message)) return { found: candidate, tried, isCut: false }
  }

  return { tried, isCut: false }
}

/** The true message, then those with one mistake, then with two of different dimensions. */
export function* candidatesFor(
  scene: Scene,
  dimensions: readonly Dimension[],
): Generator<Candidate> {
  const { truth } = scene
  const right = assemble(truth)
  yield { variations: [], message: right }

  const usual: Placed[] = []
  const common: Placed[] = []
  const rare: Placed[] = []
  // One that comes with no other mistake is in none of the lists.
  const byRarity = [usual, common, rare]
  for (const { dimension, variation } of singles(scene, dimensions)) {
    const message = assemble({ ...truth, ...variation.change })
    if (isSame(message, right)) continue
    yield { variations: [variation], message }
    byRarity[variation.rarity ?? 1]?.push({ dimension, variation })
  }

  yield* pairs(truth, usual, usual)
  yield* pairs(truth, usual, common)
  yield* pairs(truth, common, common)
  yield* pairs(truth, usual, rare)
}

/** First what each dimension usually is, the shortest bodies before: a long one costs the effort. */
function* singles(scene: Scene, dimensions: readonly Dimension[]): Generator<Placed> {
  const leading = dimensions.map(({ variations }) => leadingOf(variations(scene)))
  const first = dimensions.flatMap(({ name: dimension }, index) =>
    (leading[index] ?? []).map((variation) => ({ dimension, variation })),
  )
  const lengthOf = ({ variation: { change } }: Placed) => (change.body ?? scene.truth.body).length
  yield* first.toSorted((one, other) => lengthOf(one) - lengthOf(other))

  for (const [index, { name: dimension, variations }] of dimensions.entries()) {
    let known = leading[index]?.length ?? 0
    for (const variation of variations(scene)) {
      if (known-- <= 0) yield { dimension, variation }
    }
  }
}

/** What is usual and stands first, so that nothing costly is made on the way. */
const leadingOf = (variations: Iterable<Variation>): Variation[] => {
  const leading: Variation[] = []
  for (const variation of variations) {
    if (variation.rarity !== 0) break
    leading.push(variation)
  }

  return leading
}

const isSame = (one: Content, other: Content) =>
  typeof one === 'string' ? one === other : Buffer.compare(one, Buffer.from(other)) === 0

type Placed = { dimension: string; variation: Variation }

function* pairs(
  truth: Draft,
  some: readonly Placed[],
  others: readonly Placed[],
): Generator<Candidate> {
  for (const [index, one] of some.entries()) {
    const draft = { ...truth, ...one.variation.change }
    for (const other of some === others ? some.slice(index + 1) : others) {
      if (other.dimension === one.dimension) continue
      const message = assemble({ ...draft, ...other.variation.change })
      yield { variations: [one.variation, other.variation], message }
    }
  }
}
