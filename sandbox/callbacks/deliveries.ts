import { notifications, retrySchedules } from '../../contracts/notifications.ts'
import type { MerchantKeys } from '../authority/authority.ts'
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
import type { ActiveFault, FaultQueue } from '../faults/fault-queue.ts'
import { type CallbackFault, faultOf } from '../faults/faults.ts'
import type { Key, Store } from '../store/store.ts'
import { callbackHeaders } from './callback-headers.ts'
import { envelopeOf, withOtherAmount } from './envelope.ts'
import type { HostPolicy } from './host-policy.ts'
import { post, saysFail } from './post.ts'

/** Sends what is due. An attempt runs beside everything else; nobody's request waits for it. */
export type Deliveries = {
  /** Begins an attempt at this moment of business time. */
  deliver(key: Key, at: number): Promise<void>
  isBusy(): boolean
  /** Lets no callback wait for another any more. */
  forget(): void
  /** Resolves when the attempts that run now have ended. */
  settled(): Promise<void>
}

type Parts = {
  store: Store
  policy: HostPolicy
  signer: Pick<PlatformSigner, 'callback'>
  keysOf: (mchid: string) => MerchantKeys | undefined
  /** What was ordered to go wrong with this callback. */
  strike: FaultQueue['next']
  /** How long a receiver may take to answer, in milliseconds; WeChat Pay waits 5 s. */
  limit?: number
  /** Told of each attempt when it has ended. */
  onAttempt: (record: NotificationRecord, to: URL, attempt: Attempt) => void
  /** Called when a delivery has ended. */
  onEnd: () => void
  onError: (error: unknown) => void
}

/** Seconds that a late callback takes, and that one waits at most for another to go first. */
const usualDelay = 60
const longestWait = 3600

const once = { copies: 1, together: false }

export const createDeliveries = (parts: Parts): Deliveries => {
  const { store, policy, signer, keysOf, limit = 5000, onAttempt, onEnd, onError } = parts
  const running = new Set<Promise<void>>()
  /** Callbacks that let the merchant's next one go first. */
  const waiting = new Map<string, Key[]>()

  const change = (key: Key, decide: (record: NotificationRecord) => Decision<NotificationRecord>) =>
    store.change([['notifications', ...key]], async (unit) => {
      const record = await unit.get('notifications', key)
      const decision = record && decide(record)
      if (!decision?.ok) return undefined
      unit.put('notifications', decision.next)
      return decision.next
    })

  const attempt = async (record: NotificationRecord, to: URL, how: How): Promise<Attempt> => {
    const keys = keysOf(record.mchid)
    if (!keys) throw new Error(`The keys of merchant ${record.mchid} are gone.`)
    const { at, fault, does } = how
    const sealed = does && 'amount' in does ? withOtherAmount(record) : record
    const { flaw, body, ...signed } = await signer.callback(
      keys,
      envelopeOf(sealed, keys.apiv3Key),
      {
        mayProbe: !record.attempts.at(-1)?.probe,
        flaw: does && 'flaw' in does ? does.flaw : undefined,
      },
    )
    const headers = callbackHeaders(body, signed.headers)
    const begin = performance.now()
    const posted = await post({ to, headers, body, limit })
    const milliseconds = Math.round(performance.now() - begin)

    const probe = sealed !== record || (flaw !== undefined && flaw !== 'new-certificate')
    const ended: Attempt = {
      at,
      probe,
      ...(fault && { fault }),
      headers,
      body,
      ...posted,
      milliseconds,
    }
    const violation = violationOf(ended)
    const judged = violation === undefined ? ended : { ...ended, violation }
    onAttempt(record, to, judged)
    return judged
  }

  /** All that is sent at this time. */
  const attempts = async (record: NotificationRecord, to: URL, how: How) => {
    const send = () => attempt(record, to, how)
    const { copies, together } = how.does && 'copies' in how.does ? how.does : once
    if (together) {
      return Promise.all([send(), ...Array.from({ length: copies - 1 }, send)] as const)
    }

    const sent: [Attempt, ...Attempt[]] = [await send()]
    while (sent.length < copies) sent.push(await send())
    return sent
  }

  const run = async (record: NotificationRecord, to: URL, how: How) => {
    const { intervals } = retrySchedules[notifications[record.event_type].schedule]
    const sent = await attempts(record, to, how)
    await change([record.mchid, record.id], (known) =>
      endDelivery(known, { attempts: sent, intervals }),
    )

    const others = (waiting.get(record.mchid) ?? []).filter(([, id]) => id !== record.id)
    waiting.delete(record.mchid)
    for (const key of others) await change(key, (held) => postponeNotification(held, how.at))
  }

  /** The fault that meets a callback, one at most. */
  const struckBy = ({ fault: met, mchid, event_type }: NotificationRecord): Struck | undefined => {
    const struck = met ? undefined : parts.strike(mchid, event_type)
    const fault = struck && faultOf(struck.fault)
    return struck && fault?.on === 'callback' ? { ...struck, does: fault.callback } : undefined
  }

  const putOff = async (record: NotificationRecord, at: number, fault: PuttingOff) => {
    const key: Key = [record.mchid, record.id]
    const { delivery, seconds = usualDelay } = fault
    if (delivery === 'swapped') {
      waiting.set(record.mchid, [...(waiting.get(record.mchid) ?? []), key])
    }
    const due = at + (delivery === 'late' ? seconds : longestWait) * 1000
    await change(key, (pending) => {
      const met = { ...pending, fault: fault.fault }
      return delivery === 'lost'
        ? withholdNotification(met, 'lost on purpose')
        : postponeNotification(met, due)
    })
  }

  return {
    deliver: async (key, at) => {
      const known = await store.get('notifications', key)
      const route = known && policy.route(known.url)
      if (!route) return
      if ('withheld' in route) {
        await change(key, (record) => withholdNotification(record, route.withheld))
        return
      }

      const struck = struckBy(known)
      if (struck && 'delivery' in struck.does) {
        await putOff(known, at, { ...struck, delivery: struck.does.delivery })
        return
      }

      const fault = struck && { fault: struck.fault }
      const record = await change(key, (pending) => beginDelivery({ ...pending, ...fault }))
      if (!record) return
      const delivery = run(record, route.to, { at, ...struck })
        .catch(onError)
        .finally(() => {
          running.delete(delivery)
          onEnd()
        })
      running.add(delivery)
    },
    isBusy: () => running.size > 0,
    forget: () => waiting.clear(),
    settled: async () => {
      await Promise.all(running)
    },
  }
}

/** What a receiver must not do. For WeChat Pay the status counts, whatever the body says. */
const violationOf = (attempt: Attempt): string | undefined => {
  if (!isAcceptance(attempt)) return undefined
  if (attempt.probe) return `${attempt.fault ?? 'a probe'} was accepted`
  return saysFail(attempt.answer ?? '')
    ? `FAIL with ${attempt.status} counts as accepted`
    : undefined
}

/** What goes wrong on purpose. */
type Struck = ActiveFault & { does: CallbackFault }

type PuttingOff = ActiveFault & { delivery: 'lost' | 'late' | 'swapped' }

/** When, in business time, and what goes wrong. */
type How = { at: number } & Partial<Struck>
