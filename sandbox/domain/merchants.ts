import type { Situation } from '../../contracts/errors.ts'

/** A PayScore service that a merchant may use, and the most that its plans may ask for. */
type Service = { service_id: string; maxPlanDuration: number; maxDeductionQuantity: number }

/** One person under the ids by which the apps of a merchant know them. */
export type User = { openid?: string | undefined; sub_openid?: string | undefined }

/** What WeChat Pay knows of a merchant beside its keys. */
export type MerchantRecord = {
  mchid: string
  appids: readonly string[]
  subMerchants: readonly { sub_mchid: string; sub_appids: readonly string[] }[]
  services: readonly Service[]
  users: readonly User[]
}

type Asked = {
  service_id: string
  appid: string
  sub_mchid?: string | undefined
  sub_appid?: string | undefined
}

export type Merchants = {
  add(merchant: MerchantRecord): void
  list(): readonly MerchantRecord[]
  /** Why the merchant may not call for these parties; nothing when it may. */
  forbidden(mchid: string, asked: Asked): Situation | undefined
  service(mchid: string, service_id: string): Service | undefined
  /** All ids of the person who goes by these; a stranger has just them. */
  user(mchid: string, user: User): User
}

export const createMerchants = (): Merchants => {
  const merchants = new Map<string, MerchantRecord>()

  const service = (mchid: string, service_id: string) =>
    merchants.get(mchid)?.services.find((held) => held.service_id === service_id)

  return {
    add: (merchant) => {
      merchants.set(merchant.mchid, merchant)
    },
    list: () => [...merchants.values()],
    service,

    forbidden: (mchid, { service_id, appid, sub_mchid, sub_appid }) => {
      const merchant = merchants.get(mchid)
      if (!service(mchid, service_id)) return 'serviceForbidden'
      if (!merchant?.appids.includes(appid)) return 'appidUnbound'
      if (sub_mchid === undefined) return undefined

      const bound = merchant.subMerchants.find((held) => held.sub_mchid === sub_mchid)
      if (!bound) return 'subMerchantUnbound'
      return sub_appid === undefined || bound.sub_appids.includes(sub_appid)
        ? undefined
        : 'appidUnbound'
    },

    user: (mchid, { openid, sub_openid }) => {
      const known = merchants
        .get(mchid)
        ?.users.find((user) =>
          openid === undefined ? user.sub_openid === sub_openid : user.openid === openid,
        )
      return known ?? { openid, sub_openid }
    },
  }
}
