/**
 * The door `wechatpay-sandbox/msw`: the sandbox behind request interception, without a port.
 * @module
 */
import { type HttpHandler, HttpResponse, http } from 'msw'
import { apiHosts } from '../contracts/hosts.ts'
import type { Sandbox } from './sandbox.ts'

type Options = {
  /**
   * The address that the code under test calls. @default WeChat Pay's own: api.mch.weixin.qq.com, and
   * the hosts to which clients turn when it fails
   */
  baseUrl?: string
}

const wechatpayHosts = apiHosts.map((host) => `https://${host}`)

/** What Node's fetch adds to a request that lacks it. */
const fetchHeaders = { accept: '*/*', 'accept-language': '*', 'user-agent': 'node' }

/**
 * The request as a socket would have seen it. Those of node:http are intercepted as they were
 * written, with their Host; those of fetch before it adds its own headers.
 */
const asSent = (request: Request): Request => {
  const sent = new Request(request)
  if (sent.headers.has('host')) return sent
  for (const [name, value] of Object.entries(fetchHeaders)) {
    if (!sent.headers.has(name)) sent.headers.set(name, value)
  }

  return sent
}

/** Handlers for msw that let a sandbox answer what would have gone to WeChat Pay. */
export const sandboxHandlers = (
  sandbox: Pick<Sandbox, 'fetch'>,
  { baseUrl }: Options = {},
): HttpHandler[] => {
  const addresses = (baseUrl === undefined ? wechatpayHosts : [baseUrl]).map(
    (address) => `${new URL(address).href.replace(/\/$/, '')}/`,
  )

  return [
    http.all(
      // Not as a pattern: msw decodes what fits one, and fails where a percent sign encodes nothing.
      ({ request }) => addresses.some((address) => request.url.startsWith(address)),
      // It throws when a fault closes the connection; msw would make an answer of that.
      ({ request }) => sandbox.fetch(asSent(request)).catch(() => HttpResponse.error()),
    ),
  ]
}
