import { randomBytes } from 'node:crypto'
import { errorBody, errors } from '../../contracts/errors.ts'
import type { Refused } from '../domain/refused.ts'

/** What goes back, before it is signed. `number` ends the Request-ID, 0 for success. */
export type Answer = { status: number; body: string; number: number }

export const success = (status: number, body: unknown): Answer => ({
  status,
  body: body === undefined ? '' : JSON.stringify(body),
  number: 0,
})

export const refusal = ({ situation, details }: Refused): Answer => ({
  status: errors[situation].status,
  body: errorBody(situation, details),
  number: errors[situation].number,
})

/** The response with the platform's headers; an empty body has neither type nor content. */
export const respond = (
  { status, body, number }: Answer,
  signature: Record<string, string> = {},
): Response => {
  const headers = {
    Server: 'nginx',
    ...(body && { 'Content-Type': 'application/json; charset=utf-8' }),
    ...(!body && status !== 204 && { 'Content-Length': '0' }),
    'Cache-Control': 'no-cache, must-revalidate',
    'X-Content-Type-Options': 'nosniff',
    'Request-ID': requestId(number),
    'Content-Language': 'zh-CN',
    ...signature,
  }

  return new Response(body || null, { status, headers })
}

/** The id that support asks for; it ends in the number of the error, 0 for none. */
const requestId = (number: number): string =>
  `08${randomBytes(20).toString('hex').toUpperCase()}-${number}`
