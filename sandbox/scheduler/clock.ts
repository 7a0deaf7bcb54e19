import { formatRfc3339 } from '../../contracts/time.ts'

/**
 * Business time in milliseconds: expiries, schedules, times in bodies. It runs with the wall clock
 * from wherever it was set, or stands still; signatures and certificates never look at it.
 */
export type Clock = {
  now(): number
  /**
   * Moves forward to a moment; what is due until then happens first, in order.
   * @throws {ClockError} for a moment that has passed, or that is none
   */
  set(at: number): Promise<void>
  /** @throws {ClockError} for anything but whole milliseconds forward */
  advance(milliseconds: number): Promise<void>
  /** Stands still from now on, so that the same calls give the same bytes. */
  hold(): void
  /** Runs again. */
  run(): void
}

/** The hands of the clock: `moveTo` turns them, and nothing happens. */
export type MovableClock = Pick<Clock, 'now' | 'hold' | 'run'> & { moveTo(at: number): void }

/** The clock was asked to go where it cannot. */
export class ClockError extends Error {
  override readonly name = 'ClockError'
}

// Plans end up to ten years after a moment, and WeChat Pay writes four digits for a year.
export const lastMoment: number = Date.parse('9989-12-31T23:59:59+08:00')

/** @throws {ClockError} in one sentence */
const checkMoment = (at: number): number => {
  if (Number.isInteger(at) && at >= 0 && at <= lastMoment) return at
  throw new ClockError(
    `${at} is no moment of the clock; give whole milliseconds since 1970, before ${formatRfc3339(lastMoment)}.`,
  )
}

/** @throws {ClockError} in one sentence */
export const checkMove = (from: number, to: number): void => {
  if (checkMoment(to) >= from) return
  throw new ClockError(`The clock stands at ${formatRfc3339(from)} and only moves forward.`)
}

/** A clock that runs with `wall`, or stands still at `heldAt`. */
export const createMovableClock = (wall: () => number, heldAt?: number): MovableClock => {
  let held = heldAt === undefined ? undefined : checkMoment(heldAt)
  let offset = 0
  const now = () => held ?? wall() + offset

  return {
    now,
    moveTo: (at) => {
      if (held === undefined) offset = at - wall()
      else held = at
    },
    hold: () => {
      held = now()
    },
    run: () => {
      offset = now() - wall()
      held = undefined
    },
  }
}
