import type { Situation } from '../../contracts/errors.ts'
import { forbiddenFor, type MerchantRecord, type NamedParties } from '../domain/merchants.ts'
import type { PlanLimits } from '../domain/plans.ts'
import { refuse } from '../domain/refused.ts'
import type { OrderRules } from '../domain/service-orders.ts'
import type { TransactionRules } from '../domain/transactions.ts'
import type { Reader, Store } from '../store/store.ts'

/** The switches of the documents' contradictions, one value for every merchant. */
export type Rules = OrderRules & TransactionRules & Pick<PlanLimits, 'lenientSums'>

/** What the actions work with; time, numbers and memory are the store's. */
export type Context = { store: Store; rules: Rules }

/** Whoever asks: a partner for a sub-merchant, or a merchant for itself. */
export type Parties = {
  service_id?: string | undefined
  appid?: string | undefined
  sub_mchid?: string | undefined
}

/** Whether what is asked for belongs to another, or is asked for under another name. */
export const partiesDiffer = (
  record: Parties,
  asked: Parties,
  { unknown, mismatch }: { unknown: Situation; mismatch: Situation },
): Situation | undefined => {
  if (asked.sub_mchid !== record.sub_mchid) return unknown
  const fits =
    (asked.service_id === undefined || asked.service_id === record.service_id) &&
    (asked.appid === undefined || asked.appid === record.appid)

  return fits ? undefined : mismatch
}

/** The merchant, once it is sure that it may call for these parties. @throws {Refused} */
export const merchantFor = async (
  reader: Reader,
  mchid: string,
  parties: NamedParties,
): Promise<MerchantRecord> => {
  const merchant = (await reader.get('merchants', [mchid, mchid])) ?? refuse('serviceForbidden')
  const forbidden = forbiddenFor(merchant, parties)
  return forbidden ? refuse(forbidden) : merchant
}
