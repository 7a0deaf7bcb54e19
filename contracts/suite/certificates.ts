import { documented, sdk } from '../evidence.ts'
import { is, matches, succeeds, valueAt } from './assertions.ts'
import { type Interaction, interaction } from './interaction.ts'

const endpoint = 'certificates.list'
const parts = ['serial_no', 'effective_time', 'expire_time', 'encrypt_certificate']

/** The rows of the list; one that lacks everything stands for none. */
const rowsOf = (body: unknown): readonly unknown[] => {
  const data = valueAt(body, 'data')
  return Array.isArray(data) && data.length > 0 ? data : [{}]
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
]
