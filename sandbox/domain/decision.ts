import type { Situation } from '../../contracts/errors.ts'

/** A command is accepted with the next state and what happened, or refused by name. */
export type Decision<State, Event = never> =
  | { ok: true; next: State; events: readonly Event[] }
  | Refusal

export type Refusal = { ok: false; situation: Situation }

export const accept = <State, const Events extends readonly unknown[]>(
  next: State,
  ...events: Events
): { ok: true; next: State; events: Events } => ({ ok: true, next, events })

export const refusal = (situation: Situation): Refusal => ({ ok: false, situation })
