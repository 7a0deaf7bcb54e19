import type { Sentence } from './texts.ts'

/** How a fact is known: printed by WeChat, seen on the wire, read in an SDK, or decided here. */
export type EvidenceClass = 'documented' | 'observed' | 'sdk' | 'chosen'

/** Where the facts come from: an address, or a text. A fact names a key of this table, never an address of its own. */
export const sources = {
  seed: 'wechatpay-im/website openapi/v3/payscore/sign-plan/partner/serviceorder.md',
  openapi: 'TheNorthMemory/wechatpay-openapi docs/v3',
  webhooks: 'TheNorthMemory/wechatpay.js.org, wechatpay-im/website: webhook/v3',
  guide:
    'https://pay.weixin.qq.com/docs/partner/products/partner-payscore-plan/development.html (2024-12-27)',
  signPage:
    'https://pay.weixin.qq.com/docs/partner/apis/partner-payscore-plan/partner-user-sign-plan/create-partner-user-sign-plan.html (2024-11-18)',
  planOrderPage:
    'https://pay.weixin.qq.com/docs/merchant/apis/payscore-plan/service-order/create-service-order.html (2024-09-02)',
  planPage:
    'https://pay.weixin.qq.com/docs/merchant/apis/payscore-plan/pay-score-plan/query-pay-score-plan.html (2024-09-02)',
  signQueryPage:
    'https://pay.weixin.qq.com/docs/merchant/apis/payscore-plan/user-sign-plan/query-user-sign-plan.html (2024-09-02)',
  stopPage: 'https://pay.weixin.qq.com/doc/v3/partner/4012463534 (2024-11-18)',
  orderPages: 'https://pay.weixin.qq.com/doc/v3/partner/4012692136 … (2024-12-31)',
  paidPage: 'https://pay.weixin.qq.com/doc/v3/partner/4012155283',
  refundPage: 'https://pay.weixin.qq.com/doc/v3/partner/4013163605',
  payPages:
    'https://pay.weixin.qq.com/doc/v3/merchant/4013070347, 4012791856, 4012791834, 4012791877 (2025-03-31), partner/4012523579 (2024-11-18) …',
  paySdks: 'wechatpay-apiv3/wechatpay-java (2025-04-11), wechatpay-go: typed payment services',
  abnormalPage: 'https://pay.weixin.qq.com/doc/v3/merchant/4012810603 (2024-12-30)',
  rulesPage: 'https://pay.weixin.qq.com/doc/v3/merchant/4012081726 (2024-07-25)',
  oldWiki: 'https://pay.weixin.qq.com/wiki/doc/apiv3/apis/chapter6_1_4.shtml …',
  manual: {
    en: 'wechatpay-api.gitbook.io, the manual of 2020',
    zh: 'wechatpay-api.gitbook.io，2020 年的接口文档',
  },
  skills: 'wechatpay-apiv3/wechatpay-skills (2026-04-28)',
  probe: 'fxp/skillify skills/wechatpay/data/probe-log.md (2026-09-11)',
  forum: 'https://developers.weixin.qq.com/community/pay',
  issues: {
    en: 'public issues of the SDKs wechatpay-php, wechatpay-axios-plugin, wechatpayv3 and easywechat',
    zh: 'wechatpay-php、wechatpay-axios-plugin、wechatpayv3 和 easywechat 的公开 issue',
  },
  capture: {
    en: 'headers and bodies shown in public repositories and posts',
    zh: '公开仓库和文章中贴出的请求头与报文',
  },
  skit: 'fudiwei/DotNetCore.SKIT.FlurlHttpClient.Wechat: TenpayV3',
  wxjava: 'binarywang/WxJava weixin-java-pay bean/payscore',
  sdks: {
    en: 'the published SDKs, run against a server that checks signatures',
    zh: '公开发布的各 SDK，对着一个验签的服务端实际运行',
  },
  house: {
    en: 'decided in this project; CONTRIBUTING.md gives the reason',
    zh: '本项目自定，理由见 CONTRIBUTING.md',
  },
} as const satisfies Record<string, Sentence>

export type Source = keyof typeof sources

/** What a fact rests on: its class and the key of its source. */
export type Evidence = { class: EvidenceClass; source: Source }

export const documented = (source: Source): Evidence => ({ class: 'documented', source })
export const observed = (source: Source): Evidence => ({ class: 'observed', source })
export const sdk = (source: Source): Evidence => ({ class: 'sdk', source })
export const chosen: Evidence = { class: 'chosen', source: 'house' }
