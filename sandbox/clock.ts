/**
 * Business time in milliseconds: expiries, schedules, times in bodies. It runs with the wall clock
 * from wherever it was set; signatures and certificates never look at it.
 */
export type Clock = {
  now(): number
  /** Moves to a moment; what is due until then happens first, in order. */
  set(at: number): Promise<void>
  advance(milliseconds: number): Promise<void>
}

export type WallClock = () => number

/** A clock that can be moved, and what it is made of: `moveTo` only turns the hands. */
export type MovableClock = Pick<Clock, 'now'> & { moveTo(at: number): void }

export const createMovableClock = (wall: WallClock): MovableClock => {
  let offset = 0

  return {
    now: () => wall() + offset,
    moveTo: (at) => {
      offset = at - wall()
    },
  }
}
