import { z } from 'zod'
import { type EndpointId, endpointIds } from '../../contracts/endpoints.ts'
import { type EventType, eventTypes, isEventType } from '../../contracts/notifications.ts'
import { remember } from './bounded-set.ts'
import { type FaultName, faultNames, faultOf } from './faults.ts'

const longestWait = 24 * 3600

/** Seconds that a request may be held. */
export const longestDelay = 60

/** What is to go wrong, for whom, how often and until when; times in seconds. */
export const FaultRequest = z
  .strictObject({
    fault: z.enum(faultNames),
    /** Of the endpoint table, such as `refund.create`; any of them when it is not said. */
    operation: z.enum(endpointIds).optional(),
    event_type: z.enum(eventTypes).optional(),
    count: z.int().min(1).max(1_000_000).default(1),
    expires_in: z.int().min(1).max(longestWait).optional(),
    /** How long DELAY (60 at most) and CALLBACK_LATE take. */
    seconds: z.number().min(0).max(longestWait).optional(),
  })
  .superRefine(({ fault, operation, event_type, seconds = 0 }, context) => {
    const { on } = faultOf(fault)
    const complain = (message: string) => context.addIssue({ code: 'custom', message })
    if (on === 'callback' && operation) complain(`${fault} is about callbacks: give event_type`)
    if (on === 'answer' && event_type) complain(`${fault} is about answers: give operation`)
    if (on === 'answer' && seconds > longestDelay) {
      complain(`an answer is delayed by ${longestDelay} seconds at most`)
    }
  })
export type FaultRequest = z.infer<typeof FaultRequest>

/** An order that waits: `count` times more, until `expires_at` in milliseconds of wall time. */
export type WaitingFault = Omit<FaultRequest, 'expires_in'> & {
  id: string
  mchid: string
  expires_at?: number
}

/** A fault that strikes now. */
export type ActiveFault = { fault: FaultName; seconds?: number | undefined }

/** What was ordered to go wrong, oldest first; each strike uses one up. */
export type FaultQueue = {
  add(mchid: string, order: FaultRequest): WaitingFault
  list(mchid?: string): readonly WaitingFault[]
  /** Whether there was one. */
  remove(id: string): boolean
  clear(mchid?: string): void
  /** What strikes an answer of this operation, or a callback of this event. */
  next(mchid: string, at: EndpointId | EventType): ActiveFault | undefined
  /** Whether a magic value is met for the first time. */
  isFirst(mchid: string, value: string): boolean
}

const mostRules = 1000
const mostValues = 10_000

/** Too much was ordered. */
export class FaultError extends Error {
  override readonly name = 'FaultError'
}

export const createFaultQueue = (wall: () => number): FaultQueue => {
  let rules: readonly WaitingFault[] = []
  let count = 0
  const values = new Set<string>()

  const alive = () => {
    if (rules.length > 0) {
      rules = rules.filter(({ expires_at = Number.POSITIVE_INFINITY }) => expires_at > wall())
    }
    return rules
  }

  return {
    add: (mchid, { expires_in, ...order }) => {
      if (alive().length >= mostRules) {
        throw new FaultError(`${mostRules} faults wait already. Remove some.`)
      }
      count += 1
      const rule = {
        id: String(count),
        mchid,
        ...order,
        ...(expires_in && { expires_at: wall() + expires_in * 1000 }),
      }
      rules = [...rules, rule]
      return rule
    },
    list: (mchid) => alive().filter((rule) => mchid === undefined || rule.mchid === mchid),
    remove: (id) => {
      const before = rules
      rules = rules.filter((rule) => rule.id !== id)
      return rules.length < before.length
    },
    clear: (mchid) => {
      rules = mchid === undefined ? [] : rules.filter((rule) => rule.mchid !== mchid)
      for (const value of values) {
        if (mchid === undefined || value.startsWith(`${mchid} `)) values.delete(value)
      }
    },
    next: (mchid, at) => {
      const on = isEventType(at) ? 'callback' : 'answer'
      const struck = alive().find(
        (rule) =>
          rule.mchid === mchid &&
          faultOf(rule.fault).on === on &&
          (rule.operation ?? rule.event_type ?? at) === at,
      )
      if (!struck) return undefined
      const left = { ...struck, count: struck.count - 1 }
      rules = rules.flatMap((rule) => (rule !== struck ? rule : left.count > 0 ? left : []))

      return { fault: struck.fault, seconds: struck.seconds }
    },
    isFirst: (mchid, value) => {
      const key = `${mchid} ${value}`
      if (values.has(key)) return false
      remember(values, key, mostValues)
      return true
    },
  }
}
