/** Stands before a server and loses a POST or its answer, as networks do; plain node:http. */
import { once } from 'node:events'
import { createServer, type IncomingMessage, request as requestTo } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'

/** What becomes of a POST, or of its answer once it was carried out. */
export type Loss =
  | 'never arrives'
  | 'loses its answer'
  | 'is answered half'
  | 'is never answered'
  | 'is answered 502'
  | 'gets a forged answer'

/** `next` is what becomes of the next POST; `posts` are those that arrived. */
export const startLosingProxy = async (target: string) => {
  const proxy: { url: string; next: Loss | undefined; posts: string[] } = {
    url: '',
    next: undefined,
    posts: [],
  }

  const server = createServer(async (request, response) => {
    const isPost = request.method === 'POST'
    const loss = isPost ? proxy.next : undefined
    if (isPost) proxy.next = undefined
    const body = await buffer(request)
    if (loss === 'never arrives') {
      request.socket.destroy()
      return
    }
    if (isPost) proxy.posts.push(request.url ?? '')

    const { status, headers, body: told } = await forward(target, request, body)
    switch (loss) {
      case 'loses its answer':
        request.socket.destroy()
        break
      case 'is answered half':
        response.writeHead(status, headers).write(told.subarray(1), () => request.socket.destroy())
        break
      case 'is never answered':
        break
      case 'is answered 502':
        response.writeHead(502).end('Bad Gateway')
        break
      case 'gets a forged answer':
        response.writeHead(status, { ...headers, 'wechatpay-nonce': 'forged' }).end(told)
        break
      default:
        response.writeHead(status, headers).end(told)
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  proxy.url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`

  return proxy
}

const forward = async (target: string, { method, url, headers }: IncomingMessage, body: Buffer) => {
  const outgoing = requestTo(new URL(url ?? '', target), { method, headers })
  outgoing.end(body)
  const [answer]: IncomingMessage[] = await once(outgoing, 'response')
  if (answer === undefined) throw new Error('no answer')

  const { statusCode = 0, headers: answered } = answer
  return { status: statusCode, headers: answered, body: await buffer(answer) }
}
