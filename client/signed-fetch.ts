import { KeyObject, randomBytes } from 'node:crypto'
import { formatAuthorization } from '../contracts/protocol/authorization.ts'
import { requestMessage } from '../contracts/protocol/message.ts'
import { readPrivateKey, signMessage, signMessageSync } from '../contracts/protocol/signature.ts'
import { optionInvalid } from './errors.ts'
import {
  fixedKeys,
  type PlatformKeyProvider,
  type PlatformKind,
  readPlatformKeys,
} from './platform-keys.ts'
import { attachSignedBytes, type SignedBytes } from './signed-bytes.ts'
import {
  overHttp,
  receive,
  type Send,
  throughFetch,
  type WireAnswer,
  type WireRequest,
} from './transport.ts'
import { verifyAnswer } from './verification.ts'
import { version } from './version.ts'

/** Who signs, whose signatures are trusted, and what sends. */
export type SignedFetchOptions = {
  /** Merchant number of the caller; a service provider's own. */
  mchid: string
  /** Serial number of the merchant's API certificate, hex. */
  serial: string
  /** The private key of that certificate, PEM or `KeyObject`. */
  privateKey: string | KeyObject
  /** Platform certificates by serial number, WeChat Pay public keys by `PUB_KEY_ID_…`; PEM. */
  platformKeys: Readonly<Record<string, string>>
  /** Which kind of key WeChat Pay is asked to sign with. @default 'publicKey' where there is one */
  platform?: PlatformKind
  /** Language of error messages. @default 'zh-CN' */
  acceptLanguage?: 'zh-CN' | 'zh-HK' | 'zh-TW' | 'en'
  /** @default 'wechatpay-sandbox-client/VERSION node/VERSION' */
  userAgent?: string
  /**
   * What sends instead of node:http. Give `(request) => fetch(request)` where a stub of the global
   * fetch, or a dispatcher of undici, should see the requests.
   */
  fetch?: Send
  /** Wall time in milliseconds. @default Date.now */
  now?: () => number
  /** @default 32 random characters of 0-9a-f */
  nonce?: () => string
}

/** A `fetch` that rejects with `UntrustedAnswerError` where a 2xx does not verify. */
export type SignedFetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>

/**
 * Makes a `fetch` for JSON requests that signs what it sends, anew each time, and verifies every
 * 2xx before it hands it on. Other answers pass unverified. Redirects are not followed.
 *
 * The function it returns rejects with `UntrustedAnswerError` and `NoAnswerError`.
 * @throws {ConfigurationError} OPTION_INVALID
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012365336
 */
export const signedFetch = ({
  platformKeys,
  platform,
  ...options
}: SignedFetchOptions): SignedFetch => {
  const caller = readCaller(options)
  const keys = fixedKeys(readPlatformKeys(platformKeys, { platform, merchant: caller }))
  const send = signedSender(caller, verificationWith(keys))

  return async (input, init) => {
    const request = new Request(input, init)
    const { status, statusText, headers, body, refusedBytes } = await send({
      method: request.method,
      url: new URL(request.url),
      headers: request.headers,
      body: Buffer.from(await request.arrayBuffer()),
      signal: request.signal,
    })
    const answer = new Response(body.length > 0 ? body : null, { status, statusText, headers })

    return attachSignedBytes(answer, refusedBytes)
  }
}

/** How answers are verified. */
export type AnswerVerification = {
  /** The id of the key that WeChat Pay is asked to sign with. */
  requested(): Promise<string | undefined>
  /** @throws {UntrustedAnswerError} */
  verify(answer: ReceivedAnswer): void | Promise<void>
}

type ReceivedAnswer = Parameters<typeof verifyAnswer>[0]

/** Verifies with the keys of the provider. */
export const verificationWith = ({
  requested,
  keysFor,
}: PlatformKeyProvider): AnswerVerification => ({
  requested,
  verify: async (answer) =>
    verifyAnswer(answer, await keysFor(answer.headers.get('Wechatpay-Serial'))),
})

/** A request that is not signed yet. */
type UnsignedRequest = Omit<WireRequest, 'headers'> & { headers?: Headers }

/** An answer that is verified if it is a 2xx; a 401 comes with what was signed. */
export type SignedAnswer = WireAnswer & { refusedBytes?: SignedBytes }

/**
 * Signs, sends once and verifies.
 * @throws {WechatpayError} `UntrustedAnswerError` or `NoAnswerError`
 */
export type SendSigned = (request: UnsignedRequest) => Promise<SignedAnswer>

/** Makes what `signedFetch` is built on, with keys that may still be downloaded. */
export const signedSender = (
  caller: SigningCaller,
  verification: AnswerVerification,
): SendSigned => {
  let underWay = 0

  return async (unsigned) => {
    underWay += 1
    try {
      const requested = await verification.requested()
      // Several signatures run side by side in the thread pool; for one, the way there is a detour.
      const sign = underWay > 1 ? signMessage : signMessageSync
      const request = await signRequest(unsigned, { caller, requested, sign })
      const operation = `${request.method} ${request.url.pathname}`
      const answer = await receive(caller.transport, request, operation)
      const { status, headers, body } = answer
      if (status >= 200 && status < 300) {
        await verification.verify({ operation, status, headers, body, now: caller.now() })
      }

      return status === 401 ? { ...answer, refusedBytes: bytesOf(request) } : answer
    } finally {
      underWay -= 1
    }
  }
}

const targetOf = ({ pathname, search }: URL) => pathname + search

const bytesOf = ({ method, url, headers, body }: WireRequest): SignedBytes => ({
  kind: 'request',
  method,
  target: targetOf(url),
  headers,
  body,
})

type Signing = {
  caller: SigningCaller
  requested: string | undefined
  sign: (message: Uint8Array, privateKey: KeyObject) => string | Promise<string>
}

const signRequest = async (
  request: UnsignedRequest,
  { caller, requested, sign }: Signing,
): Promise<WireRequest> => {
  const { method, url, body } = request
  const timestamp = Math.floor(caller.now() / 1000).toString()
  const nonce = caller.nonce()
  const message = requestMessage({ method, target: targetOf(url), timestamp, nonce, body })
  const headers = new Headers(request.headers)
  for (const [name, value] of Object.entries(caller.headers)) headers.set(name, value)
  if (requested !== undefined) headers.set('Wechatpay-Serial', requested)
  if (body.length > 0) headers.set('Content-Type', 'application/json')
  const authorization = formatAuthorization({
    mchid: caller.mchid,
    serial_no: caller.serial,
    timestamp,
    nonce_str: nonce,
    signature: await sign(message, caller.privateKey),
  })
  headers.set('Authorization', authorization)

  return { ...request, headers }
}

const randomNonce = () => randomBytes(16).toString('hex')

/** The options that `readCaller` checks. */
export type CallerOptions = Omit<SignedFetchOptions, 'platformKeys' | 'platform'>

/** A merchant that can sign and send. */
export type SigningCaller = ReturnType<typeof readCaller>

/** Checks who signs and how to send. @throws {ConfigurationError} OPTION_INVALID */
export const readCaller = ({ mchid, serial, ...options }: CallerOptions) => {
  if (!/^\d{1,32}$/.test(mchid))
    throw optionInvalid(
      'mchid is not a merchant number. Give digits only, as in the merchant platform.',
    )
  if (!/^[0-9a-f]+$/i.test(serial)) {
    throw optionInvalid(
      'serial is not hex. Give the serial number of the merchant API certificate.',
    )
  }

  return {
    mchid,
    serial,
    privateKey: readKey(options.privateKey),
    transport: options.fetch ? throughFetch(options.fetch) : overHttp,
    now: options.now ?? Date.now,
    nonce: options.nonce ?? randomNonce,
    headers: {
      Accept: 'application/json',
      // Node's fetch would send "*", which WeChat Pay answers with 406.
      'Accept-Language': options.acceptLanguage ?? 'zh-CN',
      'User-Agent':
        options.userAgent ?? `wechatpay-sandbox-client/${version} node/${process.versions.node}`,
    },
  }
}

/** What is given may be anything: it often comes from the environment, and programs lack types. */
const readKey = (key: unknown): KeyObject => {
  if (key === undefined || key === null || key === '') {
    throw optionInvalid(
      'privateKey is missing. Give the text of apiclient_key.pem, or a KeyObject.',
    )
  }
  if (typeof key !== 'string') {
    const isKey = key instanceof KeyObject && key.type === 'private'
    if (isKey && key.asymmetricKeyType === 'rsa') return key
    throw optionInvalid('privateKey is not a private RSA key. Give that of apiclient_key.pem.')
  }

  try {
    return readPrivateKey(key)
  } catch (cause) {
    throw optionInvalid(
      'privateKey is not a private RSA key in PEM. Give the text of apiclient_key.pem, not its path.',
      cause,
    )
  }
}
