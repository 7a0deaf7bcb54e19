import { randomBytes } from 'node:crypto'
import { cipherName, seal } from '../../../contracts/protocol/cipher.ts'
import { formatRfc3339 } from '../../../contracts/time.ts'
import type { Authority } from '../../authority/authority.ts'
import type { PlatformCertificate, SigningKeys } from '../../authority/signing-keys.ts'
import { refuse } from '../../domain/refused.ts'
import type { Handlers } from '../parse-call.ts'

/** The platform certificates, sealed for the caller; validity is wall time, always. */
export const certificateRoutes = ({ merchants }: Authority, signingKeys: SigningKeys) =>
  ({
    'certificates.list': {
      answer: async ({ mchid, query }) => {
        // SM2 is for invited merchants, and one who only has the public key has no certificate.
        if (
          query.algorithm_type === 'SM2' ||
          (await signingKeys.settingsOf(mchid)).mode === 'public-key'
        ) {
          refuse('certificateUnavailable')
        }
        const { apiv3Key } = merchants.get(mchid) ?? refuse('serialUnknown')

        const listed = await signingKeys.listed()
        return { data: listed.map((certificate) => sealed(certificate, apiv3Key)) }
      },
    },
  }) satisfies Partial<Handlers>

const sealed = ({ serial, pem, validFrom, validTo }: PlatformCertificate, apiv3Key: string) => ({
  serial_no: serial,
  effective_time: formatRfc3339(validFrom.getTime()),
  expire_time: formatRfc3339(validTo.getTime()),
  encrypt_certificate: {
    algorithm: cipherName,
    ...seal(
      { plaintext: pem, nonce: randomBytes(6).toString('hex'), associated_data: 'certificate' },
      apiv3Key,
    ),
  },
})
