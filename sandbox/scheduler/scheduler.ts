import { isDeepStrictEqual } from 'node:util'
import { Refused } from '../domain/refused.ts'
import type { Due, Store } from '../store/store.ts'
import { checkMove, type MovableClock } from './clock.ts'

/** Lets what is due happen: by itself as time passes, and in order when the clock is moved. */
export type Scheduler = {
  /**
   * Moves the clock to a moment; it stands still at each earlier one while its turn is taken.
   * @throws {ClockError} when the moment has passed
   */
  runUntil(at: number): Promise<void>
  /** The same, so many milliseconds from when its turn comes: two at once add up. */
  advance(milliseconds: number): Promise<void>
  /** Looks when the next thing is due. Called after each answer, so that no answer waits. */
  wake(): void
  /** Resolves when nothing is due any more and nothing is on its way. */
  idle(): Promise<void>
  stop(): void
}

/** What goes on beside the agenda and must have ended before time moves on. */
type Background = { isBusy(): boolean; settled(): Promise<void> }

type Parts = {
  store: Store
  clock: MovableClock
  background: Background
  /** Does what is due for a record; afterwards the record is due later, or not at all. */
  settle: (due: Due) => Promise<void>
  onError: (error: unknown) => void
}

const longestTimeout = 2 ** 31 - 1

export const createScheduler = ({
  store,
  clock,
  background,
  settle,
  onError,
}: Parts): Scheduler => {
  let timer: NodeJS.Timeout | undefined
  let running = Promise.resolve()
  let stopped = false

  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const turn = running.then(work)
    running = turn.catch(() => {})
    return turn
  }

  /** Takes a turn; one that is refused because somebody was quicker is no fault. */
  const take = async (due: Due) => {
    let failure: unknown = new Error(`${due.collection} ${due.key.join('/')} stays due.`)
    try {
      await settle(due)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      failure = error
    }
    if (isDeepStrictEqual(await store.earliest(), due)) throw failure
  }

  /** The next thing until then, once nothing goes on that could put something before it. */
  const next = async (until: number): Promise<Due | undefined> => {
    for (;;) {
      const isBusy = background.isBusy()
      const due = await store.earliest()
      const isNow = due !== undefined && due.at <= clock.now()
      if (isNow || !isBusy) return due && due.at <= until ? due : undefined
      await background.settled()
    }
  }

  const runThrough = async (until: number) => {
    for (let due = await next(until); due && !stopped; due = await next(until)) {
      if (due.at > clock.now()) clock.moveTo(due.at)
      await take(due)
    }
  }

  const dueNow = async (): Promise<Due | undefined> => {
    const due = await store.earliest()
    return due && !stopped && due.at <= clock.now() ? due : undefined
  }

  const runDue = async () => {
    for (let due = await dueNow(); due; due = await dueNow()) await take(due)
  }

  const plan = async () => {
    const due = await store.earliest()
    clearTimeout(timer)
    if (stopped || due === undefined) return
    const wait = Math.min(Math.max(due.at - clock.now(), 0), longestTimeout)
    timer = setTimeout(() => void inTurn(runDue).then(plan).catch(onError), wait)
    timer.unref()
  }

  const moveTo = async (target: () => number) => {
    checkMove(clock.now(), target())
    await inTurn(async () => {
      const at = target()
      await runThrough(at)
      // A clock that runs may have passed the moment while something went on.
      if (at > clock.now()) clock.moveTo(at)
    })
    await plan()
  }

  return {
    runUntil: (at) => moveTo(() => at),
    advance: (milliseconds) => moveTo(() => clock.now() + milliseconds),
    wake: () => void plan().catch(onError),
    idle: async () => {
      do {
        await inTurn(runDue)
        await background.settled()
      } while (background.isBusy() || (await dueNow()))
      await plan()
    },
    stop: () => {
      stopped = true
      clearTimeout(timer)
    },
  }
}
