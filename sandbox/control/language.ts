import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { isLanguage, type Language, languageOfHeader } from '../../contracts/texts.ts'

const cookie = 'sandbox_language'

/** The language of whoever asks: `?lang=`, kept for later, or else what the browser prefers. */
export const readerLanguage = (c: Context): Language => {
  const asked = c.req.query('lang') ?? ''
  if (isLanguage(asked)) {
    setCookie(c, cookie, asked, { path: '/_sandbox', sameSite: 'Strict', maxAge: 365 * 86_400 })
    return asked
  }
  const kept = getCookie(c, cookie) ?? ''
  return isLanguage(kept) ? kept : languageOfHeader(c.req.header('accept-language'))
}
