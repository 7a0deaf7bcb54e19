import type { Indexes, Records } from './layout.ts'

export type CollectionName = keyof Records

/** Who owns the record and the merchant's own number for it. */
export type Key = readonly [mchid: string, number: string]

/** What a change holds while it reads, decides and writes. */
export type Lock = readonly [collection: CollectionName, ...key: Key]

/** A record whose next moment has come: its collection, its key, and the moment in milliseconds. */
export type Due = { collection: CollectionName; key: Key; at: number }

export type Reader = {
  get<Name extends CollectionName>(collection: Name, key: Key): Promise<Records[Name] | undefined>

  /** The merchant's records under a value of an index, in the order in which they came there. */
  find<Name extends CollectionName>(
    collection: Name,
    index: Indexes[Name],
    key: Key,
  ): Promise<readonly Records[Name][]>
}

/** What a change may do. Its writes are seen, by itself as by others, all at once when it ends. */
export type Unit = Reader & {
  put<Name extends CollectionName>(collection: Name, record: Records[Name]): void
}

/** All records, a list for each collection. */
export type Contents = { [Name in CollectionName]: readonly Records[Name][] }

export type Filter<Record> = { where?: (record: Record) => boolean; skip?: number; take?: number }

/**
 * What is remembered. The port is asynchronous so that an adapter may be a database; every record
 * that leaves it is frozen, and `change` is the one way to write.
 */
export type Store = Reader & {
  list<Name extends CollectionName>(
    collection: Name,
    filter?: Filter<Records[Name]>,
  ): Promise<readonly Records[Name][]>

  /**
   * Reads, decides and writes under the locks; changes that share a lock run one after another.
   * When `work` throws, nothing was written. It may neither change nor clear: it would wait for
   * itself.
   */
  change<Result>(locks: readonly Lock[], work: (unit: Unit) => Promise<Result>): Promise<Result>

  /** The record whose next moment comes first, if any has one. */
  earliest(): Promise<Due | undefined>

  /** Everything that is remembered. */
  save(): Promise<Contents>

  /** Forgets everything and remembers these instead. */
  load(contents: Contents): Promise<void>

  /** Forgets everything, or everything of one merchant. */
  clear(mchid?: string): Promise<void>
}
