import { fill, SentenceError } from '../../contracts/texts.ts'
import type { Entry, HeaderList, NewEntry } from './entries.ts'
import { journalTexts } from './texts.ts'

export type JournalLimits = {
  /** How many entries are kept. */
  entries: number
  /** How many bytes of bodies and headers, about. */
  bytes: number
}

/** What happened lately, oldest first; the oldest give way. */
export type Journal = {
  add(entry: NewEntry): Entry
  get(id: number): Entry | undefined
  entries(): readonly Entry[]
  /** The number of the latest. */
  last(): number
  /**
   * Calls for each entry from now on, until the function that it returns is called.
   * @throws {JournalError} when too many watch already
   */
  watch(listener: (entry: Entry) => void): () => void
  clear(): void
}

export const defaultLimits: JournalLimits = { entries: 1000, bytes: 16 * 1024 * 1024 }

const mostWatchers = 100

/** The journal cannot do what it was asked for. */
class JournalError extends SentenceError {
  override readonly name = 'JournalError'
}

/** One that keeps nothing when `entries` is 0. */
export const createJournal = (limits: JournalLimits = defaultLimits): Journal => {
  // A map keeps the order in which entries came, finds one by its number, and drops the oldest.
  const kept = new Map<number, { entry: Entry; bytes: number }>()
  const listeners = new Set<(entry: Entry) => void>()
  let count = 0
  let bytes = 0

  const drop = (id: number) => {
    bytes -= kept.get(id)?.bytes ?? 0
    kept.delete(id)
  }

  return {
    add: (added) => {
      count += 1
      const entry: Entry = { ...added, id: count }
      const size = sizeOf(entry)
      kept.set(count, { entry, bytes: size })
      bytes += size
      for (const id of kept.keys()) {
        if (kept.size <= limits.entries && bytes <= limits.bytes) break
        drop(id)
      }
      for (const listener of listeners) listener(entry)
      return entry
    },
    get: (id) => kept.get(id)?.entry,
    entries: () => [...kept.values()].map(({ entry }) => entry),
    last: () => count,
    watch: (listener) => {
      if (listeners.size >= mostWatchers) {
        throw new JournalError(fill(journalTexts.tooManyWatchers, { most: mostWatchers }))
      }
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    clear: () => {
      kept.clear()
      bytes = 0
    },
  }
}

const lengthOf = (headers: HeaderList) =>
  headers.reduce((sum, [name, value]) => sum + name.length + value.length, 0)

const sizeOf = (entry: Entry): number => {
  const answer =
    entry.kind === 'request'
      ? entry.answer.body.length + lengthOf(entry.answer.headers) + entry.target.length
      : (entry.answer?.length ?? 0) + entry.url.length

  return entry.body.length + lengthOf(entry.headers) + answer
}
