import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { Lock, Store } from '../../sandbox/store/store.ts'
import { adapters } from './adapters.ts'
import { orderRecord } from './order-record.ts'

const lock = (number: string, mchid = '1'): Lock => ['serviceOrders', mchid, number]

const put = (store: Store, ...given: Parameters<typeof orderRecord>[0][]) =>
  store.change([], async (unit) => {
    for (const each of given) unit.put('serviceOrders', orderRecord(each))
  })

const get = (store: Store, number: string, mchid = '1') =>
  store.get('serviceOrders', [mchid, number])

const numbersOf = (records: readonly { order: { out_order_no: string } }[]) =>
  records.map(({ order }) => order.out_order_no)

/** A promise that a test keeps or breaks. */
const promised = () => {
  let keep = () => {}
  const promise = new Promise<void>((resolve) => {
    keep = resolve
  })
  return { promise, keep }
}

describe.each(adapters)('a store %s', (_, open) => {
  test('a change is seen all at once when it ends, by itself too', async () => {
    const { store } = await open()
    const { promise, keep } = promised()
    const change = store.change([lock('a'), lock('b')], async (unit) => {
      unit.put('serviceOrders', orderRecord({ number: 'a' }))
      unit.put('serviceOrders', orderRecord({ number: 'b' }))
      await promise
      return unit.get('serviceOrders', ['1', 'a'])
    })

    await turn()
    expect(await store.list('serviceOrders')).toEqual([])
    keep()
    expect(await change).toBeUndefined()
    expect(numbersOf(await store.list('serviceOrders'))).toEqual(['a', 'b'])
  })

  test('work that throws writes nothing and lets the next one in', async () => {
    const { store } = await open()
    await put(store, { number: 'a', due: 5 })

    await expect(
      store.change([lock('a'), lock('b')], async (unit) => {
        unit.put('serviceOrders', orderRecord({ number: 'a', user: 'another', due: 1 }))
        unit.put('serviceOrders', orderRecord({ number: 'b' }))
        throw new Error('No.')
      }),
    ).rejects.toThrow('No.')

    expect(await store.list('serviceOrders')).toEqual([orderRecord({ number: 'a', due: 5 })])
    expect(await store.find('serviceOrders', 'user', ['1', '500/another'])).toEqual([])
    expect(await store.earliest()).toMatchObject({ at: 5 })
    expect(await store.change([lock('a'), lock('b')], async () => 'next')).toBe('next')
  })

  test('changes that share a key run one after another', async () => {
    const { store } = await open()
    await put(store, { number: 'a' })
    const increase = () =>
      store.change([lock('a')], async (unit) => {
        const record = await unit.get('serviceOrders', ['1', 'a'])
        await turn()
        const createdAt = (record?.createdAt ?? 0) + 1
        unit.put('serviceOrders', orderRecord({ number: 'a', createdAt }))
      })

    await Promise.all(Array.from({ length: 50 }, increase))

    expect(await get(store, 'a')).toMatchObject({ createdAt: 50 })
  })

  test('changes of different keys do not wait for each other', async () => {
    const { store } = await open()
    const { promise, keep } = promised()
    const waiting = store.change([lock('a')], () => promise)

    await store.change([lock('b'), lock('a', '2'), ['refunds', '1', 'a']], async () => {})
    await store.change([], async () => {})
    keep()
    await waiting
  })

  test('changes that lock the same keys in another order do not lock each other out', async () => {
    const { store } = await open()
    const order: number[] = []
    const change = (index: number, ...numbers: string[]) =>
      store.change(
        numbers.map((number) => lock(number)),
        async () => {
          await turn()
          order.push(index)
        },
      )

    await Promise.all([
      change(0, 'a', 'b', 'c'),
      change(1, 'c', 'a'),
      change(2, 'b', 'c'),
      change(3, 'a', 'a'),
      change(4, 'b', 'a'),
    ])

    expect(order.toSorted()).toEqual([0, 1, 2, 3, 4])
    expect([order.indexOf(0), order.indexOf(4)]).toEqual([0, 4])
  })

  test('indexes follow the changes of a record', async () => {
    const { store } = await open()
    const find = async (user: string) =>
      numbersOf(await store.find('serviceOrders', 'user', ['1', `500/${user}`]))
    const paid = () => store.find('serviceOrders', 'transaction_id', ['1', 't'])

    await put(store, { number: 'a', user: 'x' })
    expect([await find('x'), await find('y'), await paid()]).toEqual([['a'], [], []])

    await put(store, { number: 'a', user: 'y', transaction_id: 't' })
    expect([await find('x'), await find('y'), numbersOf(await paid())]).toEqual([[], ['a'], ['a']])

    await put(store, { number: 'a', user: 'y' })
    expect([await find('y'), await paid()]).toEqual([['a'], []])
  })

  test('what is found keeps its order, whichever changed last', async () => {
    const { store } = await open()
    await put(store, { number: 'a' }, { number: 'b' }, { number: 'c' })
    await put(store, { number: 'b', createdAt: 9 })
    await put(store, { number: 'a', createdAt: 9 })

    const found = await store.find('serviceOrders', 'user', ['1', '500/somebody'])

    expect(numbersOf(found)).toEqual(['a', 'b', 'c'])
    expect(numbersOf(await store.list('serviceOrders'))).toEqual(['a', 'b', 'c'])
  })

  test('merchants who use the same numbers do not see each other’s records', async () => {
    const { store } = await open()
    await put(store, { number: 'a', mchid: '1' }, { number: 'a', mchid: '2', createdAt: 2 })

    expect(await get(store, 'a', '1')).toMatchObject({ mchid: '1', createdAt: 0 })
    expect(await get(store, 'a', '2')).toMatchObject({ mchid: '2', createdAt: 2 })
    expect(await get(store, 'a', '3')).toBeUndefined()
    for (const mchid of ['1', '2']) {
      const key = [mchid, '500/somebody'] as const
      expect(await store.find('serviceOrders', 'user', key)).toMatchObject([{ mchid }])
    }
  })

  test('records that leave the store are frozen to the bottom', async () => {
    const { store } = await open()
    await put(store, { number: 'a' })
    const record = await get(store, 'a')

    expect(() => Object.assign(record ?? {}, { createdAt: 1 })).toThrow(TypeError)
    expect(() => Object.assign(record?.order ?? {}, { state: 'DONE' })).toThrow(TypeError)
    expect(() => Object.assign(record?.order.time_range ?? {}, { end_time: '' })).toThrow(TypeError)
  })

  test('a list can be filtered and paged', async () => {
    const { store } = await open()
    const numbers = ['a', 'b', 'c', 'd', 'e']
    await put(store, ...numbers.map((number, createdAt) => ({ number, createdAt })))
    const list = async (filter?: Parameters<typeof store.list<'serviceOrders'>>[1]) =>
      numbersOf(await store.list('serviceOrders', filter))

    expect(await list()).toEqual(numbers)
    expect(await list({ skip: 1, take: 2 })).toEqual(['b', 'c'])
    expect(await list({ skip: 4, take: 2 })).toEqual(['e'])
    expect(await list({ skip: 5 })).toEqual([])
    const where = ({ createdAt }: { createdAt: number }) => createdAt % 2 === 0
    expect(await list({ where })).toEqual(['a', 'c', 'e'])
    expect(await list({ where, skip: 1, take: 1 })).toEqual(['c'])
  })

  test('the earliest moment is that of the records as they are now', async () => {
    const { store } = await open()
    const earliest = async () => {
      const due = await store.earliest()
      return due && [due.key[1], due.at]
    }

    expect(await earliest()).toBeUndefined()
    await put(store, { number: 'a', due: 30 }, { number: 'b', due: 10 }, { number: 'c', due: 20 })
    expect(await earliest()).toEqual(['b', 10])

    await put(store, { number: 'b', due: 40 })
    expect(await earliest()).toEqual(['c', 20])

    await put(store, { number: 'c' })
    expect(await earliest()).toEqual(['a', 30])

    await put(store, { number: 'b', due: 5 })
    expect(await earliest()).toEqual(['b', 5])

    await put(store, { number: 'b', due: 40 })
    await put(store, { number: 'b', due: 5 })
    expect(await earliest()).toEqual(['b', 5])

    await put(store, { number: 'a' }, { number: 'b' })
    expect(await earliest()).toBeUndefined()
  })

  test('a merchant is forgotten without the others', async () => {
    const { store } = await open()
    await put(
      store,
      { number: 'a', mchid: '1', due: 1 },
      { number: 'b', mchid: '11', due: 2 },
      { number: 'a', mchid: '2', due: 3 },
    )

    await store.clear('1')

    expect(await get(store, 'a', '1')).toBeUndefined()
    expect(await store.find('serviceOrders', 'user', ['1', '500/somebody'])).toEqual([])
    expect(await store.list('serviceOrders')).toMatchObject([{ mchid: '11' }, { mchid: '2' }])
    expect(await store.earliest()).toMatchObject({ key: ['11', 'b'], at: 2 })

    await store.clear()

    expect(await store.list('serviceOrders')).toEqual([])
    expect(await store.earliest()).toBeUndefined()
  })

  test('what is put after it was forgotten is found again', async () => {
    const { store } = await open()
    await put(store, { number: 'a', due: 1 })
    await store.clear()
    await put(store, { number: 'a', due: 1 })

    expect(await store.find('serviceOrders', 'user', ['1', '500/somebody'])).toHaveLength(1)
    expect(await store.list('serviceOrders')).toHaveLength(1)
    expect(await store.earliest()).toMatchObject({ at: 1 })
  })

  test('forgetting waits for the changes before it, and those after it wait', async () => {
    const { store } = await open()
    const { promise, keep } = promised()
    const before = store.change([lock('a')], async (unit) => {
      await promise
      unit.put('serviceOrders', orderRecord({ number: 'a' }))
      unit.put('serviceOrders', orderRecord({ number: 'b' }))
    })
    const clear = store.clear()
    const after = put(store, { number: 'c' })

    await turn()
    expect(await store.list('serviceOrders')).toEqual([])
    keep()
    await Promise.all([before, clear, after])

    expect(numbersOf(await store.list('serviceOrders'))).toEqual(['c'])
  })

  test('what was saved can be taken up in place of what is there', async () => {
    const { store } = await open({ heldAt: 0 })
    await put(store, { number: 'a', due: 7 }, { number: 'b', user: 'x' })
    const saved = await store.save()
    await put(store, { number: 'a', due: 3 }, { number: 'c' })

    await store.load(saved)

    expect(await store.save()).toEqual(saved)
    expect(await store.earliest()).toMatchObject({ at: 7 })
    const found = await store.find('serviceOrders', 'user', ['1', '500/x'])
    expect(numbersOf(found)).toEqual(['b'])
  })
})
