import { connect, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { createServer, type Server, connect as tlsConnect } from 'node:tls'
import type { TlsIdentity } from '../authority/tls-identity.ts'

type Options = {
  identity: TlsIdentity
  /** Where the sandbox listens, `http://127.0.0.1:8129` say. */
  url: string
  /** Told of callers that break off when they see the certificate. */
  onDistrusted: () => void
}

/**
 * Shows WeChat Pay's host names over TLS, and hands every byte that comes on to the sandbox as it
 * came: it signs what it reads, so nothing in between may write it anew.
 */
export const createTlsFront = ({ identity, url, onDistrusted }: Options): Server => {
  const front = createServer({ key: identity.key, cert: identity.certificate })
  front.on('tlsClientError', (error) => {
    if (isBreakingOff(error)) onDistrusted()
  })
  front.on('secureConnection', (caller) => {
    // With TLS 1.3 a caller breaks off only after the server believes that it is done.
    caller.once('close', () => {
      if (!hasSpoken) onDistrusted()
    })
    let hasSpoken = false
    caller.once('data', () => {
      hasSpoken = true
    })
    join(caller, connectTo(url))
  })

  return front
}

/** By an alert with which a certificate is refused (RFC 8446 6.2), or without a word as Node does. */
const isBreakingOff = ({ code, message }: NodeJS.ErrnoException): boolean =>
  code === 'ECONNRESET' || /alert (unknown ca|bad certificate|certificate unknown)/i.test(message)

const connectTo = (url: string): Socket => {
  const { protocol, hostname, port } = new URL(url)
  const host = hostname.replace(/^\[|\]$/g, '')
  return protocol === 'https:'
    ? tlsConnect({ host, port: Number(port || 443), servername: host })
    : connect({ host, port: Number(port || 80) })
}

/** Two ends that are one connection: what one says the other hears, and they end together. */
export const join = (one: Duplex, other: Duplex): void => {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.on('error', () => to.destroy())
    from.on('close', () => to.destroy())
    from.pipe(to)
  }
}
