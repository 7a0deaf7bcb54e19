import { randomBytes } from 'node:crypto'
import { cipherName, seal } from '../../../contracts/protocol/cipher.ts'
import { formatRfc3339 } from '../../../contracts/time.ts'
import type { Authority } from '../../authority/authority.ts'
import { refuse } from '../../refused.ts'
import type { Routes } from '../call.ts'

/** The platform certificates, sealed for the caller; validity is wall time, always. */
export const certificateRoutes = ({ platform, merchants }: Authority) =>
  ({
    'certificates.list': {
      answer: async ({ mchid, query }) => {
        // Issued to invited merchants only; this sandbox holds no SM2 key.
        if (query.algorithm_type === 'SM2') refuse('certificateUnavailable')
        const { apiv3Key } = merchants.get(mchid) ?? refuse('serialUnknown')
        const { serial, pem, validFrom, validTo } = platform.certificate
        const sealed = seal(
          {
            plaintext: pem,
            nonce: randomBytes(6).toString('hex'),
            associated_data: 'certificate',
          },
          apiv3Key,
        )

        return {
          data: [
            {
              serial_no: serial,
              effective_time: formatRfc3339(validFrom.getTime()),
              expire_time: formatRfc3339(validTo.getTime()),
              encrypt_certificate: { algorithm: cipherName, ...sealed },
            },
          ],
        }
      },
    },
  }) satisfies Partial<Routes>
