import { exchangeBlocking } from './blocking.ts'
import { readCredentials } from './credentials.ts'
import { ConfigurationError, NoAnswerError, optionInvalid } from './errors.ts'
import { exchangeOf, type Received, type TransportOptions } from './exchange.ts'
import { type Call, outgoingOf } from './outgoing.ts'
import { PathForms } from './paths.ts'
import type { Answer } from './routes.ts'
import type { SignedFetchOptions } from './signed-fetch.ts'

export type WechatpayOptions = Omit<SignedFetchOptions, 'now' | 'nonce'> &
  TransportOptions & {
    /** The APIv3 key, 32 bytes. Calls do not need it; it is checked so that a wrong one shows. */
    apiv3Key?: string
  }

/** What a credentials folder does not say. */
export type FromCredentialsOptions = Omit<
  WechatpayOptions,
  'mchid' | 'serial' | 'privateKey' | 'platformKeys' | 'apiv3Key'
>

/**
 * A client of WeChat Pay's API v3: it signs what it sends and verifies what it receives. Paths are
 * reached as in the official PHP SDK, and typed by the endpoint table:
 *
 * ```ts
 * wxpay.v3.payscore.signPlan.partner.serviceorder.post({ json })
 * wxpay.chain('v3/payscore/sign-plan/partner/serviceorder').post({ json })
 * wxpay['v3/payscore/sign-plan/partner/serviceorder'].post({ json })
 * wxpay.v3.refund.domestic.refunds._out_refund_no_.get({ out_refund_no, query })
 * ```
 *
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012081726
 */
export class Wechatpay extends PathForms {
  /** @throws {ConfigurationError} OPTION_INVALID */
  constructor(options: WechatpayOptions) {
    const { apiv3Key } = options
    if (apiv3Key !== undefined && Buffer.byteLength(apiv3Key) !== 32) {
      throw optionInvalid('apiv3Key has not 32 bytes. Give it as set in the merchant platform.')
    }
    const exchange = exchangeOf(options)

    super({
      call: async (call) => {
        const outgoing = outgoingOf(call)
        return answerOf(await exchange(outgoing), call)
      },
      callBlocking: (call) => {
        const outgoing = outgoingOf(call)
        return answerOf(exchangeBlocking({ options: transferable(options), outgoing }), call)
      },
    })
  }

  /**
   * A client with the merchant, keys and certificates of a sandbox, `http://127.0.0.1:8129` unless
   * `baseUrl` says otherwise. It knows both platform keys; `platform` chooses the one that signs, by
   * default the certificate.
   * @throws {ConfigurationError} CREDENTIALS_UNREADABLE, OPTION_INVALID
   */
  static fromCredentials(folder: string, options: FromCredentialsOptions = {}): Wechatpay {
    const defaults = { platform: 'certificate', baseUrl: 'http://127.0.0.1:8129' } as const

    return new Wechatpay({ ...defaults, ...readCredentials(folder), ...options })
  }
}

const answerOf = ({ status, headers: entries, body }: Received, call: Call): Answer<unknown> => {
  const headers = new Headers(entries)
  const requestId = headers.get('Request-ID') ?? undefined
  const data = status === 204 ? undefined : parse(body, `${call.method} ${call.path}`)

  return { data, status, headers, requestId }
}

const parse = (body: string, operation: string): unknown => {
  try {
    return JSON.parse(body)
  } catch (cause) {
    throw new NoAnswerError(
      'ANSWER_UNREADABLE',
      `${operation} was carried out, but its answer is not JSON. Query it by its number.`,
      { cause },
    )
  }
}

const transferable = ({ fetch, privateKey, apiv3Key: _, ...options }: WechatpayOptions) => {
  if (fetch !== undefined) {
    throw new ConfigurationError(
      'BLOCKING_UNAVAILABLE',
      'A blocking call runs in another thread, where the option fetch cannot follow. Use post or get, or leave fetch out.',
    )
  }
  const pem =
    typeof privateKey === 'string'
      ? privateKey
      : privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

  return { ...options, privateKey: pem }
}
