/**
 * What happens at the wire beside the application: how long and how large a request may be, what is
 * answered to what cannot be read, and how an answer outlives a body that nobody reads.
 * @module
 */
import {
  type IncomingMessage,
  type Server,
  type ServerOptions,
  type ServerResponse,
  STATUS_CODES,
} from 'node:http'
import type { Socket } from 'node:net'
import { errors } from '../../contracts/errors.ts'
import { fill, type Sentence } from '../../contracts/texts.ts'
import { requestId } from './answer.ts'
import { SpellingResponse } from './header-spelling.ts'
import { headerPairs } from './raw-request.ts'
import { connectionTexts } from './texts.ts'
import type { NoteUnreadable } from './unreadable-request.ts'

/** Milliseconds until a request must have come, its headers and the whole of it. */
export type Patience = Pick<ServerOptions, 'headersTimeout' | 'requestTimeout'>

export const usualPatience: Patience = { headersTimeout: 10_000, requestTimeout: 30_000 }

const largestHeader = 16 * 1024

/** Lets an answer arrive although its caller still sends: closing at once would reset both. */
class LingeringResponse extends SpellingResponse {
  override end(...words: unknown[]): this {
    const { req } = this
    const end = (...rest: unknown[]) => Reflect.apply(super.end, this, rest)
    if (req.complete || req.destroyed || !this.headersSent) return end(...words)

    const [content] = words
    if (typeof content === 'string' || content instanceof Uint8Array) this.write(content)
    else this.flushHeaders()
    const callbacks = words.filter((word) => typeof word === 'function')
    req.once('close', () => end(...callbacks))
    // Whoever was reading has stopped.
    req
      .removeAllListeners('data')
      .on('data', () => {})
      .resume()
    return this
  }
}

/** Who sends more, or more slowly, is cut off; answers may take as long as they do. */
export const connectionOptions = (patience: Patience) => ({
  ...patience,
  ServerResponse: LingeringResponse,
  maxHeaderSize: largestHeader,
  connectionsCheckingInterval: 1000,
  // Refused below, with an id and a line in the journal.
  requireHostHeader: false,
})

const newRequestId = () => requestId(errors.bodyUnreadable.number)

const headersWith = (id: string) => ({
  Server: 'nginx',
  'Content-Length': '0',
  Connection: 'close',
  'Request-ID': id,
})

/** Whether HTTP/1.1's one demand is not met (RFC 9112, 3.2). */
export const lacksHost = ({ httpVersion, headers }: IncomingMessage): boolean =>
  httpVersion === '1.1' && headers.host === undefined

/** Answers a request whose Host and target make no address. */
export const refuseAddress = (
  { method = '', url: target = '', headers: { host }, rawHeaders }: IncomingMessage,
  outgoing: ServerResponse,
  note: NoteUnreadable,
): void => {
  const id = newRequestId()
  const { hostMissing, addressUnreadable } = connectionTexts
  const reason = host === undefined ? hostMissing : fill(addressUnreadable, { host, target })
  note({ method, target, headers: headerPairs(rawHeaders), status: 400, requestId: id, reason })
  outgoing.writeHead(400, headersWith(id)).end()
}

type ConnectionError = Error & { code?: string; rawPacket?: Buffer }

/** Answers what is no HTTP, too large or too slow. */
export const answerBroken = (server: Server, note: NoteUnreadable): void => {
  const current = new WeakMap<Socket, ServerResponse>()
  const answered = new WeakSet<Socket>()
  server.on('request', ({ socket }, outgoing) => {
    current.set(socket, outgoing)
    outgoing.once('close', () => {
      if (current.get(socket) === outgoing) current.delete(socket)
    })
  })

  server.on('clientError', (error: ConnectionError, socket: Socket) => {
    if (answered.has(socket)) return
    const response = current.get(socket)
    const isSilent = socket.bytesRead === 0 || error.code === 'ECONNRESET' || !socket.writable
    if (isSilent || response?.headersSent) {
      socket.destroy()
      return
    }

    answered.add(socket)
    const [status, reason] = judged(error, server)
    const id = newRequestId()
    // What the application was asked about, it notes itself when the connection ends.
    if (!response) note({ ...startOf(error), headers: [], status, requestId: id, reason })
    writeRefusal(socket, status, id)
  })

  server.on('connect', ({ method = '', url: target = '' }: IncomingMessage, socket: Socket) => {
    const id = newRequestId()
    const reason = connectionTexts.notProxy
    note({ method, target, headers: [], status: 400, requestId: id, reason })
    writeRefusal(socket, 400, id)
  })
}

const writeRefusal = (socket: Socket, status: number, id: string) => {
  const lines = Object.entries(headersWith(id)).map(([name, value]) => `${name}: ${value}`)
  socket.on('error', () => {})
  socket.end([`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, '', ''].join('\r\n'))
  // Whoever goes on sending has had time to read.
  setTimeout(() => socket.destroy(), 1000).unref()
}

const judged = (
  { code = '', rawPacket }: ConnectionError,
  { headersTimeout, requestTimeout }: Server,
): [status: number, reason: Sentence] => {
  const { headersLarge, slow, tls, http2, notHttp } = connectionTexts
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return [431, fill(headersLarge, { most: largestHeader / 1024 })]
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return [408, fill(slow, { headers: headersTimeout / 1000, request: requestTimeout / 1000 })]
    default:
      // RFC 8446, 5.1: a handshake.
      if (rawPacket?.[0] === 0x16) return [400, tls]
      if (rawPacket?.subarray(0, 4).equals(Buffer.from('PRI '))) return [400, http2]
      return [400, fill(notHttp, { code })]
  }
}

/** Method and target, where they can be told. */
const startOf = ({ rawPacket }: ConnectionError): { method: string; target: string } => {
  const line = rawPacket?.toString('latin1', 0, 1024) ?? ''
  const [, method = '-', target = '-'] = /^([A-Z]{1,20}) (\S+)/.exec(line) ?? []
  return { method, target }
}
