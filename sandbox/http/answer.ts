import { randomInt } from 'node:crypto'
import { type ErrorEntry, errorBody, errors } from '../../contracts/errors.ts'
import type { Refused } from '../domain/refused.ts'
import type { HeaderList } from '../journal/entries.ts'

/** What is said, before it is signed. `number` ends the Request-ID, 0 for success; some have none. */
export type Reply = { status: number; body: string; number?: number }

/** What goes back; with status 0 nothing does, and `wire` says what happens instead. */
export type Answer = {
  status: number
  headers: HeaderList
  body: string
  requestId?: string
  wire?: 'close' | 'silence'
}

export const success = (status: number, body: unknown): Reply => ({
  status,
  body: body === undefined ? '' : JSON.stringify(body),
  number: 0,
})

export const refusal = ({ situation, details }: Refused): Reply => {
  const { status, number, withoutRequestId }: ErrorEntry = errors[situation]
  const body = errorBody(situation, details)
  return { status, body, ...(!withoutRequestId && { number }) }
}

/** The answer with the platform's headers; an empty body has neither type nor content. */
export const answerOf = ({ status, body, number }: Reply, signature: HeaderList = []): Answer => {
  const id = number === undefined ? undefined : requestId(number)
  const headers: HeaderList = [
    ['Server', 'nginx'],
    ...(body ? contentType : status === 204 ? [] : noContent),
    ['Cache-Control', 'no-cache, must-revalidate'],
    ['X-Content-Type-Options', 'nosniff'],
    ...(id === undefined ? [] : [['Request-ID', id] as const]),
    ['Content-Language', 'zh-CN'],
    ...signature,
  ]

  return { status, headers, body, ...(id !== undefined && { requestId: id }) }
}

const contentType: HeaderList = [['Content-Type', 'application/json; charset=utf-8']]
const noContent: HeaderList = [['Content-Length', '0']]

/** The id that support asks for; it ends in the number of the error, 0 for none. */
export const requestId = (number: number): string => {
  // As captured: a protobuf message, five numbers under their tags, the first the Unix time.
  const bytes: number[] = []
  addNumber(bytes, { tag: 0x08, value: Math.floor(Date.now() / 1000) })
  for (const [tag, from, to] of randomNumbers) addNumber(bytes, { tag, value: randomInt(from, to) })

  return `${Buffer.from(bytes).toString('hex').toUpperCase()}-${number}`
}

/** Of two and four, five, three and three bytes, as in captured ones. */
const randomNumbers = [
  [0x10, 128, 1024],
  [0x18, 2 ** 21, 2 ** 32],
  [0x20, 2 ** 14, 2 ** 17],
  [0x28, 2 ** 14, 2 ** 17],
] as const

/** A varint under its tag. */
const addNumber = (bytes: number[], { tag, value }: { tag: number; value: number }) => {
  bytes.push(tag)
  let rest = value
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128)
  bytes.push(rest)
}
