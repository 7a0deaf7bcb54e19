import { setTimeout as wait } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { refuse } from '../../sandbox/domain/refused.ts'
import { createScheduler } from '../../sandbox/scheduler/scheduler.ts'
import { createMemoryStore } from '../../sandbox/store/memory-store.ts'
import type { Due, Store } from '../../sandbox/store/store.ts'
import { orderRecord } from './order-record.ts'

type RunDue = (due: Due, store: Store) => Promise<void>

/** A clock that stands still at 0; each record is done with unless `runDue` says more. */
const start = async (dues: Record<string, number>, runDue: RunDue = async () => {}) => {
  const store = createMemoryStore({ heldAt: 0 })
  const seen: [number: string, due: number, clock: number][] = []
  const onError = vi.fn()
  const put = (number: string, due?: number) =>
    store.change([['serviceOrders', '1', number]], async (unit) => {
      unit.put('serviceOrders', orderRecord({ number, ...(due !== undefined && { due }) }))
    })
  for (const [number, due] of Object.entries(dues)) await put(number, due)

  const scheduler = createScheduler({
    store,
    background: { isBusy: () => false, count: () => 0, idle: async () => {} },
    runDue: async (due) => {
      seen.push([due.key[1], due.at, store.now()])
      await runDue(due, store)
      await put(due.key[1])
    },
    onWaiting: () => {},
    onError,
  })

  return { ...scheduler, store, seen, onError, put }
}

test('what is due happens in order, each at its moment, when the clock is moved', async () => {
  const { clock, seen } = await start({ late: 300, early: 100, never: 301, middle: 200 })

  await clock.set(300)

  expect(seen).toEqual([
    ['early', 100, 100],
    ['middle', 200, 200],
    ['late', 300, 300],
  ])
  expect(clock.now()).toBe(300)
})

test('what becomes due on the way happens on the way', async () => {
  const { clock, seen } = await start({ a: 100, b: 300 }, async ({ key, at }, store) => {
    if (key[1] !== 'a') return
    await store.change([], async (unit) => {
      unit.put('serviceOrders', orderRecord({ number: `after ${at}`, due: 200 }))
    })
  })

  await clock.set(400)

  expect(seen.map(([number, , at]) => [number, at])).toEqual([
    ['a', 100],
    ['after 100', 200],
    ['b', 300],
  ])
})

test('what was due in the past has happened once somebody asks', async () => {
  const { catchUp, store, seen } = await start({ a: 50, later: 71 })
  await store.turnClock((hands) => hands.moveTo(70))

  await catchUp()

  expect(seen).toEqual([['a', 50, 70]])
})

test('of what is due at one moment, the one written first happens first', async () => {
  const numbers = Array.from({ length: 200 }, (_, index) => `n${index}`)
  const { clock, seen } = await start(Object.fromEntries(numbers.map((number) => [number, 100])))

  await clock.set(100)

  expect(seen.map(([number]) => number)).toEqual(numbers)
})

test('two moves of the clock take turns', async () => {
  const { clock, seen } = await start({ a: 100, b: 200 })

  await Promise.all([clock.set(150), clock.set(250)])

  expect(seen.map(([number]) => number)).toEqual(['a', 'b'])
  expect(clock.now()).toBe(250)
})

test('what is due happens by itself, as the store tells of it', async () => {
  const { seen, put } = await start({})
  await put('a', 0)

  await vi.waitFor(() => expect(seen).toEqual([['a', 0, 0]]))
})

test('a stopped scheduler does nothing by itself', async () => {
  const { stop, seen, put } = await start({})
  stop()
  await put('a', 0)
  await wait(20)

  expect(seen).toEqual([])
})

test('a record that cannot be moved on is reported once and set aside; the others go on', async () => {
  const fault = new Error('No.')
  const { seen, onError, store } = await start({ a: 0, b: 0 }, async ({ key }) => {
    if (key[1] === 'a') throw fault
  })

  await vi.waitFor(() => expect(seen.map(([number]) => number)).toEqual(['a', 'b']))
  expect(onError.mock.calls).toEqual([[fault]])
  await vi.waitFor(async () => expect(await store.earliest()).toBeUndefined())
  expect(await store.get('serviceOrders', ['1', 'a'])).not.toHaveProperty('due')
})

test('a record that stays due is a fault like any other', async () => {
  const { clock, seen, onError, put } = await start({ a: 100 }, async () => {
    throw refuse('orderStateIllegal')
  })
  await put('b', 200)

  await clock.set(200)

  expect(seen.map(([number]) => number)).toEqual(['a', 'b'])
  expect(onError).toHaveBeenCalledTimes(2)
  expect(clock.now()).toBe(200)
})

test('a record that somebody else moved on in the meantime is no fault', async () => {
  const { clock, seen } = await start({ a: 100, b: 200 }, async ({ key }, store) => {
    if (key[1] !== 'a') return
    await store.change([], async (unit) => {
      unit.put('serviceOrders', orderRecord({ number: 'a' }))
    })
    refuse('orderStateIllegal')
  })

  await clock.set(200)

  expect(seen.map(([number]) => number)).toEqual(['a', 'b'])
  expect(clock.now()).toBe(200)
})
