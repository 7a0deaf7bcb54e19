import { createServer, type RequestListener, type Server } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { getRequestListener, RequestError } from '@hono/node-server'
import type { Hono } from 'hono'
import { placeOf } from '../../contracts/loopback.ts'
import {
  answerBroken,
  connectionOptions,
  lacksHost,
  type Patience,
  refuseAddress,
  usualPatience,
} from './connections.ts'
import type { Env } from './env.ts'
import { limitConnections } from './open-files.ts'
import type { NoteUnreadable } from './unreadable-request.ts'

export type Place = {
  /** 0, the default, takes any port that is free. */
  port?: number
  /** Loopback unless said otherwise. */
  host?: string
}

export type Listening = { url: string; port: number }

export type Listener = {
  /** @throws {Error} with the code of the system, such as EADDRINUSE */
  listen(place?: Place): Promise<Listening>
  /** Stops accepting, lets what is running be answered, then closes every connection. */
  close(): Promise<void>
}

type FetchCallback = Parameters<typeof getRequestListener>[0]

type Parts = {
  fetch: Hono<Env>['fetch']
  /** Told of requests that never reach `fetch`. */
  note: NoteUnreadable
  onError: (error: unknown) => void
  patience?: Patience
}

/** The wire: node:http, since Fetch alone would change the spelling of header names. */
export const createListener = ({
  fetch,
  note,
  onError,
  patience = usualPatience,
}: Parts): Listener => {
  let server: Server | undefined
  /** Requests that are being answered, each with what still comes of it. */
  const answering = new Map<Promise<unknown>, { complete: boolean }>()
  const tracked: FetchCallback = (request, bindings) => {
    const answer = Promise.resolve(fetch(request, bindings))
    const ended = answer.catch(() => {}).finally(() => answering.delete(ended))
    answering.set(ended, bindings.incoming)
    return answer
  }

  const serve: RequestListener = (incoming, outgoing) => {
    if (lacksHost(incoming)) return refuseAddress(incoming, outgoing, note)
    const errorHandler = (error: unknown) => {
      if (error instanceof RequestError) refuseAddress(incoming, outgoing, note)
      else throw error
    }
    const options = { overrideGlobalObjects: false, hostname: 'localhost', errorHandler }
    // What is left of a body is read by the answer's own end.
    return getRequestListener(tracked, { ...options, autoCleanupIncoming: false })(
      incoming,
      outgoing,
    )
  }

  return {
    listen: async ({ port = 0, host = '127.0.0.1' } = {}) => {
      if (server) throw new Error('The sandbox listens already; close it first.')
      const opened = createServer(connectionOptions(patience))
      answerBroken(opened, note)
      opened.on('request', serve)
      // The platform's own; a shorter one resets the connections of pooled clients.
      opened.keepAliveTimeout = 8000
      server = opened

      return new Promise((resolve, reject) => {
        opened.once('error', (error) => {
          server = undefined
          reject(error)
        })
        opened.listen(port, host, () => {
          opened.removeAllListeners('error')
          limitConnections(opened, onError)
          resolve(placeOf(opened.address(), host))
        })
      })
    },

    close: async () => {
      const closing = server
      server = undefined
      if (!closing) return
      const closed = new Promise<void>((resolve) => closing.close(() => resolve()))
      // Nobody comes in any more; whose request is whole is answered.
      const whole = [...answering].filter(([, incoming]) => incoming.complete)
      await Promise.race([
        Promise.all(whole.map(([ended]) => ended)),
        setTimeout(longestAnswer, undefined, { ref: false }),
      ])
      await Promise.race([closed, drain(closing)])
      closing.closeAllConnections()
      await closed
    },
  }
}

/** Milliseconds that a request may take to be answered once the sandbox closes. */
const longestAnswer = 10_000

/** Lets answers that are made leave; streams without an end do not hold anybody up. */
const drain = async (server: Server): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) {
    server.closeIdleConnections()
    await setTimeout(5, undefined, { ref: false })
  }
}
