import { createServer, type Server } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { Hono } from 'hono'
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
  close(): Promise<void>
}

/** The wire: node:http, since Fetch alone would change the spelling of header names. */
export const createListener = (fetch: Hono<Env>['fetch']): Listener => {
  let server: Server | undefined

  return {
    listen: ({ port = 0, host = '127.0.0.1' } = {}) => {
      if (server) throw new Error('The sandbox listens already; close it first.')
      const opened = createServer(
        { ServerResponse: SpellingResponse },
        getRequestListener(fetch, { overrideGlobalObjects: false, hostname: 'localhost' }),
      )
      // The platform's own; a shorter one resets the connections of pooled clients.
      opened.keepAliveTimeout = 8000
      server = opened

      return new Promise((resolve, reject) => {
        opened.once('error', (error) => {
          server = undefined
          reject(error)
        })
        opened.listen(port, host, () => resolve(placeOf(opened, host)))
      })
    },

    close: async () => {
      const closing = server
      server = undefined
      if (!closing) return
      closing.closeAllConnections()
      await new Promise<void>((resolve) => closing.close(() => resolve()))
    },
  }
}

const placeOf = (server: Server, host: string): Listening => {
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const name = host.includes(':') ? `[${host}]` : host

  return { url: `http://${name}:${port}`, port }
}
