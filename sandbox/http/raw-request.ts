import type { Context } from 'hono'
import { refuse } from '../domain/refused.ts'
import { checks, type HeaderList } from '../journal/entries.ts'
import type { Bindings, Env, RawRequest, Trace } from './env.ts'
import { connectionTexts } from './texts.ts'

/** Path and query as on the request line; a framework's URL is decoded and cleaned up. */
export const targetOf = (request: Request, env: Bindings | undefined): string => {
  const raw = env?.incoming?.url
  if (raw?.startsWith('/')) return raw
  // Not from the parts of a URL: these do not tell a query that is empty from none.
  const [, target = ''] = /^[^:]+:\/\/[^/?#]*([^#]*)/.exec(raw ?? request.url) ?? []

  return target
}

/** Node lists names and values in turn. */
export const headerPairs = (rawHeaders: readonly string[]): HeaderList =>
  rawHeaders.flatMap((name, index) =>
    index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? '']] : [],
  )

const largestBody = 2 * 1024 * 1024

/** The request, or nothing when its body is larger than the platform takes. */
export const readRawRequest = async (
  c: Context<Env>,
  { begin, passed }: Trace,
): Promise<RawRequest | undefined> => {
  const body = await readBytes(c.req.raw, largestBody)
  if (!body) return undefined

  return {
    method: c.req.method,
    target: targetOf(c.req.raw, c.env),
    body,
    header: (name) => c.req.header(name),
    passed: (check) => {
      passed[checks.indexOf(check)] = performance.now() - begin
    },
  }
}

/**
 * The bytes of a body, or nothing when there are more than `largest`.
 * @throws {Refused} bodyUnreadable when the caller breaks off; nobody is left to read it
 */
export const readBytes = async (
  request: Request,
  largest: number,
): Promise<Uint8Array | undefined> => {
  if (request.method === 'GET' || request.method === 'HEAD') return new Uint8Array()
  const declared = request.headers.get('content-length')
  if (Number(declared) > largest) return undefined

  try {
    return declared === null
      ? await readUpTo(request.body, largest)
      : new Uint8Array(await request.arrayBuffer())
  } catch {
    return refuse('bodyUnreadable', { reason: connectionTexts.brokenOff })
  }
}

// The stream is left where it is, not cancelled: that would cut the connection before the answer.
const readUpTo = async (body: Request['body'], largest: number) => {
  const reader = body?.getReader()
  const chunks: Uint8Array[] = []
  let size = 0

  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
    chunks.push(next.value)
    size += next.value.length
    if (size > largest) return undefined
  }

  return Buffer.concat(chunks)
}
