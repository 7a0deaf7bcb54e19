import { once } from 'node:events'
import { createServer } from 'node:http'
import { text as textOf } from 'node:stream/consumers'
import { readPlatformKeys } from '../../client/platform-keys.ts'
import { verifyCallback } from '../../client/verification.ts'
import { jsonOf } from '../../contracts/json.ts'
import { placeOf } from '../../contracts/loopback.ts'
import { valueAt } from '../../contracts/suite/assertions.ts'
import { openResource } from '../../contracts/suite/callbacks.ts'
import type { Callback, Target } from '../../contracts/suite/interaction.ts'

type Options = {
  platformKeys: Readonly<Record<string, string>>
  apiv3Key: string
  /** How long a callback is waited for, in milliseconds. @default 5000 */
  patience?: number
}

export type CallbackReceiver = {
  /** Where callbacks are to be sent. */
  url: string
  callback: NonNullable<Target['callback']>
  close(): Promise<void>
}

/** Receives callbacks on loopback, accepts every one, and keeps what came. */
export const startCallbackReceiver = async ({
  platformKeys,
  apiv3Key,
  patience = 5000,
}: Options): Promise<CallbackReceiver> => {
  const keys = readPlatformKeys(platformKeys)
  const received: Callback[] = []
  const arrivals = new Set<() => void>()

  const server = createServer(async (incoming, outgoing) => {
    const text = await textOf(incoming)
    outgoing.writeHead(204).end()
    const headers = new Headers(
      Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
    )
    const body = jsonOf(text) ?? text
    received.push({
      headers,
      rawHeaders: incoming.rawHeaders,
      body,
      trusted: isSigned(() =>
        verifyCallback({ headers, body: Buffer.from(text), now: Date.now() }, keys),
      ),
      resource: openResource(body, apiv3Key),
    })
    for (const arrived of arrivals) arrived()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  return {
    url: `${placeOf(server.address()).url}/notify`,
    callback: async (event, number) => {
      const pattern = new RegExp(`${number}(?!\\d)`)
      const find = () =>
        received.find(
          ({ body, resource }) =>
            valueAt(body, 'event_type') === event && pattern.test(JSON.stringify(resource) ?? ''),
        )
      const late = AbortSignal.timeout(patience)
      while (!find() && !late.aborted) await arrival(arrivals, late)
      return find()
    },
    close: async () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** The next callback, or the end of the patience. */
const arrival = (arrivals: Set<() => void>, late: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const arrived = () => {
      arrivals.delete(arrived)
      resolve()
    }
    arrivals.add(arrived)
    late.addEventListener('abort', arrived, { once: true })
  })

const isSigned = (verify: () => void): boolean => {
  try {
    verify()
    return true
  } catch {
    return false
  }
}
