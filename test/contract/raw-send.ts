import { type IncomingMessage, request as requestHttp } from 'node:http'
import { text } from 'node:stream/consumers'
import type { SendRaw } from '../../sandbox/verifying/client-call.ts'

/** Sends by node:http, which tells the headers as they came. */
export const rawSend: SendRaw = async (request) => {
  const { method, headers } = request
  const body = await request.text()
  const incoming = await new Promise<IncomingMessage>((resolve, reject) => {
    requestHttp(request.url, { method, headers: Object.fromEntries(headers) }, resolve)
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
