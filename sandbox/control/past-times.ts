import { errors } from '../../contracts/errors.ts'
import { jsonOf, memberOf } from '../../contracts/json.ts'
import { fill, type Sentence } from '../../contracts/texts.ts'
import { checkPeriod } from '../domain/time-range.ts'
import type { RequestEntry } from '../journal/entries.ts'
import { journalTexts } from '../journal/texts.ts'
import type { Store } from '../store/store.ts'

/** Of an ordinary order that was taken here: that production would refuse its start in the past. */
export const pastTimes = async (
  { operation, status, mchid, body }: RequestEntry,
  store: Pick<Store, 'get'>,
): Promise<Sentence | undefined> => {
  const creates =
    operation === 'serviceorder.create.partner' || operation === 'serviceorder.create.direct'
  const number = memberOf(jsonOf(body), 'out_order_no')
  if (!creates || status !== 200 || !mchid || typeof number !== 'string') return undefined

  const record = await store.get('serviceOrders', [mchid, number])
  const start = record?.request.time_range.start_time
  if (!record || start === undefined) return undefined
  const isPast =
    checkPeriod({ start_time: start }, { at: record.createdAt, strict: true }) === 'timePast'
  return isPast
    ? fill(journalTexts.timesPast, {
        member: '/body/time_range/start_time',
        message: errors.timePast.message,
      })
    : undefined
}
