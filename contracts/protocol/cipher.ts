import {
  constants,
  createCipheriv,
  createDecipheriv,
  type KeyObject,
  privateDecrypt,
  publicEncrypt,
} from 'node:crypto'
import { ProtocolError } from './protocol-error.ts'

/** The name under which callbacks and certificates are sealed: AES-256-GCM as in RFC 5116, 5.2. */
export const cipherName = 'AEAD_AES_256_GCM'

// RFC 5116, 5.1: the tag of 16 bytes ends the ciphertext.
const tagLength = 16

/** A sealed text as it travels: `ciphertext` is Base64 with the tag at its end. */
export type Sealed = { ciphertext: string; nonce: string; associated_data: string }

type Plain = { plaintext: string | Uint8Array; nonce: string; associated_data: string }

/**
 * Seals with AES-256-GCM under the 32 raw bytes of the APIv3 key.
 * @throws {ProtocolError} KEY_UNUSABLE when the key is of another length.
 * @see https://wechatpay-api.gitbook.io/wechatpay-api-v3/jie-kou-wen-dang/ping-tai-zheng-shu
 */
export const seal = ({ plaintext, nonce, associated_data }: Plain, apiv3Key: string): Sealed => {
  const cipher = createCipheriv('aes-256-gcm', keyBytes(apiv3Key), nonce)
  cipher.setAAD(Buffer.from(associated_data))
  const sealed = [cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]

  return { ciphertext: Buffer.concat(sealed).toString('base64'), nonce, associated_data }
}

/**
 * Opens what `seal` made.
 * @throws {ProtocolError} CIPHERTEXT_UNREADABLE when the tag does not fit key, nonce and data,
 * KEY_UNUSABLE when the key is of another length.
 */
export const open = ({ ciphertext, nonce, associated_data }: Sealed, apiv3Key: string): Buffer => {
  const bytes = Buffer.from(ciphertext, 'base64')
  const key = keyBytes(apiv3Key)

  try {
    // Without its length stated, a cut tag of four bytes would do.
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength })
    decipher.setAuthTag(bytes.subarray(-tagLength))
    decipher.setAAD(Buffer.from(associated_data))
    return Buffer.concat([decipher.update(bytes.subarray(0, -tagLength)), decipher.final()])
  } catch (cause) {
    throw new ProtocolError(
      'CIPHERTEXT_UNREADABLE',
      'The ciphertext does not open: another APIv3 key, or data changed on the way.',
      { cause },
    )
  }
}

const keyBytes = (apiv3Key: string): Buffer => {
  const key = Buffer.from(apiv3Key)
  if (key.length !== 32) {
    throw new ProtocolError('KEY_UNUSABLE', `An APIv3 key has 32 bytes, this one ${key.length}.`)
  }

  return key
}

// RSAES-OAEP (RFC 8017, 7.1). SHA-1 is what every SDK and the platform use here; one FAQ says SHA-256 and is contradicted by all.
const oaep = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' }

/** Encrypts a sensitive field, at most 214 bytes for a key of 2048 bits (RFC 8017, 7.1.1). Base64. */
export const encryptField = (plaintext: string, key: KeyObject): string =>
  publicEncrypt({ key, ...oaep }, Buffer.from(plaintext)).toString('base64')

/** Decrypts a sensitive field. @throws {ProtocolError} CIPHERTEXT_UNREADABLE for another key. */
export const decryptField = (ciphertext: string, key: KeyObject): string => {
  try {
    return privateDecrypt({ key, ...oaep }, Buffer.from(ciphertext, 'base64')).toString()
  } catch (cause) {
    throw new ProtocolError('CIPHERTEXT_UNREADABLE', 'The field does not decrypt with this key.', {
      cause,
    })
  }
}
