import { createCatalogue } from './catalogue.ts'
import type { Layout } from './layout.ts'
import type { Filter, Key } from './store.ts'

/**
 * Places in the order of all writes: where the record came in, where its present due moment did, and
 * where it came under each of its index values. What is found and what is due keep their order by
 * them, also after a restart.
 */
type Places = readonly [record: number, due: number, ...values: number[]]

/** A record with its places, as it is kept. */
export type Entry<Record> = { record: Record; places: Places }

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
  keys(mchid?: string): readonly Key[]
  keyOf(record: Record): Key
  /** When a record is due, and its place among those of the same moment. */
  dueOf(key: Key): { at: number; place: number } | undefined
  /** What `put` takes: the record at a new place, or where the one that it replaces stands. */
  entryOf(record: Record, place: number): Entry<Record>
  /** The same for a record that replaces none. */
  newEntry(record: Record, place: number): Entry<Record>
  put(entry: Entry<Record>): void
  /** Fills an empty table with entries in any order. */
  restore(entries: readonly Entry<Record>[]): void
  remove(key: Key): void
}

type Owned = { mchid: string }

export const joined = ([mchid, number]: Key): string => `${mchid}/${number}`

export const createMemoryTable = <Record extends Owned, Index extends string>(
  layout: Layout<Record, Index>,
): MemoryTable<Record, Index> => {
  // A record that is replaced keeps its cell, and with it its place in every index.
  type Cell = { entry: Entry<Record> }

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

  const add = (key: string, entry: Entry<Record>): Cell => {
    const cell = { entry }
    cells.set(key, cell)
    catalogue.add(key)
    return cell
  }
  const drop = (key: string, cell: Cell) => {
    unlink(cell, indexKeys(cell.entry.record))
    cells.delete(key)
    catalogue.forget()
  }

  const newEntry = (record: Record, place: number): Entry<Record> => ({
    record: frozen(record),
    places: [place, place, ...indexKeys(record).map(() => place)],
  })

  return {
    keyOf,

    get: (key) => cells.get(joined(key))?.entry.record,

    find: (index, key) => linkedAt(`${index}/${joined(key)}`).map(({ entry }) => entry.record),

    all: () => [...cells.values()].map(({ entry }) => entry.record),

    keys: (mchid) =>
      [...cells.values()]
        .map(({ entry }) => keyOf(entry.record))
        .filter(([owner]) => mchid === undefined || owner === mchid),

    dueOf: (key) => {
      const entry = cells.get(joined(key))?.entry
      if (!entry) return undefined
      const at = layout.due?.(entry.record)
      return at === undefined ? undefined : { at, place: entry.places[1] }
    },

    list: async ({ where, ...page } = {}) => {
      const matches = (key: string) => {
        const cell = cells.get(key)
        return cell !== undefined && (where?.(cell.entry.record) ?? true)
      }
      const keys = await catalogue.query(matches, page)
      return keys.flatMap((key) => cells.get(key)?.entry.record ?? [])
    },

    newEntry,

    entryOf: (record, place) => {
      const before = cells.get(joined(keyOf(record)))?.entry
      if (!before) return newEntry(record, place)

      const [own, due, ...values] = before.places
      const known = new Map(indexKeys(before.record).map((key, index) => [key, values[index]]))
      const isDueThen = layout.due?.(record) === layout.due?.(before.record)
      const places = indexKeys(record).map((key) => known.get(key) ?? place)
      return { record: frozen(record), places: [own, isDueThen ? due : place, ...places] }
    },

    put: (entry) => {
      const key = joined(keyOf(entry.record))
      const cell = cells.get(key)
      if (cell === undefined) {
        link(add(key, entry), indexKeys(entry.record))
        return
      }

      const [before, after] = [indexKeys(cell.entry.record), new Set(indexKeys(entry.record))]
      unlink(
        cell,
        before.filter((each) => !after.has(each)),
      )
      link(cell, after)
      cell.entry = entry
    },

    restore: (entries) => {
      const links: { place: number; key: string; cell: Cell }[] = []
      for (const entry of entries.toSorted((one, other) => one.places[0] - other.places[0])) {
        const record = frozen(entry.record)
        const cell = add(joined(keyOf(record)), { ...entry, record })
        const [own, , ...values] = entry.places
        for (const [index, key] of indexKeys(record).entries()) {
          links.push({ place: values[index] ?? own, key, cell })
        }
      }
      links.sort((one, other) => one.place - other.place)
      for (const { key, cell } of links) link(cell, [key])
    },

    remove: (key) => {
      const cell = cells.get(joined(key))
      if (cell) drop(joined(key), cell)
    },
  }
}

const frozen = <Value>(value: Value): Value => {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  for (const inner of Object.values(value)) frozen(inner)

  return Object.freeze(value)
}
