import { expect, test } from 'vitest'
import { z } from 'zod'
import type { Endpoint } from '../../contracts/endpoint.ts'
import { endpoints } from '../../contracts/endpoints.ts'

const table: Record<string, Endpoint> = endpoints

const payments = {
  'post_payments.name*': '付费名称',
  'post_payments.amount': '付费金额',
  'post_payments.description': '付费说明',
  'post_payments.count': '付费数量',
}
const device = {
  device: '设备信息',
  'device.start_device_id': '服务开始的设备ID',
  'device.end_device_id': '服务结束的设备ID',
  'device.materiel_no': '物料URL',
}
const addressee = { 'out_order_no*': '商户服务订单号' }
const merchant = { 'appid*': '公众账号ID', 'service_id*': '服务ID' }
const order =
  'appid* mchid* out_order_no* service_id* service_introduction* state* state_description ' +
  'post_discounts need_collection time_range location'

/**
 * The tables of the pages, of wechatpay-openapi where a page was not to be had; a star marks what is
 * required, and requests have the labels that messages quote. Chosen otherwise, mostly to be one
 * with the partner's: a discount of a modification needs name and amount, one of a creation may have
 * an amount, a completion may say where the service began; and an order without confirmation has
 * no package, one with confirmation perhaps no openid.
 */
const operations = [
  {
    verb: 'create',
    path: '/v3/payscore/serviceorder',
    asks: {
      ...merchant,
      'out_order_no*': '商户服务订单号',
      'service_introduction*': '服务信息',
      post_payments: '后付费项目',
      ...payments,
      post_discounts: '商户优惠',
      'post_discounts.name*': '优惠名称',
      'post_discounts.description*': '优惠说明',
      'post_discounts.amount': '优惠金额',
      'post_discounts.count': '优惠数量',
      'time_range*': '服务时间段',
      'time_range.start_time*': '服务开始时间',
      'time_range.start_time_remark': '服务开始时间备注',
      'time_range.end_time': '服务结束时间',
      'time_range.end_time_remark': '服务结束时间备注',
      location: '服务位置',
      'location.start_location': '服务开始地点',
      'location.end_location': '服务结束地点',
      'risk_fund*': '服务风险金',
      'risk_fund.name*': '风险名称',
      'risk_fund.amount*': '风险金额',
      'risk_fund.description': '风险说明',
      attach: '商户数据包',
      'notify_url*': '商户回调地址',
      openid: '用户标识',
      need_user_confirm: '是否需要用户确认',
      ...device,
    },
    answers:
      'appid* mchid* out_order_no* service_id* service_introduction* state* state_description ' +
      'post_payments post_discounts risk_fund time_range location attach notify_url order_id* package',
  },
  {
    verb: 'query',
    path: '/v3/payscore/serviceorder',
    asks: { ...merchant, out_order_no: '商户服务订单号', query_id: '回跳查询ID' },
    answers: `${order} post_payments risk_fund total_amount collection attach notify_url* openid order_id`,
  },
  {
    verb: 'cancel',
    path: '/v3/payscore/serviceorder/{out_order_no}/cancel',
    asks: {
      ...addressee,
      'appid*': '公众账号ID',
      service_id: '服务ID',
      'reason*': '撤销原因',
    },
    answers: 'appid* mchid* out_order_no* service_id* order_id*',
  },
  {
    verb: 'complete',
    path: '/v3/payscore/serviceorder/{out_order_no}/complete',
    asks: {
      ...addressee,
      ...merchant,
      'post_payments*': '后付费项目',
      ...payments,
      post_discounts: '商户优惠',
      'post_discounts.name*': '优惠名称',
      'post_discounts.description': '优惠说明',
      'post_discounts.amount*': '优惠金额',
      'post_discounts.count': '优惠数量',
      'total_amount*': '总金额',
      time_range: '实际服务时间段',
      'time_range.start_time': '服务开始时间',
      'time_range.start_time_remark': '服务开始时间备注',
      'time_range.end_time': '服务结束时间',
      'time_range.end_time_remark': '服务结束时间备注',
      location: '实际服务位置',
      'location.start_location': '服务开始地点',
      'location.end_location': '服务结束地点',
      profit_sharing: '微信支付服务分账标记',
      goods_tag: '订单优惠标记',
      ...device,
    },
    answers: `${order} post_payments risk_fund* total_amount* order_id`,
  },
  {
    verb: 'modify',
    path: '/v3/payscore/serviceorder/{out_order_no}/modify',
    asks: {
      ...addressee,
      // Refused by the rules of the business when it is missing, not by those of the field.
      'appid*': '公众账号ID',
      service_id: '服务ID',
      'post_payments*': '后付费项目',
      ...payments,
      post_discounts: '后付费商户优惠',
      'post_discounts.name*': '优惠名称',
      'post_discounts.description': '优惠说明',
      'post_discounts.amount*': '优惠金额',
      'post_discounts.count': '优惠数量',
      'total_amount*': '总金额',
      'reason*': '修改原因',
      ...device,
    },
    answers: `${order} post_payments* risk_fund total_amount collection attach notify_url order_id`,
  },
  {
    verb: 'pay',
    path: '/v3/payscore/serviceorder/{out_order_no}/pay',
    asks: { ...addressee, ...merchant },
    answers: 'appid* mchid out_order_no* service_id* order_id*',
  },
  {
    verb: 'sync',
    path: '/v3/payscore/serviceorder/{out_order_no}/sync',
    asks: {
      ...addressee,
      ...merchant,
      'type*': '场景类型',
      'detail*': '内容信息详情',
      'detail.paid_time*': '收款成功时间',
    },
    answers: `${order} post_payments risk_fund total_amount collection attach notify_url openid order_id*`,
  },
]

type Field = { name: string; label: unknown; source: unknown }

const fieldsOf = (schema: unknown, prefix = ''): Field[] => {
  const object = schema instanceof z.ZodArray ? schema.element : schema
  if (!(object instanceof z.ZodObject)) return []

  return Object.entries(object.shape).flatMap(([key, field]) => {
    const required = !(field instanceof z.ZodOptional)
    const inner: unknown = required ? field : field.unwrap()
    const meta = inner instanceof z.ZodType ? (inner.meta() ?? {}) : {}
    const shown = {
      name: `${prefix}${key}${required ? '*' : ''}`,
      label: meta.title,
      source: meta['x-source'],
    }

    return [shown, ...fieldsOf(inner, `${prefix}${key}.`)]
  })
}

const requestOf = (id: string): Field[] => {
  const { path, query, body } = table[id]?.request ?? {}
  return [...fieldsOf(path), ...fieldsOf(query), ...fieldsOf(body)]
}

const answerOf = (id: string): Field[] => {
  const response = table[id]?.response
  return fieldsOf(response?.status === 200 ? response.body : undefined)
}

test.each(operations)('declares $verb as its page does', ({ verb, path, asks, answers }) => {
  const id = `serviceorder.${verb}.direct`
  const labels = requestOf(id).map(({ name, label }) => [name, label])
  const members = answerOf(id).map(({ name }) => name)

  expect(table[id]).toMatchObject({ method: verb === 'query' ? 'GET' : 'POST', path })
  expect(table[id]).toMatchObject({ mode: 'direct', response: { status: 200 } })
  expect(Object.fromEntries(labels)).toEqual(asks)
  expect(members.filter((name) => !name.includes('.')).sort()).toEqual(answers.split(' ').sort())
})

test.each(operations)('names label and source of every field of $verb', ({ verb }) => {
  const id = `serviceorder.${verb}.direct`
  const unnamed = [...requestOf(id), ...answerOf(id)].filter(
    ({ label, source }) => label === undefined || source === undefined,
  )

  expect(unnamed).toEqual([])
})
