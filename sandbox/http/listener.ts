import { createServer, type Server } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { getRequestListener } from '@hono/node-server'
import type { Hono } from 'hono'
import { placeOf } from '../../contracts/loopback.ts'
import type { Env } from './env.ts'
import { SpellingResponse } from './header-spelling.ts'

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

/** The wire: node:http, since Fetch alone would change the spelling of header names. */
export const createListener = (fetch: Hono<Env>['fetch']): Listener => {
  let server: Server | undefined
  /** Requests that are being answered, each with what still comes of it. */
  const answering = new Map<Promise<unknown>, { complete: boolean }>()
  const tracked: FetchCallback = (request, bindings) => {
    const answer = Promise.resolve(fetch(request, bindings))
    const ended = answer.catch(() => {}).finally(() => answering.delete(ended))
    answering.set(ended, bindings.incoming)
    return answer
  }

  return {
    listen: async ({ port = 0, host = '127.0.0.1' } = {}) => {
      if (server) throw new Error('The sandbox listens already; close it first.')
      const opened = createServer(
        { ServerResponse: SpellingResponse },
        getRequestListener(tracked, { overrideGlobalObjects: false, hostname: 'localhost' }),
      )
      // The platform's own; a shorter one resets the connections of pooled clients.
      opened.keepAliveTimeout = 8000
      server = opened

      return new Promise((resolve, reject) => {
        opened.once('error', (error) => {
          server = undefined
          reject(error)
        })
        opened.listen(port, host, () => resolve(placeOf(opened.address(), host)))
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
