/**
 * Who takes part in a call. The fields are the same in every resource, only their labels differ;
 * a merchant on its own (`direct`) has the same fields less those of the sub-merchant.
 * @module
 */
import type { Evidence } from './evidence.ts'
import { appId, fieldFrom, identifier, merchantNumber, serviceId } from './fields.ts'

type Unset = { unset?: 'absent' | 'empty' }

/** The fields of the parties, each waiting for its label. Some answers show what is unset as `''`. */
export const partiesFrom = (evidence: Evidence, { unset = 'absent' }: Unset = {}) => {
  const from = fieldFrom(evidence)
  const min = unset === 'empty' ? 0 : 1
  const subAppId = identifier(32, min)
  const userId = identifier(128, min)

  return {
    service_id: (label: string) => from(serviceId, label, 'the PayScore service in use'),
    appid: (label: string) => from(appId, label, 'app of the caller, bound to its mchid'),
    mchid: (label: string) => from(merchantNumber, label, 'merchant number of the caller'),
    sub_mchid: (label: string) => from(merchantNumber, label, 'sub-merchant that this belongs to'),
    sub_appid: (label: string) =>
      from(subAppId, label, 'app of the sub-merchant; goes with sub_openid'),
    openid: (label: string) => from(userId, label, 'the user as appid knows them'),
    sub_openid: (label: string) => from(userId, label, 'the user as sub_appid knows them'),
  }
}

/** Refused: parties that do not belong together. */
export const strangers = ['serviceForbidden', 'appidUnbound'] as const

/** Refused: a user who is not named by exactly one id. */
export const wrongUser = ['userMissing', 'userAmbiguous', 'subAppidMissing'] as const

/** One type for both modes: what only the partner's has becomes optional. */
export type EitherMode<Partner, Direct> = Flat<
  Pick<Partner, keyof Partner & keyof Direct> & Partial<Omit<Partner, keyof Direct>>
>

type Flat<T> = { [K in keyof T]: T[K] }
