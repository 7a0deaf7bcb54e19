import type { Draft } from './draft.ts'
import type { MistakeCode } from './mistakes.ts'

/** What is at hand when somebody wonders what a signer may have done. */
export type Scene = {
  /** The text as it must be signed. */
  truth: Draft
  header: (name: string) => string | undefined
  /** The whole body, of which an upload signs one part only. */
  sentBody: Uint8Array
  /** Nonces that the signer may have signed instead of the one sent. */
  nonces: readonly string[]
}

/** Two mistakes at once are looked for while their rarities sum up to 2 at most; 1 is usual. */
export type Rarity = 0 | 1 | 2 | 3

/** A known way to get one thing wrong: what it changes in the text, and what it is called. */
export type Variation = {
  /** None where the deviation is told already by a mistake of the header. */
  code?: MistakeCode
  change: Partial<Draft>
  rarity?: Rarity
}

/** One thing that can be got wrong, and the ways to do so, the usual ones first. */
export type Dimension = { name: string; variations: (scene: Scene) => Iterable<Variation> }
