import { randomBytes } from 'node:crypto'
import TinyQueue from 'tinyqueue'
import { createBusinessClock } from './business-clock.ts'
import { createIdentifiers, firstIdentifiers, type IdentifiersState } from './identifiers.ts'
import { createKeyQueue } from './key-queue.ts'
import { type Indexes, layout, type Records } from './layout.ts'
import { createMemoryTable, type Entry, joined, type MemoryTable } from './memory-table.ts'
import type { CollectionName, Contents, Due, Key, Store, Unit, WorldCollection } from './store.ts'

type Tables = { [Name in CollectionName]: MemoryTable<Records[Name], Indexes[Name]> }

/** What a store begins with, and begins anew with after it forgot everything. */
export type StoreOptions = {
  /** Wall time in milliseconds. @default Date.now */
  wallNow?: () => number
  /** Business time stands still at this moment; by default it runs. */
  heldAt?: number
  /** The same seed gives the same numbers; without one, no number ever comes again. */
  seed?: number
  /** Where every change is written before it is seen; by default nowhere. */
  persistence?: Persistence
}

/** Where the clock and the numbers stand. */
export type Position = Pick<Contents, 'clock' | 'identifiers'>

/** A record under the one name that it has in the whole store; one without an entry is removed. */
type Write = { name: string; entry?: Entry<object> }

/** What happens all at once. The position is that after it: a number that was drawn stays drawn. */
export type Change = { writes: readonly Write[]; position: Position }

/** What was written before, and where to write. */
export type Persistence = {
  /** What a store goes on from; nothing where none was kept. */
  kept: { position: Position; entries: Entries } | undefined
  /** Writes changes in the order in which they are given. @throws when one is not written for good */
  write(change: Change): Promise<void>
}

export type Entries = { [Name in CollectionName]: Entry<Records[Name]>[] }

/** A write, and how it is seen. */
type Prepared = Write & { apply: () => void }

/**
 * The default store: everything in memory, gone with the process unless each change is persisted.
 * A change is written first and seen afterwards, so that what anybody saw is written, and one that
 * could not be written has not happened.
 * @throws {ClockError}
 */
export const createMemoryStore = (options: StoreOptions = {}): Store => {
  const { wallNow = Date.now, heldAt, seed, persistence } = options
  const tables: Tables = {
    plans: createMemoryTable(layout.plans),
    userSignPlans: createMemoryTable(layout.userSignPlans),
    serviceOrders: createMemoryTable(layout.serviceOrders),
    transactions: createMemoryTable(layout.transactions),
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
  const freshPosition = (): Position => ({
    clock: { now: heldAt ?? wallNow(), held: heldAt !== undefined },
    identifiers: seed === undefined ? unrepeatable() : firstIdentifiers(seed),
  })
  const clock = createBusinessClock(wallNow, heldAt)
  const ids = createIdentifiers(freshPosition().identifiers)
  const turns = createKeyQueue()

  // Entries whose record has changed since are dropped when they come up.
  const queue = new TinyQueue<Due & { place: number }>(
    [],
    (one, other) => one.at - other.at || one.place - other.place,
  )
  /** The place of what was written last. */
  let lastPlace = 0
  let announce = () => {}

  const earliest = (): Due | undefined => {
    for (let next = queue.peek(); next !== undefined; next = queue.peek()) {
      const { collection, key, at, place } = next
      if (tables[collection].dueOf(key)?.place === place) return { collection, key, at }
      queue.pop()
    }
    return undefined
  }

  const reader: Pick<Store, 'get' | 'find' | 'now'> = {
    get: async (collection, key) => tables[collection].get(key),
    find: async (collection, index, key) => tables[collection].find(index, key),
    now: clock.now,
  }

  const see = <Name extends CollectionName>(collection: Name, entry: Entry<Records[Name]>) => {
    const table = tables[collection]
    const key = table.keyOf(entry.record)
    const before = table.dueOf(key)
    table.put(entry)
    const due = table.dueOf(key)
    if (due && due.place !== before?.place) queue.push({ collection, key, ...due })
  }

  const toPut = <Name extends CollectionName>(
    collection: Name,
    record: Records[Name],
    entryOf = tables[collection].entryOf,
  ): Prepared => {
    lastPlace += 1
    const entry = entryOf(record, lastPlace)
    const name = nameOf(collection, tables[collection].keyOf(record))
    return { name, entry, apply: () => see(collection, entry) }
  }

  const toRemove = (collection: CollectionName, key: Key): Prepared => ({
    name: nameOf(collection, key),
    apply: () => tables[collection].remove(key),
  })

  const position = (): Position => ({ clock: clock.save(), identifiers: ids.save() })

  const commit = async (prepared: readonly Prepared[], next?: Position) => {
    if (persistence) {
      const writes = prepared.map(({ apply: _, ...write }) => write)
      await persistence.write({ writes, position: next ?? position() })
    }
    for (const { apply } of prepared) apply()
    if (next) {
      clock.load(next.clock)
      ids.load(next.identifiers)
    }
    announce()
  }

  const toRemoveAll = (collections: readonly CollectionName[], mchid?: string) =>
    collections.flatMap((collection) =>
      tables[collection].keys(mchid).map((key) => toRemove(collection, key)),
    )

  const restore = <Name extends CollectionName>(collection: Name, entries: Entries) => {
    const table = tables[collection]
    table.restore(entries[collection])
    for (const { record, places } of entries[collection]) {
      lastPlace = Math.max(lastPlace, ...places)
      const key = table.keyOf(record)
      const due = table.dueOf(key)
      if (due) queue.push({ collection, key, ...due })
    }
  }
  if (persistence?.kept) {
    const { position: last, entries } = persistence.kept
    clock.load(last.clock)
    ids.load(last.identifiers)
    for (const collection of allCollections) restore(collection, entries)
  }

  return {
    ...reader,

    list: async (collection, filter) => tables[collection].list(filter),

    change: (locks, work) =>
      turns.under(
        locks.map(([collection, ...key]) => nameOf(collection, key)),
        async () => {
          const writes = new Map<string, () => Prepared>()
          let draws = false
          const unit: Unit = {
            ...reader,
            get ids() {
              draws = true
              return ids
            },
            put: (collection, record) => {
              const name = nameOf(collection, tables[collection].keyOf(record))
              writes.set(name, () => toPut(collection, record))
            },
            remove: (collection, key) => {
              writes.set(nameOf(collection, key), () => toRemove(collection, key))
            },
          }

          const result = await work(unit)
          // What was drawn may be told by the result alone.
          if (writes.size > 0 || draws) await commit([...writes.values()].map((write) => write()))
          return result
        },
      ),

    earliest: async () => earliest(),

    setAside: ({ collection, key }) =>
      turns.under([nameOf(collection, key)], async () => {
        const record = tables[collection].get(key)
        if (record) await commit([toPut(collection, withoutDue(record))])
      }),

    turnClock: (turn) =>
      turns.under(['clock'], async () => {
        const before = clock.save()
        turn(clock)
        try {
          await commit([])
        } catch (error) {
          clock.load(before)
          throw error
        }
      }),

    onDue: (listener) => {
      announce = listener
    },

    save: () =>
      turns.alone(async () => ({
        ...position(),
        records: {
          plans: tables.plans.all(),
          userSignPlans: tables.userSignPlans.all(),
          serviceOrders: tables.serviceOrders.all(),
          transactions: tables.transactions.all(),
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

    load: ({ records, ...next }) =>
      turns.alone(async () => {
        const toPutAll = <Name extends WorldCollection>(
          collection: Name,
          taken: readonly Records[Name][],
        ) => taken.map((record) => toPut(collection, record, tables[collection].newEntry))
        const puts = worldCollections.flatMap((name) => toPutAll(name, records[name]))
        await commit([...toRemoveAll(worldCollections), ...puts], next)
      }),

    clear: (mchid) =>
      turns.alone(() =>
        commit(
          toRemoveAll(allCollections, mchid),
          mchid === undefined ? freshPosition() : undefined,
        ),
      ),
  }
}

const nameOf = (collection: CollectionName, key: Key): string => `${collection}/${joined(key)}`

const worldCollections: readonly WorldCollection[] = [
  'merchants',
  'plans',
  'userSignPlans',
  'serviceOrders',
  'transactions',
  'refunds',
  'permissions',
  'notifications',
  'plannedOutcomes',
  'faults',
  'marks',
  'probes',
]

const allCollections: readonly CollectionName[] = [...worldCollections, 'rotations', 'snapshots']

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
