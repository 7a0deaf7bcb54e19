import { createHash } from 'node:crypto'
import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { TrieRouter } from 'hono/router/trie-router'
import { endpointIds, endpoints } from '../../contracts/endpoints.ts'
import { errors, type Situation } from '../../contracts/errors.ts'
import type { OpenApiDocument } from '../../contracts/openapi.ts'
import { fillTemplate, pathOf } from '../../contracts/paths.ts'
import type { Authority, MerchantKeys } from '../authority/authority.ts'
import type { PlatformSigner } from '../authority/platform-signer.ts'
import { Refused } from '../domain/refused.ts'
import type { FaultQueue } from '../faults/fault-queue.ts'
import { type FaultName, faultOf } from '../faults/faults.ts'
import type { Probes } from '../faults/probes.ts'
import type { Journal } from '../journal/journal.ts'
import { type Answer, refusal, respond, success } from './answer.ts'
import { applyFault, isUnanswered } from './apply-fault.ts'
import type { Env } from './env.ts'
import { type JournalMiddlewareOptions, journalMiddleware } from './journal-middleware.ts'
import { type Handlers, parseCall } from './parse-call.ts'
import { readRawRequest, targetOf } from './raw-request.ts'
import { checkRequest } from './request-check.ts'
import { selectFault } from './select-fault.ts'

/** One request and what became of it. */
export type Exchange = {
  method: string
  target: string
  /** 0 when there was no answer. */
  status: number
  requestId: string
  /** The rule that refused it. */
  situation?: Situation
  /** What was made to go wrong. */
  fault?: FaultName
  /** Its number in the journal; calls of the control API have none. */
  entry?: number
  milliseconds: number
}

type Parts = {
  authority: Authority
  signer: PlatformSigner
  handlers: Handlers
  /** Loads the routes under `/_sandbox`. */
  control: () => Promise<Hono<Env>>
  faultQueue: FaultQueue
  probes: Pick<Probes, 'forAnswer'>
  journal: Journal
  /** Answers of 401 say in a header of their own what is wrong. */
  explain: JournalMiddlewareOptions['explain']
  wallNow: () => number
  /** Lets everything happen that is due by now. */
  catchUp: () => Promise<void>
  /** Called after each answer is made. */
  onExchange: (exchange: Exchange) => void
  onError: (error: unknown) => void
}

const pathUnknown: Answer = { status: 404, body: '' }
const methodUnknown: Answer = { status: 405, body: '', number: errors.fieldInvalid.number }
const bodyTooLarge: Answer = { status: 413, body: '', number: errors.bodyUnreadable.number }

/** The whole of HTTP, top to bottom: target and bytes, check, validation, route, signed answer. */
export const createApp = (parts: Parts) => {
  const { authority, signer, handlers, control, faultQueue, probes, wallNow } = parts
  const { catchUp, onExchange, onError } = parts
  const app = newHono()

  const observe: MiddlewareHandler<Env> = async (c, next) => {
    const begin = performance.now()
    // What is due by now has happened before the request is looked at, however busy the machine.
    await catchUp()
    await next()
    const { situation, fault, entry } = c.var
    onExchange({
      method: c.req.method,
      target: targetOf(c.req.raw, c.env),
      status: isUnanswered(c.res) ? 0 : c.res.status,
      requestId: c.res.headers.get('Request-ID') ?? '',
      ...(situation && { situation }),
      ...(fault && { fault: fault.fault }),
      ...(entry !== undefined && { entry }),
      milliseconds: performance.now() - begin,
    })
  }
  app.use(observe)

  // Loaded at the first visit: a start does without. What it throws is for this app to answer.
  let loading: Promise<Hono<Env>> | undefined
  const mounted = () => {
    loading ??= control().then((routes) =>
      newHono()
        .route('/_sandbox', routes)
        .onError((error) => {
          throw error
        }),
    )
    return loading
  }

  // It takes a second to derive, and only the address in it depends on who asks.
  let document: OpenApiDocument | undefined
  app.get('/openapi.json', async (c) => {
    document ??= (await import('../../contracts/openapi.ts')).openapi()
    return c.json({ ...document, servers: [{ url: new URL(c.req.url).origin }] })
  })
  app.get('/_sandbox/', (c) => {
    const { search } = new URL(c.req.url)
    return c.body(null, 302, { Location: `/_sandbox${search}`, 'Content-Length': '0' })
  })
  app.all('/_sandbox/*', async (c) => (await mounted()).fetch(c.req.raw, c.env))

  // From here on it is WeChat Pay's own API.
  app.use(journalMiddleware(parts))

  const send = (c: Context<Env>, answer: Answer, signature?: Record<string, string>) => {
    c.set('text', answer.body)
    return respond(answer, signature)
  }

  const sendSigned = async (c: Context<Env>, merchant: MerchantKeys, answer: Answer) => {
    const { received, fault } = c.var
    const effect = fault && faultOf(fault.fault)
    const fingerprint = () =>
      createHash('sha256')
        .update(`${c.req.method} ${targetOf(c.req.raw, c.env)} `)
        .update(received?.body ?? '')
        .digest('base64')
    const { headers, body } = await signer.answer(merchant, answer.body, {
      wanted: c.req.header('wechatpay-serial'),
      flaw:
        effect && 'flaw' in effect
          ? effect.flaw
          : await probes.forAnswer(merchant.mchid, fingerprint),
    })

    return send(c, { ...answer, body }, headers)
  }

  // Only a caller whose signature fitted gets a signed answer, and never one of a failure inside.
  const sendRefusal = async (c: Context<Env>, error: unknown) => {
    const refused = error instanceof Refused ? error : new Refused('systemError')
    if (refused !== error) onError(error)
    c.set('situation', refused.situation)
    if (refused.reason !== undefined) c.set('reason', refused.reason)

    const { merchant } = c.var
    const answer = refusal(refused)
    return merchant && refused.situation !== 'systemError'
      ? sendSigned(c, merchant, answer)
      : send(c, answer)
  }
  app.onError((error, c) => sendRefusal(c, error))

  for (const id of endpointIds) {
    const { method, path, response } = endpoints[id]
    // The one cast: each operation is given what the table parsed for it, row by row.
    const answer = handlers[id].answer as (call: unknown) => Promise<unknown>
    app.on(method, honoPath(path), async (c) => {
      // Hono serves HEAD by the route for GET.
      if (c.req.method !== method) return send(c, methodUnknown)
      c.set('operation', id)
      const received = await readRawRequest(c)
      if (!received) return send(c, bodyTooLarge)
      c.set('received', received)
      received.passed('size')
      const merchant = checkRequest(received, { merchants: authority.merchants, wallNow })
      c.set('merchant', merchant)

      const work = async () => {
        const call = { mchid: merchant.mchid, ...parseCall(id, received, c.req.param()) }
        const result = await answer(call)
        received.passed('rules')
        const body = 'body' in response ? response.body.parse(result) : undefined

        return sendSigned(c, merchant, success(response.status, body))
      }
      const request = { mchid: merchant.mchid, operation: id, received }
      const fault = await selectFault(request, faultQueue)
      received.passed('fault')
      if (!fault) return work()
      c.set('fault', fault)
      return applyFault(c, fault, () => work().catch((error) => sendRefusal(c, error)))
    })
  }
  for (const id of endpointIds) {
    app.all(honoPath(endpoints[id].path), (c) => send(c, methodUnknown))
  }
  app.notFound((c) => send(c, pathUnknown))

  return app
}

const newHono = () =>
  new Hono<Env>({
    // Of Hono's routers the one that costs a start nothing; the default compiles all paths first.
    router: new TrieRouter(),
    getPath: (request, options) => pathOf(targetOf(request, options?.env)),
  })

/** `{name}` of the table is `:name` in Hono. */
const honoPath = (path: string): string => fillTemplate(path, (name) => `:${name}`)
