import { documented, sdk } from '../evidence.ts'
import { is, succeeds } from './assertions.ts'
import { rowsOf } from './certificates.ts'
import { type Interaction, interaction } from './interaction.ts'

const endpoint = 'certificates.list'
const manual = documented('manual')

/** The platform changes its certificate; who ran these is answered by another one from then on. */
export const rotation: readonly Interaction[] = [
  interaction({
    name: `${endpoint} lists the next certificate before it signs`,
    endpoint,
    given: 'certificatePrepared',
    when: () => [{ endpoint }],
    holds: [
      ...succeeds(endpoint, manual),
      {
        says: 'lists more than one certificate',
        evidence: sdk('sdks'),
        check: ({ answer }) => {
          const count = rowsOf(answer.body).length
          return { held: count > 1, expected: 'more than 1', got: count }
        },
      },
    ],
  }),
  interaction({
    name: `${endpoint} is signed by the next certificate once that took over`,
    endpoint,
    given: 'certificatePromoted',
    when: () => [{ endpoint }],
    holds: [
      ...succeeds(endpoint, manual),
      {
        says: 'is signed by another certificate than before',
        evidence: sdk('sdks'),
        check: ({ given, answer }) => {
          const serial = answer.headers.get('Wechatpay-Serial') ?? given.formerSerial
          return is(true, serial !== given.formerSerial)
        },
      },
    ],
  }),
]
