/**
 * Business time in milliseconds: expiries, schedules, times in bodies. It runs with the wall clock
 * from wherever it was set, or stands still; signatures and certificates never look at it.
 */
export type Clock = {
  now(): number
  /** Moves forward to a moment; what is due until then happens first, in order. */
  set(at: number): Promise<void>
  advance(milliseconds: number): Promise<void>
  /** Stands still from now on, so that the same calls give the same bytes. */
  hold(): void
  /** Runs again. */
  run(): void
}

/** The hands of the clock: `moveTo` turns them, and nothing happens. */
export type MovableClock = Pick<Clock, 'now' | 'hold' | 'run'> & { moveTo(at: number): void }

/** A clock that runs with `wall`, or stands still at `heldAt`. */
export const createMovableClock = (wall: () => number, heldAt?: number): MovableClock => {
  let held = heldAt
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
