import {
  isApiError,
  isUntrustedAnswerError,
  type SignedFetchOptions,
  signedFetch,
  Wechatpay,
} from '../../client/index.ts'
import { endpoints } from '../../contracts/endpoints.ts'
import type { Call } from '../../contracts/suite/interaction.ts'
import { spoiltSignature } from './spoilt-signature.ts'

type Options = Omit<SignedFetchOptions, 'fetch'> & { baseUrl?: string }

/** This project's client as the `call` of the suite. */
export const clientCall =
  (options: Options): Call =>
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
      trusted: isApiError(failure) ? await isSigned(text, headers, options) : failure === undefined,
    }
  }

const spoil = (headers: Headers) =>
  headers.set('Authorization', spoiltSignature(headers.get('Authorization') ?? ''))

/** The client leaves refusals unverified, so it is shown the same bytes as a success. */
const isSigned = (text: string, headers: Headers, options: Options): Promise<boolean> => {
  const verify = signedFetch({ ...options, fetch: () => new Response(text, { headers }) })

  return verify('https://refusal.invalid').then(
    () => true,
    () => false,
  )
}
