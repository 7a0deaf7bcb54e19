import { setTimeout } from 'node:timers/promises'
import { situationNamed } from '../../contracts/errors.ts'
import { refuse } from '../domain/refused.ts'
import { type ActiveFault, longestDelay } from '../faults/fault-queue.ts'
import { faultOf } from '../faults/faults.ts'
import type { Answer } from './answer.ts'

/** Lets a fault that is about the answer strike; `work` carries the request out and answers. */
export const applyFault = async (
  { fault: name, seconds = 3, error }: ActiveFault,
  work: () => Promise<Answer>,
): Promise<Answer> => {
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
  if ('named' in instead) return refuse(situationNamed(String(error)) ?? 'systemError')
  if ('situation' in instead) return refuse(instead.situation)
  if ('gateway' in instead) return gatewayAnswer(instead.gateway)
  return { status: 0, headers: [], body: '', wire: instead.wire }
}

const titles = { 502: 'Bad Gateway', 503: 'Service Temporarily Unavailable' }

/** What nginx says when nobody is behind it. */
const gatewayAnswer = (status: 502 | 503): Answer => {
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

  return {
    status,
    headers: [
      ['Server', 'nginx'],
      ['Content-Type', 'text/html'],
    ],
    body: lines.join('\r\n'),
  }
}
