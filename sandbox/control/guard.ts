import type { MiddlewareHandler } from 'hono'
import { isLoopback } from '../../contracts/loopback.ts'

const hostnameOf = (authority: string): string | undefined =>
  URL.canParse(`http://${authority}`) ? new URL(`http://${authority}`).hostname : undefined

/**
 * Lets only this machine's own programs and pages in: a name that was rebound to the loopback
 * address has another Host, a page of another site another Origin.
 */
export const guard =
  (allowed: readonly string[]): MiddlewareHandler =>
  async (c, next) => {
    const host = c.req.header('host') ?? new URL(c.req.url).host
    const origin = c.req.header('origin')
    const hostname = hostnameOf(host)
    const local = hostname !== undefined && (isLoopback(hostname) || allowed.includes(hostname))
    const own = origin === undefined || origin === `http://${host}`
    if (local && own) return next()

    const message = local
      ? `Origin ${origin} may not use the control API.`
      : `Host ${host} is not this sandbox; use 127.0.0.1 or localhost.`
    return c.json({ code: 'FORBIDDEN', message }, 403)
  }
