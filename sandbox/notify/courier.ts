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
  withholdNotification,
} from '../domain/notifications.ts'
import type { Key, Store } from '../store/store.ts'
import { envelopeOf } from './envelope.ts'
import type { HostPolicy } from './host-policy.ts'
import { post } from './post.ts'

/** Sends what is due. An attempt runs beside everything else; nobody's request waits for it. */
export type Courier = {
  /** Begins an attempt at this moment of business time. */
  deliver(key: Key, at: number): Promise<void>
  isBusy(): boolean
  /** Resolves when the attempts that run now have ended. */
  settled(): Promise<void>
}

type Parts = {
  store: Store
  policy: HostPolicy
  signer: Pick<PlatformSigner, 'callback'>
  keysOf: (mchid: string) => MerchantKeys | undefined
  /** How long a receiver may take to answer, in milliseconds; WeChat Pay waits 5 s. */
  limit?: number
  /** Called when an attempt has ended. */
  onEnd: () => void
  onError: (error: unknown) => void
}

export const createCourier = (parts: Parts): Courier => {
  const { store, policy, signer, keysOf, limit = 5000, onEnd, onError } = parts
  const running = new Set<Promise<void>>()

  const change = (key: Key, decide: (record: NotificationRecord) => Decision<NotificationRecord>) =>
    store.change([['notifications', ...key]], async (unit) => {
      const record = await unit.get('notifications', key)
      const decision = record && decide(record)
      if (!decision?.ok) return undefined
      unit.put('notifications', decision.next)
      return decision.next
    })

  const attempt = async (record: NotificationRecord, to: URL, at: number): Promise<Attempt> => {
    const keys = keysOf(record.mchid)
    if (!keys) throw new Error(`The keys of merchant ${record.mchid} are gone.`)
    const body = envelopeOf(record, keys.apiv3Key)
    const { headers: signature, probe } = await signer.callback(keys, body, {
      mayProbe: !record.attempts.at(-1)?.probe,
    })
    const headers = {
      'User-Agent': 'Mozilla/4.0',
      Accept: '*/*',
      Pragma: 'no-cache',
      'Content-Type': 'application/json',
      Connection: 'close',
      'Content-Length': String(Buffer.byteLength(body)),
      ...signature,
    }
    const begin = performance.now()
    const posted = await post({ to, headers, body, limit })
    const milliseconds = Math.round(performance.now() - begin)
    const ended: Attempt = { at, probe, headers, body, ...posted, milliseconds }

    return probe && isAcceptance(ended) ? { ...ended, violation: 'a probe was accepted' } : ended
  }

  const run = async (record: NotificationRecord, to: URL, at: number) => {
    const { intervals } = retrySchedules[notifications[record.event_type].schedule]
    const ended = await attempt(record, to, at)
    await change([record.mchid, record.id], (sent) =>
      endDelivery(sent, { attempt: ended, intervals }),
    )
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

      const record = await change(key, beginDelivery)
      if (!record) return
      const delivery = run(record, route.to, at)
        .catch(onError)
        .finally(() => {
          running.delete(delivery)
          onEnd()
        })
      running.add(delivery)
    },
    isBusy: () => running.size > 0,
    settled: async () => {
      await Promise.all(running)
    },
  }
}
