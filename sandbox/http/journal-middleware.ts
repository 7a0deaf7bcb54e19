import type { Context, MiddlewareHandler } from 'hono'
import type { HeaderList, RequestEntry } from '../journal/entries.ts'
import type { Journal } from '../journal/journal.ts'
import { isUnanswered } from './apply-fault.ts'
import type { Env, Trace } from './env.ts'
import { spelled } from './header-spelling.ts'
import { targetOf } from './raw-request.ts'

export type JournalMiddlewareOptions = {
  journal: Journal
  wallNow: () => number
  /** What is wrong with the signature, in one line for `X-Sandbox-Diagnosis`, if that is wanted. */
  explain: ((entry: Omit<RequestEntry, 'id'>) => Promise<string>) | undefined
}

/** Writes each request and its answer into the journal. */
export const journalMiddleware =
  ({ journal, wallNow, explain }: JournalMiddlewareOptions): MiddlewareHandler<Env> =>
  async (c, next) => {
    const at = wallNow()
    const trace: Trace = { begin: performance.now(), passed: [] }
    c.set('trace', trace)
    await next()

    const entry = entryOf(c, { at, ...trace })
    if (explain && entry.status === 401) {
      c.res.headers.set('X-Sandbox-Diagnosis', await explain(entry))
    }
    c.set('entry', journal.add(entry).id)
  }

const entryOf = (
  c: Context<Env>,
  { at, begin, passed }: Trace & { at: number },
): Omit<RequestEntry, 'id'> => {
  const { operation, received, merchant, situation, reason, fault, text = '' } = c.var
  const answered = !isUnanswered(c.res)

  return {
    kind: 'request',
    at,
    method: c.req.method,
    target: targetOf(c.req.raw, c.env),
    headers: headersOf(c),
    body: received?.body ?? new Uint8Array(),
    ...(operation && { operation }),
    ...(merchant && { mchid: merchant.mchid }),
    passed,
    ...(situation && { situation }),
    ...(reason !== undefined && { reason }),
    ...(fault && { fault: fault.fault }),
    status: answered ? c.res.status : 0,
    requestId: c.res.headers.get('Request-ID') ?? '',
    answer: answered
      ? { headers: [...c.res.headers].map(([name, value]) => [spelled(name), value]), body: text }
      : { headers: [], body: '' },
    milliseconds: performance.now() - begin,
  }
}

/** In their own spelling where there is a wire. */
const headersOf = ({ req, env }: Context<Env>): HeaderList => {
  const raw = env?.incoming?.rawHeaders
  if (!raw) return [...req.raw.headers]
  return raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? '']] : []))
}
