import { KeyObject, randomInt } from 'node:crypto'
import { formatAuthorization } from '../contracts/protocol/authorization.ts'
import { requestMessage } from '../contracts/protocol/message.ts'
import { readPrivateKey, signMessage } from '../contracts/protocol/signature.ts'
import { isWechatpayError, noAnswer, optionInvalid } from './errors.ts'
import {
  fixedKeys,
  type PlatformKeyProvider,
  type PlatformKind,
  readPlatformKeys,
} from './platform-keys.ts'
import { attachSignedBytes, type SignedBytes } from './signed-bytes.ts'
import { verifyAnswer } from './verification.ts'
import { version } from './version.ts'

/** What sends a request; `globalThis.fetch` is one, a sandbox's own `fetch` another. */
export type Send = (request: Request) => Response | Promise<Response>

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
  /** @default globalThis.fetch */
  fetch?: Send
  /** Wall time in milliseconds. @default Date.now */
  now?: () => number
  /** @default 32 random characters of 0-9A-Za-z */
  nonce?: () => string
}

/** A `fetch` that rejects with `UntrustedAnswerError` where a 2xx does not verify. */
export type SignedFetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>

/** The longest answer that is read, in bytes. */
const maxAnswerBytes = 10 * 1024 * 1024

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

  return verifyingFetch(caller, verificationWith(keys))
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

/** Makes the same as `signedFetch`, with keys that may still be downloaded. */
export const verifyingFetch =
  (caller: SigningCaller, verification: AnswerVerification): SignedFetch =>
  async (input, init) => {
    const request = new Request(input, init)
    const operation = `${request.method} ${new URL(request.url).pathname}`
    const signed = await signRequest(request, caller, await verification.requested())
    const { response, body } = await receive(caller.send, signed.request, operation)
    const { ok, status, statusText, headers } = response
    if (ok) await verification.verify({ operation, status, headers, body, now: caller.now() })

    const answer = new Response(body.length > 0 ? body : null, { status, statusText, headers })
    return attachSignedBytes(answer, status === 401 ? signed.bytes : undefined)
  }

const signRequest = async (
  request: Request,
  caller: SigningCaller,
  requested: string | undefined,
): Promise<{ request: Request; bytes: SignedBytes }> => {
  const { method, url, signal } = request
  const { pathname, search } = new URL(url)
  const target = pathname + search
  const body = Buffer.from(await request.arrayBuffer())
  const timestamp = Math.floor(caller.now() / 1000).toString()
  const nonce = caller.nonce()
  const message = requestMessage({ method, target, timestamp, nonce, body })

  const headers = new Headers(request.headers)
  for (const [name, value] of Object.entries(caller.headers)) headers.set(name, value)
  if (requested !== undefined) headers.set('Wechatpay-Serial', requested)
  if (body.length > 0) headers.set('Content-Type', 'application/json')
  const authorization = formatAuthorization({
    mchid: caller.mchid,
    serial_no: caller.serial,
    timestamp,
    nonce_str: nonce,
    signature: await signMessage(message, caller.privateKey),
  })
  headers.set('Authorization', authorization)

  // A redirect would carry the signature to another place.
  const sent = { method, headers, signal, redirect: 'manual' } as const
  return {
    request: new Request(url, body.length > 0 ? { ...sent, body } : sent),
    bytes: { kind: 'request', method, target, headers, body },
  }
}

const receive = async (send: Send, request: Request, operation: string) => {
  try {
    const response = await send(request)
    return { response, body: await readBody(response, operation) }
  } catch (cause) {
    if (isWechatpayError(cause) || request.signal.aborted) throw cause
    const failure = deepest(cause)
    throw noAnswer(
      'CONNECTION_FAILED',
      `${operation} got no answer from ${new URL(request.url).host}: ${reasonOf(failure)}. Check baseUrl and the network.`,
      { operation, cause, ...(neverConnected(failure) && { outcome: 'unchanged' }) },
    )
  }
}

const readBody = async (response: Response, operation: string): Promise<Buffer> => {
  const chunks: Uint8Array[] = []
  let size = 0

  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    if (size > maxAnswerBytes) {
      throw noAnswer(
        'ANSWER_UNREADABLE',
        `The answer to ${operation} is longer than ${maxAnswerBytes} bytes. Check baseUrl.`,
        { operation },
      )
    }
    chunks.push(chunk)
  }

  return Buffer.concat(chunks)
}

/** undici says only "fetch failed"; the cause says what happened. */
const deepest = (error: unknown): unknown =>
  error instanceof Error && error.cause instanceof Error ? error.cause : error

const reasonOf = (failure: unknown): string => {
  if (!(failure instanceof Error)) return 'the connection failed'

  return 'code' in failure && typeof failure.code === 'string' ? failure.code : failure.message
}

/**
 * Whether it failed before a byte could leave. The code alone does not tell: a connection may be
 * lost with EHOSTUNREACH after the request was carried out.
 */
const neverConnected = (failure: unknown): boolean => {
  if (!(failure instanceof Error)) return false
  // One error for each address of the host.
  if (failure instanceof AggregateError) return failure.errors.every(neverConnected)
  if ('code' in failure && failure.code === 'UND_ERR_CONNECT_TIMEOUT') return true

  return (
    'syscall' in failure && (failure.syscall === 'connect' || failure.syscall === 'getaddrinfo')
  )
}

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const randomNonce = () =>
  Array.from({ length: 32 }, () => alphabet[randomInt(alphabet.length)]).join('')

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
    // Looked up at each call: msw and others replace it later.
    send: options.fetch ?? ((request: Request) => globalThis.fetch(request)),
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
