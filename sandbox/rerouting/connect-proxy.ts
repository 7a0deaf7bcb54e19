import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import { request as httpsRequest } from 'node:https'
import { connect, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { isApiHost } from '../../contracts/hosts.ts'
import { join } from './tls-front.ts'

type Options = {
  /** Shows the certificate and leads to the sandbox: a server of `createTlsFront`. */
  front: { emit(event: 'connection', caller: Duplex): unknown }
  /** Where the sandbox listens. */
  url: string
  /** No other host is reached. */
  offline?: boolean
  /** The proxy through which other hosts are reached, `http://proxy:3128` say. */
  upstream?: string | undefined
  /** Told of each host that was not reached because of `offline`. */
  onRefused?: (host: string) => void
}

/** The proxy of a child: WeChat Pay's hosts lead to the sandbox, all others where they always led. */
export const createConnectProxy = (options: Options): Server => {
  const { front, offline = false, upstream, onRefused = () => {} } = options
  const isReached = (host: string): boolean => {
    if (!offline) return true
    onRefused(host)
    return false
  }

  const forward = async (incoming: IncomingMessage, response: ServerResponse) => {
    const [, origin = '', host = '', path = ''] =
      /^(https?:\/\/([^/?#:]+)(?::\d+)?)(\/.*)$/.exec(incoming.url ?? '') ?? []
    if (!path) return void response.writeHead(400).end()
    if (!isApiHost(host) && !isReached(host)) return void response.writeHead(403).end()

    const base = new URL(isApiHost(host) ? options.url : origin)
    const request = base.protocol === 'https:' ? httpsRequest : httpRequest
    const onward = request(base, { method: incoming.method, path, headers: incoming.rawHeaders })
    onward.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.statusMessage, answer.rawHeaders)
      pipeline(answer, response).catch(() => response.destroy())
    })
    onward.on('error', () => response.destroy())
    return pipeline(incoming, onward).catch(() => onward.destroy())
  }

  const proxy = createServer((incoming, response) => void forward(incoming, response))
  proxy.on('connect', ({ url = '' }: IncomingMessage, caller: Socket, head: Buffer) => {
    caller.on('error', () => caller.destroy())
    if (head.length > 0) caller.unshift(head)
    const [, host = '', port = ''] = /^\[?([\w.:-]+?)\]?:(\d{1,5})$/.exec(url) ?? []

    if (!host) caller.end(refusal('400 Bad Request'))
    else if (isApiHost(host) && port === '443') {
      caller.write(established)
      front.emit('connection', caller)
    } else if (!isReached(host)) caller.end(refusal('403 Forbidden'))
    else tunnel({ url, host, port: Number(port) }, caller, upstream)
  })

  return proxy
}

const established = 'HTTP/1.1 200 Connection Established\r\n\r\n'
const refusal = (status: string) =>
  `HTTP/1.1 ${status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`

/** To another host, by the proxy that was there before us if there was one. */
const tunnel = (
  { url, host, port }: { url: string; host: string; port: number },
  caller: Socket,
  upstream: string | undefined,
): void => {
  if (upstream === undefined) {
    const onward = connect({ host, port }, () => {
      caller.write(established)
      join(caller, onward)
    })
    onward.on('error', () => caller.end(refusal('502 Bad Gateway')))
    return
  }

  const { hostname, port: upstreamPort, username, password } = new URL(upstream)
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  const asked = httpRequest({
    host: hostname,
    port: upstreamPort || 80,
    method: 'CONNECT',
    path: url,
    headers: {
      Host: url,
      ...(username && {
        'Proxy-Authorization': `Basic ${Buffer.from(credentials).toString('base64')}`,
      }),
    },
  })
  asked.on('connect', ({ statusCode }, onward: Socket, head: Buffer) => {
    if (statusCode !== 200) return caller.end(refusal('502 Bad Gateway'))
    if (head.length > 0) onward.unshift(head)
    caller.write(established)
    return join(caller, onward)
  })
  asked.on('error', () => caller.end(refusal('502 Bad Gateway')))
  asked.end()
}
