/** Requests signed with plain node:crypto, member by member, so that each one can be wrong. */
import { createSign, createVerify, randomBytes } from 'node:crypto'
import type { MerchantCredentials } from '../../contracts/credentials.ts'
import type { RawAnswer, RawRequest } from './raw-request.ts'

export type Members = Record<
  'mchid' | 'nonce_str' | 'timestamp' | 'serial_no' | 'signature',
  string
>

/** What it takes to sign. */
type Signer = Pick<MerchantCredentials, 'mchid' | 'merchantSerial' | 'merchantKey'>

type Unsigned = Pick<RawRequest, 'method' | 'target' | 'body'> &
  Partial<Pick<Members, 'nonce_str' | 'timestamp'>>

export const now = (): number => Math.floor(Date.now() / 1000)

/** What the merchant puts into Authorization for this request. */
export const membersFor = (
  { mchid, merchantSerial, merchantKey }: Signer,
  {
    method = 'GET',
    target = '/v3/certificates',
    body = '',
    nonce_str = randomBytes(16).toString('hex'),
    timestamp = String(now()),
  }: Unsigned = {},
): Members => {
  const signature = createSign('RSA-SHA256')
    .update(`${method}\n${target}\n${timestamp}\n${nonce_str}\n`)
    .update(body)
    .update('\n')
    .sign(merchantKey, 'base64')

  return { mchid, nonce_str, timestamp, serial_no: merchantSerial, signature }
}

export const authorizationOf = (members: Partial<Members>, separator = ','): string =>
  `WECHATPAY2-SHA256-RSA2048 ${Object.entries(members)
    .map(([name, value]) => `${name}="${value}"`)
    .join(separator)}`

/** The request with an Authorization that fits it; `members` are changed after signing. */
export const signed = (
  credentials: Signer,
  request: RawRequest & Partial<Pick<Members, 'nonce_str' | 'timestamp'>> = {},
  members: Partial<Members> = {},
): RawRequest => {
  const { nonce_str, timestamp, ...raw } = request
  const Authorization = authorizationOf({ ...membersFor(credentials, request), ...members })

  return { ...raw, headers: { Authorization, ...raw.headers } }
}

/** The bytes that WeChat Pay signs of an answer. */
export const answerMessage = ({ header, body }: RawAnswer): string =>
  `${header('Wechatpay-Timestamp')}\n${header('Wechatpay-Nonce')}\n${body}\n`

/** Whether the answer is signed by this key, in PEM. */
export const isSignedBy = (answer: RawAnswer, key: string): boolean =>
  createVerify('RSA-SHA256')
    .update(answerMessage(answer))
    .verify(key, answer.header('Wechatpay-Signature') ?? '', 'base64')

/** The names of the headers that make an answer a signed one. */
export const signatureHeaders = [
  'Wechatpay-Nonce',
  'Wechatpay-Signature',
  'Wechatpay-Timestamp',
  'Wechatpay-Serial',
  'Wechatpay-Signature-Type',
]
