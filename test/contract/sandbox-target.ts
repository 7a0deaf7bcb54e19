import { inject } from 'vitest'
import { readCredentials } from '../../client/credentials.ts'
import type { Target } from '../../contracts/suite/interaction.ts'
import { sandboxTarget as targetAt } from '../../contracts/suite/sandbox-target.ts'
import type { Sandbox } from '../../sandbox/sandbox.ts'
import type { CallbackReceiver } from '../../sandbox/verifying/callback-receiver.ts'
import { clientCall } from '../../sandbox/verifying/client-call.ts'
import { rawSend, type SendRaw } from '../../sandbox/verifying/raw-send.ts'

export const platforms = ['certificate', 'publicKey'] as const
export type Platform = (typeof platforms)[number]

type Held = Pick<Sandbox, 'fetch' | 'credentials'> & { url?: string }

type Options = {
  /** Where it is called; in-process by default. */
  baseUrl?: string
  platform?: Platform
  /** Receives the callbacks. */
  receiver?: CallbackReceiver
  /** Sends what the client has signed. */
  fetch?: SendRaw
}

const inProcess = 'http://127.0.0.1'

/** A sandbox, called with this project's client; where it listens, controlled there too. */
export const sandboxTarget = (sandbox: Held, options: Options = {}): Target => {
  const { baseUrl = inProcess, platform = 'certificate' } = options
  const seen = baseUrl === sandbox.url ? rawSend : undefined
  const fetch = options.fetch ?? (baseUrl === inProcess ? sandbox.fetch : seen)
  const credentials = readCredentials(inject('credentials'))
  const call = clientCall({ ...credentials, baseUrl, platform, ...(fetch && { fetch }) })

  return targetAt({
    identities: sandbox.credentials,
    platform,
    call,
    ...(options.receiver && {
      notifyUrl: options.receiver.url,
      callback: options.receiver.callback,
    }),
    ...(baseUrl === sandbox.url ? { url: baseUrl } : { url: inProcess, fetch: sandbox.fetch }),
  })
}

/** The states alone, for another caller. */
export const givenBy = (sandbox: Held, platform: Platform): Target['given'] =>
  sandboxTarget(sandbox, { platform }).given
