import { readCredentials, readCredentialsFile } from '../../client/credentials.ts'
import type {
  Call,
  CallAnswer,
  Caller,
  CallRequest,
  Target,
} from '../../contracts/suite/interaction.ts'
import { sandboxTarget } from '../../contracts/suite/sandbox-target.ts'
import type { CallbackReceiver } from './callback-receiver.ts'
import { clientCall } from './client-call.ts'
import { rawSend } from './raw-send.ts'

/** Where a sandbox answers, or a gateway in front of one, and whose keys call it. */
export type Place = {
  url: string
  /** The folder of the credentials. */
  credentials: string
  /** What its control API wants where it is bound elsewhere than to loopback. */
  controlToken?: string | undefined
}

type Options = {
  /** Which kind of key shall sign the answers. @default 'certificate' */
  platform?: Caller['platform']
  /** Receives the callbacks. */
  receiver?: CallbackReceiver
  /** Told of every answer, those on the way into a state included. */
  onAnswer?(request: CallRequest, answer: CallAnswer): void
}

/**
 * A sandbox as a target of the suite: reached by this package's client. What it makes has numbers
 * of its own.
 * @throws {ConfigurationError} when the credentials folder cannot be read
 */
export const targetAt = async (
  { url, credentials, controlToken }: Place,
  { platform = 'certificate', receiver, onAnswer }: Options = {},
): Promise<Target> => {
  const send = clientCall({
    ...readCredentials(credentials),
    baseUrl: url,
    platform,
    fetch: rawSend,
  })
  const call: Call = async (request) => {
    const answer = await send(request)
    onAnswer?.(request, answer)
    return answer
  }

  return sandboxTarget({
    url,
    controlToken,
    identities: readCredentialsFile(credentials),
    platform,
    call,
    ...(receiver && { notifyUrl: receiver.url, callback: receiver.callback }),
  })
}
