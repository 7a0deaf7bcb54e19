import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'

export type Posted = { status: number; answer: string } | { error: string }

type Post = { to: URL; headers: Record<string, string>; body: string; limit: number }

const longestAnswer = 64 * 1024

/**
 * Posts as WeChat Pay does: by node:http, since fetch adds headers of its own; redirects are not
 * followed. `limit` in milliseconds covers everything from the connection to the answer's end.
 */
export const post = ({ to, headers, body, limit }: Post): Promise<Posted> =>
  new Promise((resolve) => {
    const send = to.protocol === 'https:' ? requestHttps : requestHttp
    const signal = AbortSignal.timeout(limit)
    const fail = (error: Error) =>
      resolve({ error: signal.aborted ? `no answer within ${limit} ms` : error.message })

    const outgoing = send(to, { method: 'POST', headers, signal, agent: false }, (incoming) => {
      let answer = ''
      incoming.setEncoding('utf8')
      incoming.on('data', (chunk: string) => {
        if (answer.length < longestAnswer) answer += chunk
      })
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, answer }))
      incoming.on('error', fail)
    })
    // Without a listener, node:http ends such a request without a word.
    outgoing.on('upgrade', ({ statusCode = 0 }, socket) => {
      socket.destroy()
      resolve({ status: statusCode, answer: '' })
    })
    outgoing.on('error', fail)
    outgoing.end(body)
  })
