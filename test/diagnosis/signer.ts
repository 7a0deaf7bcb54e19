/** A merchant who signs with plain node:crypto, and can get every part of it wrong. */
import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { diagnoseRequest, type KnownKey } from '../../contracts/diagnosis/diagnose.ts'
import type { Diagnosis } from '../../contracts/diagnosis/diagnosis.ts'

const pair = () => generateKeyPairSync('rsa', { modulusLength: 2048 })

export const own = pair()
export const others = {
  'sub-merchant': pair(),
  former: pair(),
  'other-merchant': pair(),
  'platform-certificate': pair(),
  'platform-public-key': pair(),
}
export const stranger = pair()

const mchid = '1900000001'
export const serial = '1DDE55AD98ED71D6EDD4A4A16996DE7B47773A8C'
export const subMchid = '1900000109'
export const otherMchid = '1900000002'
export const otherSerial = '2AAE55AD98ED71D6EDD4A4A16996DE7B47773A8C'
export const platformSerial = '5157F09EFDC096DE15EBE81A47057A7232F1B8E1'
export const publicKeyId = 'PUB_KEY_ID_0119000000012024112500000000000001'

export const keys: readonly KnownKey[] = [
  { owner: 'merchant', id: serial, mchid, publicKey: own.publicKey },
  { owner: 'sub-merchant', mchid: subMchid, publicKey: others['sub-merchant'].publicKey },
  { owner: 'former', publicKey: others.former.publicKey },
  {
    owner: 'other-merchant',
    id: otherSerial,
    mchid: otherMchid,
    publicKey: others['other-merchant'].publicKey,
  },
  {
    owner: 'platform-certificate',
    id: platformSerial,
    publicKey: others['platform-certificate'].publicKey,
  },
  {
    owner: 'platform-public-key',
    id: publicKeyId,
    publicKey: others['platform-public-key'].publicKey,
  },
]

export const timestamp = '1700000000'
export const nonce = '5K8264ILTKCH16CQ2502SI8ZNMTM67VS'

export type Sent = {
  method: string
  target: string
  body: string | Uint8Array
  headers?: Record<string, string>
}

export const order: Sent = {
  method: 'POST',
  target: '/v3/payscore/serviceorder',
  body: '{"out_order_no":"A1","introduction":"租借/充电","amount":{"total":100,"currency":"CNY"}}',
}

/** The five lines, written down here once more. */
export const linesOf = ({ method, target, body }: Sent): string =>
  `${method}\n${target}\n${timestamp}\n${nonce}\n${body}\n`

export const rsa = (message: string | Uint8Array, key: KeyObject = own.privateKey): string =>
  createSign('RSA-SHA256').update(message).sign(key, 'base64')

export type Members = Record<
  'mchid' | 'nonce_str' | 'signature' | 'timestamp' | 'serial_no',
  string
>

export const membersWith = (signature: string): Members => ({
  mchid,
  nonce_str: nonce,
  signature,
  timestamp,
  serial_no: serial,
})

export const headerOf = (members: Partial<Members>): string =>
  `WECHATPAY2-SHA256-RSA2048 ${Object.entries(members)
    .map(([name, value]) => `${name}="${value}"`)
    .join(',')}`

type Options = Partial<Parameters<typeof diagnoseRequest>[1]>

/** What is said of a request that was sent so, with this Authorization. */
export const diagnosed = (
  { method, target, body, headers = {} }: Sent,
  authorization: string | undefined,
  options: Options = {},
): Diagnosis => {
  const all = new Map(Object.entries({ ...headers, host: '127.0.0.1:8129' }))
  const header = (name: string) => (name === 'authorization' ? authorization : all.get(name))

  return diagnoseRequest(
    { method, target, body: Buffer.from(body), header },
    { keys, subMchids: [subMchid], ...options },
  )
}

/** What is said when this message was signed for what was sent. */
export const signedAs = (
  sent: Sent,
  message: string | Uint8Array,
  options: Options = {},
): Diagnosis => diagnosed(sent, headerOf(membersWith(rsa(message))), options)

export const codesOf = ({ mistakes }: Diagnosis): string[] => mistakes.map(({ code }) => code)
