/**
 * Whether a request may be served at all, in the order in which the platform looks: headers, then
 * the Authorization's form, its age, its merchant and serial, and the signature last.
 * @module
 */
import {
  type Authorization,
  parseAuthorization,
  scheme,
  schemeOf,
} from '../../contracts/protocol/authorization.ts'
import { sameSerial } from '../../contracts/protocol/certificate.ts'
import { requestMessage } from '../../contracts/protocol/message.ts'
import { signedBody } from '../../contracts/protocol/multipart.ts'
import { ProtocolError } from '../../contracts/protocol/protocol-error.ts'
import { allowedSkew, verifySignature } from '../../contracts/protocol/signature.ts'
import type { MerchantKeys } from '../authority/authority.ts'
import { refuse } from '../domain/refused.ts'
import type { RawRequest } from './env.ts'

type Checker = {
  merchants: ReadonlyMap<string, MerchantKeys>
  /** Wall time in milliseconds; a moved business clock must not lock real clients out. */
  wallNow: () => number
}

/** The merchant who signed. @throws {Refused} with the first rule that the request breaks */
export const checkRequest = (
  received: RawRequest,
  { merchants, wallNow }: Checker,
): MerchantKeys => {
  checkHeaders(received)
  received.passed('headers')

  const authorization = readAuthorization(received)
  received.passed('authorization')

  const age = Math.floor(wallNow() / 1000) - Number(authorization.timestamp)
  if (Math.abs(age) > allowedSkew) return refuse('timestampExpired')
  received.passed('timestamp')

  const merchant = merchants.get(authorization.mchid)
  if (!merchant || !sameSerial(merchant.serial, authorization.serial_no)) {
    return refuse('serialUnknown')
  }
  received.passed('serial')

  const { method, target } = received
  const body = signedBody(received.header('content-type'), received.body)
  const message = requestMessage({
    method,
    target,
    timestamp: authorization.timestamp,
    nonce: authorization.nonce_str,
    body,
  })
  if (!verifySignature(message, authorization.signature, merchant.publicKey)) {
    return refuse('signatureMismatch', { detail: mismatch({ method, target, body }, message) })
  }
  received.passed('signature')

  return merchant
}

/** The gateway of ordinary payments looks at fewer headers, and has words of its own. */
const isPayment = (target: string) => target.startsWith('/v3/pay/')

const checkHeaders = ({ header, target }: RawRequest) => {
  const isNamed = header('user-agent') && header('accept')
  if (!isNamed && !isPayment(target)) refuse('userAgentMissing')
  // What fetch in Node sends unasked; other languages that are not known are taken as zh-CN.
  if (header('accept-language') === '*') refuse('languageUnsupported')
}

const readAuthorization = ({ header: sent, target }: RawRequest): Authorization => {
  const header = sent('authorization') ?? ''
  if (schemeOf(header) !== scheme) {
    if (isPayment(target)) return refuse('payAuthorizationMissing')
    return refuse(header.includes(' ') ? 'schemeUnknown' : 'authorizationMalformed')
  }

  try {
    return parseAuthorization(header)
  } catch (error) {
    if (error instanceof ProtocolError) return refuse('authorizationUnreadable')
    throw error
  }
}

const shownBody = 8

/** What the platform built to verify, its body cut to eight bytes; whole characters only. */
const mismatch = (
  { method, target, body }: Pick<RawRequest, 'method' | 'target' | 'body'>,
  message: Buffer,
) => {
  const head = message.subarray(0, message.length - body.length - 1)
  const shown = Buffer.concat([
    head,
    wholeCharacters(body.subarray(0, shownBody)),
    Buffer.from('\n'),
  ])

  return {
    detail: { issue: 'sign not match' },
    field: 'signature',
    location: 'authorization',
    sign_information: {
      method,
      sign_message_length: message.length,
      truncated_sign_message: shown.toString(),
      url: target,
    },
  }
}

// Streaming decoders keep an unfinished character back instead of replacing it.
const wholeCharacters = (bytes: Uint8Array): Buffer =>
  Buffer.from(new TextDecoder().decode(bytes, { stream: true }))
