import type { RequestEntry } from '../journal/entries.ts'
import type { Journal } from '../journal/journal.ts'
import type { Exchange } from './app.ts'

/** A request that the application was never asked about, why, and what it was answered. */
export type UnreadableRequest = Required<
  Pick<RequestEntry, 'method' | 'target' | 'headers' | 'status' | 'requestId' | 'reason'>
>

export type NoteUnreadable = (request: UnreadableRequest) => void

type Parts = {
  journal: Pick<Journal, 'add'>
  wallNow: () => number
  onExchange: (exchange: Exchange) => void
}

/** Lets the journal and the log know of what the application does not. */
export const createNoteUnreadable =
  ({ journal, wallNow, onExchange }: Parts): NoteUnreadable =>
  (request) => {
    const { id: entry } = journal.add({
      ...request,
      kind: 'request',
      at: wallNow(),
      body: new Uint8Array(),
      passed: [],
      answer: { headers: [], body: '' },
      milliseconds: 0,
    })
    const { method, target, status, requestId } = request
    onExchange({ method, target, status, requestId, entry, milliseconds: 0 })
  }
