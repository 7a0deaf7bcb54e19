import type { Situation } from '../../contracts/errors.ts'
import { day, formatOrderTime, parseOrderTime, startOfDay } from '../../contracts/time.ts'

/** A service period as requests give it; `OnAccept` is the moment of the user's confirmation. */
export type Period = {
  start_time?: string | undefined
  end_time?: string | undefined
  start_time_remark?: string | undefined
  end_time_remark?: string | undefined
}

type Place = { start_location?: string | undefined; end_location?: string | undefined }

type Moment = { at: number; precision: 'second' | 'day' }

const minute = 60_000

/** Reads a time; `undefined` for a date that no calendar has. */
const read = (text: string, onAccept: number): Moment | undefined =>
  text === 'OnAccept' ? { at: onAccept, precision: 'second' } : parseOrderTime(text)

const isPast = (moment: Moment, at: number, margin = 0): boolean =>
  moment.precision === 'second' ? moment.at <= at + margin : moment.at < startOfDay(at)

const endsTooEarly = (start: Moment, end: Moment): boolean =>
  end.precision === 'second' ? end.at <= start.at : end.at < start.at

/** What is wrong with the period of a new order. `strict` also forbids the past. */
export const checkPeriod = (
  period: Period,
  { at, strict }: { at: number; strict: boolean },
): Situation | undefined => {
  const remarks = checkRemarks(period)
  if (remarks) return remarks
  const start = read(period.start_time ?? 'OnAccept', at)
  if (!start) return 'timeFormat'
  const startIsGiven = period.start_time !== undefined && period.start_time !== 'OnAccept'
  if (strict && startIsGiven && isPast(start, at)) return 'timePast'
  if (period.end_time === undefined) return undefined

  const end = read(period.end_time, at)
  if (!end || (startIsGiven && end.precision !== start.precision)) return 'timeFormat'
  if (startIsGiven && endsTooEarly(start, end)) return 'endBeforeStart'

  return strict && isPast(end, at, minute) ? 'timePast' : undefined
}

const checkRemarks = (period: Period): Situation | undefined => {
  const lonely =
    (period.start_time_remark && period.start_time === undefined) ||
    (period.end_time_remark && period.end_time === undefined)
  return lonely ? 'remarkWithoutTime' : undefined
}

type Completion = {
  created: Period
  actual: Period
  createdAt: number
  at: number
  strict: boolean
}

/** What is wrong with the period in which the service really took place. */
export const checkCompletion = (completion: Completion): Situation | undefined => {
  const { created, actual, createdAt, at, strict } = completion
  const ending = actual.end_time ?? created.end_time
  if (ending === undefined) return 'endMissing'
  const remarks = checkRemarks({ ...created, ...actual })
  if (remarks) return remarks

  const planned = read(created.start_time ?? 'OnAccept', createdAt)
  const start = read(actual.start_time ?? created.start_time ?? 'OnAccept', createdAt)
  if (!planned || !start || start.precision !== planned.precision) return 'timeFormat'
  if (strict && actual.start_time !== undefined) {
    const earliest = planned.precision === 'day' ? startOfDay(createdAt) : createdAt
    if (start.at < earliest || start.at > at) return 'timePast'
  }
  if (actual.start_time === undefined && actual.end_time === undefined) return undefined

  const end = read(ending, at)
  if (!end || end.precision !== planned.precision) return 'timeFormat'
  if (endsTooEarly(start, end)) return 'endBeforeStart'
  const latest = end.precision === 'day' ? startOfDay(at) + day - 1 : at

  return strict && actual.end_time !== undefined && end.at > latest ? 'endInFuture' : undefined
}

/** A start of `OnAccept` becomes the moment in which the service began. */
export const resolveOnAccept = <Range extends { start_time?: string | undefined }>(
  range: Range,
  at: number,
): Range =>
  range.start_time === 'OnAccept' ? { ...range, start_time: formatOrderTime(at) } : range

/** An end place only together with a start. */
export const checkPlace = (place: Place | undefined): Situation | undefined =>
  place?.end_location !== undefined && place.start_location === undefined
    ? 'endLocationAlone'
    : undefined

/** `attach` is limited to 256 after URL encoding. */
export const checkAttach = (attach: string | undefined): Situation | undefined =>
  attach !== undefined && encodedLength(attach) > 256 ? 'attachTooLong' : undefined

// Only what is not encoded yet grows: a text that the caller has encoded is counted as it stands.
const encodedLength = (attach: string): number =>
  /^[\w.~!*'()%-]*$/.test(attach) ? attach.length : encodeURIComponent(attach).length
