import { expect, test } from 'vitest'
import {
  isEventType,
  NotificationEnvelope,
  notifications,
  RefundNotice,
  retrySchedules,
} from '../../contracts/notifications.ts'
import samples from '../golden/notifications.json' with { type: 'json' }

/** Where a published sample breaks the contract: the members, as the sample has them. */
const quirks: Record<string, Record<string, unknown>> = {
  'doc.notify.payscore.user_paid': { 'risk_fund.name': '预估订单费用', 'collection.state': '' },
  'doc.notify.payscore.user_confirm': { state: 'DONE', 'risk_fund.name': '预估订单费用' },
  'sdk.notify.order.partner': {
    total_amount: '40000',
    'risk_fund.name': '预估订单费用',
    'collection.state': '',
  },
  'sdk.notify.order.bank': { total_amount: '40000', 'risk_fund.name': '预估订单费用' },
}

/** One sample has an envelope of PayScore around the object of another product. */
const foreign = 'sdk.notify.payscore.open'

const known = samples.filter(({ id }) => id !== foreign)

test.each(known.filter(({ resource }) => resource !== undefined))(
  'the plaintext of $id keeps the contract, but for its known quirks',
  ({ id, event_type, resource }) => {
    if (!isEventType(event_type)) throw new Error(`no event ${event_type}`)

    const parsed = notifications[event_type].resource.safeParse(resource)

    const broken = parsed.error?.issues.map(({ path }) => [path.join('.'), valueAt(resource, path)])
    expect(Object.fromEntries(broken ?? [])).toEqual(quirks[id] ?? {})
    if (parsed.success) expect(parsed.data).toEqual(resource)
  },
)

const valueAt = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((value, key) => Reflect.get(Object(value), key), input)

test.each(samples.filter(({ envelope }) => envelope !== undefined))(
  'the envelope of $id has the members of the contract, in its order',
  ({ envelope, event_type }) => {
    const parsed = NotificationEnvelope.parse(envelope)

    expect(JSON.stringify(parsed)).toBe(JSON.stringify(envelope))
    if (!isEventType(event_type)) return
    const { summary, original_type, associated_data } = notifications[event_type]
    expect(parsed).toMatchObject({ summary, resource: { original_type, associated_data } })
  },
)

test('the members of a refund come in the order of a captured callback', () => {
  const captured = samples.find(({ id }) => id === 'sdk.notify.refund.success')?.resource

  expect(JSON.stringify(RefundNotice.parse(captured))).toBe(JSON.stringify(captured))
})

test('the summaries of an order are those of captured callbacks', () => {
  expect(notifications['PAYSCORE.USER_CONFIRM'].summary).toBe('微信支付分服务订单用户已确认')
  expect(notifications['PAYSCORE.USER_PAID'].summary).toBe('微信支付分服务订单支付成功')
})

test('the schedules last as long as WeChat Pay says', () => {
  const { minutely, day } = retrySchedules

  expect(minutely.intervals).toEqual(Array(10).fill(60))
  expect(day.intervals).toHaveLength(15)
  expect(day.intervals.reduce<number>((sum, seconds) => sum + seconds, 0)).toBe(24 * 3600 + 4 * 60)
})
