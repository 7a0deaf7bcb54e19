import { setImmediate } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { Refused } from '../domain/refused.ts'
import { checkMove } from '../store/business-clock.ts'
import { StateError } from '../store/state-error.ts'
import type { Due, Store } from '../store/store.ts'

/**
 * Business time in milliseconds: expiries, schedules, times in bodies. It runs with the wall clock
 * from wherever it was set, or stands still; signatures and certificates never look at it.
 */
export type Clock = {
  now(): number
  /**
   * Moves forward to a moment; what is due until then happens first, in order, the clock standing
   * still at each moment.
   * @throws {ClockError} for a moment that has passed, or that is none
   */
  set(at: number): Promise<void>
  /** The same, so many milliseconds from when its turn comes: two at once add up. */
  advance(milliseconds: number): Promise<void>
  /** Stands still from now on, so that the same calls give the same bytes. */
  hold(): Promise<void>
  /** Runs again. */
  run(): Promise<void>
}

/** Lets what is due happen: by itself as time passes, and in order when the clock is moved. */
export type Scheduler = {
  clock: Clock
  /** Lets everything happen that is due by now, so that whoever asks next sees it. */
  catchUp(): Promise<void>
  /** Resolves when nothing is due any more and nothing is on its way. */
  idle(): Promise<void>
  stop(): void
}

/** What goes on beside the scheduler and must have ended before time moves on. */
type Background = {
  isBusy(): boolean
  /** How many go on. */
  count(): number
  idle(): Promise<void>
}

type Options = {
  store: Store
  background: Background
  /** Does what is due for a record; afterwards the record is due later, or not at all. */
  runDue: (due: Due) => Promise<void>
  /** Told every second while a move of the clock waits for so many callbacks to be answered. */
  onWaiting: (callbacks: number) => void
  onError: (error: unknown) => void
}

const longestTimeout = 2 ** 31 - 1
/** Milliseconds after which what failed as a whole is tried again. */
const pause = 1000
/** Milliseconds after which everybody else has a turn. */
const longestBurst = 20

export const createScheduler = (options: Options): Scheduler => {
  const { store, background, runDue, onWaiting, onError } = options
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  /** One thing at a time: requests, timer and moves of the clock take turns between two of them. */
  let turns = 0
  let lastTurn: Promise<unknown> = Promise.resolve()
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    turns += 1
    const turn = lastTurn.then(work).finally(() => {
      turns -= 1
    })
    lastTurn = turn.catch(() => {})
    return turn
  }

  /** A record that cannot be moved on is reported once and set aside: everything else goes on. */
  const settle = async (due: Due) => {
    let failure: unknown
    try {
      await runDue(due)
    } catch (error) {
      failure = error
    }
    // Nothing has happened, and it is due until it can be written.
    if (failure instanceof StateError) throw failure
    const stays = isDeepStrictEqual(await store.earliest(), due)
    // A refusal is no fault where somebody else was quicker and moved the record on.
    if (!stays && (failure === undefined || failure instanceof Refused)) return

    onError(failure ?? new Error(`${due.collection} ${due.key.join('/')} stays due.`))
    if (stays) await store.setAside(due)
  }

  const dueBy = async (until: number): Promise<Due | undefined> => {
    const due = await store.earliest()
    return due && !stopped && due.at <= until ? due : undefined
  }

  /** Whether there was one. */
  const runNext = (): Promise<boolean> =>
    inTurn(async () => {
      const due = await dueBy(store.now())
      if (due) await settle(due)
      return due !== undefined
    })

  const catchUp = async () => {
    if (turns === 0 && !(await dueBy(store.now()))) return
    for (let since = performance.now(); await runNext(); ) {
      if (performance.now() - since < longestBurst) continue
      await setImmediate()
      since = performance.now()
    }
  }

  const plan = async (shortest = 0) => {
    const due = await store.earliest()
    clearTimeout(timer)
    if (stopped || due === undefined) return
    const wait = Math.min(Math.max(due.at - store.now(), shortest), longestTimeout)
    timer = setTimeout(() => void run(), wait)
    timer.unref()
  }
  const run = async () => {
    try {
      await catchUp()
      await plan()
    } catch (error) {
      onError(error)
      await plan(pause)
    }
  }
  const replan = () => void plan().catch(onError)
  store.onDue(replan)
  replan()

  const moveTo = (at: number) => store.turnClock((hands) => hands.moveTo(at))

  const idle = async () => {
    do {
      await catchUp()
      await background.idle()
    } while (background.isBusy() || (await dueBy(store.now())))
  }

  /** Time goes on only when nothing is on its way that could put something before the next thing. */
  const runUntil = async (at: number) => {
    const waiting = setInterval(() => onWaiting(background.count()), 1000)
    try {
      for (;;) {
        await idle()
        const due = await dueBy(at)
        if (!due) break
        await inTurn(async () => {
          if (due.at > store.now()) await moveTo(due.at)
        })
      }
    } finally {
      clearInterval(waiting)
    }
    // A clock that runs may have passed the moment while something went on.
    if (at > store.now() && !stopped) await moveTo(at)
  }

  let lastMove: Promise<void> = Promise.resolve()
  const move = async (target: () => number) => {
    checkMove(store.now(), target())
    const moved = lastMove.then(() => runUntil(target()))
    lastMove = moved.catch(() => {})
    await moved
  }

  return {
    clock: {
      now: store.now,
      set: (at) => move(() => at),
      advance: (milliseconds) => move(() => store.now() + milliseconds),
      hold: () => store.turnClock((hands) => hands.hold()),
      run: () => store.turnClock((hands) => hands.run()),
    },
    catchUp,
    idle,
    stop: () => {
      stopped = true
      clearTimeout(timer)
    },
  }
}
