import type { Behaviour } from './behaviours.ts'
import type { EvidenceClass } from './evidence.ts'
import { type Text, textTable } from './texts.ts'

/** The words of the limits page. */
export const limitsTexts = textTable({
  title: { en: 'What the sandbox knows, and how', zh: '沙箱的规则与依据' },
  intro: {
    en: 'Made from the tables of `contracts/` by `npm run limits`; do not edit. A fact is **documented** (printed by WeChat Pay), **observed** (a real answer or callback shown in public), read in an **sdk**, or **chosen** here because nobody says.',
    zh: '由 `npm run limits` 根据 `contracts/` 中的表生成，不要手工修改。每条规则的依据分四种：**文档**（微信支付的文档写明）、**实测**（公开的真实应答或回调）、**SDK**（见于 SDK 的代码）、**自定**（各处都没有写明，由沙箱自定）。',
  },
  behaviours: { en: 'Behaviours and contradictions', zh: '行为与矛盾之处' },
  refusals: { en: 'Refusals', zh: '拒绝' },
  refusalsIntro: {
    en: 'Status and code, the message and the number that ends the Request-ID are known separately.',
    zh: '状态码和 code、message、Request-ID 末尾的错误码，三者的依据分别列出。',
  },
  callbacks: { en: 'Callbacks', zh: '回调通知' },
  sources: { en: 'Sources', zh: '出处' },
  endpoints: { en: 'Endpoints, field by field', zh: '各接口的字段' },
  fieldsIntro: {
    en: 'Class and source are those of a field, its label and its greatest length; what holds for units, characters and least lengths says the part on fields above.',
    zh: '依据和出处针对字段本身、名称和最大长度；长度单位、字符范围和最小长度见上文“字段”各行。',
  },
  about: { en: 'About', zh: '方面' },
  does: { en: 'The sandbox', zh: '沙箱的行为' },
  class: { en: 'Class', zh: '依据' },
  source: { en: 'Source', zh: '出处' },
  but: { en: 'But', zh: '说明' },
  option: { en: 'Option', zh: '选项' },
  situation: { en: 'Situation', zh: '情形' },
  status: { en: 'Status', zh: '状态码' },
  code: { en: 'Code', zh: 'code' },
  message: { en: 'Message', zh: 'message' },
  number: { en: 'Number', zh: '错误码' },
  codeEvidence: { en: 'Status and code', zh: '状态码和 code 的依据' },
  wording: { en: 'Wording', zh: 'message 的依据' },
  numbering: { en: 'Numbering', zh: '错误码的依据' },
  event: { en: 'Event', zh: '事件' },
  summary: { en: 'Summary', zh: 'summary' },
  summaryEvidence: { en: 'Wording', zh: 'summary 的依据' },
  sealedAs: { en: 'Sealed as', zh: 'original_type' },
  deliveries: { en: 'Deliveries', zh: '发送次数' },
  whatItIs: { en: 'What it is', zh: '内容' },
  refusalsOfItsOwn: { en: 'Refusals of its own: {refusals}.', zh: '自身的拒绝：{refusals}。' },
  none: { en: 'none', zh: '无' },
  sourcesOf: { en: '{summary} Sources: {sources}.', zh: '{summary}出处：{sources}。' },
  part: { en: 'In', zh: '位置' },
  field: { en: 'Field', zh: '字段' },
  label: { en: 'Label', zh: '名称' },
  length: { en: 'Bounds', zh: '范围' },
  bytes: { en: '{range} bytes', zh: '{range} 字节' },
  characters: { en: '{range} characters', zh: '{range} 字符' },
  path: { en: 'path', zh: '路径' },
  query: { en: 'query', zh: '查询串' },
  body: { en: 'body', zh: '请求体' },
  answer: { en: 'answer', zh: '应答' },
})

export const classTexts: Record<EvidenceClass, Text> = {
  documented: { en: 'documented', zh: '文档' },
  observed: { en: 'observed', zh: '实测' },
  sdk: { en: 'sdk', zh: 'SDK' },
  chosen: { en: 'chosen', zh: '自定' },
}

export const subjectTexts: Record<Behaviour['about'], Text> = {
  signatures: { en: 'signatures', zh: '签名' },
  answers: { en: 'answers', zh: '应答' },
  fields: { en: 'fields', zh: '字段' },
  plans: { en: 'plans', zh: '计划' },
  orders: { en: 'orders', zh: '订单' },
  payments: { en: 'payments', zh: '基础支付' },
  refunds: { en: 'refunds', zh: '退款' },
  callbacks: { en: 'callbacks', zh: '回调' },
}
