import { Hono } from 'hono'
import type { Control } from '../control/control.ts'
import type { Env } from '../http/env.ts'
import { script, style } from './assets.ts'
import { entryPage, faultsPage, journalPage } from './pages.ts'

const shown = 100

// The empty icon keeps browsers from asking for one, which the journal would list.
const policy = "default-src 'self'; img-src data:; frame-ancestors 'none'"

/** The pages for people, at `/_sandbox/`. */
export const createConsoleRoutes = ({ requests, faults }: Pick<Control, 'requests' | 'faults'>) => {
  const app = new Hono<Env>()
  app.use(async (c, next) => {
    await next()
    c.header('Content-Security-Policy', policy)
    c.header('Cache-Control', 'no-store')
  })

  app.get('/', (c) => c.html(journalPage(requests.list({ take: shown }), requests.explain)))
  app.get('/console/faults', (c) => c.html(faultsPage(faults.list())))
  app.get('/console/:id', (c) => c.html(entryPage(requests.get(Number(c.req.param('id'))))))
  app.get('/console.js', (c) => c.body(script, 200, { 'Content-Type': 'text/javascript' }))
  app.get('/console.css', (c) => c.body(style, 200, { 'Content-Type': 'text/css' }))

  return app
}
