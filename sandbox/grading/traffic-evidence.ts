/**
 * What a sandbox recorded, as the evidence of a check.
 * @module
 */
import { fill, list } from '../../contracts/texts.ts'
import { type CheckEvidence, printable } from './evidence.ts'
import type { RecordedNotification, RecordedRequest } from './recorded-traffic.ts'
import { deliveryTexts, outcomeTexts } from './texts/report.ts'

/** Checks name so many, the latest. */
export const mostEvidence = 5

const between = { en: ' ', zh: ' ' }

export const requestEvidence = (request: RecordedRequest): CheckEvidence => {
  const { id, method, target, status, situation, fault } = request
  const words = [status, situation, fault].filter(Boolean).join(' ')
  return {
    sent: `${method} ${target}`,
    got: status === 0 ? list([outcomeTexts.noAnswer, ...(fault ? [fault] : [])], between) : words,
    status,
    entry: id,
  }
}

export const latest = (requests: readonly RecordedRequest[]) =>
  requests.slice(-mostEvidence).map(requestEvidence)

const callbackOf = ({ event_type, number = '' }: RecordedNotification) => ({
  event: event_type.replace('PAYSCORE.', ''),
  order: number,
})

/** What the receiver made of a callback of the sandbox's own. */
export const lastAttempt = (notification: RecordedNotification): CheckEvidence => {
  const { status = 0, answer = '', error } = notification.attempts.at(-1) ?? {}
  return {
    sent: fill(deliveryTexts.genuine, callbackOf(notification)),
    got: error ?? `${status} ${printable(answer)}`.trim(),
    code: 'genuine',
    status,
  }
}

export const lostEvidence = (notification: RecordedNotification): CheckEvidence => ({
  sent: fill(deliveryTexts.lost, callbackOf(notification)),
  got: outcomeTexts.noQuery,
  code: 'lost',
})
