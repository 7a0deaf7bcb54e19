import {
  isApiError,
  isUntrustedAnswerError,
  Wechatpay,
  type WechatpayOptions,
} from '../../client/index.ts'
import { readPlatformKeys } from '../../client/platform-keys.ts'
import { verifyAnswer } from '../../client/verification.ts'
import { endpoints } from '../../contracts/endpoints.ts'
import type { Call } from '../../contracts/suite/interaction.ts'
import { spoiltSignature } from './spoilt-signature.ts'

/** This project's client as the `call` of the suite. */
export const clientCall =
  (options: WechatpayOptions): Call =>
  async ({ endpoint, path, query, body, tamper }) => {
    let received = Response.error()
    const wxpay = new Wechatpay({
      ...options,
      retry: 0,
      fetch: async (request) => {
        if (tamper) spoil(request.headers)
        const response = await fetch(request)
        received = response.clone()
        return response
      },
    })
    const { method, path: template } = endpoints[endpoint]
    const send = Reflect.get(Reflect.get(wxpay, template), method.toLowerCase())

    const failure: unknown = await send({ ...path, query, json: body }).then(
      () => undefined,
      (error: unknown) => error,
    )
    const answered = failure === undefined || isApiError(failure) || isUntrustedAnswerError(failure)
    if (!answered) throw failure

    const { status, headers } = received
    const text = await received.text()
    return {
      status,
      headers,
      body: text === '' ? undefined : JSON.parse(text),
      trusted: isApiError(failure) ? isSigned({ headers, text }, options) : failure === undefined,
    }
  }

const spoil = (headers: Headers) =>
  headers.set('Authorization', spoiltSignature(headers.get('Authorization') ?? ''))

/** The client leaves refusals unverified, so its verifier is asked for them. */
const isSigned = (
  { headers, text }: { headers: Headers; text: string },
  { platformKeys, platform }: WechatpayOptions,
): boolean => {
  const answer = { operation: 'a refusal', headers, body: Buffer.from(text), now: Date.now() }
  try {
    verifyAnswer(answer, readPlatformKeys(platformKeys, platform))
    return true
  } catch {
    return false
  }
}
