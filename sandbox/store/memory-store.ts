import TinyQueue from 'tinyqueue'
import { createKeyQueue } from './key-queue.ts'
import { type Indexes, layout, type Records } from './layout.ts'
import { createMemoryTable, type MemoryTable } from './memory-table.ts'
import type { CollectionName, Contents, Due, Store, Unit } from './store.ts'

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
    notifications: createMemoryTable(layout.notifications),
  }
  const turns = createKeyQueue()

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
        const key = table.keyOf(record)
        const before = dueNow(collection, key)
        table.write(record)
        const at = table.dueOf(record)
        if (at !== undefined && at !== before) agenda.push({ collection, key, at })
      },
    }
  }

  const writesOf = (contents: Contents): Write[] => [
    ...contents.plans.map((record) => writeOf('plans', record)),
    ...contents.userSignPlans.map((record) => writeOf('userSignPlans', record)),
    ...contents.serviceOrders.map((record) => writeOf('serviceOrders', record)),
    ...contents.refunds.map((record) => writeOf('refunds', record)),
    ...contents.permissions.map((record) => writeOf('permissions', record)),
    ...contents.notifications.map((record) => writeOf('notifications', record)),
  ]

  const writeAll = async (writes: readonly Write[]) => {
    for (const { prepare } of writes) await prepare()
    for (const { write } of writes) write()
  }

  const clear = (mchid?: string) => {
    for (const table of Object.values(tables)) table.clear(mchid)
  }

  const reader: Pick<Store, 'get' | 'find' | 'list'> = {
    get: async (collection, key) => tables[collection].get(key),
    find: async (collection, index, key) => tables[collection].find(index, key),
    list: async (collection, filter) => tables[collection].list(filter),
  }

  return {
    ...reader,

    change: (locks, work) =>
      turns.under(
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
          await writeAll(writes)
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

    save: () =>
      turns.alone(async () => ({
        plans: await tables.plans.list(),
        userSignPlans: await tables.userSignPlans.list(),
        serviceOrders: await tables.serviceOrders.list(),
        refunds: await tables.refunds.list(),
        permissions: await tables.permissions.list(),
        notifications: await tables.notifications.list(),
      })),

    load: (contents) =>
      turns.alone(async () => {
        clear()
        await writeAll(writesOf(contents))
      }),

    clear: (mchid) => turns.alone(async () => clear(mchid)),
  }
}
