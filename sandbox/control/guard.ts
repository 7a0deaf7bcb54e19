import type { Context, MiddlewareHandler } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { isLoopback } from '../../contracts/loopback.ts'
import { fill, render, type Sentence } from '../../contracts/texts.ts'
import type { Env } from '../http/env.ts'
import type { ControlAccess } from './access.ts'
import { readerLanguage } from './language.ts'
import { controlTexts } from './texts.ts'

export type GuardOptions = {
  access: Pick<ControlAccess, 'isClosed' | 'fits'>
  /** Host names beside the loopback ones. */
  allowedHosts: readonly string[]
}

const cookie = 'sandbox_control'

const hostnameOf = (authority: string): string | undefined =>
  URL.canParse(`http://${authority}`) ? new URL(`http://${authority}`).hostname : undefined

const hostOf = (c: Context<Env>) => c.req.header('host') ?? new URL(c.req.url).host

const isRead = ({ req }: Context<Env>) => req.method === 'GET' || req.method === 'HEAD'

/**
 * Lets in whoever shows the token, or where none is needed this machine's own programs and pages: a
 * page of another site has another Origin, and a name that was rebound to the loopback address
 * another Host.
 */
export const guard =
  ({ access, allowedHosts }: GuardOptions): MiddlewareHandler<Env> =>
  async (c, next) => {
    // In-process there is no wire that somebody else could be on.
    const isClosed = c.env?.incoming !== undefined && access.isClosed()
    const foreign = (isClosed ? undefined : foreignHost(c, allowedHosts)) ?? foreignPage(c)
    if (foreign !== undefined) return refuse(c, 'FORBIDDEN', foreign)
    if (!isClosed) return next()

    const asked = isRead(c) ? c.req.query('token') : undefined
    if (asked !== undefined && access.fits(asked)) return rememberToken(c, asked)
    // A rebound name needs no check here: no page of another site knows the token.
    return access.fits(shownToken(c))
      ? next()
      : refuse(c, 'UNAUTHORIZED', controlTexts.tokenMissing)
  }

const foreignHost = (c: Context<Env>, allowed: readonly string[]): Sentence | undefined => {
  const host = hostOf(c)
  const name = hostnameOf(host)
  const isOurs = name !== undefined && (isLoopback(name) || allowed.includes(name))
  return isOurs ? undefined : fill(controlTexts.hostForeign, { host })
}

const foreignPage = (c: Context<Env>): Sentence | undefined => {
  const origin = c.req.header('origin')
  if (origin !== undefined && origin !== `http://${hostOf(c)}`) {
    return fill(controlTexts.originForeign, { origin })
  }
  // A link from another site may be followed; nothing is done for its pages.
  const site = c.req.header('sec-fetch-site') ?? 'none'
  const isOurs = isRead(c) || site === 'same-origin' || site === 'none'
  return isOurs ? undefined : fill(controlTexts.siteForeign, { site })
}

const shownToken = (c: Context<Env>): string => {
  const [, bearer] = /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '') ?? []
  return bearer ?? getCookie(c, cookie) ?? ''
}

/** A browser cannot send a header of its own: it keeps the token, and the address loses it. */
const rememberToken = (c: Context<Env>, token: string) => {
  const { pathname, searchParams } = new URL(c.req.url)
  searchParams.delete('token')
  const rest = searchParams.size > 0 ? `?${searchParams}` : ''
  setCookie(c, cookie, token, { path: '/_sandbox', httpOnly: true, sameSite: 'Strict' })
  c.header('Cache-Control', 'no-store')
  c.header('Content-Length', '0')
  return c.redirect(pathname + rest)
}

const refuse = (c: Context<Env>, code: 'FORBIDDEN' | 'UNAUTHORIZED', sentence: Sentence) => {
  if (code === 'UNAUTHORIZED') c.header('WWW-Authenticate', 'Bearer realm="wechatpay-sandbox"')
  const message = render(sentence, readerLanguage(c))
  return c.json({ code, message }, code === 'FORBIDDEN' ? 403 : 401)
}
