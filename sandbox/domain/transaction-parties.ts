import type { Situation } from '../../contracts/errors.ts'
import { lengthOf } from '../../contracts/fields.ts'
import { parseRfc3339 } from '../../contracts/time.ts'
import type { CreateTransaction, Product } from '../../contracts/transactions.ts'
import { type MerchantRecord, subMerchantOf } from './merchants.ts'

/** In whose names a call is made, for oneself or as service provider. */
export type Caller = {
  mchid?: string | undefined
  sp_mchid?: string | undefined
  sub_mchid?: string | undefined
}

const isNumber = (text: string) => /^[1-9]\d*$/.test(text)

/** Why the caller may not ask in these names; nothing when it may. */
export const callerProblem = (
  merchant: MerchantRecord | undefined,
  { mchid, sp_mchid, sub_mchid }: Caller,
): Situation | undefined => {
  const named = mchid ?? sp_mchid ?? ''
  if (!merchant) return 'acquiringMerchantUnknown'
  if (!isNumber(named) || !isNumber(sub_mchid ?? named)) return 'mchidMalformed'
  if (named !== merchant.mchid) return 'mchidMismatch'
  if (sub_mchid === undefined) return undefined
  if (sub_mchid === merchant.mchid) return 'subMchidOwn'
  return isAcquired(merchant, sub_mchid) ? undefined : 'acquiringUnbound'
}

/** Whether the merchant acts as service provider for this one. */
export const isAcquired = (merchant: MerchantRecord | undefined, sub_mchid: string): boolean =>
  subMerchantOf(merchant, sub_mchid) !== undefined

const longestDetail = 6144

/** Why an order cannot be made, whatever became of its number before; nothing when it can. */
export const orderProblem = (
  merchant: MerchantRecord | undefined,
  product: Product,
  request: CreateTransaction,
): Situation | undefined => {
  const { appid, sp_appid, sub_appid, sub_mchid, detail, time_expire } = request
  const caller = callerProblem(merchant, request)
  if (caller) return caller
  if (!merchant?.appids.includes(appid ?? sp_appid ?? '')) return 'appidMismatch'
  const subAppids = subMerchantOf(merchant, sub_mchid)?.sub_appids ?? []
  if (sub_appid !== undefined && !subAppids.includes(sub_appid)) return 'subAppidMismatch'
  if (lengthOf(JSON.stringify(detail ?? {}), 'bytes') > longestDetail) return 'goodsDetailTooLong'
  // The pattern of the field lets 31 February pass.
  if (time_expire !== undefined && parseRfc3339(time_expire) === undefined) {
    return 'expireTimeInvalid'
  }
  return product === 'jsapi' ? payerProblem(merchant, request) : undefined
}

const openidPattern = /^o[\w-]+$/

/** An id that nobody is known by may be anybody's. */
const payerProblem = (
  { users }: MerchantRecord,
  { payer = {}, sub_appid }: CreateTransaction,
): Situation | undefined => {
  const { openid = payer.sp_openid, sub_openid } = payer
  const given = [openid, sub_openid].filter((id) => id !== undefined)
  if (given.length === 0) return 'openidMissing'
  if (!given.every((id) => openidPattern.test(id))) return 'openidInvalid'
  if (sub_openid !== undefined && sub_appid === undefined) return 'subAppidMissing'

  const isForeign = (
    id: string | undefined,
    own: 'openid' | 'sub_openid',
    other: 'openid' | 'sub_openid',
  ) =>
    id !== undefined &&
    users.every((user) => user[own] !== id) &&
    users.some((user) => user[other] === id)
  if (isForeign(openid, 'openid', 'sub_openid')) return 'openidMismatch'
  return isForeign(sub_openid, 'sub_openid', 'openid') ? 'subOpenidMismatch' : undefined
}
