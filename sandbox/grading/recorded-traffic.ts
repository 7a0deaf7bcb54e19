import { unescape as decoded } from 'node:querystring'
import { z } from 'zod'
import { jsonOf, memberOf } from '../../contracts/json.ts'
import { eventTypes } from '../../contracts/notifications.ts'
import { pathOf, queryOf } from '../../contracts/paths.ts'
import { isAcceptance } from '../domain/notifications.ts'
import { RequestMatch } from '../journal/matching.ts'

const json = z.string().transform(jsonOf)
const moment = z.string().transform((text) => Date.parse(text))

/** A text that a value has under a name. */
export const textMember = (value: unknown, name: string): string | undefined => {
  const member = memberOf(value, name)
  return typeof member === 'string' ? member : undefined
}

/** A request as the journal of a sandbox shows it, as far as checks look at it. */
export const RecordedRequest = RequestMatch.pick({
  mchid: true,
  operation: true,
  situation: true,
  fault: true,
})
  .extend({
    id: z.int(),
    at: moment,
    method: z.string(),
    target: z.string(),
    status: z.int(),
    headers: z.array(z.tuple([z.string(), z.string()])),
    body: z.object({ text: json.optional() }).transform(({ text }) => text),
    answer: z.object({ headers: z.array(z.tuple([z.string(), z.string()])), body: json }),
    diagnosis: z.object({ mistakes: z.array(z.object({ code: z.string() })) }).optional(),
  })
  .strip()
  .transform((call) => {
    const query = Object.fromEntries(queryOf(call.target))
    const parameter = (name: string) => textMember(call.body, name) ?? query[name]
    const [, named] = /\/serviceorder\/([^/]+)\//.exec(pathOf(call.target)) ?? []

    const authorization = call.headers.find(([name]) => name.toLowerCase() === 'authorization')

    return {
      ...call,
      /** The merchant in whose name it is signed, well or not. */
      signer: call.mchid ?? /\bmchid="(\w+)"/.exec(authorization?.[1] ?? '')?.[1],
      isAccepted: call.status >= 200 && call.status < 300,
      sub_mchid: parameter('sub_mchid'),
      /** The order that it is about; a query by another number learns it from the answer. */
      number:
        (named && decoded(named)) ??
        parameter('out_order_no') ??
        parameter('out_trade_no') ??
        textMember(call.answer.body, 'out_order_no'),
    }
  })
export type RecordedRequest = z.infer<typeof RecordedRequest>

const Attempt = z.object({
  status: z.int().optional(),
  answer: z.string().optional(),
  error: z.string().optional(),
  probe: z.boolean(),
  fault: z.string().optional(),
})

/** A callback that a sandbox keeps, as far as checks look at it. */
export const RecordedNotification = z
  .object({
    event_type: z.enum(eventTypes),
    create_time: moment,
    url: z.string(),
    state: z.string(),
    fault: z.string().optional(),
    plaintext: json,
    attempts: z.array(Attempt),
  })
  .transform(({ plaintext, state, fault, attempts, ...notification }) => ({
    ...notification,
    number: textMember(plaintext, 'out_order_no'),
    isLost: fault === 'CALLBACK_LOST' || state === 'EXHAUSTED' || state === 'WITHHELD',
    /** Those that the receiver should accept. */
    attempts: attempts.filter((attempt) => !attempt.probe && attempt.fault === undefined),
  }))
export type RecordedNotification = z.infer<typeof RecordedNotification>

export const isAttempted = ({ attempts }: RecordedNotification): boolean => attempts.length > 0

export const isEverAccepted = ({ attempts }: RecordedNotification): boolean =>
  attempts.some(({ status = 0 }) => isAcceptance({ status }))

/** What a merchant sent to a sandbox, oldest first, and what the sandbox had to tell. */
export type RecordedTraffic = {
  mchid: string
  requests: readonly RecordedRequest[]
  /** Those that are signed in the name of one of its sub-merchants. */
  ofSubMerchants: readonly RecordedRequest[]
  /** Whose requests the journal has besides. */
  others: readonly string[]
  notifications: readonly RecordedNotification[]
  /** Of these, those that were sent to the receiver that is graded. */
  toReceiver: readonly RecordedNotification[]
  /** The last entry before the callbacks of this grading. */
  lastEntryBefore: number
  /** When it was read, in milliseconds of wall time. */
  readAt: number
}
