import { fill, SentenceError } from '../../contracts/texts.ts'
import { formatRfc3339 } from '../../contracts/time.ts'
import { storeTexts } from './texts.ts'

/** Where business time stands: `offset` milliseconds from the wall clock, or still at `heldAt`. */
type ClockState = { offset: number; heldAt?: number }

/** The hands of the business clock; turning them lets nothing happen by itself. */
export type BusinessClock = {
  now(): number
  moveTo(at: number): void
  /** Stands still from now on, so that the same calls give the same bytes. */
  hold(): void
  /** Runs with the wall clock again. */
  run(): void
  save(): { now: number; held: boolean }
  load(saved: { now: number; held: boolean }): void
}

/** The clock was asked to go where it cannot. */
class ClockError extends SentenceError {
  override readonly name = 'ClockError'
}

// Plans end up to ten years after a moment, and WeChat Pay writes four digits for a year.
export const lastMoment: number = Date.parse('9989-12-31T23:59:59+08:00')

/** @throws {ClockError} in one sentence */
const checkMoment = (at: number): number => {
  if (Number.isInteger(at) && at >= 0 && at <= lastMoment) return at
  throw new ClockError(fill(storeTexts.noMoment, { at, last: formatRfc3339(lastMoment) }))
}

/** @throws {ClockError} in one sentence */
export const checkMove = (from: number, to: number): void => {
  if (checkMoment(to) >= from) return
  throw new ClockError(fill(storeTexts.backwards, { now: formatRfc3339(from) }))
}

/**
 * A clock that runs with the wall clock, or stands still at `heldAt`; times in milliseconds.
 * @throws {ClockError} when `heldAt` is no moment
 */
export const createBusinessClock = (wallNow: () => number, heldAt?: number): BusinessClock => {
  const state: ClockState = {
    offset: 0,
    ...(heldAt !== undefined && { heldAt: checkMoment(heldAt) }),
  }
  const now = () => state.heldAt ?? wallNow() + state.offset
  const moveTo = (at: number) => {
    if (state.heldAt === undefined) state.offset = at - wallNow()
    else state.heldAt = at
  }
  const hold = () => {
    state.heldAt = now()
  }
  const run = () => {
    state.offset = now() - wallNow()
    delete state.heldAt
  }

  return {
    now,
    moveTo,
    hold,
    run,
    save: () => ({ now: now(), held: state.heldAt !== undefined }),
    load: (saved) => {
      if (saved.held) hold()
      else run()
      moveTo(saved.now)
    },
  }
}
