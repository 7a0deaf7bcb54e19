import type { MovableClock } from './clock.ts'
import type { Due, Store } from './store/store.ts'

/** Lets what is due happen: by itself as time passes, and in order when the clock is moved. */
export type Agenda = {
  /** Runs everything due until now; the clock stands at each moment while its turn is taken. */
  runUntil(at: number): Promise<void>
  /** Looks when the next thing is due. Called after each answer, so that no answer waits. */
  wake(): void
  /** Resolves when nothing is due any more. */
  idle(): Promise<void>
  stop(): void
}

type Parts = {
  store: Store
  clock: MovableClock
  /** Does what is due for a record; afterwards the record is due later, or not at all. */
  settle: (due: Due) => Promise<void>
  onError: (error: unknown) => void
}

const longestTimeout = 2 ** 31 - 1

export const createAgenda = ({ store, clock, settle, onError }: Parts): Agenda => {
  let timer: NodeJS.Timeout | undefined
  let running = Promise.resolve()
  let stopped = false

  const step = async (until: number): Promise<boolean> => {
    const due = await store.earliest()
    if (stopped || due === undefined || due.at > until) return false
    await settle(due)
    return true
  }

  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const turn = running.then(work)
    running = turn.catch(() => {})
    return turn
  }

  const runDue = () =>
    inTurn(async () => {
      while (await step(clock.now()));
    })

  const plan = async () => {
    const due = await store.earliest()
    clearTimeout(timer)
    if (stopped || due === undefined) return
    const wait = Math.min(Math.max(due.at - clock.now(), 0), longestTimeout)
    timer = setTimeout(() => void runDue().then(plan).catch(onError), wait)
    timer.unref()
  }

  return {
    runUntil: (at) =>
      inTurn(async () => {
        for (let due = await store.earliest(); due && due.at <= at; due = await store.earliest()) {
          if (due.at > clock.now()) clock.moveTo(due.at)
          await settle(due)
        }
        clock.moveTo(at)
      }).then(plan),
    wake: () => void plan().catch(onError),
    idle: runDue,
    stop: () => {
      stopped = true
      clearTimeout(timer)
    },
  }
}
