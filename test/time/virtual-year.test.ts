import { expect, test } from 'vitest'
import { merchantOf } from '../callbacks/merchant.ts'
import { startReceiver } from '../callbacks/receiver.ts'
import { startSandbox } from '../support/sandbox.ts'

const heldAt = Date.parse('2026-11-23T08:00:00+08:00')
const day = 86_400_000

test('a year of a plan: signed, used now and then, over at midnight after 300 days', async () => {
  const receiver = await startReceiver()
  const sandbox = await startSandbox({ heldAt })
  const { control, clock, wxpay } = sandbox
  const merchant = merchantOf(sandbox, receiver.url)
  const state = async () => (await control.userSignPlans.get('SIGN')).signPlan.sign_state

  await merchant.signPlan('FORGOTTEN')
  await merchant.signPlan()
  await control.userSignPlans.sign('SIGN')
  const { signPlan } = await control.userSignPlans.get('SIGN')
  expect(signPlan).toMatchObject({
    sign_state: 'SIGNED',
    sign_time: '2026-11-23T08:00:00+08:00',
    plan_over_time: '2027-09-20T00:00:00+08:00',
  })

  await clock.advance(30 * day)
  await merchant.planOrder(1)
  await clock.advance(2 * 3_600_000)
  await merchant.complete('SIGN-1')
  await control.idle()

  await clock.advance(60 * day)
  await merchant.planOrder(2)
  await control.charges.order({ outcome: 'fail', count: 2 })
  await merchant.complete('SIGN-2', 9_000)
  await clock.advance(3 * 3_600_000)

  await clock.advance(60 * day)
  await merchant.planOrder(3)
  await clock.set(Date.parse('2027-09-19T23:59:59+08:00'))
  expect(await state()).toBe('SIGNED')
  await clock.advance(1000)
  expect(await state()).toBe('EXPIRE')
  await expect(merchant.planOrder(4)).rejects.toMatchObject({ status: 400 })

  await merchant.complete('SIGN-3')
  await clock.set(heldAt + 365 * day)

  const { signPlan: over } = await control.userSignPlans.get('SIGN')
  expect(over).toMatchObject({ sign_state: 'EXPIRE', going_detail_no: 3 })
  expect(over.signed_detail_list.slice(0, 4)).toMatchObject([
    {
      plan_detail_state: 'USED',
      use_time: '2026-12-23T08:00:00+08:00',
      complete_time: '2026-12-23T10:00:00+08:00',
      actual_pay_price: 15_000,
    },
    {
      plan_detail_state: 'USED',
      use_time: '2027-02-21T10:00:00+08:00',
      complete_time: '2027-02-21T12:00:00+08:00',
      actual_pay_price: 9_000,
    },
    { plan_detail_state: 'USED', complete_time: '2027-09-20T00:00:00+08:00' },
    { plan_detail_state: 'NOT_USED', use_time: '' },
  ])
  expect(await control.userSignPlans.get('FORGOTTEN')).toMatchObject({
    signPlan: { sign_state: 'EXPIRE' },
  })

  const told = await Promise.all(
    receiver.received.map(({ headers, body }) => wxpay.notifications.parse(headers, body)),
  )
  expect(told.map(({ event_type, create_time }) => [event_type, create_time])).toEqual([
    ['PAYSCORE.USER_SIGN_PLAN', '2026-11-23T08:00:00+08:00'],
    ['PAYSCORE.USER_PAID', '2026-12-23T10:00:00+08:00'],
    ['PAYSCORE.USER_PAID', '2027-02-21T12:00:00+08:00'],
    ['PAYSCORE.USER_PAID', '2027-09-20T00:00:00+08:00'],
  ])
})

test('a package can be signed for two hours', async () => {
  const sandbox = await startSandbox({ heldAt })
  const { control, clock } = sandbox
  const merchant = merchantOf(sandbox, 'https://api.test.com')
  await merchant.signPlan('IN-TIME')
  await merchant.signPlan('TOO-LATE')

  await clock.advance(2 * 3_600_000 - 1000)
  await control.userSignPlans.sign('IN-TIME')
  await clock.advance(1000)

  await expect(control.userSignPlans.sign('TOO-LATE')).rejects.toThrow('状态')
})

test('a thousand things that wait happen in order in 300 days', async () => {
  const { control, clock } = await startSandbox({ heldAt, notifyTo: 'http://127.0.0.1:1' })
  const world = await control.worlds.export()
  const [order] = world.records.serviceOrders
  const [signed] = world.records.userSignPlans
  if (!order || !signed) throw new Error('The world is empty.')
  const { transaction_id: _, ...unpaid } = order
  // 7919 is prime to 1000, so the moments are all different and not in the order of the numbers.
  const moments = Array.from({ length: 1000 }, (_, n) => heldAt + ((n * 7919) % 1000) * 25_920_000)
  const isPlan = (n: number) => n % 2 === 0
  await control.worlds.import({
    ...world,
    records: {
      ...world.records,
      userSignPlans: moments.flatMap((due, n) => {
        const merchant_sign_plan_no = `S${n}`
        const { signPlan } = signed
        return isPlan(n) ? { ...signed, signPlan: { ...signPlan, merchant_sign_plan_no }, due } : []
      }),
      serviceOrders: moments.flatMap((due, n) => {
        const { notify_url: _, ...silent } = order.order
        const paying = {
          ...silent,
          out_order_no: `O${n}`,
          state: 'DOING',
          state_description: 'MCH_COMPLETE',
        }
        const { detail: __, ...alone } = unpaid
        return isPlan(n) ? [] : { ...alone, order: paying, charge: 'waiting', due }
      }),
    },
  })

  await clock.advance(150 * day)
  const half = await statesOf(control)
  expect(half).toEqual(moments.map((due, n) => stateBy(due, { at: heldAt + 150 * day, n })))

  await clock.advance(151 * day)
  expect(await statesOf(control)).toEqual(
    moments.map((due, n) => stateBy(due, { at: heldAt + 301 * day, n })),
  )

  // A transaction id ends with the count of all numbers given so far.
  const paid = (await control.serviceOrders.list({ take: 1000 })).map(
    ({ order, paidAt, transaction_id = '' }) => ({
      due: moments[Number(order.out_order_no.slice(1))],
      paidAt,
      issued: Number(transaction_id.slice(-7)),
    }),
  )
  const inOrder = paid.toSorted((one, other) => one.issued - other.issued)
  expect(paid.filter(({ due, paidAt }) => due !== paidAt)).toEqual([])
  expect(inOrder.map(({ paidAt }) => paidAt)).toEqual(
    moments.filter((_, n) => !isPlan(n)).toSorted((one, other) => one - other),
  )
})

type Control = Awaited<ReturnType<typeof startSandbox>>['control']

const statesOf = async (control: Control) => {
  const [plans, orders] = await Promise.all([
    control.userSignPlans.list({ take: 1000 }),
    control.serviceOrders.list({ take: 1000 }),
  ])
  const states = new Map<string, string>([
    ...plans.map(({ signPlan }) => [signPlan.merchant_sign_plan_no, signPlan.sign_state] as const),
    ...orders.map(({ order }) => [order.out_order_no, order.state] as const),
  ])
  return Array.from({ length: 1000 }, (_, n) => states.get(`S${n}`) ?? states.get(`O${n}`))
}

const stateBy = (due: number, { at, n }: { at: number; n: number }) => {
  if (n % 2 === 0) return due <= at ? 'EXPIRE' : 'SIGNED'
  return due <= at ? 'DONE' : 'DOING'
}
