import { exchangeBlocking } from './blocking.ts'
import { type ConnectionOptions, connectionOf } from './connection.ts'
import { readCredentials } from './credentials.ts'
import { ConfigurationError, noAnswer } from './errors.ts'
import type { RawAnswer } from './exchange.ts'
import type { Explain } from './explain.ts'
import { type Invocations, invocationsOf } from './invocations.ts'
import { type Notifications, notificationsOf } from './notifications.ts'
import { PathForms } from './paths.ts'
import { prepareRequest, type RequestedCall } from './prepared-request.ts'
import { reconcilerOf } from './reconcile.ts'
import type { Answer } from './routes.ts'

/** The options of a client; `mchid`, `serial` and `privateKey` are required. */
export type WechatpayOptions = ConnectionOptions

/** The options that a credentials folder does not give. */
export type FromCredentialsOptions = Omit<
  WechatpayOptions,
  'mchid' | 'serial' | 'privateKey' | 'platformKeys' | 'apiv3Key'
> & {
  /** Downloads the platform certificates instead of reading the keys of the folder. */
  platformKeys?: 'download'
}

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
 * When a `post` fails and `outcome` of the error is `unknown`, `reconcile` with the same options
 * finds out whether it was carried out, and repeats it only if it was not.
 *
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012081726
 */
export class Wechatpay extends PathForms {
  /** Reads the callbacks that WeChat Pay posts to a notify_url. */
  declare readonly notifications: Notifications

  /** Makes the parameters with which a page, a mini program or an app opens the cashier. */
  declare readonly invocations: Invocations

  /**
   * What is wrong with a signature, when WeChat Pay refused it (an `ApiError` of 401) or when this
   * client could not trust it (an `UntrustedAnswerError`, of an answer or a callback). Only what is
   * proven is named. `undefined` for other errors, and for those of blocking calls.
   */
  declare readonly explain: Explain

  /** @throws {ConfigurationError} OPTION_INVALID */
  constructor(options: WechatpayOptions) {
    const { exchange, keys, caller } = connectionOf(options)

    const send = async (call: RequestedCall) => answerOf(await exchange(prepareRequest(call)), call)

    super({
      call: send,
      callBlocking: (call) => {
        const request = prepareRequest(call)
        return answerOf(exchangeBlocking({ options: transferable(options), request }), call)
      },
      reconcile: reconcilerOf(send),
    })
    const { apiv3Key, now = Date.now } = options
    const notifications = notificationsOf({ keys, apiv3Key, now })
    Object.defineProperty(this, 'notifications', { value: notifications })
    Object.defineProperty(this, 'invocations', { value: invocationsOf(caller) })
    // Loaded when it is asked for the first time.
    const explain: Explain = async (error, options) =>
      (await import('./explain.ts')).explainerOf(caller, keys)(error, options)
    Object.defineProperty(this, 'explain', { value: explain })
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

const answerOf = (
  { status, headers: entries, body }: RawAnswer,
  call: RequestedCall,
): Answer<unknown> => {
  const headers = new Headers(entries)
  const requestId = headers.get('Request-ID') ?? undefined
  const data = status === 204 ? undefined : parse(body, `${call.method} ${call.path}`)

  return { data, status, headers, requestId }
}

const parse = (body: string, operation: string): unknown => {
  try {
    return JSON.parse(body)
  } catch (cause) {
    const reason = `The answer to ${operation} is not JSON.`
    throw noAnswer('ANSWER_UNREADABLE', reason, { operation, cause })
  }
}

const transferable = ({ fetch, now, privateKey, ...options }: WechatpayOptions) => {
  if (fetch !== undefined || now !== undefined) {
    throw new ConfigurationError(
      'BLOCKING_UNAVAILABLE',
      'A blocking call runs in another thread, where the options fetch and now cannot follow. Use post or get, or leave them out.',
    )
  }
  const pem =
    typeof privateKey === 'string'
      ? privateKey
      : privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

  return { ...options, privateKey: pem }
}
