import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { text } from 'node:stream/consumers'
import type { CallAnswer } from '../../contracts/suite/interaction.ts'

/** Sends a request; one that sees the wire also tells the headers as they came. */
export type SendRaw = (request: Request) => Sent | Promise<Sent>
type Sent = Response & Pick<CallAnswer, 'rawHeaders'>

/** Sends by node:http, which tells the headers as they came. */
export const rawSend: SendRaw = async (request) => {
  const { method, headers, url } = request
  const body = await request.text()
  const send = url.startsWith('https:') ? requestHttps : requestHttp
  const incoming = await new Promise<IncomingMessage>((resolve, reject) => {
    send(url, { method, headers: Object.fromEntries(headers) }, resolve)
      .on('error', reject)
      .end(body)
  })

  const answer = await text(incoming)
  const pairs = Object.entries(incoming.headers).map(([name, value]): [string, string] => [
    name,
    String(value),
  ])
  const response = new Response(answer || null, {
    status: incoming.statusCode ?? 0,
    headers: pairs,
  })
  return Object.assign(response, { rawHeaders: incoming.rawHeaders })
}
