import { expect, test } from 'vitest'
import { z } from 'zod'
import { errorBody } from '../../contracts/errors.ts'
import { chosen } from '../../contracts/evidence.ts'
import { callbackUrl, fen, fieldFrom, identifier, text } from '../../contracts/fields.ts'
import { ApplyPermission } from '../../contracts/permissions.ts'
import { PartnerCreatePlan } from '../../contracts/plans.ts'
import { CreateRefund } from '../../contracts/refunds.ts'
import {
  CompleteServiceOrder,
  PartnerCompleteServiceOrder,
  PartnerModifyServiceOrder,
} from '../../contracts/service-orders.ts'
import { check, type Location, repeated } from '../../contracts/violation.ts'
import { modification, permissionRequest, refundRequest } from '../support/requests.ts'

const named = fieldFrom(chosen)

const violationOf = (schema: z.ZodType, input: unknown, location: Location = 'body') => {
  const checked = check(schema, input, location)
  return checked.ok ? undefined : checked.violation
}

const observedPattern = String.raw`^[0-9a-zA-Z_\-\|\*]+$`

test.each<{
  what: string
  schema: z.ZodType
  input: unknown
  location: Location
  value: unknown
  message: string
}>([
  {
    what: 'a number of the path that is too long, with its length in bytes',
    schema: z.object({ out_trade_no: named(identifier(32), '商户订单号', 'a number') }),
    input: { out_trade_no: '1'.repeat(35) },
    location: 'uri_template',
    value: 35,
    message:
      '输入源“/uri_template/out_trade_no”映射到值字段“商户订单号”字符串规则校验失败，字节数 35，大于最大值 32',
  },
  {
    what: 'a number of the body that is too short',
    schema: z.object({ out_trade_no: named(identifier(32, 6), '商户订单号', 'a number') }),
    input: { out_trade_no: '123' },
    location: 'body',
    value: 3,
    message:
      '输入源“/body/out_trade_no”映射到值字段“商户订单号”字符串规则校验失败，字节数 3，小于最小值 6',
  },
  {
    what: 'an empty text in a list, with its length in characters',
    schema: z.object({
      receivers: z.array(z.object({ account: named(text(64), '分账接收方帐号', 'a text') })),
    }),
    input: { receivers: [{ account: '' }] },
    location: 'body',
    value: 0,
    message:
      '输入源“/body/receivers/0/account”映射到值字段“分账接收方帐号”字符串规则校验失败，字符数 0，小于最小值 1',
  },
  {
    what: 'an empty address by its pattern, not by its length',
    schema: z.object({ notify_url: named(callbackUrl(255), '通知地址', 'an address') }),
    input: { notify_url: '' },
    location: 'body',
    value: '',
    message: String.raw`输入源“/body/notify_url”映射到值字段“通知地址”字符串规则校验失败，字符串必须匹配正则表达式“^https?://([^\s/?#\[\]\@]+\@)?([^\s/?#\@:]+)(?::\d{2,5})?([^\s?#\[\]]*)$”`,
  },
  {
    what: 'a number where one of several texts belongs',
    schema: z.object({ type: named(z.enum(['A', 'B']), '场景类型', 'a choice') }),
    input: { type: 1 },
    location: 'body',
    value: 1,
    message:
      '无法将 JSON 输入源“/body/type”映射到目标字段“场景类型”中，此字段需要一个 string 类型的 Json 值',
  },
  {
    what: 'a number that does not match, with the pattern and the value',
    schema: z.object({
      out_trade_no: named(
        identifier(32).regex(new RegExp(observedPattern)),
        '商户订单号',
        'a number',
      ),
    }),
    input: { out_trade_no: '订单号' },
    location: 'body',
    value: '订单号',
    message: `输入源“/body/out_trade_no”映射到值字段“商户订单号”字符串规则校验失败，字符串必须匹配正则表达式“${observedPattern}”`,
  },
  {
    what: 'a callback address that does not match, with the pattern unescaped',
    schema: z.object({ notify_url: named(callbackUrl(256), '通知地址', 'an address') }),
    input: { notify_url: ' https://example.com/notify' },
    location: 'body',
    value: ' https://example.com/notify',
    message: String.raw`输入源“/body/notify_url”映射到值字段“通知地址”字符串规则校验失败，字符串必须匹配正则表达式“^https?://([^\s/?#\[\]\@]+\@)?([^\s/?#\@:]+)(?::\d{2,5})?([^\s?#\[\]]*)$”`,
  },
  {
    what: 'a missing member, with an empty value',
    schema: z.object({ sub_mchid: named(identifier(32), '子商户号/二级商户号', 'a number') }),
    input: {},
    location: 'body',
    value: '',
    message:
      '输入源“/body/sub_mchid”映射到字段“子商户号/二级商户号”必填性规则校验失败，此字段为必填项',
  },
  {
    what: 'a fraction where an integer belongs',
    schema: z.object({ amount: z.object({ total: named(fen.min(1), '总金额', 'an amount') }) }),
    input: { amount: { total: 0.01 } },
    location: 'body',
    value: 0.01,
    message:
      '无法将 JSON 输入源“/body/amount/total”映射到目标字段“总金额”中，此字段需要一个合法的 64 位有符号整数',
  },
  {
    what: 'a number of the query below its minimum',
    schema: z.object({ limit: named(z.int().min(20), '最大资源条数', 'a limit') }),
    input: { limit: 1 },
    location: 'query',
    value: 1,
    message: '输入源“/query/limit”映射到数值字段“最大资源条数”规则校验失败，值低于最小值 20',
  },
])('refuses $what, as the gateway was seen to', ({ schema, input, location, value, message }) => {
  expect(violationOf(schema, input, location)).toEqual({
    situation: 'fieldInvalid',
    message,
    detail: { location, value },
  })
})

test('lists the members that the document does not declare', () => {
  const schema = z.strictObject({ payer: z.strictObject({ sp_openid: z.string() }) })
  const violation = violationOf(schema, { payer: { sp_openid: 'o', openid: 'o' } })

  expect(violation?.situation).toBe('fieldUndeclared')
  expect(errorBody('fieldUndeclared', violation ?? {})).toBe(
    '{"code":"PARAM_ERROR","detail":{"location":null,"value":["/body/payer/openid"]},"message":"请求中含有未在API文档中定义的参数"}',
  )
})

test.each([
  ['out_trade_no', '商户订单号'],
  ['out_order_no', '商户服务订单号'],
])('refuses %s in the body beside the path', (name, label) => {
  expect(repeated(name, label).message).toBe(
    `无法将输入源“/body/${name}”映射到目标字段“${label}”中，此字段并非多重字段但被输入源“/uri_template/${name}”映射过了。`,
  )
})

const completion = {
  service_id: '00003001000000700000000000000042',
  sub_mchid: '1900054321',
  post_payments: [{ name: '课时费', amount: 100 }],
  total_amount: 100,
}

test.each<{ what: string; wrong: Record<string, unknown>; value: unknown; message: string }>([
  {
    what: 'an object where a list belongs',
    wrong: { post_payments: { name: '课时费' } },
    value: { name: '课时费' },
    message:
      '无法将 JSON 输入源“/body/post_payments”映射到多重字段“后付费项目”中，此字段需要 JSON 数组对象',
  },
  {
    what: 'a text where a row belongs, by the label of its list',
    wrong: { post_payments: ['课时费'] },
    value: '课时费',
    message:
      '无法将 JSON 输入源“/body/post_payments/0”映射到目标字段“后付费项目”中，此字段需要一个合法的 Json 对象',
  },
  {
    what: 'a quoted number',
    wrong: { total_amount: '100' },
    value: '100',
    message:
      '无法将 JSON 输入源“/body/total_amount”映射到目标字段“总金额”中，此字段需要一个合法的 64 位有符号整数',
  },
  {
    what: 'a number above its maximum',
    wrong: { post_payments: [{ name: '课时费', count: 101 }] },
    value: 101,
    message:
      '输入源“/body/post_payments/0/count”映射到数值字段“付费数量”规则校验失败，值高于最大值 100',
  },
  {
    what: 'a list that is empty',
    wrong: { post_payments: [] },
    value: [],
    message:
      '输入源“/body/post_payments”映射到多重字段“后付费项目”规则校验失败，元素个数 0，小于最小值 1',
  },
  {
    what: 'a number where a text belongs',
    wrong: { service_id: 7 },
    value: 7,
    message:
      '无法将 JSON 输入源“/body/service_id”映射到目标字段“服务ID”中，此字段需要一个 string 类型的 Json 值',
  },
  {
    what: 'a text where a truth value belongs',
    wrong: { profit_sharing: 'true' },
    value: 'true',
    message:
      '无法将 JSON 输入源“/body/profit_sharing”映射到目标字段“微信支付服务分账标记”中，此字段需要一个 boolean 类型的 Json 值',
  },
  {
    what: 'a null, as any other wrong type',
    wrong: { sub_mchid: null },
    value: null,
    message:
      '无法将 JSON 输入源“/body/sub_mchid”映射到目标字段“子商户号”中，此字段需要一个 string 类型的 Json 值',
  },
])('refuses $what', ({ wrong, value, message }) => {
  expect(violationOf(CompleteServiceOrder, { ...completion, ...wrong })).toEqual({
    situation: 'fieldInvalid',
    message,
    detail: { location: 'body', value },
  })
})

test('counts the characters of a text and the bytes of a number', () => {
  const both = z.object({
    name: named(text(20), '付费名称', 'a text'),
    id: named(identifier(32), '服务ID', 'a number'),
  })

  expect(check(both, { name: '课'.repeat(20), id: '1' }, 'body').ok).toBe(true)
  expect(violationOf(both, { name: '课'.repeat(21), id: '1' })?.detail?.value).toBe(21)
  expect(violationOf(both, { name: '课', id: '号'.repeat(11) })?.detail?.value).toBe(33)
})

test('refuses characters of four bytes', () => {
  const introduction = z.object({ name: named(text(20), '付费名称', 'a name') })
  expect(violationOf(introduction, { name: '🙂' })?.situation).toBe('fieldInvalid')
})

test('names the first field that fails, in the order of the document', () => {
  expect(violationOf(PartnerCreatePlan, {})?.message).toBe(
    '输入源“/body/service_id”映射到字段“计划所属服务”必填性规则校验失败，此字段为必填项',
  )
})

test.each<[string, z.ZodType, object]>([
  [
    'a code of an authorisation with |',
    ApplyPermission,
    { ...permissionRequest, authorization_code: 'A|1' },
  ],
  [
    'the account of a refund that only the vendor’s programs send',
    CreateRefund,
    { ...refundRequest('4200'), refund_account: 'REFUND_SOURCE_UNSETTLED_FUNDS' },
  ],
  [
    'charges and discounts without names when a partner completes',
    PartnerCompleteServiceOrder,
    { ...completion, post_payments: [{ amount: 1 }], post_discounts: [{ description: '券' }] },
  ],
  [
    'charges and discounts without names when a partner modifies',
    PartnerModifyServiceOrder,
    { ...modification, post_payments: [{ amount: 1 }], post_discounts: [{}] },
  ],
])('takes %s', (_what, schema, input) => {
  expect(violationOf(schema, input)).toBeUndefined()
})

test('gives back what fits', () => {
  expect(check(CompleteServiceOrder, completion, 'body')).toEqual({ ok: true, data: completion })
})
