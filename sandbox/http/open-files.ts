import { readFileSync } from 'node:fs'
import type { Server } from 'node:net'
import { fill, SentenceError } from '../../contracts/texts.ts'
import { connectionTexts } from './texts.ts'

/** Milliseconds between two complaints. */
const quiet = 10_000

/**
 * Keeps some files for callbacks and worlds, and says so when callers are turned away: out of
 * descriptors, the system drops them without a word to anybody.
 */
export const limitConnections = (server: Server, onError: (error: unknown) => void): void => {
  const limit = openFileLimit()
  if (limit !== undefined) server.maxConnections = limit - Math.min(64, Math.ceil(limit / 4))

  let silentUntil = 0
  const complain = (cause: unknown) => {
    if (Date.now() < silentUntil) return
    silentUntil = Date.now() + quiet
    onError(new SentenceError(fill(connectionTexts.tooManyOpen, { limit: limit ?? '' }), { cause }))
  }
  server.on('drop', complain)
  server.on('error', complain)
}

/** How many files and connections this process may open, where the system tells. */
const openFileLimit = (): number | undefined => {
  try {
    const limits = readFileSync('/proc/self/limits', 'utf8')
    const [, most] = /^Max open files\s+(\d+)/m.exec(limits) ?? []
    return most === undefined ? undefined : Number(most)
  } catch {
    return undefined
  }
}
