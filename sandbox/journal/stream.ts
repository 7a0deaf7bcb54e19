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

/** The journal as server-sent events, from now on. */
export const eventStream = ({ journal, after, show }: Watched): Response => {
  let stop = () => {}

  const stream = new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        const write = (text: string) => controller.enqueue(Buffer.from(text))
        let isOpen = true
        const tell = (entry: Entry) => {
          if (!isOpen) return
          write(`event: ${entry.kind}\nid: ${entry.id}\ndata: ${JSON.stringify(show(entry))}\n\n`)
          if ((controller.desiredSize ?? 0) > -mostWaiting) return
          stop()
          controller.close()
        }
        write('retry: 1000\n\n')
        const timer = setInterval(() => write(':\n\n'), heartbeat)
        timer.unref()
        const unwatch = journal.watch(tell)
        stop = () => {
          isOpen = false
          clearInterval(timer)
          unwatch()
        }
        if (after === undefined) return
        for (const entry of journal.entries()) if (entry.id > after) tell(entry)
      },
      cancel: () => stop(),
    },
    { highWaterMark: 1 },
  )

  return new Response(stream, {
    headers: { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' },
  })
}
