export type ProtocolErrorCode =
  | 'AUTHORIZATION_MALFORMED'
  | 'CERTIFICATE_UNREADABLE'
  | 'CIPHERTEXT_UNREADABLE'
  | 'KEY_UNUSABLE'

/** Bytes or keys that the protocol cannot take. The message never holds a key or a plaintext. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError'
  readonly code: ProtocolErrorCode

  constructor(code: ProtocolErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
