import { type EndpointId, endpoints } from '../../../contracts/endpoints.ts'
import type { Identities } from '../../authority/credentials.ts'

/** One answer on the way. */
export type Sight = { endpoint: EndpointId; body: unknown }

type Input = { path?: Record<string, string>; query?: Record<string, string>; body?: unknown }

export type Guide = {
  /** Signs, sends and verifies. */
  fetch: (target: string, init: { method: string; body?: string }) => Promise<Response>
  /** Does at the control API what users do. */
  act: (path: string, body?: unknown) => Promise<unknown>
  identities: Identities
  /** Makes the numbers of this tour its own. */
  mark: string
}

/** Calls every operation of the table, so that each succeeds; what was answered comes back. */
export const tour = async (guide: Guide): Promise<Sight[]> => {
  const sights: Sight[] = []
  const call = async (endpoint: EndpointId, { path, query, body }: Input = {}) => {
    const { method, path: template } = endpoints[endpoint]
    const search = query ? `?${new URLSearchParams(query)}` : ''
    const target = template.replaceAll(/\{(\w+)\}/g, (_, name) =>
      encodeURIComponent(path?.[name] ?? ''),
    )
    const response = await guide.fetch(target + search, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${endpoint} was refused: ${response.status} ${text}`)
    const answer: unknown = text === '' ? undefined : JSON.parse(text)
    sights.push({ endpoint, body: answer })
    return Object(answer)
  }

  await call('certificates.list')
  for (const mode of ['partner', 'direct'] as const) {
    const trip = { ...guide, call, ...roles(guide, mode) }
    await planTrip(trip)
    await orderTrip(trip)
  }
  await permissionTrip({ ...guide, call, ...roles(guide, 'partner') })

  return sights
}

const notify_url = 'http://127.0.0.1:8130/notify'

const roles = ({ identities, mark }: Guide, mode: 'partner' | 'direct') => {
  const { appid, serviceId, subMchid, subAppid, openid, subOpenid } = identities
  const partner = mode === 'partner'
  const app = { service_id: serviceId, appid }
  const owner = partner ? { sub_mchid: subMchid } : {}

  return {
    mode,
    number: (name: string) => `${name}-${mode}-${mark}`,
    /** Who takes part when something is made. */
    parties: partner ? { ...app, sub_mchid: subMchid, sub_appid: subAppid } : app,
    user: { openid },
    subUser: { sub_openid: subOpenid },
    /** Whose plan or payment is meant. */
    owner,
    /** Whose order is meant. */
    orderOf: partner ? { service_id: serviceId, sub_mchid: subMchid } : app,
  }
}

type Trip = Guide &
  ReturnType<typeof roles> & { call: (endpoint: EndpointId, input?: Input) => Promise<object> }

const member = (value: unknown, name: string): unknown => Reflect.get(Object(value), name)

const price = 8_000

const whenAndWhere = {
  time_range: {
    start_time: '20091225091010',
    start_time_remark: '开始',
    end_time: '20091225121010',
    end_time_remark: '结束',
  },
  location: { start_location: '一号店', end_location: '一号店' },
}

const planTrip = async ({ call, act, mode, number, parties, user, owner, orderOf }: Trip) => {
  const plan = { merchant_plan_no: number('P') }
  const signPlan = { merchant_sign_plan_no: number('S') }
  const made = await call(`plan.create.${mode}`, {
    body: {
      ...parties,
      ...plan,
      plan_name: '瑜伽课',
      plan_duration: 30,
      deduction_quantity: 2,
      total_original_price: 20_000,
      total_actual_price: 2 * price,
      plan_detail_list: ['第1节', '第2节'].map((plan_detail_name) => ({
        plan_detail_name,
        original_price: 10_000,
        plan_discount_description: '新用户优惠',
        actual_price: price,
      })),
    },
  })
  await call(`plan.query.${mode}`, { path: plan, query: owner })
  const offered = await call(`signplan.create.${mode}`, {
    body: {
      ...parties,
      ...user,
      ...signPlan,
      plan_id: member(made, 'plan_id'),
      notify_url,
      sign_plan_detail: [1, 2].map((plan_detail_no) => ({
        plan_detail_no,
        merchant_plan_detail_no: number(`D${plan_detail_no}`),
      })),
    },
  })
  await act(`/user-sign-plans/${signPlan.merchant_sign_plan_no}/sign`)
  await call(`signplan.serviceorder.create.${mode}`, {
    body: {
      ...parties,
      ...user,
      sign_plan_id: member(member(offered, 'sign_plan'), 'sign_plan_id'),
      plan_detail_no: 1,
      notify_url,
      service_introduction: '瑜伽课',
      ...whenAndWhere,
      attach: 'attach',
      out_trade_no: number('D1'),
    },
  })
  await call(`serviceorder.complete.${mode}`, {
    path: { out_order_no: number('D1') },
    body: { ...orderOf, post_payments: [{ name: '瑜伽课', amount: price }], total_amount: price },
  })
  await act('/idle')
  const paid = await call(`serviceorder.query.${mode}`, {
    query: { ...orderOf, out_order_no: number('D1') },
  })
  const [payment] = Object(member(member(paid, 'collection'), 'details'))
  const refund = { out_refund_no: number('R') }
  await call('refund.create', {
    body: {
      ...owner,
      ...refund,
      transaction_id: member(payment, 'transaction_id'),
      amount: { refund: 100, total: price, currency: 'CNY' },
    },
  })
  await act('/idle')
  await call('refund.query', { path: refund, query: owner })
  await call(`signplan.query.${mode}`, { path: signPlan, query: owner })
  await call(`signplan.stop.${mode}`, {
    path: signPlan,
    body: { ...owner, stop_reason: '课程结束' },
  })
  await call(`plan.stop.${mode}`, { path: plan, body: owner })
  await call(`plan.query.${mode}`, { path: plan, query: owner })
}

const orderTrip = async ({ call, act, mode, number, parties, user, orderOf, ...trip }: Trip) => {
  const charges = (amount: number) => ({
    post_payments: [{ name: '服务费', description: '每分钟1元', amount, count: 1 }],
  })
  const payments = (amount: number) => ({ ...charges(amount), total_amount: amount })
  const order = async (name: string, needs: object) => {
    const path = { out_order_no: number(name) }
    await call(`serviceorder.create.${mode}`, {
      body: {
        ...parties,
        ...path,
        ...needs,
        service_introduction: '场地租用',
        ...charges(price),
        post_discounts: [{ name: '满减', description: '不与其他优惠叠加', amount: 100, count: 1 }],
        risk_fund: { name: 'ESTIMATE_ORDER_COST', amount: 20_000, description: '预估' },
        ...whenAndWhere,
        notify_url,
        attach: 'attach',
      },
    })
    return path
  }
  const query = (path: { out_order_no: string }) =>
    call(`serviceorder.query.${mode}`, { query: { ...orderOf, ...path } })
  /** Completed, but the first attempt to charge fails. */
  const unpaid = async (name: string, who: object) => {
    const path = await order(name, { ...who, need_user_confirm: false })
    await act('/charges', { outcome: 'fail' })
    await call(`serviceorder.complete.${mode}`, {
      path,
      body: {
        ...orderOf,
        ...charges(price),
        post_discounts: [{ name: '满减', description: '不与其他优惠叠加', amount: 100, count: 1 }],
        total_amount: price - 100,
      },
    })
    await act('/idle')
    return path
  }

  const first = await order('O1', { ...user, need_user_confirm: true })
  await act(`/service-orders/${first.out_order_no}/confirm`)
  await call(`serviceorder.cancel.${mode}`, { path: first, body: { ...orderOf, reason: '请假' } })
  const second = await unpaid('O2', user)
  await query(second)
  await call(`serviceorder.pay.${mode}`, { path: second, body: orderOf })
  await query(second)
  const third = await unpaid('O3', mode === 'partner' ? trip.subUser : user)
  await call(`serviceorder.modify.${mode}`, {
    path: third,
    body: { ...orderOf, ...payments(price - 1000), reason: '会员价' },
  })
  await call(`serviceorder.sync.${mode}`, {
    path: third,
    body: { ...orderOf, type: 'Order_Paid', detail: { paid_time: '20091225121510' } },
  })
  await query(third)
}

const permissionTrip = async ({ call, act, number, parties, user, orderOf }: Trip) => {
  const code = { authorization_code: number('A') }
  const apply = async () => {
    await call('permissions.apply.partner', { body: { ...parties, ...code, notify_url } })
    await act(`/permissions/${code.authorization_code}/open`, user)
  }
  const asked = { ...parties, ...user }

  await apply()
  await call('permissions.queryByCode.partner', { path: code, query: orderOf })
  await call('permissions.search.partner', { query: asked })
  await call('permissions.terminateByCode.partner', {
    path: code,
    body: { ...orderOf, reason: '撤销' },
  })
  await call('permissions.queryByCode.partner', { path: code, query: orderOf })
  await call('permissions.search.partner', { query: asked })
  code.authorization_code = number('B')
  await apply()
  await call('permissions.terminate.partner', { body: { ...asked, reason: '撤销' } })
}
