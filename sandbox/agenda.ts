import { isDeepStrictEqual } from 'node:util'
import type { MovableClock } from './clock.ts'
import { Refused } from './refused.ts'
import type { Due, Store } from './store/store.ts'

/** Lets what is due happen: by itself as time passes, and in order when the clock is moved. */
export type Agenda = {
  /** Moves the clock to a moment; it stands still at each earlier one while its turn is taken. */
  runUntil(at: number): Promise<void>
  /** Looks when the next thing is due. Called after each answer, so that no answer waits. */
  wake(): void
  /** Resolves when nothing is due any more and nothing is on its way. */
  idle(): Promise<void>
  stop(): void
}

/** What goes on beside the agenda and must have ended before time moves on. */
export type Background = { isBusy(): boolean; settled(): Promise<void> }

type Parts = {
  store: Store
  clock: MovableClock
  background: Background
  /** Does what is due for a record; afterwards the record is due later, or not at all. */
  settle: (due: Due) => Promise<void>
  onError: (error: unknown) => void
}

const longestTimeout = 2 ** 31 - 1

export const createAgenda = ({ store, clock, background, settle, onError }: Parts): Agenda => {
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
    try {
      await settle(due)
    } catch (error) {
      const isStillDue = isDeepStrictEqual(await store.earliest(), due)
      if (isStillDue || !(error instanceof Refused)) throw error
    }
  }

  /** The next thing until then, once nothing goes on that could put something before it. */
  const next = async (until: number): Promise<Due | undefined> => {
    for (;;) {
      const due = await store.earliest()
      const isNow = due !== undefined && due.at <= clock.now()
      if (isNow || !background.isBusy()) return due && due.at <= until ? due : undefined
      await background.settled()
    }
  }

  const runThrough = async (until: () => number) => {
    for (let due = await next(until()); due && !stopped; due = await next(until())) {
      if (due.at > clock.now()) clock.moveTo(due.at)
      await take(due)
    }
  }

  const runDue = async () => {
    for (let due = await store.earliest(); due && !stopped; due = await store.earliest()) {
      if (due.at > clock.now()) return
      await take(due)
    }
  }

  const plan = async () => {
    const due = await store.earliest()
    clearTimeout(timer)
    if (stopped || due === undefined) return
    const wait = Math.min(Math.max(due.at - clock.now(), 0), longestTimeout)
    timer = setTimeout(() => void inTurn(runDue).then(plan).catch(onError), wait)
    timer.unref()
  }

  return {
    runUntil: async (at) => {
      await inTurn(async () => {
        await runThrough(() => at)
        clock.moveTo(at)
      })
      await plan()
    },
    wake: () => void plan().catch(onError),
    idle: () => inTurn(() => runThrough(clock.now)),
    stop: () => {
      stopped = true
      clearTimeout(timer)
    },
  }
}
