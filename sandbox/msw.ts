/**
 * The door `wechatpay-sandbox/msw`: the sandbox behind request interception, without a port.
 * @module
 */
import { type HttpHandler, HttpResponse, http } from 'msw'
import type { Sandbox } from './sandbox.ts'

type Options = {
  /** The address that the code under test calls; WeChat Pay's own by default. */
  baseUrl?: string
}

// What fetch adds when it sends: interception sees a request before that.
const sentByFetch = { accept: '*/*', 'user-agent': 'node' }

/** Handlers for msw that let a sandbox answer what would have gone to WeChat Pay. */
export const sandboxHandlers = (
  sandbox: Pick<Sandbox, 'fetch'>,
  { baseUrl = 'https://api.mch.weixin.qq.com' }: Options = {},
): HttpHandler[] => [
  http.all(`${baseUrl}/*`, ({ request }) => {
    const sent = new Request(request)
    for (const [name, value] of Object.entries(sentByFetch)) {
      if (!sent.headers.has(name)) sent.headers.set(name, value)
    }
    // It throws when a fault closes the connection; msw would make an answer of that.
    return sandbox.fetch(sent).catch(() => HttpResponse.error())
  }),
]
