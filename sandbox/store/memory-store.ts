import { randomBytes } from 'node:crypto'
import TinyQueue from 'tinyqueue'
import { createBusinessClock } from './business-clock.ts'
import { createIdentifiers, firstIdentifiers, type IdentifiersState } from './identifiers.ts'
import { createKeyQueue } from './key-queue.ts'
import { type Indexes, layout, type Records } from './layout.ts'
import { createMemoryTable, type MemoryTable } from './memory-table.ts'
import type { CollectionName, Due, Key, Store, Unit, WorldCollection } from './store.ts'

type Tables = { [Name in CollectionName]: MemoryTable<Records[Name], Indexes[Name]> }

/** What a store begins with, and begins anew with after it forgot everything. */
export type StoreOptions = {
  /** Wall time in milliseconds. @default Date.now */
  wallNow?: () => number
  /** Business time stands still at this moment; by default it runs. */
  heldAt?: number
  /** The same seed gives the same numbers; without one, no number ever comes again. */
  seed?: number
}

/** The default store: everything in memory, gone with the process. @throws {ClockError} */
export const createMemoryStore = (options: StoreOptions = {}): Store => {
  const { wallNow = Date.now, heldAt, seed } = options
  const tables: Tables = {
    plans: createMemoryTable(layout.plans),
    userSignPlans: createMemoryTable(layout.userSignPlans),
    serviceOrders: createMemoryTable(layout.serviceOrders),
    refunds: createMemoryTable(layout.refunds),
    permissions: createMemoryTable(layout.permissions),
    notifications: createMemoryTable(layout.notifications),
    merchants: createMemoryTable(layout.merchants),
    plannedOutcomes: createMemoryTable(layout.plannedOutcomes),
    faults: createMemoryTable(layout.faults),
    marks: createMemoryTable(layout.marks),
    probes: createMemoryTable(layout.probes),
    rotations: createMemoryTable(layout.rotations),
    snapshots: createMemoryTable(layout.snapshots),
  }
  const freshIdentifiers = () => (seed === undefined ? unrepeatable() : firstIdentifiers(seed))
  const clock = createBusinessClock(wallNow, heldAt)
  const ids = createIdentifiers(freshIdentifiers())
  const turns = createKeyQueue()

  // Entries whose record has changed since are dropped when they come up.
  const queue = new TinyQueue<Due & { written: number }>(
    [],
    (one, other) => one.at - other.at || one.written - other.written,
  )
  let written = 0
  let announce = () => {}

  const dueOf = <Name extends CollectionName>(name: Name, key: Key): number | undefined => {
    const table = tables[name]
    const record = table.get(key)
    return record && table.dueOf(record)
  }

  const put = <Name extends CollectionName>(collection: Name, record: Records[Name]) => {
    const table = tables[collection]
    const key = table.keyOf(record)
    const before = dueOf(collection, key)
    table.put(record)
    const at = table.dueOf(record)
    if (at === undefined || at === before) return
    written += 1
    queue.push({ collection, key, at, written })
  }

  const putAll = <Name extends WorldCollection>(name: Name, records: readonly Records[Name][]) => {
    for (const record of records) put(name, record)
  }

  const earliest = (): Due | undefined => {
    for (let next = queue.peek(); next !== undefined; next = queue.peek()) {
      const { collection, key, at } = next
      if (dueOf(collection, key) === at) return { collection, key, at }
      queue.pop()
    }
    return undefined
  }

  const reader: Pick<Store, 'get' | 'find' | 'now'> = {
    get: async (collection, key) => tables[collection].get(key),
    find: async (collection, index, key) => tables[collection].find(index, key),
    now: clock.now,
  }

  return {
    ...reader,

    list: async (collection, filter) => tables[collection].list(filter),

    change: (locks, work) =>
      turns.under(
        locks.map((lock) => lock.join('/')),
        async () => {
          const writes: (() => void)[] = []
          const unit: Unit = {
            ...reader,
            ids,
            put: (collection, record) => {
              writes.push(() => put(collection, record))
            },
            remove: (collection, key) => {
              writes.push(() => tables[collection].remove(key))
            },
          }

          const result = await work(unit)
          for (const write of writes) write()
          if (writes.length > 0) announce()
          return result
        },
      ),

    earliest: async () => earliest(),

    setAside: ({ collection, key }) =>
      turns.under([[collection, ...key].join('/')], async () => {
        const record = tables[collection].get(key)
        if (record) put(collection, withoutDue(record))
      }),

    turnClock: async (turn) => {
      turn(clock)
      announce()
    },

    onDue: (listener) => {
      announce = listener
    },

    save: () =>
      turns.alone(async () => ({
        clock: clock.save(),
        identifiers: ids.save(),
        records: {
          plans: tables.plans.all(),
          userSignPlans: tables.userSignPlans.all(),
          serviceOrders: tables.serviceOrders.all(),
          refunds: tables.refunds.all(),
          permissions: tables.permissions.all(),
          notifications: tables.notifications.all(),
          merchants: tables.merchants.all(),
          plannedOutcomes: tables.plannedOutcomes.all(),
          faults: tables.faults.all(),
          marks: tables.marks.all(),
          probes: tables.probes.all(),
        },
      })),

    load: (contents) =>
      turns.alone(async () => {
        for (const name of worldCollections) tables[name].clear()
        clock.load(contents.clock)
        ids.load(contents.identifiers)
        for (const name of worldCollections) putAll(name, contents.records[name])
        announce()
      }),

    clear: (mchid) =>
      turns.alone(async () => {
        for (const table of Object.values(tables)) table.clear(mchid)
        if (mchid === undefined) {
          clock.load({ now: heldAt ?? wallNow(), held: heldAt !== undefined })
          ids.load(freshIdentifiers())
        }
        announce()
      }),
  }
}

const worldCollections: readonly WorldCollection[] = [
  'merchants',
  'plans',
  'userSignPlans',
  'serviceOrders',
  'refunds',
  'permissions',
  'notifications',
  'plannedOutcomes',
  'faults',
  'marks',
  'probes',
]

const unrepeatable = (): IdentifiersState => ({
  issued: 0,
  faults: 0,
  chance: [...new Int32Array(new Uint8Array(randomBytes(16)).buffer)],
})

const withoutDue = <Record extends object>(record: Record): Record => {
  const copy: Record & { due?: number } = { ...record }
  delete copy.due
  return copy
}
