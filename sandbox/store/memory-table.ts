import { Collection } from '@mswjs/data'
import { z } from 'zod'
import type { Layout } from './layout.ts'
import type { Filter, Key } from './store.ts'

/**
 * One collection in memory. `@mswjs/data` holds the cells and answers queries; its look-ups and
 * updates scan, so cells are reached through an index and their value is replaced in place.
 * Values are frozen: handing one out is as safe as a copy, and free.
 */
export type MemoryTable<Record, Index extends string> = {
  get(key: Key): Record | undefined
  find(index: Index, key: Key): readonly Record[]
  list(filter?: Filter<Record>): readonly Record[]
  /** Makes room for a new record, so that `write` need not wait. */
  prepare(record: Record): Promise<void>
  write(record: Record): void
  keyOf(record: Record): Key
  dueOf(record: Record): number | undefined
  clear(mchid?: string): void
}

type Owned = { mchid: string }

const joined = ([mchid, number]: Key): string => `${mchid}/${number}`

export const createMemoryTable = <Record extends Owned, Index extends string>(
  layout: Layout<Record, Index>,
): MemoryTable<Record, Index> => {
  const schema = z.object({ key: z.string(), value: z.custom<Record>().optional() })
  type Cell = z.infer<typeof schema>

  const collection = new Collection({ schema })
  const cells = new Map<string, Cell>()
  const valuesOf = Object.entries<Layout<Record, Index>['indexes'][Index]>(layout.indexes)
  const found = new Map<string, Set<Cell>>()

  const keyOf = (record: Record): Key => [record.mchid, layout.number(record)]

  const places = (record: Record): string[] =>
    valuesOf.flatMap(([name, values]) =>
      values(record)
        .filter((value) => value !== undefined)
        .map((value) => `${name}/${joined([record.mchid, value])}`),
    )

  // A cell keeps its place where both records have it, whichever cell changes last.
  const relink = (cell: Cell, from: Record | undefined, to?: Record) => {
    const next = new Set(to && places(to))
    for (const place of from ? places(from) : []) {
      if (next.has(place)) continue
      const linked = found.get(place)
      linked?.delete(cell)
      if (linked?.size === 0) found.delete(place)
    }
    for (const place of next) {
      const linked = found.get(place)
      if (linked) linked.add(cell)
      else found.set(place, new Set([cell]))
    }
  }

  return {
    keyOf,
    dueOf: layout.due,

    get: (key) => cells.get(joined(key))?.value,

    find: (index, key) =>
      [...(found.get(`${index}/${joined(key)}`) ?? [])].flatMap(({ value }) => value ?? []),

    list: ({ where, ...page } = {}) =>
      collection
        .findMany((query) => query.where(({ value }) => value && (where?.(value) ?? true)), page)
        .flatMap(({ value }) => value ?? []),

    prepare: async (record) => {
      const key = joined(keyOf(record))
      if (!cells.has(key)) cells.set(key, await collection.create({ key }))
    },

    write: (record) => {
      const cell = cells.get(joined(keyOf(record)))
      if (cell === undefined) throw new Error('A record was written that was not prepared.')
      relink(cell, cell.value, record)
      cell.value = frozen(record)
    },

    clear: (mchid) => {
      const gone = ([key]: [string, Cell]) => mchid === undefined || key.startsWith(`${mchid}/`)
      for (const [key, cell] of [...cells].filter(gone)) {
        relink(cell, cell.value)
        cells.delete(key)
      }
      collection.deleteMany((query) => query.where(({ key }) => !cells.has(key)))
    },
  }
}

const frozen = <Value>(value: Value): Value => {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  for (const inner of Object.values(value)) frozen(inner)

  return Object.freeze(value)
}
