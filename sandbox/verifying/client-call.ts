import {
  isApiError,
  isUntrustedAnswerError,
  type SignedFetchOptions,
  signedFetch,
  Wechatpay,
} from '../../client/index.ts'
import { type PlatformKeys, readPlatformKeys } from '../../client/platform-keys.ts'
import { verifyAnswer } from '../../client/verification.ts'
import { endpoints } from '../../contracts/endpoints.ts'
import { jsonOf } from '../../contracts/json.ts'
import type { Call, CallAnswer, CallRequest } from '../../contracts/suite/interaction.ts'
import { tampered } from '../../contracts/suite/tampering.ts'

type Received = Pick<CallAnswer, 'status' | 'headers' | 'rawHeaders'> & { text: string }

type Exchange = { request: CallRequest; received?: Received }

/** Sends a request; one that sees the wire also tells the headers as they came. */
export type SendRaw = (request: Request) => Sent | Promise<Sent>
type Sent = Response & Pick<CallAnswer, 'rawHeaders'>

type Options = Omit<SignedFetchOptions, 'fetch'> & { baseUrl?: string; fetch?: SendRaw }

/** This project's client as the `call` of the suite, which makes one call after the other. */
export const clientCall = ({ fetch: send = (sent) => fetch(sent), ...options }: Options): Call => {
  const platformKeys = readPlatformKeys(options.platformKeys, options.platform)
  let exchange: Exchange | undefined
  const sendBy = senderOf({
    ...options,
    fetch: async (outgoing) => {
      if (exchange) tamper(outgoing.headers, exchange.request)
      const response = await send(outgoing)
      const { status, headers, rawHeaders } = response
      const text = await response.text()
      if (exchange) {
        exchange.received = { status, headers, text, ...(rawHeaders && { rawHeaders }) }
      }
      return new Response(text || null, { status, headers })
    },
  })

  return async (request) => {
    const own: Exchange = { request }
    exchange = own
    const failure: unknown = await sendBy(request).then(
      ({ status }) => (status < 300 ? undefined : refused),
      (error: unknown) => (isApiError(error) ? refused : error),
    )
    const isAnswered =
      failure === undefined || failure === refused || isUntrustedAnswerError(failure)
    const { received } = own
    if (!received || !isAnswered) throw failure

    const { text, ...answer } = received
    const trusted = failure === refused ? isSigned(received, platformKeys) : failure === undefined
    return { ...answer, body: parsed(text), trusted }
  }
}

const refused = Symbol('refused')

/** The client knows the paths of the table only; elsewhere goes what it is built on. */
const senderOf = (options: SignedFetchOptions & { baseUrl?: string }) => {
  const { baseUrl = 'https://api.mch.weixin.qq.com' } = options
  const wxpay = new Wechatpay({ ...options, retry: 0 })
  const fetchSigned = signedFetch(options)

  return ({ endpoint, elsewhere, path, query, body }: CallRequest): Promise<{ status: number }> => {
    if (elsewhere) {
      const init = {
        method: elsewhere.method,
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }
      return fetchSigned(`${baseUrl}${elsewhere.path}`, init)
    }
    const { method, path: template } = endpoints[endpoint]
    const send = Reflect.get(Reflect.get(wxpay, template), method.toLowerCase())
    return send({ ...path, query, json: body })
  }
}

const tamper = (headers: Headers, { tamper, headers: instead = {} }: CallRequest) => {
  if (tamper) headers.set('Authorization', tampered(headers.get('Authorization') ?? '', tamper))
  for (const [name, value] of Object.entries(instead)) headers.set(name, value)
}

const parsed = (text: string): unknown => {
  const value = jsonOf(text)
  return value === undefined && text !== '' ? text : value
}

/** The client leaves refusals unverified, so they are verified as if they were successes. */
const isSigned = ({ headers, text }: Received, platformKeys: PlatformKeys): boolean => {
  const answer = { operation: '', headers, body: Buffer.from(text), now: Date.now() }
  try {
    verifyAnswer(answer, platformKeys)
    return true
  } catch {
    return false
  }
}
