import { randomBytes } from 'node:crypto'
import { errorBody, errors } from '../../contracts/errors.ts'
import { isPublicKeyId } from '../../contracts/protocol/certificate.ts'
import { answerMessage } from '../../contracts/protocol/message.ts'
import { signMessage } from '../../contracts/protocol/signature.ts'
import type { Authority, MerchantKeys } from '../authority/authority.ts'
import type { Refused } from '../refused.ts'

/** What goes back, before it is signed. `number` ends the Request-ID, 0 for success. */
export type Answer = { status: number; body: string; number: number }

export const success = (status: number, body: unknown): Answer => ({
  status,
  body: body === undefined ? '' : JSON.stringify(body),
  number: 0,
})

export const refusal = ({ situation, details }: Refused): Answer => ({
  status: errors[situation].status,
  body: errorBody(situation, details),
  number: errors[situation].number,
})

/** The key that signs: the public key for a caller who names it, else the platform certificate. */
const signerFor = (merchant: MerchantKeys, authority: Authority, wanted: string | undefined) => {
  const { certificate } = authority.platform
  return wanted && isPublicKeyId(wanted)
    ? merchant.platformPublicKey
    : { id: certificate.serial, privateKey: certificate.privateKey }
}

type Signing = {
  authority: Authority
  merchant: MerchantKeys
  /** The request's `Wechatpay-Serial`. */
  wanted: string | undefined
  /** Wall time in milliseconds. */
  wall: () => number
}

/** The signature headers over exactly these bytes. */
export const signatureHeaders = async (
  body: string,
  { authority, merchant, wanted, wall }: Signing,
): Promise<Record<string, string>> => {
  const { id, privateKey } = signerFor(merchant, authority, wanted)
  const nonce = randomBytes(16).toString('hex')
  const timestamp = String(Math.floor(wall() / 1000))
  const message = answerMessage({ timestamp, nonce, body: Buffer.from(body) })

  return {
    'Wechatpay-Nonce': nonce,
    'Wechatpay-Signature': await signMessage(message, privateKey),
    'Wechatpay-Timestamp': timestamp,
    'Wechatpay-Serial': id,
    'Wechatpay-Signature-Type': 'WECHATPAY2-SHA256-RSA2048',
  }
}

/** The response with the platform's headers; an empty body has neither type nor content. */
export const respond = (
  { status, body, number }: Answer,
  signature: Record<string, string> = {},
): Response => {
  const headers = {
    Server: 'nginx',
    ...(body && { 'Content-Type': 'application/json; charset=utf-8' }),
    ...(!body && status !== 204 && { 'Content-Length': '0' }),
    'Cache-Control': 'no-cache, must-revalidate',
    'X-Content-Type-Options': 'nosniff',
    'Request-ID': `08${randomBytes(20).toString('hex').toUpperCase()}-${number}`,
    'Content-Language': 'zh-CN',
    ...signature,
  }

  return new Response(body || null, { status, headers })
}
