import { Hono } from 'hono'
import { z } from 'zod'
import { errors } from '../../contracts/errors.ts'
import { jsonOf } from '../../contracts/json.ts'
import { limitsPage } from '../../contracts/limits.ts'
import { fillTemplate } from '../../contracts/paths.ts'
import { CredentialsError } from '../authority/credentials-error.ts'
import { Refused } from '../domain/refused.ts'
import { FaultError } from '../faults/fault-queue.ts'
import type { Env } from '../http/env.ts'
import { readBytes } from '../http/raw-request.ts'
import { JournalError } from '../journal/journal.ts'
import { ClockError } from '../store/business-clock.ts'
import { WorldError } from '../world/world-file.ts'
import type { Control } from './control.ts'
import { ControlError, UnknownError } from './control-error.ts'
import { controlDocument } from './document.ts'
import { guard } from './guard.ts'
import { operations } from './operations.ts'

const Whose = z.strictObject({ mchid: z.string().optional() })

const After = z.strictObject({ after: z.coerce.number().int().min(0).optional() })

const largestBody = 16 * 1024 * 1024

/** Errors whose message is one clear sentence for whoever asked. */
const sentences = [ClockError, ControlError, CredentialsError, FaultError, JournalError, WorldError]

type Options = {
  /** The pages, behind the same guard. */
  console: Hono<Env>
  allowedHosts?: readonly string[]
}

/** The control API: JSON in, JSON out, no signature, for this machine only. */
export const createControlRoutes = (control: Control, { console, allowedHosts = [] }: Options) => {
  const app = new Hono<Env>()
  app.use(guard(allowedHosts))
  app.route('/', console)
  app.get('/openapi.json', (c) => c.json(controlDocument()))
  app.get('/limits', (c) =>
    c.text(limitsPage(), 200, { 'Content-Type': 'text/markdown; charset=utf-8' }),
  )

  // Server-sent events, and so no row of the table.
  app.get('/requests/stream', (c) => {
    const missed = c.req.header('last-event-id')
    return control.requests.stream(
      After.parse({ ...c.req.query(), ...(missed && { after: missed }) }),
    )
  })

  for (const { method, path, body, query, run } of operations) {
    const parameter = /\{(\w+)\}/.exec(path)?.[1]
    const known = Whose.extend(query?.shape ?? {})

    app.on(
      method,
      fillTemplate(path, (name) => `:${name}`),
      async (c) => {
        const asked = known.parse(c.req.query())
        const result = await run(control, {
          number: (parameter && c.req.param(parameter)) ?? '',
          whose: { mchid: c.req.query('mchid') },
          query: asked,
          body: body?.parse(await readJson(c.req.raw)),
        })

        return result === undefined ? c.body(null, 204) : Response.json(result)
      },
    )
  }

  // A route, since Hono asks the whole app, not this part of it, for its notFound.
  app.all('*', (c) =>
    c.json({ code: 'NOT_FOUND', message: 'See /_sandbox/openapi.json for what there is.' }, 404),
  )
  app.onError((error, c) => {
    if (error instanceof Refused) {
      const { status, code } = errors[error.situation]
      return Response.json({ code, situation: error.situation, message: error.message }, { status })
    }
    // What recurses over a value that is nested without end.
    if (error instanceof RangeError) {
      return c.json({ code: 'INVALID', message: 'The body is nested too deep.' }, 400)
    }
    if (error instanceof UnknownError) {
      return c.json({ code: 'NOT_EXISTS', message: error.message }, 404)
    }
    const invalid =
      error instanceof z.ZodError
        ? sentenceOf(error)
        : sentences.some((kind) => error instanceof kind)
          ? error.message
          : undefined
    if (invalid === undefined) throw error

    return c.json({ code: 'INVALID', message: invalid }, 400)
  })

  return app
}

/** @throws {ControlError} in one sentence */
const readJson = async (request: Request): Promise<unknown> => {
  const bytes = await readBytes(request, largestBody)
  if (!bytes) throw new ControlError('The body is larger than 16 MiB.')
  if (bytes.length === 0) return {}

  const value = jsonOf(bytes)
  if (value === undefined) throw new ControlError('The body is not JSON.')

  return value
}

const sentenceOf = ({ issues }: z.ZodError): string => {
  const problems = issues.map(({ path, message }) => [path.join('.'), message])
  return `Not understood: ${problems.map((each) => each.filter(Boolean).join(': ')).join('; ')}.`
}
