import { inject } from 'vitest'
import { readCredentials } from '../../client/credentials.ts'
import type { Target } from '../../contracts/suite/interaction.ts'
import { sandboxTarget as targetAt } from '../../contracts/suite/sandbox-target.ts'
import type { Sandbox } from '../../sandbox/sandbox.ts'
import { clientCall } from '../../sandbox/verifying/client-call.ts'
import type { SendRaw } from '../../sandbox/verifying/raw-send.ts'

export const platforms = ['certificate', 'publicKey'] as const
export type Platform = (typeof platforms)[number]

type Held = Pick<Sandbox, 'fetch' | 'credentials'> & { url?: string }

type Options = {
  /** Where it is called; in-process by default. */
  baseUrl?: string
  platform?: Platform
  /** Sends what the client has signed. */
  fetch?: SendRaw
}

const inProcess = 'http://127.0.0.1'

/** A sandbox, called with this project's client; where it listens, controlled there too. */
export const sandboxTarget = (sandbox: Held, options: Options = {}): Target => {
  const { baseUrl = inProcess, platform = 'certificate' } = options
  const fetch = options.fetch ?? (baseUrl === inProcess ? sandbox.fetch : undefined)
  const credentials = readCredentials(inject('credentials'))
  const call = clientCall({ ...credentials, baseUrl, platform, ...(fetch && { fetch }) })

  return targetAt({
    identities: sandbox.credentials,
    platform,
    call,
    ...(baseUrl === sandbox.url ? { url: baseUrl } : { url: inProcess, fetch: sandbox.fetch }),
  })
}

/** The states alone, for another caller. */
export const givenBy = (sandbox: Held, platform: Platform): Target['given'] =>
  sandboxTarget(sandbox, { platform }).given
