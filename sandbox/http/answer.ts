import { randomInt } from 'node:crypto'
import { errorBody, errors } from '../../contracts/errors.ts'
import type { Refused } from '../domain/refused.ts'

/** What goes back, before it is signed. `number` ends the Request-ID, 0 for success; some have none. */
export type Answer = { status: number; body: string; number?: number }

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
    ...(number !== undefined && { 'Request-ID': requestId(number) }),
    'Content-Language': 'zh-CN',
    ...signature,
  }

  return new Response(body || null, { status, headers })
}

/** The id that support asks for; it ends in the number of the error, 0 for none. */
export const requestId = (number: number): string => {
  const numbers = [
    Math.floor(Date.now() / 1000),
    ...randomRanges.map(([from, to]) => randomInt(from, to)),
  ]
  // As captured: a protobuf message, five numbers under their tags, the first the Unix time.
  const bytes = numbers.flatMap((value, index) => [(index + 1) << 3, ...varint(value)])

  return `${Buffer.from(bytes).toString('hex').toUpperCase()}-${number}`
}

/** Of two and four, five, three and three bytes, as in captured ones. */
const randomRanges = [
  [128, 1024],
  [2 ** 21, 2 ** 32],
  [2 ** 14, 2 ** 17],
  [2 ** 14, 2 ** 17],
] as const

const varint = (value: number): number[] =>
  value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))]
