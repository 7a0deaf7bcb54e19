import { endpoints } from '../../contracts/endpoints.ts'
import type { Situation } from '../../contracts/errors.ts'
import { jsonOf, memberOf } from '../../contracts/json.ts'
import { parametersOf, pathOf, queryOf } from '../../contracts/paths.ts'
import { fill, type Sentence } from '../../contracts/texts.ts'
import type { RequestEntry } from '../journal/entries.ts'
import { journalTexts } from '../journal/texts.ts'
import { layout, type Records } from '../store/layout.ts'
import type { Store } from '../store/store.ts'

type Numbered =
  | 'plans'
  | 'userSignPlans'
  | 'serviceOrders'
  | 'transactions'
  | 'refunds'
  | 'permissions'

/** The refusals of a number that is not there: among what it was looked for, and under which name. */
const sought: Partial<Record<Situation, { collection: Numbered; name: string }>> = {
  planUnknown: { collection: 'plans', name: 'merchant_plan_no' },
  signPlanUnknown: { collection: 'userSignPlans', name: 'merchant_sign_plan_no' },
  orderUnknown: { collection: 'serviceOrders', name: 'out_order_no' },
  refundUnknown: { collection: 'refunds', name: 'out_refund_no' },
  transactionUnknown: { collection: 'transactions', name: 'out_trade_no' },
  refundOrderUnknown: { collection: 'transactions', name: 'out_trade_no' },
  permissionUnknown: { collection: 'permissions', name: 'authorization_code' },
}

/** Of a number that is not there: the one of the merchant that was meant, or whose it is. */
export const similarNumber = async (
  entry: RequestEntry,
  store: Pick<Store, 'list'>,
): Promise<Sentence | undefined> => {
  const { collection, name } = sought[entry.situation ?? 'systemError'] ?? {}
  const asked = name && sentIn(entry, name)
  if (!collection || typeof asked !== 'string') return undefined
  const found = await recordsLike(store, collection, asked)
  const own = found.filter(({ mchid }) => mchid === entry.mchid)

  const other = (member: string, known: unknown, sent: unknown) =>
    fill(journalTexts.numberOfOther, {
      asked,
      member,
      known: String(known),
      sent: sent === undefined ? journalTexts.notSent : String(sent),
    })
  const same = own.find(({ number }) => number === asked)
  if (same) {
    const sent = sentIn(entry, 'sub_mchid')
    return same.sub_mchid === sent ? undefined : other('sub_mchid', same.sub_mchid, sent)
  }
  const [similar] = own
  if (similar) return fill(journalTexts.numberSimilar, { asked, known: similar.number })
  const foreign = found.find(({ number }) => number === asked)
  return foreign && other('mchid', foreign.mchid, entry.mchid)
}

/** The value of a parameter, wherever the operation takes it. */
const sentIn = ({ operation, target, body }: RequestEntry, name: string): unknown => {
  const inPath = operation && parametersOf(endpoints[operation].path, pathOf(target))?.[name]
  return inPath ?? queryOf(target).get(name) ?? memberOf(jsonOf(body), name)
}

/** Without what HTTP libraries and fingers change. */
const plain = (number: string) => number.toLowerCase().replace(/[\s-]/g, '')

const recordsLike = async <Name extends Numbered>(
  store: Pick<Store, 'list'>,
  collection: Name,
  asked: string,
) => {
  const { number } = layout[collection]
  const wanted = plain(asked)
  const records = await store.list(collection, {
    where: (record: Records[Name]) => plain(number(record)) === wanted,
  })

  return records.map((record) => ({
    mchid: record.mchid,
    number: number(record),
    sub_mchid: requestOf(record)?.sub_mchid,
  }))
}

const requestOf = (record: Records[Numbered]) =>
  'request' in record ? record.request : record.order?.request
