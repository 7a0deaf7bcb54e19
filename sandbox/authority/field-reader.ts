import { decryptField } from '../../contracts/protocol/cipher.ts'
import { ProtocolError } from '../../contracts/protocol/protocol-error.ts'
import { refuse } from '../domain/refused.ts'
import type { Authority } from './authority.ts'
import type { SigningKeys } from './signing-keys.ts'

/** Reads encrypted members with the key that the request's `Wechatpay-Serial` names. @throws {Refused} */
export type ReadFields = (
  mchid: string,
  serial: string | undefined,
) => (texts: readonly string[]) => Promise<readonly string[]>

/** Encrypted by an RSA key of 2048 bits. */
const encryptedLength = 256

export const createFieldReader =
  ({ merchants }: Authority, signingKeys: SigningKeys): ReadFields =>
  (mchid, serial) =>
  async (texts) => {
    if (!serial) return refuse('serialHeaderMissing')
    const own = merchants.get(mchid)?.platformPublicKey
    const certificate = (await signingKeys.listed()).find((listed) => listed.serial === serial)
    const key = (own?.id === serial ? own : certificate) ?? refuse('serialHeaderWrong')

    return texts.map((text) => {
      if (Buffer.from(text, 'base64').length !== encryptedLength) return refuse('fieldNotEncrypted')
      try {
        return decryptField(text, key.privateKey)
      } catch (error) {
        if (error instanceof ProtocolError) return refuse('fieldUndecryptable')
        throw error
      }
    })
  }
