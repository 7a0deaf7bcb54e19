import TinyQueue from 'tinyqueue'
import { createKeyQueue } from './key-queue.ts'
import { type Indexes, layout, type Records } from './layout.ts'
import { createMemoryTable, type MemoryTable } from './memory-table.ts'
import type { CollectionName, Due, Store, Unit } from './store.ts'

type Tables = { [Name in CollectionName]: MemoryTable<Records[Name], Indexes[Name]> }

type Write = { prepare: () => Promise<void>; write: () => void }

/** The default store: everything in memory, gone with the process. */
export const createMemoryStore = (): Store => {
  const tables: Tables = {
    plans: createMemoryTable(layout.plans),
    userSignPlans: createMemoryTable(layout.userSignPlans),
    serviceOrders: createMemoryTable(layout.serviceOrders),
    refunds: createMemoryTable(layout.refunds),
    permissions: createMemoryTable(layout.permissions),
  }
  const inTurn = createKeyQueue()

  // Entries whose record has changed since are dropped when they come up.
  const agenda = new TinyQueue<Due>([], (one, other) => one.at - other.at)

  const dueNow = <Name extends CollectionName>(name: Name, key: Due['key']) => {
    const table = tables[name]
    const record = table.get(key)
    return record && table.dueOf(record)
  }

  const writeOf = <Name extends CollectionName>(collection: Name, record: Records[Name]): Write => {
    const table = tables[collection]

    return {
      prepare: () => table.prepare(record),
      write: () => {
        table.write(record)
        const at = table.dueOf(record)
        if (at !== undefined) agenda.push({ collection, key: table.keyOf(record), at })
      },
    }
  }

  const reader: Pick<Store, 'get' | 'find' | 'list'> = {
    get: async (collection, key) => tables[collection].get(key),
    find: async (collection, index, key) => tables[collection].find(index, key),
    list: async (collection, filter) => tables[collection].list(filter),
  }

  return {
    ...reader,

    change: (locks, work) =>
      inTurn(
        locks.map((lock) => lock.join('/')),
        async () => {
          const writes: Write[] = []
          const unit: Unit = {
            ...reader,
            put: (collection, record) => {
              writes.push(writeOf(collection, record))
            },
          }

          const result = await work(unit)
          for (const { prepare } of writes) await prepare()
          for (const { write } of writes) write()

          return result
        },
      ),

    earliest: async () => {
      for (let next = agenda.peek(); next !== undefined; next = agenda.peek()) {
        if (dueNow(next.collection, next.key) === next.at) return next
        agenda.pop()
      }
      return undefined
    },

    clear: async (mchid) => {
      for (const table of Object.values(tables)) table.clear(mchid)
    },
  }
}
