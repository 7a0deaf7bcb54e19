import type { Context } from 'hono'
import type { HeaderList, RequestEntry } from '../journal/entries.ts'
import type { Answer } from './answer.ts'
import type { Env, Trace } from './env.ts'
import { headerPairs, targetOf } from './raw-request.ts'

/** What the journal keeps of a request and its answer. */
export const journalEntry = (
  c: Context<Env>,
  { at, begin, passed, operation, received, merchant, situation, reason, fault }: Trace,
  { status, headers, body, requestId = '' }: Answer,
): Omit<RequestEntry, 'id'> => ({
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
  status,
  requestId,
  answer: { headers, body },
  milliseconds: performance.now() - begin,
})

/** In their own spelling where there is a wire. */
const headersOf = ({ req, env }: Context<Env>): HeaderList => {
  const raw = env?.incoming?.rawHeaders
  return raw ? headerPairs(raw) : [...req.raw.headers]
}
