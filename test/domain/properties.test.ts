import fc from 'fast-check'
import { expect, test } from 'vitest'
import { phaseOf, type ServiceOrderRecord } from '../../sandbox/domain/service-orders.ts'
import { begin, histories, step, type World } from './world.ts'

/** Holds for every world that a history leads through, beside the one before it. */
const always = (holds: (world: World, before: World) => void) =>
  fc.assert(
    fc.property(histories, ({ beginning, commands }) => {
      commands.reduce((before, command) => {
        const world = step(before, command)
        if (world !== before) holds(world, before)
        return world
      }, begin(beginning))
    }),
  )

const detailsOf = ({ signPlan }: World) => signPlan.signPlan.signed_detail_list

/** Each detail with the order of its number, if there is one. */
const servedOf = (world: World) =>
  detailsOf(world).map((detail) => ({
    detail,
    record: world.orders.get(detail.merchant_plan_detail_no),
  }))

const paidOf = (record: ServiceOrderRecord | undefined) =>
  record?.order.collection?.paid_amount ?? 0

test('details are used strictly in order, and the plan says how far it has come', () => {
  always((world) => {
    const { going_detail_no } = world.signPlan.signPlan
    const used = detailsOf(world).map(({ order_id }) => order_id !== '')

    expect(used).toEqual(used.map((_, index) => index < going_detail_no))
  })
})

test('at most one detail is USING, the last that was used, and none once a plan was cancelled', () => {
  always((world) => {
    const { going_detail_no, sign_state } = world.signPlan.signPlan
    const using = detailsOf(world)
      .filter((detail) => detail.plan_detail_state === 'USING')
      .map((detail) => detail.plan_detail_no)

    expect(sign_state === 'SIGN_PLAN_CANCEL' ? [[]] : [[], [going_detail_no]]).toContainEqual(using)
  })
})

test('no order is lost or doubled: each detail that was used has the one that it began with', () => {
  const numbersOf = ({ orders }: World) =>
    [...orders.values()].map(({ order }) => [order.out_order_no, order.order_id])

  always((world, before) => {
    const used = detailsOf(world).filter(({ order_id }) => order_id !== '')
    const earlier = numbersOf(before)

    expect(numbersOf(world)).toEqual(
      used.map((detail) => [detail.merchant_plan_detail_no, detail.order_id]),
    )
    expect(new Set(used.map(({ order_id }) => order_id)).size).toBe(used.length)
    expect(numbersOf(world).slice(0, earlier.length)).toEqual(earlier)
  })
})

const stateOf = {
  CREATED: 'USING',
  'DOING/USER_CONFIRM': 'USING',
  'DOING/MCH_COMPLETE': 'USING',
  DONE: 'USED',
  REVOKED: 'SIGN_PLAN_DETAIL_CANCEL',
  EXPIRED: 'SIGN_PLAN_DETAIL_CANCEL',
}

test('a detail and its order agree on how far they have come', () => {
  always((world) => {
    const served = servedOf(world)

    expect(served.map(({ detail }) => detail.plan_detail_state)).toEqual(
      served.map(({ record }) => (record ? stateOf[phaseOf(record.order)] : 'NOT_USED')),
    )
  })
})

test('an order is charged once, never above the price of its detail, as the detail says', () => {
  always((world) => {
    const wrong = servedOf(world).filter(
      ({ detail, record }) =>
        (record?.order.total_amount ?? 0) > detail.actual_price ||
        paidOf(record) > detail.actual_price ||
        (record?.order.collection?.details?.length ?? 0) > 1 ||
        (detail.plan_detail_state === 'USED' && detail.actual_pay_price !== paidOf(record)),
    )

    expect(wrong).toEqual([])
  })
})

test('once completed, an order only becomes cheaper', () => {
  const asksMore = (world: World, before: World) =>
    [...before.orders].some(([number, { order }]) => {
      const asked = world.orders.get(number)?.order.total_amount ?? 0
      return order.total_amount !== undefined && asked > order.total_amount
    })

  always((world, before) => expect(asksMore(world, before)).toBe(false))
})

test('refunds never give back more than was paid', () => {
  const givenBack = ({ refunds }: World, transaction_id: string | undefined) =>
    [...refunds.values()]
      .filter(({ refund }) => refund.transaction_id === transaction_id)
      .filter(({ refund }) => refund.status !== 'CLOSED')
      .reduce((sum, { refund }) => sum + refund.amount.refund, 0)

  always((world) => {
    const wrong = [...world.orders.values()].filter(
      (record) => givenBack(world, record.transaction_id) > paidOf(record),
    )

    expect(wrong).toEqual([])
  })
})

const final = {
  order: ['DONE', 'REVOKED', 'EXPIRED'],
  detail: ['USED', 'SIGN_PLAN_DETAIL_CANCEL'],
  refund: ['SUCCESS', 'CLOSED'],
  signPlan: ['SIGN_PLAN_CANCEL', 'COMPLETE', 'EXPIRE'],
  plan: ['STOP'],
}

/** What has come to its end, by name. The details of a plan that expired may still go on. */
const endedOf = ({ orders, refunds, signPlan, plan }: World): unknown[] => [
  ...[...orders].filter(([, { order }]) => final.order.includes(phaseOf(order))),
  ...[...refunds].filter(([, { refund }]) => final.refund.includes(refund.status)),
  ...signPlan.signPlan.signed_detail_list.filter((detail) =>
    final.detail.includes(detail.plan_detail_state),
  ),
  ...final.signPlan.filter((state) => state === signPlan.signPlan.sign_state),
  ...final.plan.filter((state) => state === plan.plan.plan_state).map(() => plan.plan),
]

test('what has come to its end stays as it is', () => {
  always((world, before) => {
    expect(endedOf(world)).toEqual(expect.arrayContaining(endedOf(before)))
  })
})
