import type { Entry } from './entries.ts'
import type { Journal } from './journal.ts'

type Watched = {
  journal: Journal
  /** Entries after this number come first, as far as they are kept. */
  after: number | undefined
  show: (entry: Entry) => unknown
}

const heartbeat = 15_000
/** A reader who is so many events behind is dropped. */
const mostWaiting = 1000

/** The journal as server-sent events. @throws {JournalError} when too many watch already */
export const eventStream = ({ journal, after, show }: Watched): Response => {
  let stop = () => {}
  const eventOf = (entry: Entry) =>
    `event: ${entry.kind}\nid: ${entry.id}\ndata: ${JSON.stringify(show(entry))}\n\n`

  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => {
      let isOpen = true
      const write = (text: string) => {
        if (!isOpen) return
        controller.enqueue(Buffer.from(text))
        if ((controller.desiredSize ?? 0) > -mostWaiting) return
        stop()
        controller.close()
      }
      const unwatch = journal.watch((entry) => write(eventOf(entry)))
      const timer = setInterval(() => write(':\n\n'), heartbeat)
      timer.unref()
      stop = () => {
        isOpen = false
        clearInterval(timer)
        unwatch()
      }

      const missed = after === undefined ? [] : journal.entries().filter(({ id }) => id > after)
      write(['retry: 1000\n\n', ...missed.map(eventOf)].join(''))
    },
    cancel: () => stop(),
  })

  return new Response(stream, {
    headers: { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' },
  })
}
