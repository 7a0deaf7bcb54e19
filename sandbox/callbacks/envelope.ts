import { notifications } from '../../contracts/notifications.ts'
import { cipherName, seal } from '../../contracts/protocol/cipher.ts'
import type { NotificationRecord } from '../domain/notifications.ts'

/** The body of a callback, its members in the order in which they were captured. */
export const envelopeOf = (record: NotificationRecord, apiv3Key: string): string => {
  const { id, create_time, event_type, plaintext, nonce } = record
  const { summary, original_type, associated_data } = notifications[event_type]
  const { ciphertext } = seal({ plaintext, nonce, associated_data }, apiv3Key)

  return JSON.stringify({
    id,
    create_time,
    resource_type: 'encrypt-resource',
    event_type,
    summary,
    resource: { original_type, algorithm: cipherName, ciphertext, associated_data, nonce },
  })
}

// Members that hold an amount in fen; counts and dates have other names.
const amounts = /"((?:\w+_)?(?:amount|total|refund))":(\d+)/g

/**
 * The same notice with other amounts, or itself when it has none. Its nonce is another too: two
 * texts under one nonce would give the key away.
 */
export const withOtherAmount = <Record extends Pick<NotificationRecord, 'plaintext' | 'nonce'>>(
  record: Record,
): Record => {
  const plaintext = record.plaintext.replace(
    amounts,
    (_, name, fen) => `"${name}":${Number(fen) + 100}`,
  )
  const nonce = [...record.nonce].reverse().join('')

  return plaintext === record.plaintext ? record : { ...record, plaintext, nonce }
}

/** The headers of a callback as they were captured, around those of its signature. */
export const callbackHeaders = (
  body: string,
  signature: Record<string, string>,
): Record<string, string> => ({
  'User-Agent': 'Mozilla/4.0',
  Accept: '*/*',
  Pragma: 'no-cache',
  'Content-Type': 'application/json',
  Connection: 'close',
  'Content-Length': String(Buffer.byteLength(body)),
  ...signature,
})
