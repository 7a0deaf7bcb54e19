import { createServer, request as requestHttp, type Server, type ServerResponse } from 'node:http'
import { request as requestHttps } from 'node:https'
import { buffer } from 'node:stream/consumers'
import { isLoopback } from '../../contracts/loopback.ts'

/** What was said by both sides, byte for byte; headers as name, value, name, value. */
export type RecordedExchange = {
  startedAt: number
  milliseconds: number
  method: string
  target: string
  requestHeaders: string[]
  requestBody: Buffer
  status: number
  statusText: string
  responseHeaders: string[]
  responseBody: Buffer
}

type Options = {
  upstream: URL
  onExchange: (exchange: RecordedExchange) => void
  onFailure: (what: string) => void
}

/**
 * A server that hands every request on and every answer back: target, bytes and the spelling of
 * headers stay as they are. Only the host is that of the upstream, and it is not signed.
 */
export const createPassThrough = ({ upstream, onExchange, onFailure }: Options): Server => {
  const server = createServer(async (incoming, outgoing) => {
    const { method = 'GET', url: target = '/', rawHeaders } = incoming
    // The control API is none of WeChat Pay's, so it has no place in a recording.
    if (!target.startsWith('/') || target.startsWith('/_sandbox')) {
      return refuse(outgoing, 404, 'Only calls of WeChat Pay are passed through.')
    }

    const startedAt = Date.now()
    const began = performance.now()
    try {
      const requestBody = await buffer(incoming)
      const asked = { method, target, requestHeaders: rawHeaders, requestBody }
      const answered = await ask(upstream, asked)
      outgoing.sendDate = false
      outgoing.writeHead(answered.status, answered.statusText, answered.responseHeaders)
      outgoing.end(answered.responseBody)
      onExchange({
        startedAt,
        milliseconds: Math.round(performance.now() - began),
        ...asked,
        ...answered,
      })
    } catch (error) {
      const reason = error instanceof Error && error.message ? error.message : String(error)
      onFailure(`${method} ${upstream.host} gave no answer: ${reason}`)
      refuse(outgoing, 502, `${upstream.origin} gave no answer.`)
    }
  })
  // Longer than the platform promises to keep a connection, since its promise is handed on.
  server.keepAliveTimeout = 10_000

  return server
}

const refuse = (outgoing: ServerResponse, status: number, reason: string) => {
  if (!outgoing.headersSent) outgoing.writeHead(status, { 'Content-Type': 'text/plain' })
  outgoing.end(`${reason}\n`)
}

type Asked = Pick<RecordedExchange, 'method' | 'target' | 'requestHeaders' | 'requestBody'>
type Answered = Pick<RecordedExchange, 'status' | 'statusText' | 'responseHeaders' | 'responseBody'>

const ask = (upstream: URL, { method, target, requestHeaders, requestBody }: Asked) =>
  new Promise<Answered>((resolve, reject) => {
    const send = upstream.protocol === 'https:' ? requestHttps : requestHttp
    // A sandbox tells by the host whom it lets in, so there it stays what the caller wrote.
    const headers = isLoopback(upstream.hostname)
      ? requestHeaders
      : atHost(requestHeaders, upstream.host)
    const options = { method, path: target, headers, agent: false }
    const outgoing = send(upstream, options, (incoming) => {
      buffer(incoming).then(
        (responseBody) =>
          resolve({
            status: incoming.statusCode ?? 0,
            statusText: incoming.statusMessage ?? '',
            responseHeaders: incoming.rawHeaders,
            responseBody,
          }),
        reject,
      )
    })
    outgoing.on('error', reject)
    outgoing.end(requestBody)
  })

const atHost = (headers: readonly string[], host: string): string[] =>
  headers.map((text, index) =>
    headers[index - 1]?.toLowerCase() === 'host' && index % 2 ? host : text,
  )
