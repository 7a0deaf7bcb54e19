import type { BusinessClock } from './business-clock.ts'
import type { Identifiers, IdentifiersState } from './identifiers.ts'
import type { Indexes, Records } from './layout.ts'

export type CollectionName = keyof Records

/** Who owns the record and the owner's own number for it. */
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

  /** Business time in milliseconds. */
  now(): number
}

/** What a change may do. Its writes are seen, by itself as by others, all at once when it ends. */
export type Unit = Reader & {
  put<Name extends CollectionName>(collection: Name, record: Records[Name]): void
  remove(collection: CollectionName, key: Key): void
  /** The numbers that WeChat Pay gives. One that is drawn is used up, whatever comes of the change. */
  ids: Identifiers
}

/** The collections that make up a world; keys and other worlds lie beside it. */
export type WorldCollection = Exclude<CollectionName, 'rotations' | 'snapshots'>

/** Everything that is remembered but for keys and snapshots. */
export type Contents = {
  clock: ReturnType<BusinessClock['save']>
  identifiers: IdentifiersState
  records: { [Name in WorldCollection]: readonly Records[Name][] }
}

export type Filter<Record> = { where?: (record: Record) => boolean; skip?: number; take?: number }

/**
 * Everything that is remembered: records, business clock, identifiers. The port is asynchronous so
 * that an adapter may be a database; every record that leaves it is frozen, and `change` is the one
 * way to write records.
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

  /** The record whose next moment comes first, of several at one moment the one written first. */
  earliest(): Promise<Due | undefined>

  /** Takes its moment from a record that cannot be moved on; the record stays. */
  setAside(due: Due): Promise<void>

  /** Turns the hands of the clock, and nothing more: what is due is for the scheduler to run. */
  turnClock(turn: (clock: Pick<BusinessClock, 'moveTo' | 'hold' | 'run'>) => void): Promise<void>

  /** Tells the one listener whenever the earliest moment, or the clock, may have changed. */
  onDue(listener: () => void): void

  save(): Promise<Contents>

  /** Forgets the world and remembers this one instead. */
  load(contents: Contents): Promise<void>

  /** Forgets everything, clock and numbers included, or everything of one merchant. */
  clear(mchid?: string): Promise<void>
}
