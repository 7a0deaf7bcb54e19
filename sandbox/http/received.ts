import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'

/** A request as it came: target and body byte for byte, since that is what was signed. */
export type Received = {
  method: string
  target: string
  body: Uint8Array
  header: (name: string) => string | undefined
}

/** In-process there is no wire, so the bindings are absent and the URL is taken as it is. */
export type Bindings = Partial<HttpBindings>

/** Path and query as on the request line; a framework's URL is decoded and cleaned up. */
export const targetOf = (request: Request, env: Bindings | undefined): string => {
  const raw = env?.incoming?.url
  if (raw?.startsWith('/')) return raw
  const { pathname, search } = new URL(raw ?? request.url)

  return pathname + search
}

export const pathOf = (target: string): string => target.split('?', 1)[0] ?? target

export const receive = async <Env extends { Bindings: Bindings }>(
  c: Context<Env>,
): Promise<Received> => ({
  method: c.req.method,
  target: targetOf(c.req.raw, c.env),
  body: new Uint8Array(await c.req.arrayBuffer()),
  header: (name) => c.req.header(name),
})
