import { setTimeout } from 'node:timers/promises'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Context } from 'hono'
import { refuse } from '../domain/refused.ts'
import { type ActiveFault, longestDelay } from '../faults/fault-queue.ts'
import { faultOf } from '../faults/faults.ts'
import type { Env } from './env.ts'

/** Lets a fault that is about the answer strike; `work` carries the request out and answers. */
export const applyFault = async (
  c: Context<Env>,
  { fault: name, seconds = 3 }: ActiveFault,
  work: () => Promise<Response>,
): Promise<Response> => {
  const fault = faultOf(name)
  if (fault.on === 'callback') return work()
  if ('delay' in fault) {
    // The timer keeps the process alive: somebody waits for the answer.
    await setTimeout(Math.min(seconds, longestDelay) * 1000)
    return work()
  }
  // `work` signs with the flaw.
  if ('flaw' in fault) return work()

  if (fault.takesEffect) await work()
  const { instead } = fault
  if ('situation' in instead) return refuse(instead.situation)
  if ('gateway' in instead) {
    const text = gatewayPage(instead.gateway)
    c.set('text', text)
    return new Response(text, { status: instead.gateway, headers: gatewayHeaders })
  }
  return instead.wire === 'close' ? hangUp(c) : keepSilent(c)
}

/** A call that got no answer, in-process as on the wire; see `sandbox.fetch`. */
export const isUnanswered = (response: Response): boolean =>
  response.type === 'error' || response === RESPONSE_ALREADY_SENT

const hangUp = ({ env }: Context<Env>): Response => {
  if (!env?.outgoing) return Response.error()
  env.outgoing.destroy()
  return RESPONSE_ALREADY_SENT
}

const keepSilent = async (c: Context<Env>): Promise<Response> => {
  if (!c.env?.outgoing) {
    const { signal } = c.req.raw
    await setTimeout(longestDelay * 1000, undefined, { signal }).catch(() => {})
    return Response.error()
  }
  const { outgoing } = c.env
  const timer = globalThis.setTimeout(() => outgoing.destroy(), longestDelay * 1000)
  timer.unref()
  outgoing.once('close', () => clearTimeout(timer))
  return RESPONSE_ALREADY_SENT
}

const gatewayHeaders = { Server: 'nginx', 'Content-Type': 'text/html' }

const titles = { 502: 'Bad Gateway', 503: 'Service Temporarily Unavailable' }

/** What nginx says when nobody is behind it. */
const gatewayPage = (status: 502 | 503): string => {
  const title = `${status} ${titles[status]}`
  const lines = [
    '<html>',
    `<head><title>${title}</title></head>`,
    '<body>',
    `<center><h1>${title}</h1></center>`,
    '<hr><center>nginx</center>',
    '</body>',
    '</html>',
    '',
  ]

  return lines.join('\r\n')
}
