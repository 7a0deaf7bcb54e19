import { z } from 'zod'
import { complaint } from '../../contracts/complaints.ts'
import { type EndpointId, endpointIds } from '../../contracts/endpoints.ts'
import { situationNamed } from '../../contracts/errors.ts'
import { strictObject } from '../../contracts/fields.ts'
import { type EventType, eventTypes, isEventType } from '../../contracts/notifications.ts'
import { fill, type Sentence, SentenceError } from '../../contracts/texts.ts'
import { every, type FaultRecord } from '../store/layout.ts'
import type { Lock, Reader, Store, Unit } from '../store/store.ts'
import { type FaultName, faultNames, faultOf, isFaultName } from './faults.ts'
import { markOnce } from './marks.ts'
import { faultTexts } from './texts.ts'

const longestWait = 24 * 3600

/** Seconds that a request may be held. */
export const longestDelay = 60

/** What is to go wrong, for whom, how often and until when; times in seconds. */
export const FaultRequest = strictObject(() => ({
  fault: z.enum(faultNames),
  /** Of the endpoint table, such as `refund.create`; any of them when it is not said. */
  operation: z.enum(endpointIds).optional(),
  event_type: z.enum(eventTypes).optional(),
  /** What ERROR answers: the name of a refusal, or a number that ends a Request-ID. */
  error: z.union([z.string(), z.int()]).optional(),
  count: z.int().min(1).max(1_000_000).default(1),
  expires_in: z.int().min(1).max(longestWait).optional(),
  /** How long DELAY (60 at most) and CALLBACK_LATE take. */
  seconds: z.number().min(0).max(longestWait).optional(),
})).superRefine(({ fault, operation, event_type, error, seconds = 0 }, context) => {
  const { on } = faultOf(fault)
  const complain = (sentence: Sentence) => context.addIssue(complaint(sentence))
  if (fault === 'ERROR' && !situationNamed(String(error))) complain(faultTexts.errorUnknown)
  if (fault !== 'ERROR' && error !== undefined) {
    complain(fill(faultTexts.errorElsewhere, { fault }))
  }
  if (on === 'callback' && operation) complain(fill(faultTexts.aboutCallbacks, { fault }))
  if (on === 'answer' && event_type) complain(fill(faultTexts.aboutAnswers, { fault }))
  if (on === 'answer' && seconds > longestDelay) {
    complain(fill(faultTexts.delayTooLong, { most: longestDelay }))
  }
})
export type FaultRequest = z.infer<typeof FaultRequest>

/** A requested fault that waits. */
export type WaitingFault = FaultRecord & { fault: FaultName }

/** A fault that applies now. */
export type ActiveFault = {
  fault: FaultName
  seconds?: number | undefined
  error?: string | number | undefined
}

/** Requested faults, oldest first; each time one applies it is used up once. */
export type FaultQueue = {
  /** @throws {FaultError} when too many wait */
  add(mchid: string, request: FaultRequest): Promise<WaitingFault>
  list(mchid: string): Promise<readonly WaitingFault[]>
  /** Whether there was one. */
  remove(mchid: string, id: string): Promise<boolean>
  clear(mchid: string): Promise<void>
  /** What applies to an answer of this operation, or to a callback of this event. */
  next(mchid: string, at: EndpointId | EventType): Promise<ActiveFault | undefined>
  /** Whether a magic value is met for the first time. */
  isFirst(mchid: string, value: string): Promise<boolean>
}

const mostWaiting = 1000

/** Too much was requested. */
export class FaultError extends SentenceError {
  override readonly name = 'FaultError'
}

export const createFaultQueue = (store: Store, wallNow: () => number): FaultQueue => {
  const lockOf = (mchid: string): Lock => ['faults', mchid, every]
  const isOver = ({ expires_at }: FaultRecord) =>
    expires_at !== undefined && expires_at <= wallNow()
  const waitingIn = async (reader: Reader, mchid: string): Promise<WaitingFault[]> =>
    (await reader.find('faults', 'waiting', [mchid, every]))
      .filter(isWaitingFault)
      .filter((waiting) => !isOver(waiting))

  const removeIn = (unit: Unit, mchid: string, isMeant: (record: FaultRecord) => boolean) =>
    unit.find('faults', 'waiting', [mchid, every]).then((records) => {
      const meant = records.filter(isMeant)
      for (const { id } of meant) unit.remove('faults', [mchid, id])
      return meant.length > 0
    })

  return {
    add: (mchid, { expires_in, ...request }) =>
      store.change([lockOf(mchid)], async (unit) => {
        await removeIn(unit, mchid, isOver)
        if ((await waitingIn(unit, mchid)).length >= mostWaiting) {
          throw new FaultError(fill(faultTexts.tooMany, { most: mostWaiting }))
        }
        const waiting: WaitingFault = {
          id: unit.ids.faultId(),
          mchid,
          ...request,
          ...(expires_in && { expires_at: wallNow() + expires_in * 1000 }),
        }
        unit.put('faults', waiting)
        return waiting
      }),
    list: (mchid) => waitingIn(store, mchid),
    remove: (mchid, id) =>
      store.change([lockOf(mchid)], (unit) => removeIn(unit, mchid, (each) => each.id === id)),
    clear: async (mchid) => {
      await store.change([lockOf(mchid)], (unit) => removeIn(unit, mchid, () => true))
    },
    next: async (mchid, at) => {
      const on = isEventType(at) ? 'callback' : 'answer'
      const applies = (waiting: WaitingFault) =>
        faultOf(waiting.fault).on === on && (waiting.operation ?? waiting.event_type ?? at) === at
      if (!(await waitingIn(store, mchid)).some(applies)) return undefined

      return store.change([lockOf(mchid)], async (unit) => {
        const waiting = (await waitingIn(unit, mchid)).find(applies)
        if (!waiting) return undefined
        const left = waiting.count - 1
        if (left > 0) unit.put('faults', { ...waiting, count: left })
        else unit.remove('faults', [mchid, waiting.id])

        return { fault: waiting.fault, seconds: waiting.seconds, error: waiting.error }
      })
    },
    isFirst: (mchid, value) =>
      store.change([['marks', mchid, 'magic-value']], (unit) =>
        markOnce(unit, { mchid, of: 'magic-value', value }),
      ),
  }
}

const isWaitingFault = (record: FaultRecord): record is WaitingFault => isFaultName(record.fault)
