import { render, type Text } from '../../../contracts/texts.ts'
import { reasonTexts } from '../texts.ts'
import type { Drift } from './compare.ts'

type AcceptedDifference = {
  of: RegExp
  at: RegExp
  what: Drift['what']
  says?: RegExp
  because: Text
}

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
    of: /^pay\.queryById\.direct$/,
    at: /^\/(attach|promotion_detail|scene_info)$/,
    what: 'only answered',
    because: reasonTexts.noExample,
  },
  {
    of: /^permissions\./,
    at: /^\/(user_risk_level|risk_level_version)$/,
    what: 'only recorded',
    because: reasonTexts.noGrades,
  },
  ...[
    { says: /服务开始时间不能早于/, because: reasonTexts.strictTimes },
    { says: /受理机构必须传入sub_mch_id/, because: reasonTexts.bothRoles },
    { says: /其他原因185/, because: reasonTexts.unexplained },
    { says: /商户暂无权限使用此服务\t/, because: reasonTexts.tab },
    { says: /系统繁忙|请求异常/, because: reasonTexts.passing },
    {
      says: /完结订单状态不合法|SIGN_ERROR 签名错误$|证书不存在/,
      because: reasonTexts.otherWording,
    },
    { says: /“\/body\/out_trade_no”/, because: reasonTexts.otherField },
    { says: /则结束时间必填|支付单号校验不一致/, because: reasonTexts.stillDiffers },
  ].map((row) => ({ of: /./, at: /^\/message$/, what: 'only recorded' as const, ...row })),
  {
    of: /^serviceorder\.query\.direct$/,
    at: /^\/attach$/,
    what: 'only recorded',
    says: /^empty text$/,
    because: reasonTexts.shownWithout,
  },
]

/** Why a difference is no surprise; `undefined` for a new one. */
export const reasonFor = ({ endpoint, pointer, what, detail }: Drift): Text | undefined =>
  acceptedDifferences.find(
    ({ of, at, says, ...row }) =>
      row.what === what &&
      of.test(endpoint) &&
      at.test(pointer) &&
      (says?.test(render(detail, 'en')) ?? true),
  )?.because
