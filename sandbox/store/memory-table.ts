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
  all(): readonly Record[]
  put(record: Record): void
  remove(key: Key): void
  keyOf(record: Record): Key
  dueOf(record: Record): number | undefined
  clear(mchid?: string): void
}

type Owned = { mchid: string }

const joined = ([mchid, number]: Key): string => `${mchid}/${number}`

export const createMemoryTable = <Record extends Owned, Index extends string>(
  layout: Layout<Record, Index>,
): MemoryTable<Record, Index> => {
  // A record that is replaced keeps its cell, and with it its place in every index.
  type Cell = { value: Record }

  const cells = new Map<string, Cell>()
  const catalogue = createCatalogue(() => cells.keys())
  const valuesOf = Object.entries<Layout<Record, Index>['indexes'][Index]>(layout.indexes)
  // Most values of an index belong to one record, and a set of one costs as much as the record.
  const found = new Map<string, Cell | Set<Cell>>()

  const keyOf = (record: Record): Key => [record.mchid, layout.number(record)]

  const indexKeys = (record: Record): string[] =>
    valuesOf.flatMap(([name, values]) =>
      values(record)
        .filter((value) => value !== undefined)
        .map((value) => `${name}/${joined([record.mchid, value])}`),
    )

  const link = (cell: Cell, keys: Iterable<string>) => {
    for (const key of keys) {
      const linked = found.get(key)
      if (linked instanceof Set) linked.add(cell)
      else if (linked === undefined || linked === cell) found.set(key, cell)
      else found.set(key, new Set([linked, cell]))
    }
  }
  const unlink = (cell: Cell, keys: Iterable<string>) => {
    for (const key of keys) {
      const linked = found.get(key)
      if (linked instanceof Set) linked.delete(cell)
      if (linked === cell || (linked instanceof Set && linked.size === 0)) found.delete(key)
    }
  }
  const linkedAt = (key: string): Cell[] => {
    const linked = found.get(key)
    if (linked === undefined) return []
    return linked instanceof Set ? [...linked] : [linked]
  }

  const drop = (key: string, cell: Cell) => {
    unlink(cell, indexKeys(cell.value))
    cells.delete(key)
    catalogue.forget()
  }

  return {
    keyOf,
    dueOf: (record) => layout.due?.(record),

    get: (key) => cells.get(joined(key))?.value,

    find: (index, key) => linkedAt(`${index}/${joined(key)}`).map(({ value }) => value),

    all: () => [...cells.values()].map(({ value }) => value),

    list: async ({ where, ...page } = {}) => {
      const matches = (key: string) => {
        const cell = cells.get(key)
        return cell !== undefined && (where?.(cell.value) ?? true)
      }
      const keys = await catalogue.query(matches, page)
      return keys.flatMap((key) => cells.get(key)?.value ?? [])
    },

    put: (record) => {
      const key = joined(keyOf(record))
      const value = frozen(record)
      const cell = cells.get(key)
      if (cell === undefined) {
        const added = { value }
        cells.set(key, added)
        catalogue.add(key)
        link(added, indexKeys(value))
        return
      }

      const [before, after] = [indexKeys(cell.value), new Set(indexKeys(value))]
      unlink(
        cell,
        before.filter((each) => !after.has(each)),
      )
      link(cell, after)
      cell.value = value
    },

    remove: (key) => {
      const cell = cells.get(joined(key))
      if (cell) drop(joined(key), cell)
    },

    clear: (mchid) => {
      for (const [key, cell] of [...cells]) {
        if (mchid === undefined || key.startsWith(`${mchid}/`)) drop(key, cell)
      }
    },
  }
}

const frozen = <Value>(value: Value): Value => {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  for (const inner of Object.values(value)) frozen(inner)

  return Object.freeze(value)
}
