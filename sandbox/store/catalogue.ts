import type { Collection } from '@mswjs/data'
import { z } from 'zod'

type Page = { skip?: number; take?: number }

/** Answers queries over the keys of a table, in the order in which they came. */
export type Catalogue = {
  /** Takes up a key that is new to the table. */
  add(key: string): Promise<void>
  query(matches: (key: string) => boolean, page: Page): Promise<string[]>
  /** Begins anew with whatever the table holds at the next query. */
  forget(): void
}

const Entry = z.object({ key: z.string() })

/**
 * The queries are those of `@mswjs/data`. It is loaded and filled when somebody lists for the first
 * time: it costs 300 ms of start-up, its updates and deletions scan, and no request needs it.
 */
export const createCatalogue = (keys: () => Iterable<string>): Catalogue => {
  let filling: Promise<Collection<typeof Entry>> | undefined
  let filled: Collection<typeof Entry> | undefined

  const fill = async () => {
    const { Collection } = await import('@mswjs/data')
    const collection = new Collection({ schema: Entry })
    // The iteration is live: keys that are added meanwhile come up in it.
    for (const key of keys()) await collection.create({ key })

    return collection
  }

  const begin = () => {
    const begun = fill()
    filling = begun
    void begun.then((collection) => {
      if (filling === begun) filled = collection
    })

    return begun
  }

  return {
    add: async (key) => {
      await filled?.create({ key })
    },
    query: async (matches, page) => {
      const collection = await (filling ?? begin())
      return collection
        .findMany((query) => query.where(({ key }) => matches(key)), page)
        .map(({ key }) => key)
    },
    forget: () => {
      filling = undefined
      filled = undefined
    },
  }
}
