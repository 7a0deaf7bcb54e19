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
  const indexes = new Map<string, Map<string, Set<Cell>>>(
    valuesOf.map(([name]) => [name, new Map()]),
  )

  const keyOf = (record: Record): Key => [record.mchid, layout.number(record)]

  const entries = (record: Record) =>
    valuesOf.flatMap(([name, values]) =>
      values(record)
        .filter((value) => value !== undefined)
        .map((value) => ({ name, at: joined([record.mchid, value]) })),
    )

  const link = (cell: Cell, record: Record) => {
    for (const { name, at } of entries(record)) {
      const index = indexes.get(name)
      const held = index?.get(at)
      if (held) held.add(cell)
      else index?.set(at, new Set([cell]))
    }
  }

  const unlink = (cell: Cell, record: Record) => {
    for (const { name, at } of entries(record)) {
      const held = indexes.get(name)?.get(at)
      held?.delete(cell)
      if (held?.size === 0) indexes.get(name)?.delete(at)
    }
  }

  return {
    keyOf,
    dueOf: layout.due,

    get: (key) => cells.get(joined(key))?.value,

    find: (index, key) =>
      [...(indexes.get(index)?.get(joined(key)) ?? [])].flatMap(({ value }) => value ?? []),

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
      if (cell.value) unlink(cell, cell.value)
      cell.value = frozen(record)
      link(cell, record)
    },

    clear: (mchid) => {
      const gone = ([key]: [string, Cell]) => mchid === undefined || key.startsWith(`${mchid}/`)
      for (const [key, cell] of [...cells].filter(gone)) {
        if (cell.value) unlink(cell, cell.value)
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
