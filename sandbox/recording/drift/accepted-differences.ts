import type { Drift } from './compare.ts'

type AcceptedDifference = { of: RegExp; at: RegExp; what: Drift['what']; because: string }

/** Differences that are understood: quirks of the sources, and what a sandbox leaves out. */
const acceptedDifferences: readonly AcceptedDifference[] = [
  {
    of: /^plan\.create\./,
    at: /^\/stop_(mchid|time)$/,
    what: 'only recorded',
    because: 'the document shows them although the plan is NORMAL',
  },
  {
    of: /^(signplan|permissions)\..*\.partner$/,
    at: /\/sub_openid$/,
    what: 'only recorded',
    because: 'the document names the user twice; a sandbox as the request did',
  },
  {
    of: /^(refund\.|serviceorder\.query\.)/,
    at: /\/promotion_detail$/,
    what: 'only recorded',
    because: 'a sandbox has no coupons',
  },
  {
    of: /^refund\./,
    at: /^\/amount\/(from|refund_fee)$/,
    what: 'only recorded',
    because: 'a sandbox has neither accounts nor fees',
  },
  {
    of: /^refund\.create$/,
    at: /^\/success_time$/,
    what: 'only recorded',
    because: 'one source shows a refund that is over, the other the zero time of a language',
  },
  {
    of: /^serviceorder\.query\./,
    at: /^\/collection\/bank_type$/,
    what: 'only recorded',
    because: 'the document shows a placeholder; a sandbox has no banks',
  },
  {
    of: /^serviceorder\.query\.partner$/,
    at: /^\/need_collection$/,
    what: 'only answered',
    because: 'the document has no example for it',
  },
  {
    of: /^serviceorder\.query\.direct$/,
    at: /^\/(time_range\/\w+_remark|location|post_payments\/\*\/count|post_discounts)$/,
    what: 'only answered',
    because: 'the one order that was shown did without',
  },
  {
    of: /^serviceorder\.query\.direct$/,
    at: /^\/collection\/details\/\*\/seq$/,
    what: 'only answered',
    because: 'the document has it, the one order that was shown has not',
  },
  {
    of: /^serviceorder\.query\.direct$/,
    at: /^\/(service_id|mchid)$/,
    what: 'recorded against the contract',
    because: 'who showed the answer masked them',
  },
  {
    of: /^permissions\./,
    at: /^\/(user_risk_level|risk_level_version)$/,
    what: 'only recorded',
    because: 'a sandbox does not grade users',
  },
]

/** Why a difference is no surprise; `undefined` for a new one. */
export const reasonFor = ({ endpoint, pointer, what }: Drift): string | undefined =>
  acceptedDifferences.find(
    (row) => row.what === what && row.of.test(endpoint) && row.at.test(pointer),
  )?.because
