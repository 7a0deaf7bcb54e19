import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { complaintOf } from '../../contracts/complaints.ts'
import { errors } from '../../contracts/errors.ts'
import { jsonOf } from '../../contracts/json.ts'
import { limitsPage } from '../../contracts/limits.ts'
import { fillTemplate } from '../../contracts/paths.ts'
import { fill, languages, render, type Sentence, SentenceError } from '../../contracts/texts.ts'
import { Refused } from '../domain/refused.ts'
import type { Env } from '../http/env.ts'
import { readBytes } from '../http/raw-request.ts'
import { StateError } from '../store/state-error.ts'
import type { Control } from './control.ts'
import { ControlError, TooLargeError, UnknownError } from './control-error.ts'
import { controlDocument } from './document.ts'
import { type GuardOptions, guard } from './guard.ts'
import { readerLanguage } from './language.ts'
import { operations } from './operations.ts'
import { controlTexts } from './texts.ts'

const Whose = z.strictObject({ mchid: z.string().optional(), lang: z.enum(languages).optional() })

const Streamed = Whose.omit({ mchid: true }).extend({
  after: z.coerce.number().int().min(0).optional(),
})

/** In MiB. */
const largestBody = 16
const largestWorld = 64

type Options = GuardOptions & {
  /** The pages, behind the same guard. */
  console: Hono<Env>
}

/** The control API: JSON in, JSON out, no signature, for this machine or whoever has its token. */
export const createControlRoutes = (control: Control, { console, ...options }: Options) => {
  const app = new Hono<Env>().basePath('/_sandbox')
  app.use(async (c, next) => {
    await next()
    c.res.headers.set('X-Content-Type-Options', 'nosniff')
  })
  app.use(guard(options))
  app.route('/', console)
  app.get('/openapi.json', (c) => c.json(controlDocument()))
  app.get('/limits', (c) =>
    c.text(limitsPage(readerLanguage(c)), 200, { 'Content-Type': 'text/markdown; charset=utf-8' }),
  )

  // Server-sent events, and so no row of the table.
  app.get('/requests/stream', (c) => {
    const missed = c.req.header('last-event-id')
    const asked = { ...c.req.query(), ...(missed && { after: missed }) }
    const { after } = parsed(Streamed, asked)
    return control.requests.stream({ after, language: readerLanguage(c) })
  })

  for (const { method, path, body, takesWorld, query, run } of operations) {
    const parameter = /\{(\w+)\}/.exec(path)?.[1]
    const known = Whose.extend(query?.shape ?? {})

    app.on(
      method,
      fillTemplate(path, (name) => `:${name}`),
      async (c) => {
        const { mchid: _, lang: __, ...asked } = parsed(known, c.req.query())
        const result = await run(control, {
          number: (parameter && c.req.param(parameter)) ?? '',
          whose: { mchid: c.req.query('mchid') },
          query: asked,
          body: body && parsed(body, await readJson(c.req.raw, takesWorld)),
          language: readerLanguage(c),
        })

        if (result instanceof Response) return result
        return result === undefined ? c.body(null, 204) : Response.json(result)
      },
    )
  }

  const complain = (c: Context<Env>, code: string, sentence: Sentence) =>
    c.json(
      { code, message: render(sentence, readerLanguage(c)) },
      code === 'NOT_EXISTS' || code === 'NOT_FOUND' ? 404 : code === 'TOO_LARGE' ? 413 : 400,
    )

  // A route, since Hono asks the whole app, not this part of it, for its notFound.
  app.all('*', (c) => complain(c, 'NOT_FOUND', controlTexts.pathUnknown))
  app.onError((error, c) => {
    if (error instanceof Refused) {
      const { status, code } = errors[error.situation]
      return Response.json({ code, situation: error.situation, message: error.message }, { status })
    }
    // Only what recurses over a value that is nested without end runs out of stack.
    if (error instanceof RangeError && /call stack/.test(error.message)) {
      return complain(c, 'INVALID', controlTexts.nestedTooDeep)
    }
    if (error instanceof TooLargeError) return complain(c, 'TOO_LARGE', error.sentence)
    if (error instanceof UnknownError) return complain(c, 'NOT_EXISTS', error.sentence)
    if (error instanceof StateError) throw error
    if (error instanceof SentenceError) return complain(c, 'INVALID', error.sentence)
    throw error
  })

  return app
}

/** @throws {ControlError} that says what is wrong with it */
const parsed = <Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> => {
  const { data, error } = schema.safeParse(value)
  if (error) throw new ControlError(complaintOf(error, value), { cause: error })
  return data
}

/** @throws {ControlError} in one sentence */
const readJson = async (request: Request, takesWorld = false): Promise<unknown> => {
  const most = takesWorld ? largestWorld : largestBody
  const bytes = await readBytes(request, most * 2 ** 20)
  if (!bytes) {
    const { worldTooLarge, bodyTooLarge } = controlTexts
    throw new TooLargeError(fill(takesWorld ? worldTooLarge : bodyTooLarge, { most }))
  }
  if (bytes.length === 0) return {}

  const value = jsonOf(bytes)
  if (value === undefined) throw new ControlError(controlTexts.bodyNotJson)

  return value
}
