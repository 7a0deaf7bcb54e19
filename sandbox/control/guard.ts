import type { MiddlewareHandler } from 'hono'
import { isLoopback } from '../../contracts/loopback.ts'
import { fill, render } from '../../contracts/texts.ts'
import { readerLanguage } from './language.ts'
import { controlTexts } from './texts.ts'

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

    const sentence = local
      ? fill(controlTexts.originForeign, { origin: origin ?? '' })
      : fill(controlTexts.hostForeign, { host })
    return c.json({ code: 'FORBIDDEN', message: render(sentence, readerLanguage(c)) }, 403)
  }
