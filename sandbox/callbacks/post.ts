import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { fill, render } from '../../contracts/texts.ts'
import { callbackTexts } from '../domain/texts.ts'

type Answered = { status: number; answer: string }

/** What a delivery log keeps. */
type Posted = Answered | { error: string }

/** `isLate` when the time was up before anything else went wrong. */
export type TimedPost = Answered | { error: string; isLate: boolean }

/** As long as WeChat Pay waits for an answer, in milliseconds. */
export const answerLimit = 5000

type Post = {
  to: URL
  headers: Record<string, string>
  body: string
  limit: number
  /** Breaks the post off. */
  signal?: AbortSignal
}

/** As much of an answer is kept, in bytes. */
const longestAnswer = 4 * 1024

/**
 * Posts as WeChat Pay does: by node:http, since fetch adds headers of its own; redirects are not
 * followed. `limit` in milliseconds covers everything from the connection to the answer's end.
 */
export const postTimed = ({ to, headers, body, limit, signal: broken }: Post): Promise<TimedPost> =>
  new Promise((resolve) => {
    const send = to.protocol === 'https:' ? requestHttps : requestHttp
    const late = AbortSignal.timeout(limit)
    const signal = broken ? AbortSignal.any([late, broken]) : late
    const fail = (error: Error) => {
      const isLate = late.aborted && !broken?.aborted
      resolve({
        error: isLate ? render(fill(callbackTexts.late, { limit }), 'en') : error.message,
        isLate,
      })
    }

    const outgoing = send(to, { method: 'POST', headers, signal, agent: false }, (incoming) => {
      const chunks: Buffer[] = []
      let kept = 0
      incoming.on('data', (chunk: Buffer) => {
        if (kept >= longestAnswer) return
        chunks.push(chunk)
        kept += chunk.length
      })
      incoming.on('end', () => {
        const bytes = Buffer.concat(chunks).subarray(0, longestAnswer)
        // Streaming decoders keep an unfinished character back instead of replacing it.
        const answer = new TextDecoder().decode(bytes, { stream: true })
        resolve({ status: incoming.statusCode ?? 0, answer })
      })
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

/** As `postTimed`, less what no delivery log keeps. */
export const post = async (what: Post): Promise<Posted> => {
  const posted = await postTimed(what)
  return 'error' in posted ? { error: posted.error } : posted
}

/** Whether the body of an answer refuses, which counts for nothing: the status decides. */
export const saysFail = (answer: string): boolean => /"code"\s*:\s*"FAIL"/.test(answer)
