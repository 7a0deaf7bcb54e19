import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { promisify } from 'node:util'
import { ProtocolError } from './protocol-error.ts'

// RSASSA-PKCS1-v1_5 over SHA-256 (RFC 8017, 8.2).
const algorithm = 'RSA-SHA256'

/**
 * How far a timestamp may be from now, in seconds, on either side.
 * @see https://wechatpay-api.gitbook.io/wechatpay-api-v3/chang-jian-wen-ti/qian-ming-xiang-guan
 */
export const allowedSkew = 5 * 60

/**
 * How signatures begin that are wrong on purpose, to see whether a merchant notices.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053249
 */
export const probePrefix = 'WECHATPAY/SIGNTEST/'
const signInPool = promisify<string, Uint8Array, KeyObject, Buffer>(sign)

/** Reads a private key from PEM. @throws {ProtocolError} KEY_UNUSABLE when it is not one of RSA. */
export const readPrivateKey = (pem: string): KeyObject => rsaKey('private', createPrivateKey, pem)

/** Reads a public key from PEM. @throws {ProtocolError} KEY_UNUSABLE when it is not one of RSA. */
export const readPublicKey = (pem: string): KeyObject => rsaKey('public', createPublicKey, pem)

const rsaKey = (kind: string, read: (pem: string) => KeyObject, pem: string): KeyObject => {
  let key: KeyObject
  try {
    key = read(pem)
  } catch (cause) {
    throw new ProtocolError('KEY_UNUSABLE', `The ${kind} key is not readable PEM.`, { cause })
  }
  if (key.asymmetricKeyType !== 'rsa') {
    throw new ProtocolError('KEY_UNUSABLE', `The ${kind} key is not an RSA key.`)
  }

  return key
}

/**
 * RSA PKCS#1 v1.5 over SHA-256 in Base64 (RFC 8017, 8.2; RFC 4648, 4), made in the thread pool: the
 * costly half of a request.
 */
export const signMessage = async (message: Uint8Array, privateKey: KeyObject): Promise<string> =>
  (await signInPool(algorithm, message, privateKey)).toString('base64')

/** The same, made in this thread, which stands still meanwhile: sooner for one alone. */
export const signMessageSync = (message: Uint8Array, privateKey: KeyObject): string =>
  sign(algorithm, message, privateKey).toString('base64')

/**
 * Whether the signature fits. One that is no plain Base64 does not fit; it never throws.
 * Node would also read Base64 of other spellings, which other verifiers refuse.
 */
export const verifySignature = (
  message: Uint8Array,
  signature: string,
  publicKey: KeyObject,
): boolean => {
  const bytes = Buffer.from(signature, 'base64')
  return bytes.toString('base64') === signature && verify(algorithm, message, publicKey, bytes)
}
