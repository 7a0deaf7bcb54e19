import { createHash } from 'node:crypto'
import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { endpointIds, endpoints } from '../../contracts/endpoints.ts'
import { errors, isSigned, type Situation } from '../../contracts/errors.ts'
import type { OpenApiDocument } from '../../contracts/openapi.ts'
import { fillTemplate, pathOf } from '../../contracts/paths.ts'
import type { Authority, MerchantKeys } from '../authority/authority.ts'
import type { PlatformSigner } from '../authority/platform-signer.ts'
import { Refused } from '../domain/refused.ts'
import type { FaultQueue } from '../faults/fault-queue.ts'
import { type FaultName, faultOf } from '../faults/faults.ts'
import type { Probes } from '../faults/probes.ts'
import type { RequestEntry } from '../journal/entries.ts'
import type { Journal } from '../journal/journal.ts'
import { type Answer, answerOf, type Reply, refusal, success } from './answer.ts'
import { applyFault } from './apply-fault.ts'
import { deliver } from './deliver.ts'
import type { Env, Trace } from './env.ts'
import { journalEntry } from './journal-entry.ts'
import { pickerOf } from './members.ts'
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
  /** What is wrong with the signature, in one line for `X-Sandbox-Diagnosis`, if that is wanted. */
  explain: ((entry: Omit<RequestEntry, 'id'>) => Promise<string>) | undefined
  wallNow: () => number
  /** Lets everything happen that is due by now. */
  catchUp: () => Promise<void>
  /** Called after each answer is made. */
  onExchange: (exchange: Exchange) => void
  onError: (error: unknown) => void
}

const pathUnknown: Reply = { status: 404, body: '' }
const methodUnknown: Reply = { status: 405, body: '', number: errors.fieldInvalid.number }
const bodyTooLarge: Reply = { status: 413, body: '', number: errors.bodyUnreadable.number }

type Work = (c: Context<Env>, trace: Trace) => Answer | Promise<Answer>

/** The whole of HTTP, top to bottom: target and bytes, check, validation, route, signed answer. */
export const createApp = (parts: Parts) => {
  const { authority, signer, handlers, control, faultQueue, probes, journal } = parts
  const { explain, wallNow, catchUp, onExchange, onError } = parts
  const app = new Hono<Env>({
    getPath: (request, options) => pathOf(targetOf(request, options?.env)),
  })

  const observe: MiddlewareHandler<Env> = async (c, next) => {
    const begin = performance.now()
    await catchUp()
    await next()
    onExchange({
      method: c.req.method,
      target: targetOf(c.req.raw, c.env),
      status: c.res.status,
      requestId: '',
      milliseconds: performance.now() - begin,
    })
  }
  app.use('/openapi.json', observe)
  app.use('/_sandbox/*', observe)

  // Loaded at the first visit, and apart: its many patterns would make the router a slower one.
  let mounting: Promise<Hono<Env>> | undefined
  const mounted = () => {
    mounting ??= control()
    return mounting
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
  app.onError((error, c) => {
    onError(error)
    return deliver(c, answerOf(refusal(new Refused('systemError'))))
  })

  // From here on it is WeChat Pay's own API.
  const serve =
    (work: Work) =>
    async (c: Context<Env>): Promise<Response> => {
      const trace: Trace = { at: wallNow(), begin: performance.now(), passed: [] }
      // What is due by now has happened before the request is looked at, however busy the machine.
      await catchUp()
      let answer: Answer
      try {
        answer = await work(c, trace)
      } catch (error) {
        answer = await refused(trace, error)
      }
      if (explain && answer.status === 401) {
        answer = withDiagnosis(answer, await explain(journalEntry(c, trace, answer)))
      }
      const delivered = deliver(c, answer)
      try {
        record(c, trace, answer)
      } catch (error) {
        // The answer has gone.
        onError(error)
      }
      return delivered
    }

  const record = (c: Context<Env>, trace: Trace, answer: Answer) => {
    const { situation, fault } = trace
    const entry = journalEntry(c, trace, answer)
    const { method, target, status, requestId, milliseconds } = entry
    onExchange({
      method,
      target,
      status,
      requestId,
      ...(situation && { situation }),
      ...(fault && { fault: fault.fault }),
      entry: journal.add(entry).id,
      milliseconds,
    })
  }

  const signed = async (trace: Trace, merchant: MerchantKeys, reply: Reply): Promise<Answer> => {
    const { received, fault } = trace
    const effect = fault && faultOf(fault.fault)
    const fingerprint = () =>
      createHash('sha256')
        .update(`${received?.method} ${received?.target} `)
        .update(received?.body ?? '')
        .digest('base64')
    const { headers, body } = await signer.answer(merchant, reply.body, {
      wanted: received?.header('wechatpay-serial'),
      flaw:
        effect && 'flaw' in effect
          ? effect.flaw
          : await probes.forAnswer(merchant.mchid, fingerprint),
    })

    return answerOf({ ...reply, body }, Object.entries(headers))
  }

  // Only a caller whose signature fitted gets a signed answer, and never one of a failure inside.
  const refused = async (trace: Trace, error: unknown): Promise<Answer> => {
    const known = error instanceof Refused ? error : new Refused('systemError')
    if (known !== error) onError(error)
    trace.situation = known.situation
    if (known.reason !== undefined) trace.reason = known.reason

    const reply = refusal(known)
    return trace.merchant && isSigned(known.situation)
      ? signed(trace, trace.merchant, reply)
      : answerOf(reply)
  }

  for (const id of endpointIds) {
    const { method, path, response } = endpoints[id]
    // When it is first used: building every schema at once would delay the start.
    let pick: ReturnType<typeof pickerOf> | undefined
    const contentOf = (result: unknown) => {
      if (!('body' in response)) return undefined
      pick ??= pickerOf(response.body)
      return pick(result)
    }
    // The one cast: each operation is given what the table parsed for it, row by row.
    const run = handlers[id].answer as (call: unknown) => Promise<unknown>

    const operate: Work = async (c, trace) => {
      // Hono serves HEAD by the route for GET.
      if (c.req.method !== method) return answerOf(methodUnknown)
      trace.operation = id
      const received = await readRawRequest(c, trace)
      if (!received) return answerOf(bodyTooLarge)
      trace.received = received
      received.passed('size')
      const merchant = checkRequest(received, { merchants: authority.merchants, wallNow })
      trace.merchant = merchant

      const carryOut = async () => {
        const call = { mchid: merchant.mchid, ...parseCall(id, received, c.req.param()) }
        const result = await run(call)
        received.passed('rules')
        return signed(trace, merchant, success(response.status, contentOf(result)))
      }
      const fault = await selectFault(
        { mchid: merchant.mchid, operation: id, received },
        faultQueue,
      )
      received.passed('fault')
      if (!fault) return carryOut()
      trace.fault = fault
      return applyFault(fault, () => carryOut().catch((error) => refused(trace, error)))
    }
    app.on(method, honoPath(path), serve(operate))
  }
  for (const id of endpointIds) {
    app.all(
      honoPath(endpoints[id].path),
      serve(() => answerOf(methodUnknown)),
    )
  }
  app.notFound(serve(() => answerOf(pathUnknown)))

  return app
}

/** Help goes beside the answer, and only where it was asked for. */
const withDiagnosis = (answer: Answer, diagnosis: string): Answer => ({
  ...answer,
  headers: [...answer.headers, ['X-Sandbox-Diagnosis', diagnosis]],
})

/** `{name}` of the table is `:name` in Hono. */
const honoPath = (path: string): string => fillTemplate(path, (name) => `:${name}`)
