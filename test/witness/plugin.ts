/**
 * wechatpay-axios-plugin as the outside witness: a published client that knows nothing of this
 * project. It signs, sends and verifies by itself.
 * @module
 */
import { Formatter, Rsa, Wechatpay } from 'wechatpay-axios-plugin'
import { z } from 'zod'
import type { MerchantCredentials } from '../../contracts/credentials.ts'
import { endpoints } from '../../contracts/endpoints.ts'
import type { Call } from '../../contracts/suite/interaction.ts'
import { type Tampering, tampered } from '../../contracts/suite/tampering.ts'
import type { Platform } from '../contract/sandbox-target.ts'

type Options = { baseURL: string; platform?: Platform }

const certsOf = (credentials: MerchantCredentials, platform: Platform) =>
  platform === 'certificate'
    ? { [credentials.platformSerial]: credentials.platformCertificate }
    : { [credentials.publicKeyId]: credentials.publicKey }

/** Set up as its manual says; it names the public key in its requests only when told to. */
export const pluginWith = (
  credentials: MerchantCredentials,
  { baseURL, platform = 'certificate' }: Options,
): Wechatpay =>
  new Wechatpay({
    baseURL,
    proxy: false,
    mchid: credentials.mchid,
    serial: credentials.merchantSerial,
    privateKey: credentials.merchantKey,
    certs: certsOf(credentials, platform),
    ...(platform === 'publicKey' && { headers: { 'Wechatpay-Serial': credentials.publicKeyId } }),
  })

const Outcome = z.object({
  /** Why it failed: `EV3_…` where the plugin does not trust the answer. */
  code: z.string().optional(),
  response: z.object({ status: z.number(), headers: z.looseObject({}) }),
})

/** The plugin as the `call` of the suite. */
export const pluginCall = (credentials: MerchantCredentials, options: Options): Call => {
  const plugin = pluginWith(credentials, options)
  const certs = new Map(Object.entries(certsOf(credentials, options.platform ?? 'certificate')))

  return async ({ endpoint, path, query, body, tamper, headers: instead, elsewhere }) => {
    const { method, path: template } = elsewhere ?? endpoints[endpoint]
    let text = ''
    const keep = (data: string) => {
      text = data
      return data
    }
    const config = {
      ...path,
      params: query,
      transformResponse: [keep, plugin.client.v3.defaults.transformResponse ?? []].flat(),
      ...(instead && { headers: instead }),
      ...(tamper && { transformRequest: spoilBy(tamper) }),
    }
    const resource = plugin.chain(template.slice(1))
    const sent = method === 'GET' ? resource.get(config) : resource.post(body, config)

    const { code, response } = await sent.then((response) => Outcome.parse({ response }), outcomeOf)
    const headers = headersOf(response.headers)
    return {
      status: response.status,
      headers,
      body: text === '' ? undefined : JSON.parse(text),
      trusted: code === undefined || (!code.startsWith('EV3_') && isSigned(text, headers, certs)),
    }
  }
}

const outcomeOf = (error: unknown) => {
  const outcome = Outcome.safeParse(error)
  if (!outcome.success) throw error
  return outcome.data
}

const headersOf = (headers: object) =>
  new Headers(Object.entries(headers).map(([name, value]) => [name, String(value)]))

/** The plugin leaves refusals unverified, so its own tools are used on them. */
const isSigned = (text: string, headers: Headers, certs: ReadonlyMap<string, string>): boolean => {
  const read = (name: string) => headers.get(`Wechatpay-${name}`) ?? ''
  const message = Formatter.response(read('Timestamp'), read('Nonce'), text)
  const cert = certs.get(read('Serial'))

  return cert !== undefined && Rsa.verify(message, read('Signature'), cert)
}

/** Runs after the plugin has signed. */
const spoilBy =
  (how: Tampering) =>
  (
    data: unknown,
    headers: { get(name: string): unknown; set(name: string, value: string): unknown },
  ) => {
    headers.set('Authorization', tampered(String(headers.get('Authorization')), how))
    return JSON.stringify(data)
  }
