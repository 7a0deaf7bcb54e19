import { once } from 'node:events'
import { createServer, type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'
import { placeOf } from '../../contracts/loopback.ts'

/** Hands everything on to `url` and back, but for the text of the answers; ends with the test. */
export const startProxy = async (
  url: string,
  change: (body: string) => string,
): Promise<string> => {
  const proxy = createServer((incoming, outgoing) => {
    const { method, headers } = incoming
    const back = async (answer: IncomingMessage) => {
      const body = change(await text(answer))
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers).end(body)
    }
    incoming.pipe(request(new URL(incoming.url ?? '', url), { method, headers }, back))
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  onTestFinished(() => {
    proxy.close()
    proxy.closeAllConnections()
  })

  return placeOf(proxy.address()).url
}
