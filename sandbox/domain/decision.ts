import type { Situation } from '../../contracts/errors.ts'
import type { Sentence } from '../../contracts/texts.ts'

/** A command is accepted with the next state and what happened, or refused by name. */
export type Decision<State, Event = never> =
  | { ok: true; next: State; events: readonly Event[] }
  | Refusal

/** `reason` is for people beside the wire: what of this very request led to the refusal. */
export type Refusal = { ok: false; situation: Situation; reason?: Sentence }

export const accept = <State, const Events extends readonly unknown[]>(
  next: State,
  ...events: Events
): { ok: true; next: State; events: Events } => ({ ok: true, next, events })

export const refusal = (situation: Situation, reason?: Sentence): Refusal => ({
  ok: false,
  situation,
  ...(reason !== undefined && { reason }),
})
