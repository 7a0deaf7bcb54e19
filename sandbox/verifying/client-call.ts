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
import { certificatesIn } from '../../contracts/suite/certificates.ts'
import type { Call, CallAnswer, CallRequest } from '../../contracts/suite/interaction.ts'
import { tampered } from '../../contracts/suite/tampering.ts'
import type { SendRaw } from './raw-send.ts'

type Received = Pick<CallAnswer, 'status' | 'headers' | 'rawHeaders'> & { text: string }

type Exchange = { request: CallRequest; received?: Received }

type Options = Omit<SignedFetchOptions, 'fetch'> & {
  baseUrl?: string
  fetch?: SendRaw
  /** Opens the platform certificates that are listed; they are believed from then on. */
  apiv3Key?: string
}

/** This project's client as the `call` of the suite, which makes one call after the other. */
export const clientCall = ({ fetch: send = (sent) => fetch(sent), ...options }: Options): Call => {
  let platformKeys = readPlatformKeys(options.platformKeys, { platform: options.platform })
  let exchange: Exchange | undefined
  const sendBy = senderOf({
    ...options,
    now: () => Date.now() - (exchange?.request.age ?? 0) * 1000,
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
    const body = parsed(text)
    if (request.endpoint === 'certificates.list' && options.apiv3Key !== undefined) {
      const listed = certificatesIn(body, options.apiv3Key)
      platformKeys = readPlatformKeys(
        { ...listed, ...options.platformKeys },
        { platform: options.platform },
      )
    }
    const trusted = failure === undefined || isSigned(received, platformKeys)
    return { ...answer, body, trusted }
  }
}

const refused = Symbol('refused')

/** The client knows the table only; what is written otherwise goes by what it is built on. */
const senderOf = (options: SignedFetchOptions & { baseUrl?: string }) => {
  const { baseUrl = 'https://api.mch.weixin.qq.com' } = options
  const wxpay = new Wechatpay({ ...options, retry: 0 })
  const fetchSigned = signedFetch(options)

  return ({
    endpoint,
    elsewhere,
    path,
    query,
    ...sent
  }: CallRequest): Promise<{ status: number }> => {
    const { method, path: template } = endpoints[endpoint]
    const { body, text } = sent
    if (elsewhere || text !== undefined) {
      const written = text ?? (body === undefined ? undefined : JSON.stringify(body))
      const place = elsewhere ?? { method, path: template }
      return fetchSigned(`${baseUrl}${place.path}`, {
        method: place.method,
        ...(written !== undefined && { body: written }),
      })
    }
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
