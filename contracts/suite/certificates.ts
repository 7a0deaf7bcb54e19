import { documented, sdk } from '../evidence.ts'
import { readCertificate } from '../protocol/certificate.ts'
import { open } from '../protocol/cipher.ts'
import { is, matches, refuses, succeeds, valueAt } from './assertions.ts'
import { type Assertion, type Interaction, interaction } from './interaction.ts'

const endpoint = 'certificates.list'
const parts = ['serial_no', 'effective_time', 'expire_time', 'encrypt_certificate']

/** The rows of the list; one that lacks everything stands for none. */
export const rowsOf = (body: unknown): readonly unknown[] => {
  const data = valueAt(body, 'data')
  return Array.isArray(data) && data.length > 0 ? data : [{}]
}

/** The certificates that a list seals, by serial number; none where the key does not open them. */
export const certificatesIn = (body: unknown, apiv3Key: string): Record<string, string> => {
  try {
    return Object.fromEntries(
      rowsOf(body).map((row) => {
        const sealed = Object(valueAt(row, 'encrypt_certificate'))
        return [String(valueAt(row, 'serial_no')), open(sealed, apiv3Key).toString()]
      }),
    )
  } catch {
    return {}
  }
}

/** The serial number of the sealed certificate, or why it cannot be opened. */
const serialIn = (row: unknown, apiv3Key: string): string => {
  try {
    const pem = open(Object(valueAt(row, 'encrypt_certificate')), apiv3Key)
    return readCertificate(pem.toString()).serial
  } catch (error) {
    return String(error)
  }
}

const opens: Assertion = {
  says: 'seals each certificate under the APIv3 key of the caller',
  evidence: documented('openapi'),
  check: ({ given: { apiv3Key }, answer }) => {
    const rows = rowsOf(answer.body)
    const serials = rows.map((row) => valueAt(row, 'serial_no') ?? 'a serial number')
    return is(
      serials,
      apiv3Key === undefined ? serials : rows.map((row) => serialIn(row, apiv3Key)),
    )
  },
}

export const certificates: readonly Interaction[] = [
  interaction({
    name: `${endpoint} lists the platform certificates`,
    endpoint,
    given: 'merchant',
    when: () => [{ endpoint }],
    holds: [
      ...succeeds(endpoint, documented('openapi')),
      {
        says: 'gives each certificate all its parts',
        evidence: sdk('sdks'),
        check: ({ answer }) => {
          const rows = rowsOf(answer.body)
          return is(
            [],
            rows.flatMap((row) => parts.filter((part) => valueAt(row, part) === undefined)),
          )
        },
      },
      opens,
      {
        says: 'is signed by the key asked for: a certificate of this list, or the public key',
        evidence: sdk('sdks'),
        check: ({ given, answer }) => {
          const serials = rowsOf(answer.body).map((row) => valueAt(row, 'serial_no'))
          const wanted = given.platform === 'certificate' ? serials.join('|') : 'PUB_KEY_ID_\\d+'
          return matches(new RegExp(`^(${wanted})$`), answer.headers.get('Wechatpay-Serial'))
        },
      },
    ],
  }),
  ...[{ algorithm_type: 'RSA' }, { algorithm_type: 'ALL' }, { nonsense: '1' }].map((query) =>
    interaction({
      name: `${endpoint} lists them when asked with ${new URLSearchParams(query)}`,
      endpoint,
      given: 'merchant',
      when: () => [{ endpoint, query: { ...query } }],
      holds: succeeds(endpoint, documented('openapi')),
    }),
  ),
  interaction({
    name: `${endpoint} refuses certificates of a kind that there is not`,
    endpoint,
    given: 'merchant',
    when: () => [{ endpoint, query: { algorithm_type: 'SM2' } }],
    holds: refuses('certificateUnavailable'),
    situation: 'certificateUnavailable',
  }),
]
