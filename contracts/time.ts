/**
 * The two ways in which WeChat Pay writes a moment, as pure functions over epoch milliseconds.
 * Wall clocks are Beijing's, which has no summer time.
 * @module
 */

export const day = 86_400_000

const beijing = 28_800_000

/** RFC 3339 with an offset; the fraction is optional. */
export const rfc3339Pattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/

const wallClock = (ms: number) => new Date(ms + beijing).toISOString().slice(0, 19)

/** A moment as the plan family writes it: `2023-09-05T11:03:56+08:00`. */
export const formatRfc3339 = (ms: number): string => `${wallClock(ms)}+08:00`

/** A moment as orders write it: `yyyyMMddHHmmss`. */
export const formatOrderTime = (ms: number): string => {
  const clock = wallClock(ms)
  return formatDate(clock) + clock.slice(11, 13) + clock.slice(14, 16) + clock.slice(17)
}

/** A day as orders write it: `yyyyMMdd`. */
export const formatOrderDay = (ms: number): string => formatDate(wallClock(ms))

const formatDate = (clock: string) => clock.slice(0, 4) + clock.slice(5, 7) + clock.slice(8, 10)

/** Midnight in Beijing of the day in which the moment lies. */
export const startOfDay = (ms: number): number => Math.floor((ms + beijing) / day) * day - beijing

// Date.parse rolls 31 February over into March, so the calendar is asked back.
const existsInCalendar = (clock: string) => {
  const ms = Date.parse(`${clock}Z`)
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(clock)
}

/** Epoch milliseconds, or `undefined` when the text names no moment. */
export const parseRfc3339 = (text: string): number | undefined => {
  if (!rfc3339Pattern.test(text) || !existsInCalendar(text.slice(0, 19))) return undefined

  const ms = Date.parse(text)
  return Number.isNaN(ms) ? undefined : ms
}

export type OrderTime = { at: number; precision: 'second' | 'day' }

/** The moment of an order's time, or the start of its day; `undefined` when there is none such. */
export const parseOrderTime = (text: string): OrderTime | undefined => {
  const [, year, month, date, hour, minute, second] =
    /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2}))?$/.exec(text) ?? []
  const clock = hour === undefined ? '00:00:00' : `${hour}:${minute}:${second}`
  const at = parseRfc3339(`${year}-${month}-${date}T${clock}+08:00`)

  return at === undefined ? undefined : { at, precision: hour === undefined ? 'day' : 'second' }
}
