import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Store } from '../../sandbox/store/store.ts'
import { adapters } from './adapters.ts'
import { orderRecord } from './order-record.ts'

const mchids = ['1', '2']
const users = ['x', 'y']
const numbers = ['a', 'b', 'c']

const write = fc.record(
  {
    number: fc.constantFrom(...numbers),
    mchid: fc.constantFrom(...mchids),
    user: fc.constantFrom(...users),
    due: fc.nat(5),
  },
  { requiredKeys: ['number', 'mchid', 'user'] },
)

type Write = { number: string; mchid: string; user: string; due?: number }

const step = fc.oneof(
  { weight: 8, arbitrary: write.map((put) => ({ put })) },
  { weight: 1, arbitrary: fc.constantFrom(...mchids, undefined).map((clear) => ({ clear })) },
  { weight: 1, arbitrary: fc.constant({ restart: true }) },
)

const keys = mchids.flatMap((mchid) => users.map((user) => [mchid, `500/${user}`] as const))

/** All that can be told of a store's order. */
const ordersOf = async (store: Store) => ({
  found: await Promise.all(keys.map((key) => store.find('serviceOrders', 'user', key))),
  earliest: await store.earliest(),
})

test.each(adapters)('a store %s answers as a plain list of records would', async (_, open) => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      let { store, reopen } = await open()
      let model: readonly Write[] = []

      for (const each of steps) {
        if ('put' in each) {
          const { put } = each
          const isIt = ({ mchid, number }: Write) => mchid === put.mchid && number === put.number
          model = model.some(isIt)
            ? model.map((held) => (isIt(held) ? put : held))
            : [...model, put]
          await store.change([['serviceOrders', put.mchid, put.number]], async (unit) => {
            unit.put('serviceOrders', orderRecord(put))
          })
        } else if ('restart' in each) {
          const before = await ordersOf(store)
          ;({ store, reopen } = await reopen())
          expect(await ordersOf(store)).toEqual(before)
        } else {
          const { clear } = each
          model = model.filter(({ mchid }) => clear !== undefined && mchid !== clear)
          await store.clear(clear)
        }

        const dues = model.flatMap(({ due }) => due ?? [])
        const earliest = await store.earliest()
        expect(await store.list('serviceOrders')).toEqual(model.map(orderRecord))
        expect(earliest?.at).toBe(dues.length > 0 ? Math.min(...dues) : undefined)
        for (const mchid of mchids) {
          for (const user of users) {
            const held = model.filter((one) => one.mchid === mchid && one.user === user)
            const found = await store.find('serviceOrders', 'user', [mchid, `500/${user}`])
            expect(new Set(found)).toEqual(new Set(held.map(orderRecord)))
          }
        }
      }
    }),
    { numRuns: 40 },
  )
})
