import { inject } from 'vitest'
import { readCredentials } from '../../client/credentials.ts'
import type { Target } from '../../contracts/suite/interaction.ts'
import type { Sandbox } from '../../sandbox/sandbox.ts'
import { exampleOrder } from '../support/example.ts'
import { clientCall } from './client-call.ts'

export const platforms = ['certificate', 'publicKey'] as const
export type Platform = (typeof platforms)[number]

type Held = Pick<Sandbox, 'control' | 'credentials'>

/** How a sandbox brings about the states of the suite: they all begin in its seeded world. */
export const givenBy = ({ control, credentials }: Held, platform: Platform): Target['given'] => {
  const caller = { mchid: credentials.mchid, platform }

  return {
    merchant: async () => caller,
    detailInTurn: async () => {
      await control.reset()
      return { ...caller, order: exampleOrder }
    },
  }
}

/** A sandbox at an address, called with this project's client. */
export const sandboxTarget = (
  sandbox: Held,
  { baseUrl, platform = 'certificate' }: { baseUrl: string; platform?: Platform },
): Target => ({
  given: givenBy(sandbox, platform),
  call: clientCall({ ...readCredentials(inject('credentials')), baseUrl, platform }),
})
