import type { ServerResponse } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Context } from 'hono'
import { longestDelay } from '../faults/fault-queue.ts'
import type { Answer } from './answer.ts'
import type { Env } from './env.ts'

/**
 * Lets an answer go. On the wire it is written as it is: Fetch would change the spelling of header
 * names, which the Java SDK looks up with case, and a Response costs as much as everything else.
 */
export const deliver = async ({ req, env }: Context<Env>, answer: Answer): Promise<Response> => {
  if (env?.outgoing) {
    write(env.outgoing, answer)
    return RESPONSE_ALREADY_SENT
  }
  if (answer.wire === 'silence') {
    const { signal } = req.raw
    await setTimeout(longestDelay * 1000, undefined, { signal }).catch(() => {})
  }
  if (answer.wire) return Response.error()
  const { status, headers, body } = answer

  return new Response(body || null, { status, headers: Object.fromEntries(headers) })
}

/** A call that got no answer, in-process as on the wire; see `sandbox.fetch`. */
export const isUnanswered = (response: Response): boolean => response.type === 'error'

const write = (outgoing: ServerResponse, { status, headers, body, wire }: Answer) => {
  if (wire === 'close') outgoing.destroy()
  else if (wire === 'silence') destroyLater(outgoing)
  else {
    const length = body ? ['Content-Length', String(Buffer.byteLength(body))] : []
    outgoing.writeHead(status, [...headers.flat(), ...length])
    outgoing.end(body)
  }
}

const destroyLater = (outgoing: ServerResponse) => {
  const timer = globalThis.setTimeout(() => outgoing.destroy(), longestDelay * 1000)
  timer.unref()
  outgoing.once('close', () => clearTimeout(timer))
}
