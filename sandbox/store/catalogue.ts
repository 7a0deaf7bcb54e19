import { createRequire } from 'node:module'
import type { Collection } from '@mswjs/data'
import { z } from 'zod'

type Page = { skip?: number; take?: number }

/** Answers queries over the keys of a table, in the order in which they came. */
export type Catalogue = {
  /** Takes up a key that is new to the table. */
  add(key: string): void
  /** @throws {Error} when the query library cannot be loaded; the next query tries again */
  query(matches: (key: string) => boolean, page: Page): Promise<string[]>
  /** Begins anew with whatever the table holds at the next query. */
  forget(): void
}

const Entry = z.object({ key: z.string() })

// Reads one file after another: `import` opens hundreds at once, more than some systems allow.
const load: () => typeof import('@mswjs/data') = () => createRequire(import.meta.url)('@mswjs/data')

/**
 * The queries are those of `@mswjs/data`. It is loaded and filled when somebody lists for the first
 * time: it costs 300 ms of start-up, its updates and deletions scan, and no request needs it.
 */
export const createCatalogue = (keys: () => Iterable<string>): Catalogue => {
  let filled: Promise<Collection<typeof Entry>> | undefined

  const fill = async (present: readonly string[]) => {
    const { Collection } = load()
    const collection = new Collection({ schema: Entry })
    for (const key of present) await collection.create({ key })

    return collection
  }

  return {
    add: (key) => {
      // Behind whatever is being filled in, so that no key is missed and none waits.
      filled = filled?.then(async (collection) => {
        await collection.create({ key })
        return collection
      })
      filled?.catch(() => {})
    },
    query: async (matches, page) => {
      filled ??= fill([...keys()])
      const filling = filled
      try {
        const collection = await filling
        return collection
          .findMany((query) => query.where(({ key }) => matches(key)), page)
          .map(({ key }) => key)
      } catch (error) {
        if (filled === filling) filled = undefined
        throw error
      }
    },
    forget: () => {
      filled = undefined
    },
  }
}
