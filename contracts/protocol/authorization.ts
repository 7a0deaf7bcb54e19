import { ProtocolError } from './protocol-error.ts'

/**
 * The scheme of RSA keys, before one space and the members.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012365344
 */
export const scheme = 'WECHATPAY2-SHA256-RSA2048'

/**
 * The members of an Authorization header; `timestamp` in Unix seconds, as text, `serial_no` the serial
 * number of the merchant's certificate.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012365344
 */
export type Authorization = {
  mchid: string
  nonce_str: string
  signature: string
  timestamp: string
  serial_no: string
}

/** Writes the header in the order of the official PHP SDK; any order is documented to do. */
export const formatAuthorization = (members: Authorization): string =>
  `${scheme} mchid="${members.mchid}",serial_no="${members.serial_no}",timestamp="${members.timestamp}",nonce_str="${members.nonce_str}",signature="${members.signature}"`

/** The first word of an Authorization header (RFC 9110, 11.4). */
export const schemeOf = (header: string): string => header.split(' ', 1)[0] ?? ''

// Members are parted as lists are in RFC 9110, 5.6.1. A nonce may hold a comma, so only one before a further member separates.
const separatorPattern = /,(?=\s*[a-z_]+=")/
const memberPattern = /^\s*([a-z_]+)="([^"]*)"\s*$/
// Unix seconds, the digits of some thousand years; which nonces are taken nobody documents.
const timestampPattern = /^\d{1,12}$/
const noncePattern = /^[\x21-\x7e]{1,128}$/

/**
 * Reads the members after the scheme, in any order, white space around commas allowed.
 * @throws {ProtocolError} AUTHORIZATION_MALFORMED when one is missing, twice, or not of its kind.
 */
export const parseAuthorization = (header: string): Authorization => {
  const members = new Map<string, string>()

  for (const part of header.slice(schemeOf(header).length + 1).split(separatorPattern)) {
    const [, name, value] = memberPattern.exec(part) ?? []
    if (name === undefined || value === undefined) throw malformed('a member is not key="value"')
    if (members.has(name)) throw malformed(`${name} appears twice`)
    members.set(name, value)
  }

  const read = (name: keyof Authorization) => {
    const value = members.get(name)
    if (!value) throw malformed(`${name} is missing`)
    return value
  }

  const authorization = {
    mchid: read('mchid'),
    nonce_str: read('nonce_str'),
    signature: read('signature'),
    timestamp: read('timestamp'),
    serial_no: read('serial_no'),
  }
  if (!timestampPattern.test(authorization.timestamp)) throw malformed('timestamp is not a number')
  if (!noncePattern.test(authorization.nonce_str)) throw malformed('nonce_str is not visible ASCII')

  return authorization
}

const malformed = (reason: string) =>
  new ProtocolError('AUTHORIZATION_MALFORMED', `Authorization cannot be read: ${reason}.`)
