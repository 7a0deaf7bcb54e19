import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { type EndpointId, endpointIds, endpoints } from '../../contracts/endpoints.ts'
import { errors } from '../../contracts/errors.ts'
import { openapi } from '../../contracts/openapi.ts'
import type { Authority, MerchantKeys } from '../authority/authority.ts'
import type { PlatformSigner } from '../authority/platform-signer.ts'
import { Refused } from '../refused.ts'
import { type Answer, refusal, respond, success } from './answer.ts'
import { parseCall, type Routes } from './call.ts'
import type { Env } from './env.ts'
import { pathOf, receive, targetOf } from './received.ts'
import { checkRequest } from './request-check.ts'

/** One request and what became of it. `situation` names the refusal, if it was refused. */
export type Exchange = {
  method: string
  target: string
  status: number
  requestId: string
  situation?: string
  milliseconds: number
}

type Parts = {
  authority: Authority
  signer: PlatformSigner
  routes: Routes
  /** The routes under `/_sandbox`. */
  control: Hono<Env>
  wall: () => number
  /** Called after each answer is made. */
  onExchange: (exchange: Exchange) => void
  onError: (error: unknown) => void
}

const pathUnknown: Answer = { status: 404, body: '', number: errors.orderUnknown.number }
const methodUnknown: Answer = { status: 405, body: '', number: errors.fieldInvalid.number }
const bodyTooLarge: Answer = { status: 413, body: '', number: errors.bodyUnreadable.number }

/** The whole of HTTP, top to bottom: target and bytes, check, validation, route, signed answer. */
export const createApp = (parts: Parts) => {
  const { authority, signer, routes, control, wall, onExchange, onError } = parts
  const app = new Hono<Env>({
    getPath: (request, options) => pathOf(targetOf(request, options?.env)),
  })

  const observe: MiddlewareHandler<Env> = async (c, next) => {
    const begin = performance.now()
    await next()
    const situation = c.get('situation')
    onExchange({
      method: c.req.method,
      target: targetOf(c.req.raw, c.env),
      status: c.res.status,
      requestId: c.res.headers.get('Request-ID') ?? '',
      ...(situation !== undefined && { situation }),
      milliseconds: performance.now() - begin,
    })
  }
  app.use(observe)

  app.get('/openapi.json', (c) => c.json(openapi({ serverUrl: new URL(c.req.url).origin })))
  app.route('/_sandbox', control)

  const signed = async (c: Context<Env>, merchant: MerchantKeys, answer: Answer) => {
    const wanted = c.req.header('wechatpay-serial')
    const body = c.get('body') ?? []
    const fingerprint = async () =>
      `${merchant.mchid} ${c.req.method} ${targetOf(c.req.raw, c.env)} ${body.join()}`

    return respond(answer, await signer.answer(merchant, answer.body, { wanted, fingerprint }))
  }

  // Methods compare their parameters both ways: each route takes what the table parsed for it.
  const answers: { [Id in EndpointId]: { answer(call: unknown): Promise<unknown> } } = routes

  for (const id of endpointIds) {
    const { method, path, response } = endpoints[id]
    app.on(method, honoPath(path), async (c) => {
      const received = await receive(c)
      if (!received) return respond(bodyTooLarge)
      const merchant = checkRequest(received, { merchants: authority.merchants, wall })
      c.set('body', received.body)
      c.set('merchant', merchant)

      const call = { mchid: merchant.mchid, ...parseCall(id, received, c.req.param()) }
      const result = await answers[id].answer(call)
      const body = 'body' in response ? response.body.parse(result) : undefined

      return signed(c, merchant, success(response.status, body))
    })
  }
  for (const id of endpointIds) {
    app.all(honoPath(endpoints[id].path), () => respond(methodUnknown))
  }
  app.notFound(() => respond(pathUnknown))

  // Only a caller whose signature fitted gets a signed answer.
  app.onError(async (error, c) => {
    const refused = error instanceof Refused ? error : new Refused('systemError')
    if (refused !== error) onError(error)
    c.set('situation', refused.situation)

    const merchant = c.get('merchant')
    const answer = refusal(refused)
    return merchant ? signed(c, merchant, answer) : respond(answer)
  })

  return app
}

/** `{name}` of the table is `:name` in Hono. */
const honoPath = (path: string): string => path.replace(/\{(\w+)\}/g, ':$1')
