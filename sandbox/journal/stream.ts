import type { Entry } from './entries.ts'
import type { Journal } from './journal.ts'

type Watched = {
  journal: Journal
  /** Entries after this number come first, as far as they are kept. */
  after: number | undefined
  show: (entry: Entry) => unknown
}

const heartbeat = 15_000
/** A reader who took nothing while so many came is dropped. */
const mostMissed = 1000
/** Letters that are made for a reader at once; what it has not asked for stays in the journal. */
const chunk = 64 * 1024

/** The journal as server-sent events. @throws {JournalError} when too many watch already */
export const eventStream = ({ journal, after, show }: Watched): Response => {
  const { watch, get, last } = journal
  let isOpen = true
  let told = Math.min(after ?? last(), last())
  let askedAt = last()
  let waiting = 'retry: 1000\n\n'
  let wake = () => {}

  const stop = () => {
    isOpen = false
    clearInterval(timer)
    unwatch()
    wake()
  }
  const unwatch = watch(({ id }) => {
    if (id - askedAt > mostMissed) stop()
    wake()
  })
  const timer = setInterval(() => {
    waiting = ':\n\n'
    wake()
  }, heartbeat)
  timer.unref()

  const next = (): string => {
    let text = waiting
    waiting = ''
    for (; told < last() && text.length < chunk; told += 1) {
      const entry = get(told + 1)
      if (entry) text += eventOf(entry, show(entry))
    }
    return text
  }

  const stream = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      askedAt = last()
      let text = next()
      while (isOpen && text === '') {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
        askedAt = last()
        text = next()
      }
      if (isOpen) controller.enqueue(Buffer.from(text))
      // One that was cancelled is closed already.
      else if (controller.desiredSize) controller.close()
    },
    cancel: stop,
  })

  return new Response(stream, {
    headers: { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' },
  })
}

const eventOf = ({ kind, id }: Entry, shown: unknown): string =>
  `event: ${kind}\nid: ${id}\ndata: ${JSON.stringify(shown)}\n\n`
