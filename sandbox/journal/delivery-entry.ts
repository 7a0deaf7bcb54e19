import type { Attempt, NotificationRecord } from '../domain/notifications.ts'
import type { DeliveryEntry } from './entries.ts'

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
