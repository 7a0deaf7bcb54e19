import { randomUUID } from 'node:crypto'
import { notifications, retrySchedules } from '../../contracts/notifications.ts'
import { fill, render } from '../../contracts/texts.ts'
import type { MerchantKeys } from '../authority/authority.ts'
import { type Flaw, isGenuine } from '../authority/flaws.ts'
import type { PlatformSigner } from '../authority/platform-signer.ts'
import type { Decision } from '../domain/decision.ts'
import {
  type Attempt,
  beginDelivery,
  endDelivery,
  isAcceptance,
  type NotificationRecord,
  postponeNotification,
  withholdNotification,
} from '../domain/notifications.ts'
import { callbackTexts } from '../domain/texts.ts'
import type { ActiveFault, FaultQueue } from '../faults/fault-queue.ts'
import { type CallbackFault, faultOf } from '../faults/faults.ts'
import type { Probes } from '../faults/probes.ts'
import { every } from '../store/layout.ts'
import type { Key, Store } from '../store/store.ts'
import { callbackHeaders, envelopeOf, withOtherAmount } from './envelope.ts'
import { createGate } from './gate.ts'
import type { HostPolicy } from './host-policy.ts'
import { answerLimit, post, saysFail } from './post.ts'

/** Sends what is due. An attempt runs beside everything else; nobody's request waits for it. */
export type Deliveries = {
  /** Begins a delivery at this moment of business time. */
  deliver(key: Key, at: number): Promise<void>
  isBusy(): boolean
  count(): number
  /** Resolves when the attempts that run now have ended. */
  idle(): Promise<void>
  /** Breaks off what is on its way, of one merchant or of all: the world that it tells of is gone. */
  abandon(mchid?: string): void
}

type Options = {
  store: Store
  policy: HostPolicy
  signer: Pick<PlatformSigner, 'callback'>
  keysOf: (mchid: string) => MerchantKeys | undefined
  /** The requested fault that applies to this callback. */
  nextFault: FaultQueue['next']
  probes: Pick<Probes, 'forCallback'>
  /** How long a receiver may take to answer, in milliseconds; WeChat Pay waits 5 s. */
  limit?: number
  /** Told of each attempt when it has ended. */
  onAttempt: (record: NotificationRecord, to: URL, attempt: Attempt) => void
  /** Told of each notification that is not sent, and why. */
  onWithheld: (record: NotificationRecord, reason: string) => void
  onError: (error: unknown) => void
}

/** Seconds that a late callback takes, and that one waits at most for another to go first. */
const usualDelay = 60
const longestWait = 3600

/** So many callbacks are on their way to one receiver at once. */
const mostConnections = 16

const once = { copies: 1, together: false }

export const createDeliveries = (options: Options): Deliveries => {
  const { store, policy, signer, keysOf, nextFault, probes, onAttempt, onError } = options
  const { limit = answerLimit, onWithheld } = options
  type Running = { mchid: string; ended: Promise<void>; abort: AbortController }
  const running = new Set<Running>()
  const connections = createGate(mostConnections)

  const change = (key: Key, decide: (record: NotificationRecord) => Decision<NotificationRecord>) =>
    store.change([['notifications', ...key]], async (unit) => {
      const record = await unit.get('notifications', key)
      const decision = record && decide(record)
      if (!decision?.ok) return undefined
      unit.put('notifications', decision.next)
      return decision.next
    })

  const attempt = async (record: NotificationRecord, how: How): Promise<Attempt> => {
    const keys = keysOf(record.mchid)
    if (!keys) throw new Error(`The keys of merchant ${record.mchid} are gone.`)
    const { to, at, signal, active } = how
    const effect = active?.effect
    const sealed = effect && 'amount' in effect ? withOtherAmount(record) : record
    const flaw = effect && 'flaw' in effect ? effect.flaw : await probeAfter(record)
    const sending = { id: record.id, flaw }
    const signed = await signer.callback(keys, envelopeOf(sealed, keys.apiv3Key), sending)
    const headers = callbackHeaders(signed.body, signed.headers)
    const begin = performance.now()
    const posted = await post({ to, headers, body: signed.body, limit, signal })

    const ended: Attempt = {
      at,
      probe: sealed !== record || !isGenuine(flaw),
      ...(active && { fault: active.fault }),
      headers,
      body: signed.body,
      ...posted,
      milliseconds: Math.round(performance.now() - begin),
    }
    const violation = violationOf(ended)
    const judged = violation === undefined ? ended : { ...ended, violation }
    onAttempt(record, to, judged)
    return judged
  }

  /** After a probe comes the genuine callback. */
  const probeAfter = async ({ attempts }: NotificationRecord): Promise<Flaw | undefined> =>
    attempts.at(-1)?.probe ? undefined : probes.forCallback()

  /** All that is sent at this time. */
  const attempts = async (record: NotificationRecord, how: How) => {
    const send = async () => {
      // It is signed when its turn has come, or it would be too old for the receiver.
      const leave = await connections.enter(how.to.origin)
      return attempt(record, how).finally(leave)
    }
    const effect = how.active?.effect
    const { copies, together } = effect && 'copies' in effect ? effect : once
    if (together) {
      return Promise.all([send(), ...Array.from({ length: copies - 1 }, send)] as const)
    }

    const sent: [Attempt, ...Attempt[]] = [await send()]
    while (sent.length < copies) sent.push(await send())
    return sent
  }

  const run = async (record: NotificationRecord, how: How) => {
    const { mchid, id, event_type, sending = '' } = record
    const { intervals } = retrySchedules[notifications[event_type].schedule]
    const sent = await attempts(record, how)
    if (how.signal.aborted) return
    await change([mchid, id], (known) => endDelivery(known, { sending, attempts: sent, intervals }))

    for (const held of await store.find('notifications', 'held', [mchid, every])) {
      if (held.id === id) continue
      await change([mchid, held.id], (waiting) => postponeNotification(waiting, { due: how.at }))
    }
  }

  /** The fault that meets a callback, one at most. */
  const faultFor = async (record: NotificationRecord): Promise<ActiveCallbackFault | undefined> => {
    const active = record.fault ? undefined : await nextFault(record.mchid, record.event_type)
    const fault = active && faultOf(active.fault)
    return active && fault?.on === 'callback' ? { ...active, effect: fault.callback } : undefined
  }

  const withhold = async (key: Key, record: NotificationRecord, reason: string) => {
    await change(key, (pending) => withholdNotification(pending, reason))
    onWithheld(record, reason)
  }

  const putOff = async (
    key: Key,
    at: number,
    { fault, seconds = usualDelay, effect }: PuttingOff,
  ) => {
    const due = at + (effect.delivery === 'late' ? seconds : longestWait) * 1000
    await change(key, (pending) => {
      const met = { ...pending, fault }
      if (effect.delivery === 'lost') return withholdNotification(met, callbackTexts.lost.en)
      const waits = effect.delivery === 'swapped' && { waitsForNext: true as const }
      return postponeNotification(met, { due, ...waits })
    })
  }

  return {
    deliver: async (key, at) => {
      const existing = await store.get('notifications', key)
      const route = existing && policy.route(existing.url)
      if (!route) return
      if ('withheld' in route) {
        await withhold(key, existing, route.withheld)
        return
      }

      const active = await faultFor(existing)
      if (active && isPuttingOff(active)) {
        await putOff(key, at, active)
        return
      }

      const met = active && { fault: active.fault }
      const record = await change(key, (pending) =>
        beginDelivery({ ...pending, ...met }, randomUUID()),
      )
      if (!record) return
      const abort = new AbortController()
      const delivery: Running = {
        mchid: record.mchid,
        abort,
        ended: run(record, { to: route.to, at, signal: abort.signal, active })
          .catch(onError)
          .finally(() => running.delete(delivery)),
      }
      running.add(delivery)
    },
    isBusy: () => running.size > 0,
    count: () => running.size,
    idle: async () => {
      await Promise.all([...running].map(({ ended }) => ended))
    },
    abandon: (mchid) => {
      for (const delivery of running) {
        if (mchid !== undefined && delivery.mchid !== mchid) continue
        delivery.abort.abort()
        running.delete(delivery)
      }
    },
  }
}

/** What a receiver must not do. For WeChat Pay the status counts, whatever the body says. */
const violationOf = (attempt: Attempt): string | undefined => {
  if (!isAcceptance(attempt)) return undefined
  const { fault, status = 0 } = attempt
  if (attempt.probe) {
    const violation = fault
      ? fill(callbackTexts.faultAccepted, { fault })
      : callbackTexts.probeAccepted
    return render(violation, 'en')
  }
  return saysFail(attempt.answer ?? '')
    ? render(fill(callbackTexts.failAccepted, { status }), 'en')
    : undefined
}

/** What goes wrong on purpose. */
type ActiveCallbackFault = ActiveFault & { effect: CallbackFault }

type PuttingOff = ActiveFault & { effect: Extract<CallbackFault, { delivery: unknown }> }

const isPuttingOff = (active: ActiveCallbackFault): active is ActiveCallbackFault & PuttingOff =>
  'delivery' in active.effect

/** Where to, when in business time, what ends it early and what goes wrong. */
type How = { to: URL; at: number; signal: AbortSignal; active: ActiveCallbackFault | undefined }
