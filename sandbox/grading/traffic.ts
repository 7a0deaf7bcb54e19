import { unescape as decoded } from 'node:querystring'
import { z } from 'zod'
import { jsonOf, memberOf } from '../../contracts/json.ts'
import { eventTypes } from '../../contracts/notifications.ts'
import { RequestMatch } from '../journal/matching.ts'

const json = z.string().transform(jsonOf)
const moment = z.string().transform((text) => Date.parse(text))

/** A text that a value has under a name. */
export const textIn = (value: unknown, name: string): string | undefined => {
  const member = memberOf(value, name)
  return typeof member === 'string' ? member : undefined
}

/** A request as the journal of a sandbox shows it, as far as checks look at it. */
export const SeenCall = RequestMatch.pick({
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
    body: z.object({ text: json.optional() }).transform(({ text }) => text),
    answer: z.object({ headers: z.array(z.tuple([z.string(), z.string()])), body: json }),
    diagnosis: z.object({ mistakes: z.array(z.object({ code: z.string() })) }).optional(),
  })
  .strip()
  .transform((call) => {
    const [path = '', search] = call.target.split('?')
    const query = Object.fromEntries(new URLSearchParams(search))
    const said = (name: string) => textIn(call.body, name) ?? query[name]
    const [, named] = /\/serviceorder\/([^/]+)\//.exec(path) ?? []

    return {
      ...call,
      isAccepted: call.status >= 200 && call.status < 300,
      sub_mchid: said('sub_mchid'),
      /** The order that it is about; a query by another number learns it from the answer. */
      number:
        (named && decoded(named)) ??
        said('out_order_no') ??
        said('out_trade_no') ??
        textIn(call.answer.body, 'out_order_no'),
    }
  })
export type SeenCall = z.infer<typeof SeenCall>

/** A callback that a sandbox keeps, as far as checks look at it. */
export const SentNotification = z
  .object({
    event_type: z.enum(eventTypes),
    create_time: moment,
    state: z.string(),
    fault: z.string().optional(),
    plaintext: json,
  })
  .transform(({ plaintext, state, fault, ...notice }) => ({
    ...notice,
    number: textIn(plaintext, 'out_order_no'),
    isLost: fault === 'CALLBACK_LOST' || state === 'EXHAUSTED',
  }))
export type SentNotification = z.infer<typeof SentNotification>

/** What a merchant sent to a sandbox, oldest first, and what the sandbox had to tell. */
export type Traffic = {
  calls: readonly SeenCall[]
  notices: readonly SentNotification[]
  /** The last entry before the receiver was played with. */
  before: number
  /** When it was read, in milliseconds of wall time. */
  now: number
}
