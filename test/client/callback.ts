/** Callbacks as WeChat Pay makes them, with plain node:crypto: an outside witness. */
import { createCipheriv, createSign, randomUUID } from 'node:crypto'
import { platform, publicKeyId } from './wechat-server.ts'

export const apiv3Key = 'AES256Key-32Characters1234567890'

type Wrong = {
  /** Sealed instead of the resource. */
  plaintext?: string
  key?: string
  ciphertext?: string
  /** Sent instead of the envelope. */
  body?: string
  /** Seconds that the timestamp is off. */
  offset?: number
  headers?: Record<string, string>
}

/** Seals, wraps and signs; `wrong` says what shall not be as it should. */
export const callbackOf = (event_type: string, resource: unknown, wrong: Wrong = {}) => {
  const body = wrong.body ?? envelopeOf(event_type, { resource, ...wrong })
  const timestamp = String(Math.floor(Date.now() / 1000) + (wrong.offset ?? 0))
  const nonce = 'EcZ9Cmy4Xyx1i6RlJQzLcCyEqDa26NBz'
  const signature = createSign('RSA-SHA256').update(`${timestamp}\n${nonce}\n${body}\n`)

  const headers: Record<string, string> = {
    'Content-Type': 'application/json',
    'Wechatpay-Timestamp': timestamp,
    'Wechatpay-Nonce': nonce,
    'Wechatpay-Serial': publicKeyId,
    'Wechatpay-Signature': signature.sign(platform.privateKey, 'base64'),
    ...wrong.headers,
  }
  return { headers, body }
}

const envelopeOf = (event_type: string, sealed: Wrong & { resource: unknown }) => {
  const family = event_type.startsWith('REFUND.') ? 'refund' : 'payscore'
  const nonce = 'Kj7QIyUiYx1q'
  const cipher = createCipheriv('aes-256-gcm', sealed.key ?? apiv3Key, nonce)
  cipher.setAAD(Buffer.from(family))
  const plaintext = sealed.plaintext ?? JSON.stringify(sealed.resource)
  const bytes = [cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]

  return JSON.stringify({
    id: randomUUID(),
    create_time: '2026-10-24T16:37:26+08:00',
    resource_type: 'encrypt-resource',
    event_type,
    summary: '通知',
    resource: {
      original_type: family,
      algorithm: 'AEAD_AES_256_GCM',
      ciphertext: sealed.ciphertext ?? Buffer.concat(bytes).toString('base64'),
      associated_data: family,
      nonce,
    },
  })
}

/** What probes carry instead of a signature. */
export const probe = { 'Wechatpay-Signature': 'WECHATPAY/SIGNTEST/gw0BVHnd0Dr6n7pXqGWjQKcf5bT' }
