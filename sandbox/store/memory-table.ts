import { createCatalogue } from './catalogue.ts'
import type { Layout } from './layout.ts'
import type { Filter, Key } from './store.ts'

/**
 * One collection in memory: records by their key, an index for every other look-up, so that no
 * request scans, and a catalogue for lists. Records are frozen: handing one out is as safe as a
 * copy, and free.
 */
export type MemoryTable<Record, Index extends string> = {
  get(key: Key): Record | undefined
  find(index: Index, key: Key): readonly Record[]
  list(filter?: Filter<Record>): Promise<readonly Record[]>
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
  type Cell = { value?: Record }

  const cells = new Map<string, Cell>()
  const catalogue = createCatalogue(() => cells.keys())
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

    list: async ({ where, ...page } = {}) => {
      const matches = (key: string) => {
        const value = cells.get(key)?.value
        return value !== undefined && (where?.(value) ?? true)
      }
      const keys = await catalogue.query(matches, page)
      return keys.flatMap((key) => cells.get(key)?.value ?? [])
    },

    prepare: async (record) => {
      const key = joined(keyOf(record))
      if (cells.has(key)) return
      cells.set(key, {})
      await catalogue.add(key)
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
      catalogue.forget()
    },
  }
}

const frozen = <Value>(value: Value): Value => {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  for (const inner of Object.values(value)) frozen(inner)

  return Object.freeze(value)
}
