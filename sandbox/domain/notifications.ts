import type { EventType } from '../../contracts/notifications.ts'
import { type Language, translate } from '../../contracts/texts.ts'
import { accept, type Decision, refusal } from './decision.ts'
import { callbackTexts } from './texts.ts'

/** One delivery; `at` is business time, `milliseconds` what the receiver really took. */
export type Attempt = {
  at: number
  /** Whether the receiver must refuse it: its signature is made to fail, or its amount is another. */
  probe: boolean
  /** The fault that was ordered. */
  fault?: string
  headers: Readonly<Record<string, string>>
  /** The envelope as it was sent, the sealed text in it. */
  body: string
  /** What the receiver answered; nothing when it did not. */
  status?: number
  answer?: string
  /** Why there was no answer. */
  error?: string
  milliseconds: number
  /** What the receiver did that it must not do. */
  violation?: string
}

/** A notification as it is remembered: its id and text stay the same on every attempt. */
export type NotificationRecord = {
  mchid: string
  id: string
  event_type: EventType
  create_time: string
  url: string
  /** The JSON that is sealed. */
  plaintext: string
  nonce: string
  state: NotificationState
  /** Why it was not sent, or not sent on. */
  reason?: string
  attempts: readonly Attempt[]
  /** The fault that was ordered for it; it meets with one at most. */
  fault?: string
  /** The attempts that are on their way; what others answer is not its own. */
  sending?: string
  /** It lets the merchant's next notification go first. */
  waitsForNext?: true
  /** How many of the schedule's intervals are used up. */
  retries: number
  due?: number
}

type Kept = {
  reason?: string | undefined
  error?: string | undefined
  violation?: string | undefined
}

/** A notification or an attempt, with what is kept of it in English told to whoever reads. */
export const inLanguage = <Each extends Kept>(kept: Each, language: Language): Each => {
  const { reason, error, violation } = kept
  const told = (english: string) => translate(english, Object.values(callbackTexts), language)

  return {
    ...kept,
    ...(reason !== undefined && { reason: told(reason) }),
    ...(error !== undefined && { error: told(error) }),
    ...(violation !== undefined && { violation: told(violation) }),
  }
}

export type NotificationState =
  | 'PENDING'
  | 'SENDING'
  | 'DELIVERED'
  | 'EXHAUSTED'
  | 'WITHHELD'
  | 'CANCELLED'

type Move =
  | 'send'
  | 'postpone'
  | 'withhold'
  | 'succeed'
  | 'retry'
  | 'giveUp'
  | 'cancel'
  | 'redeliver'

export const notificationMoves = {
  PENDING: { send: 'SENDING', postpone: 'PENDING', withhold: 'WITHHELD', cancel: 'CANCELLED' },
  SENDING: { succeed: 'DELIVERED', retry: 'PENDING', giveUp: 'EXHAUSTED', cancel: 'CANCELLED' },
  DELIVERED: { redeliver: 'PENDING' },
  EXHAUSTED: { redeliver: 'PENDING' },
  WITHHELD: { redeliver: 'PENDING' },
  CANCELLED: { redeliver: 'PENDING' },
} as const satisfies Record<NotificationState, Partial<Record<Move, NotificationState>>>

type Result = Decision<NotificationRecord>

const move = (record: NotificationRecord, to: Move): NotificationRecord | undefined => {
  const moves: Partial<Record<Move, NotificationState>> = notificationMoves[record.state]
  const state = moves[to]
  const { due: _, reason: __, sending: ___, waitsForNext: ____, ...rest } = record

  return state && { ...rest, state }
}

const moved = (
  record: NotificationRecord,
  to: Move,
  more: Partial<NotificationRecord> = {},
): Result => {
  const next = move(record, to)
  return next ? accept({ ...next, ...more }) : refusal('notificationStateIllegal')
}

/** Attempts begin, under a name that tells them from all others. */
export const beginDelivery = (record: NotificationRecord, sending: string): Result =>
  moved(record, 'send', { sending })

/** It is not sent at all, for a reason that is kept. */
export const withholdNotification = (record: NotificationRecord, reason: string): Result =>
  moved(record, 'withhold', { reason })

/** It is sent later than it could be: at a moment, or after the merchant's next one if that is earlier. */
export const postponeNotification = (
  record: NotificationRecord,
  later: { due: number; waitsForNext?: true },
): Result => moved(record, 'postpone', later)

export const isAcceptance = ({ status }: Pick<Attempt, 'status'>): boolean =>
  status === 200 || status === 204

/** So many attempts are kept, the latest: two whole schedules. */
const mostAttempts = 32

type Ended = {
  /** Under which name they began. */
  sending: string
  /** One, or more when it was sent several times: it counts as refused when one of them was. */
  attempts: readonly [Attempt, ...Attempt[]]
  /** Seconds between the attempts. */
  intervals: readonly number[]
}

/** An attempt ended: delivered, or again after the schedule's next interval, or given up. */
export const endDelivery = (
  record: NotificationRecord,
  { sending, attempts: ended, intervals }: Ended,
): Result => {
  if (record.sending !== sending) return refusal('notificationStateIllegal')
  const attempts = [...record.attempts, ...ended].slice(-mostAttempts)
  const attempt = ended.find((each) => !isAcceptance(each)) ?? ended[0]
  // It was on its way already when the notification was cancelled.
  if (record.state === 'CANCELLED') {
    const { sending: _, ...rest } = record
    return accept({ ...rest, attempts })
  }
  // The genuine notification follows a probe at once and uses up nothing of the schedule.
  if (attempt.probe) return moved(record, 'retry', { attempts, due: attempt.at })
  if (isAcceptance(attempt)) return moved(record, 'succeed', { attempts })

  const interval = intervals[record.retries]
  if (interval === undefined) {
    return moved(record, 'giveUp', { attempts, reason: callbackTexts.exhausted.en })
  }
  const due = attempt.at + interval * 1000
  return moved(record, 'retry', { attempts, retries: record.retries + 1, due })
}

/** Begins the schedule anew, whatever became of it before; a fault may meet it again. */
export const redeliver = (
  { fault: _, ...record }: NotificationRecord,
  { at }: { at: number },
): Result => moved(record, 'redeliver', { retries: 0, due: at })

/** It is sent no more; what is on its way already is still booked. */
export const cancelNotification = (record: NotificationRecord, reason: string): Result =>
  moved(record, 'cancel', { reason, ...(record.sending && { sending: record.sending }) })
