import { createSign, randomBytes } from 'node:crypto'
import type { MerchantCredentials } from '../../contracts/credentials.ts'

type Unsigned = {
  method?: string
  target?: string
  body?: string
  timestamp?: string | number
  nonce?: string
  mchid?: string
  serial?: string
}

/** Signs with plain node:crypto, apart from the project's own protocol code. */
export const authorizationFor = (
  credentials: MerchantCredentials,
  {
    method = 'GET',
    target = '/v3/certificates',
    body = '',
    timestamp = Math.floor(Date.now() / 1000),
    nonce = randomBytes(16).toString('hex'),
    mchid = credentials.mchid,
    serial = credentials.merchantSerial,
  }: Unsigned = {},
): string => {
  const message = `${method}\n${target}\n${timestamp}\n${nonce}\n${body}\n`
  const signature = createSign('RSA-SHA256').update(message).sign(credentials.merchantKey, 'base64')

  return `WECHATPAY2-SHA256-RSA2048 mchid="${mchid}",nonce_str="${nonce}",timestamp="${timestamp}",serial_no="${serial}",signature="${signature}"`
}
