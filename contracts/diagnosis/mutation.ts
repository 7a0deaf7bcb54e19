import type { MessageParts } from './message-parts.ts'
import type { Found, MistakeCode } from './mistakes.ts'
import type { SigningContext } from './signing-context.ts'

/** Beside which others a mutation is looked for: rare ones beside usual ones only, lone ones never. */
export type Likelihood = 'usual' | 'common' | 'rare' | 'alone'

/** A known way to get one thing wrong: what it changes in the text, and what it is called. */
export type Mutation = {
  /** None where a mistake of the header names the deviation already. */
  code?: MistakeCode
  change: Partial<MessageParts>
  /** What is told of it, where the change itself does not show it. */
  found?: Found
  /** Common unless it says otherwise. */
  likelihood?: Likelihood
}

/** One thing that can be got wrong, and the ways to do so, the usual ones first. */
export type MistakeFamily = {
  name: string
  mutations: (context: SigningContext) => Iterable<Mutation>
}
