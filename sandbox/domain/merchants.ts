import type { Situation } from '../../contracts/errors.ts'

/** One person under the ids by which the apps of a merchant know them. */
export type User = { openid?: string | undefined; sub_openid?: string | undefined }

/**
 * Which key signs for a merchant: the platform certificate always; the WeChat Pay public key
 * always; or, while switching, whichever the request names.
 */
export const keyModes = ['certificate', 'public-key', 'switching'] as const
export type KeyMode = (typeof keyModes)[number]

/** A PayScore service that a merchant may use, and the most that its plans may ask for. */
type Service = { service_id: string; maxPlanDuration: number; maxDeductionQuantity: number }

/** What WeChat Pay knows of a merchant beside its keys. */
export type MerchantRecord = {
  mchid: string
  appids: readonly string[]
  subMerchants: readonly { sub_mchid: string; sub_appids: readonly string[] }[]
  services: readonly Service[]
  users: readonly User[]
  platformKeys: KeyMode
  /** While switching: the share of callbacks, 0 to 1, that the public key signs. */
  callbacksByPublicKey?: number
}

/** For whom a merchant calls that makes something. */
export type NamedParties = {
  service_id: string
  appid: string
  sub_mchid?: string | undefined
  sub_appid?: string | undefined
}

export const serviceOf = (merchant: MerchantRecord, service_id: string): Service | undefined =>
  merchant.services.find((service) => service.service_id === service_id)

/** A merchant that this one acts for as service provider. */
export const subMerchantOf = (merchant: MerchantRecord | undefined, wanted: string | undefined) =>
  merchant?.subMerchants.find(({ sub_mchid }) => sub_mchid === wanted)

/** Why the merchant may not call for these parties; nothing when it may. */
export const forbiddenFor = (
  merchant: MerchantRecord,
  { service_id, appid, sub_mchid, sub_appid }: NamedParties,
): Situation | undefined => {
  if (!serviceOf(merchant, service_id)) return 'serviceForbidden'
  if (!merchant.appids.includes(appid)) return 'appidUnbound'
  if (sub_mchid === undefined) return undefined

  const bound = subMerchantOf(merchant, sub_mchid)
  if (!bound) return 'subMerchantUnbound'
  return sub_appid === undefined || bound.sub_appids.includes(sub_appid)
    ? undefined
    : 'appidUnbound'
}

/** All ids of the person who goes by these; an unknown person has just them. */
export const userOf = (
  merchant: MerchantRecord | undefined,
  { openid, sub_openid }: User,
): User => {
  const existing = merchant?.users.find((user) =>
    openid === undefined ? user.sub_openid === sub_openid : user.openid === openid,
  )
  return existing ?? { openid, sub_openid }
}
