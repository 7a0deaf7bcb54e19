import type { z } from 'zod'
import { jsonOf } from '../contracts/json.ts'
import { isEventType, Notification, NotificationEnvelope } from '../contracts/notifications.ts'
import { open } from '../contracts/protocol/cipher.ts'
import {
  ConfigurationError,
  NotificationError,
  type OtherNotification,
  optionInvalid,
} from './errors.ts'
import type { PlatformKeyProvider } from './platform-keys.ts'
import type { HeaderReader } from './signed-bytes.ts'
import { verifyCallback } from './verification.ts'

/** Headers of Fetch, or those of node:http and whatever is built on it. */
export type IncomingHeaders =
  | HeaderReader
  | Readonly<Record<string, string | readonly string[] | undefined>>

/** Reads the callbacks that WeChat Pay posts to a notify_url. */
export type Notifications = {
  /**
   * Verifies a callback, decrypts it, and parses it by its event: `event_type` tells what `resource`
   * is. An event of another product comes as `OTHER`. A callback may come twice, with one `id`.
   *
   * `rawBody` is the body as it came, byte for byte, not parsed. WeChat Pay sends forged callbacks
   * now and then to see them refused, so answer 4xx or 5xx to whatever this throws.
   * @throws {UntrustedAnswerError} when it does not come from WeChat Pay.
   * @throws {NotificationError} when it does, and cannot be read.
   * @throws {ConfigurationError} OPTION_INVALID without `apiv3Key`, RAW_BODY_NEEDED
   * @see https://pay.weixin.qq.com/doc/v3/merchant/4012791861
   */
  parse(
    headers: IncomingHeaders,
    rawBody: string | Uint8Array | ArrayBuffer,
  ): Promise<Notification | OtherNotification>
}

type NotificationKeys = {
  keys: PlatformKeyProvider
  apiv3Key: string | undefined
  now: () => number
}

/** Makes the reader of callbacks. */
export const notificationsOf = ({ keys, apiv3Key, now }: NotificationKeys): Notifications => ({
  parse: async (headers, rawBody) => {
    if (apiv3Key === undefined) {
      throw optionInvalid('apiv3Key is missing. Callbacks are encrypted with it, so give it.')
    }
    const reader = readerOf(headers)
    const body = bytesOf(rawBody)
    const platformKeys = await keys.keysFor(reader.get('Wechatpay-Serial'))
    verifyCallback({ headers: reader, body, now: now() }, platformKeys)

    const envelope = readEnvelope(body)
    return readNotification(envelope, decryptResource(envelope, apiv3Key))
  },
})

const isReader = (headers: IncomingHeaders): headers is HeaderReader =>
  typeof Reflect.get(headers, 'get') === 'function'

const readerOf = (headers: IncomingHeaders): HeaderReader => {
  if (isReader(headers)) return headers
  const values = new Map(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value?.toString()]),
  )

  return { get: (name) => values.get(name.toLowerCase()) ?? null }
}

const bytesOf = (rawBody: unknown): Uint8Array => {
  if (rawBody instanceof Uint8Array) return rawBody
  if (rawBody instanceof ArrayBuffer) return new Uint8Array(rawBody)
  if (typeof rawBody === 'string') return Buffer.from(rawBody)

  throw new ConfigurationError(
    'RAW_BODY_NEEDED',
    'The body is neither text nor bytes. Give it as it came, before anything parses it: express.raw, request.text().',
  )
}

const readEnvelope = (body: Uint8Array): NotificationEnvelope => {
  const parsed = NotificationEnvelope.safeParse(jsonIn(body, bodyUnreadable('it is not JSON')))
  if (parsed.success) return parsed.data

  throw bodyUnreadable(reasonsOf(parsed.error))
}

const bodyUnreadable = (reason: string) =>
  new NotificationError(
    'BODY_UNREADABLE',
    `The body comes from WeChat Pay, but is not a callback: ${reason}.`,
  )

const decryptResource = ({ id, resource }: NotificationEnvelope, apiv3Key: string): unknown => {
  const { ciphertext } = resource
  if (Buffer.from(ciphertext, 'base64').toString('base64') !== ciphertext) {
    throw new NotificationError(
      'CIPHERTEXT_MALFORMED',
      `The ciphertext of the callback ${id} is not Base64.`,
    )
  }

  return jsonIn(
    decrypt({ id, resource }, apiv3Key),
    new NotificationError(
      'PLAINTEXT_UNREADABLE',
      `The callback ${id} decrypts, but its plaintext is not JSON.`,
    ),
  )
}

const decrypt = (
  { id, resource }: Pick<NotificationEnvelope, 'id' | 'resource'>,
  apiv3Key: string,
): Buffer => {
  try {
    return open(resource, apiv3Key)
  } catch (cause) {
    throw new NotificationError(
      'CIPHERTEXT_UNREADABLE',
      `apiv3Key does not decrypt the callback ${id}. Give it as set in the merchant platform.`,
      { cause },
    )
  }
}

const jsonIn = (bytes: Uint8Array, failure: NotificationError): unknown => {
  const value = jsonOf(bytes)
  if (value === undefined) throw failure

  return value
}

const readNotification = (
  envelope: NotificationEnvelope,
  resource: unknown,
): Notification | OtherNotification => {
  const { id, event_type } = envelope
  const other = {
    ...envelope,
    event_type: 'OTHER',
    original_event_type: event_type,
    resource,
  } as const
  if (!isEventType(event_type)) return other
  const parsed = Notification.safeParse({ ...envelope, resource })
  if (parsed.success) return parsed.data

  throw new NotificationError(
    'RESOURCE_UNEXPECTED',
    `The resource of the callback ${id}, ${event_type}, does not fit the contract: ${reasonsOf(parsed.error)}. The callback is verified; read it from the error's notification, unchecked.`,
    { notification: other },
  )
}

const reasonsOf = ({ issues }: z.ZodError) =>
  issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`).join('; ')
