import { once } from 'node:events'
import type { Server } from 'node:net'
import { placeOf } from '../../contracts/loopback.ts'
import { openTlsIdentity } from '../authority/tls-identity.ts'
import { childEnvironment } from './child-environment.ts'
import { createConnectProxy } from './connect-proxy.ts'
import { createTlsFront } from './tls-front.ts'

type Options = {
  /** The credentials folder, which keeps the certificate for WeChat Pay's host names. */
  credentials: string
  /** Where the sandbox listens. */
  url: string
  /** Port of the proxy; 0, the default, takes any that is free. */
  port?: number
  /** No host but WeChat Pay's is reached. */
  offline?: boolean
  /** The environment that programs would have had. */
  given: Readonly<Record<string, string | undefined>>
  /** Told of each host that was not reached because of `offline`. */
  onRefused?: (host: string) => void
  /** Told of callers that break off when they see the certificate. */
  onDistrusted?: () => void
}

export type Rerouting = {
  /** What a program needs in its environment beside what was given. */
  environment: Record<string, string>
  close(): void
}

/**
 * Leads the HTTPS calls of programs with a fitting environment from WeChat Pay's hosts to a sandbox.
 * Nothing of the system is changed.
 * @throws {CredentialsError} when the folder cannot keep the certificate
 */
export const reroute = async (options: Options): Promise<Rerouting> => {
  const { credentials, url, port = 0, offline = false, given } = options
  const { onRefused = () => {}, onDistrusted = () => {} } = options
  const identity = await openTlsIdentity(credentials)
  const front = createTlsFront({ identity, url, onDistrusted })
  const upstream = given['HTTPS_PROXY'] || given['https_proxy'] || undefined
  const proxy = createConnectProxy({ front, url, offline, upstream, onRefused })
  const [tlsPort, proxyPort] = await Promise.all([portOf(front, 0), portOf(proxy, port)])

  return {
    environment: await childEnvironment(given, { identity, credentials, url, tlsPort, proxyPort }),
    close: () => {
      front.close()
      proxy.close()
      proxy.closeAllConnections()
    },
  }
}

const portOf = async (server: Server, wanted: number): Promise<number> => {
  server.listen(wanted, '127.0.0.1')
  await once(server, 'listening')
  return placeOf(server.address()).port
}
