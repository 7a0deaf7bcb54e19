import type { Text } from '../../../contracts/texts.ts'
import { reasonTexts } from '../texts.ts'
import type { Drift } from './compare.ts'

type AcceptedDifference = { of: RegExp; at: RegExp; what: Drift['what']; because: Text }

/** Differences that are understood: quirks of the sources, and what a sandbox leaves out. */
const acceptedDifferences: readonly AcceptedDifference[] = [
  {
    of: /^plan\.create\./,
    at: /^\/stop_(mchid|time)$/,
    what: 'only recorded',
    because: reasonTexts.stoppedFields,
  },
  {
    of: /^(signplan|permissions)\..*\.partner$/,
    at: /\/sub_openid$/,
    what: 'only recorded',
    because: reasonTexts.userTwice,
  },
  {
    of: /^(refund\.|serviceorder\.query\.)/,
    at: /\/promotion_detail(\/\*)?$/,
    what: 'only recorded',
    because: reasonTexts.noCoupons,
  },
  {
    of: /^refund\./,
    at: /^\/amount\/(from|refund_fee)$/,
    what: 'only recorded',
    because: reasonTexts.noAccounts,
  },
  {
    of: /^refund\.create$/,
    at: /^\/success_time$/,
    what: 'only recorded',
    because: reasonTexts.refundTime,
  },
  {
    of: /^serviceorder\.query\./,
    at: /^\/collection\/bank_type$/,
    what: 'only recorded',
    because: reasonTexts.noBanks,
  },
  {
    of: /^serviceorder\.query\.partner$/,
    at: /^\/need_collection$/,
    what: 'only answered',
    because: reasonTexts.noExample,
  },
  {
    of: /^serviceorder\.query\.direct$/,
    at: /^\/(time_range\/\w+_remark|location|post_payments\/\*\/count|post_discounts)$/,
    what: 'only answered',
    because: reasonTexts.shownWithout,
  },
  {
    of: /^serviceorder\.query\.direct$/,
    at: /^\/collection\/details\/\*\/seq$/,
    what: 'only answered',
    because: reasonTexts.shownWithoutSeq,
  },
  {
    of: /^serviceorder\.query\.direct$/,
    at: /^\/(service_id|mchid)$/,
    what: 'recorded against the contract',
    because: reasonTexts.masked,
  },
  {
    of: /^permissions\./,
    at: /^\/(user_risk_level|risk_level_version)$/,
    what: 'only recorded',
    because: reasonTexts.noGrades,
  },
]

/** Why a difference is no surprise; `undefined` for a new one. */
export const reasonFor = ({ endpoint, pointer, what }: Drift): Text | undefined =>
  acceptedDifferences.find(
    (row) => row.what === what && row.of.test(endpoint) && row.at.test(pointer),
  )?.because
