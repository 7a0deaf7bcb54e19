import { setImmediate } from 'node:timers/promises'
import { type Context, Hono } from 'hono'
import type { Control } from '../control/control.ts'
import { readerLanguage } from '../control/language.ts'
import type { Env } from '../http/env.ts'
import { script, style } from './assets.ts'
import type { Explained, Html } from './pages.ts'

const shown = 100

/** Milliseconds for explanations, the latest first; those of the others are on their own pages. */
const patience = 500

// The empty icon keeps browsers from asking for one, which the journal would list.
const policy =
  "default-src 'self'; img-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

// Loaded at the first visit: start-up does not need them.
const pages = () => import('./pages.ts')

/** The pages for people, at `/_sandbox`. */
export const createConsoleRoutes = ({ requests, faults }: Pick<Control, 'requests' | 'faults'>) => {
  const app = new Hono<Env>()
  const page = async (c: Context<Env>, content: Html) => {
    c.header('Content-Security-Policy', policy)
    c.header('Cache-Control', 'no-store')
    return c.html(content)
  }

  app.get('/', async (c) => {
    const { journalPage, readerOf } = await pages()
    const language = readerLanguage(c)
    const entries: Explained[] = []
    const until = performance.now() + patience
    for (const entry of requests.list({ take: shown, language })) {
      const isTime = performance.now() < until
      entries.push({
        entry,
        diagnosis: isTime ? await requests.explain(entry.id, language) : undefined,
        reason: isTime ? await requests.explainRefusal(entry.id, language) : undefined,
      })
      // Others go in between.
      await setImmediate()
    }
    return page(c, journalPage(entries, readerOf(language)))
  })
  app.get('/console/faults', async (c) => {
    const { faultsPage, readerOf } = await pages()
    return page(c, faultsPage(await faults.list(), readerOf(readerLanguage(c))))
  })
  app.get('/console/:id', async (c) => {
    const { entryPage, readerOf } = await pages()
    const language = readerLanguage(c)
    const entry = await requests.get(Number(c.req.param('id')), language)
    return page(c, entryPage(entry, readerOf(language)))
  })
  app.get('/console.js', (c) => c.body(script, 200, { 'Content-Type': 'text/javascript' }))
  app.get('/console.css', (c) => c.body(style, 200, { 'Content-Type': 'text/css' }))

  return app
}
