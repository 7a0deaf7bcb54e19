import { setTimeout as wait } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { refuse } from '../../sandbox/domain/refused.ts'
import { createMovableClock } from '../../sandbox/scheduler/clock.ts'
import { createScheduler } from '../../sandbox/scheduler/scheduler.ts'
import { createMemoryStore } from '../../sandbox/store/memory-store.ts'
import type { Due } from '../../sandbox/store/store.ts'
import { orderRecord } from './order-record.ts'

type Settle = (due: Due, store: ReturnType<typeof createMemoryStore>) => Promise<void>

/** An agenda over a clock that stands still at 0; each record is done with unless `settle` says more. */
const start = async (dues: Record<string, number>, settle: Settle = async () => {}) => {
  const store = createMemoryStore()
  const clock = createMovableClock(() => 0, 0)
  const seen: [number: string, due: number, clock: number][] = []
  const onError = vi.fn()
  const put = (number: string, due?: number) =>
    store.change([['serviceOrders', '1', number]], async (unit) => {
      unit.put('serviceOrders', orderRecord({ number, ...(due !== undefined && { due }) }))
    })
  for (const [number, due] of Object.entries(dues)) await put(number, due)

  const agenda = createScheduler({
    store,
    clock,
    background: { isBusy: () => false, settled: async () => {} },
    settle: async (due) => {
      seen.push([due.key[1], due.at, clock.now()])
      await settle(due, store)
      await put(due.key[1])
    },
    onError,
  })

  return { agenda, store, clock, seen, onError, put }
}

test('what is due happens in order, each at its moment, when the clock is moved', async () => {
  const { agenda, clock, seen } = await start({ late: 300, early: 100, never: 301, middle: 200 })

  await agenda.runUntil(300)

  expect(seen).toEqual([
    ['early', 100, 100],
    ['middle', 200, 200],
    ['late', 300, 300],
  ])
  expect(clock.now()).toBe(300)
})

test('what becomes due on the way happens on the way', async () => {
  const { agenda, seen } = await start({ a: 100, b: 300 }, async ({ key, at }, store) => {
    if (key[1] !== 'a') return
    await store.change([], async (unit) => {
      unit.put('serviceOrders', orderRecord({ number: `after ${at}`, due: 200 }))
    })
  })

  await agenda.runUntil(400)

  expect(seen.map(([number, , at]) => [number, at])).toEqual([
    ['a', 100],
    ['after 100', 200],
    ['b', 300],
  ])
})

test('what was due in the past happens now', async () => {
  const { agenda, clock, seen } = await start({ a: 50 })
  clock.moveTo(70)

  await agenda.idle()

  expect(seen).toEqual([['a', 50, 70]])
})

test('two moves of the clock take turns', async () => {
  const { agenda, clock, seen } = await start({ a: 100, b: 200 })

  await Promise.all([agenda.runUntil(150), agenda.runUntil(250)])

  expect(seen.map(([number]) => number)).toEqual(['a', 'b'])
  expect(clock.now()).toBe(250)
})

test('what is due happens by itself once the agenda is woken', async () => {
  const { agenda, seen, put } = await start({})
  await put('a', 0)
  agenda.wake()

  await vi.waitFor(() => expect(seen).toEqual([['a', 0, 0]]))
})

test('a stopped agenda does nothing by itself', async () => {
  const { agenda, seen } = await start({ a: 0 })
  agenda.stop()
  agenda.wake()
  await wait(20)

  expect(seen).toEqual([])
})

test('a fault is reported once and not tried again until somebody wakes the agenda', async () => {
  const fault = new Error('No.')
  const { agenda, seen, onError } = await start({ a: 0, b: 0 }, async () => {
    throw fault
  })

  agenda.wake()
  await vi.waitFor(() => expect(onError).toHaveBeenCalledWith(fault))
  await wait(20)
  expect(seen).toHaveLength(1)

  agenda.wake()
  await vi.waitFor(() => expect(onError).toHaveBeenCalledTimes(2))
})

test('a fault ends the move of the clock at its moment, and the next one is tried', async () => {
  let faulty = true
  const { agenda, clock, seen } = await start({ a: 100 }, async () => {
    if (faulty) throw new Error('No.')
  })

  await expect(agenda.runUntil(200)).rejects.toThrow('No.')
  expect(clock.now()).toBe(100)

  faulty = false
  await agenda.runUntil(200)
  expect(seen).toHaveLength(2)
  expect(clock.now()).toBe(200)
})

test('a record that somebody else moved on in the meantime is no fault', async () => {
  const { agenda, clock, seen } = await start({ a: 100, b: 200 }, async ({ key }, store) => {
    if (key[1] !== 'a') return
    await store.change([], async (unit) => {
      unit.put('serviceOrders', orderRecord({ number: 'a' }))
    })
    refuse('orderStateIllegal')
  })

  await agenda.runUntil(200)

  expect(seen.map(([number]) => number)).toEqual(['a', 'b'])
  expect(clock.now()).toBe(200)
})
