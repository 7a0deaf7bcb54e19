import { day } from '../time.ts'
import type { Har } from './har.ts'

/** Whether these are live recordings older than so many days; the others do not age. */
export const isStale = (
  { log }: Har,
  { maxAgeDays, now }: { maxAgeDays: number; now: number },
): boolean => log._provenance === 'live' && now - Date.parse(log._recordedAt) > maxAgeDays * day
