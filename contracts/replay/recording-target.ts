/**
 * Recordings as a target of the suite, and as interactions of their own.
 * @module
 */
import { endpoints } from '../endpoints.ts'
import { type Evidence, observed } from '../evidence.ts'
import { is, succeeds } from '../suite/assertions.ts'
import { type Call, type Interaction, interaction, type Target } from '../suite/interaction.ts'
import type { Recording } from './har.ts'
import { bodyOf, callOf, isAnswered } from './recorded-call.ts'

/**
 * Every recorded answer of an operation as an interaction, in their order: asked for again, it is
 * as recorded, and a success holds to the contract.
 */
export const recordedInteractions = (
  recordings: readonly Recording[],
  evidence: Evidence = observed('capture'),
): Interaction[] =>
  recordings.filter(isAnswered).flatMap((recording, index) => {
    const request = callOf(recording)
    if (!request) return []
    const { endpoint } = request
    const { status, content } = recording.response

    return [
      interaction({
        name: `${endpoint} as recorded, number ${index + 1}`,
        endpoint,
        given: 'merchant',
        when: () => [request],
        holds: [
          ...(status < 300 ? succeeds(endpoint, evidence) : []),
          {
            says: 'gives the recorded answer',
            evidence,
            check: ({ answer }) => is([status, bodyOf(content)], [answer.status, answer.body]),
          },
        ],
      }),
    ]
  })

type Options = {
  /** Reaches a replay of the recordings: a client whose requests it answers. */
  call: Call
  /** Merchant number of the caller in the recordings. */
  mchid: string
}

const creation = 'signplan.serviceorder.create.partner'

/** Recordings as a target: its states are what was recorded of them. */
export const recordingTarget = (
  recordings: readonly Recording[],
  { call, mchid }: Options,
): Target => {
  const caller = { mchid, platform: 'publicKey' } as const

  return {
    call,
    given: {
      merchant: async () => caller,
      detailInTurn: async () => {
        const created = recordings.find(
          ({ _endpoint, response }) => _endpoint === creation && response.status === 200,
        )
        if (!created) throw new Error(`No recording is of ${creation}.`)
        const order = endpoints[creation].request.body.parse(bodyOf(created.request.postData))

        return { ...caller, order }
      },
    },
  }
}
