import type { EndpointId } from '../../contracts/endpoints.ts'
import type { Situation } from '../../contracts/errors.ts'
import type { EventType } from '../../contracts/notifications.ts'
import type { Sentence } from '../../contracts/texts.ts'
import type { Attempt, NotificationRecord } from '../domain/notifications.ts'

/** What is checked of a request, in this order; `rules` are those of the resource and its state. */
export const checks = [
  'size',
  'headers',
  'authorization',
  'timestamp',
  'serial',
  'signature',
  /** Whether what the request asks to go wrong can. */
  'fault',
  'path',
  'query',
  'body',
  'rules',
] as const
export type Check = (typeof checks)[number]

/** Names in the spelling in which they came or went. */
export type HeaderList = readonly (readonly [name: string, value: string])[]

/** A request as it came and what became of it; never changed once it is in the journal. */
export type RequestEntry = {
  kind: 'request'
  id: number
  /** Milliseconds of wall time. */
  at: number
  method: string
  /** Path and query as on the request line. */
  target: string
  headers: HeaderList
  /** As it came; empty when it was not read, since path, method or size were refused. */
  body: Uint8Array
  operation?: EndpointId
  /** Who signed, if the signature fits. */
  mchid?: string
  /** Of each check that held, in their order, the milliseconds from the beginning to then. */
  passed: readonly number[]
  /** The rule that refused it. */
  situation?: Situation
  /** Why, as the rule itself tells it; of most refusals it is worked out when somebody looks. */
  reason?: Sentence
  fault?: string
  /** 0 when the connection was closed instead of an answer. */
  status: number
  requestId: string
  answer: { headers: HeaderList; body: string }
  milliseconds: number
}

/** One attempt to deliver a callback. */
export type DeliveryEntry = {
  kind: 'delivery'
  id: number
  at: number
  mchid: string
  /** The id of the notice. */
  notification: string
  event_type: EventType
  url: string
  headers: HeaderList
  body: string
  /** Nothing when the receiver did not answer; `error` says why. */
  status?: number
  answer?: string
  error?: string
  probe: boolean
  fault?: string
  /** What the receiver did that it must not do. */
  violation?: string
  milliseconds: number
}

export type Entry = RequestEntry | DeliveryEntry

type WithoutId<Each> = Each extends Entry ? Omit<Each, 'id'> : never

/** An entry before it has a number. */
export type NewEntry = WithoutId<Entry>

type Sent = { to: URL; attempt: Attempt; at: number }

/** An attempt as the journal keeps it. */
export const deliveryEntry = (
  { id: notification, mchid, event_type }: NotificationRecord,
  { to, attempt, at }: Sent,
): Omit<DeliveryEntry, 'id'> => ({
  ...attempt,
  kind: 'delivery',
  at,
  mchid,
  notification,
  event_type,
  url: to.href,
  headers: Object.entries(attempt.headers),
})
