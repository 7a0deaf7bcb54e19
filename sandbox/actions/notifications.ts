import type { Decision } from '../domain/decision.ts'
import { cancelNotification, type NotificationRecord, redeliver } from '../domain/notifications.ts'
import { accepted, refuse } from '../domain/refused.ts'
import { callbackTexts } from '../domain/texts.ts'
import type { Key } from '../store/store.ts'
import type { Context } from './context.ts'

/** What can be done with notifications beside delivering them. @throws {Refused} */
export const createNotificationActions = ({ store }: Context) => {
  type Decide = (record: NotificationRecord, at: number) => Decision<NotificationRecord>

  const change = (key: Key, decide: Decide) =>
    store.change([['notifications', ...key]], async (unit) => {
      const record = (await unit.get('notifications', key)) ?? refuse('notificationUnknown')
      const { next } = accepted(decide(record, unit.now()))
      unit.put('notifications', next)
      return next
    })

  return {
    redeliver: (key: Key) => change(key, (record, at) => redeliver(record, { at })),
    cancel: (key: Key) =>
      change(key, (record) => cancelNotification(record, callbackTexts.cancelled.en)),
  }
}
