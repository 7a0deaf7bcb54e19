import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createMemoryStore } from '../../sandbox/store/memory-store.ts'
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
)

test('the store answers as a plain list of records would', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const store = createMemoryStore()
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
    { numRuns: 60 },
  )
})
