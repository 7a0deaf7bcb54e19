import { expect, test } from 'vitest'
import { merchantOf } from '../callbacks/merchant.ts'
import { startReceiver } from '../callbacks/receiver.ts'
import { openSandbox } from '../support/sandbox.ts'
import { heldAt, startRich } from '../worlds/rich-world.ts'

/** A whole scenario: every id, every record and every byte of a callback but its signature. */
const play = async (seed: number) => {
  const refused = new Set<string>()
  const { url, received } = await startReceiver(({ body }) => {
    const isNew = !refused.has(body)
    refused.add(body)
    return isNew ? 500 : 204
  })
  const { control, merchant } = await startRich({ seed, notifyTo: url })
  await control.clock.advance(3 * 86_400_000)
  await merchant.refund('SECOND')
  await control.idle()

  return { world: await control.worlds.export(), received }
}

/** By body, since those that go out at the same moment may arrive in any order. */
const unsigned = ({ received }: Awaited<ReturnType<typeof play>>) =>
  received
    .map(({ lines, body }) => [
      body,
      ...lines.filter((line) => !/^(Host|Request-ID|Wechatpay-(?!Serial))/.test(line)),
    ])
    .toSorted(([one = ''], [other = '']) => one.localeCompare(other))

const remembered = ({ world }: Awaited<ReturnType<typeof play>>) => ({
  ...world,
  records: {
    ...world.records,
    notifications: world.records.notifications.map(({ attempts, ...notice }) => ({
      ...notice,
      attempts: attempts.map(({ at, body, status }) => ({ at, body, status })),
    })),
  },
})

test('the same seed, calls, clock and keys give the same ids, bodies and callbacks', async () => {
  const [one, other] = [await play(1), await play(1)]

  expect(remembered(other)).toEqual(remembered(one))
  expect(unsigned(other)).toEqual(unsigned(one))
  expect(one.received.length).toBeGreaterThan(8)
})

test('another seed gives other ids', async () => {
  const [one, other] = [await play(1), await play(2)]

  const idsOf = ({ world: { records } }: typeof one) => [
    ...records.plans.map(({ plan }) => plan.plan_id),
    ...records.serviceOrders.map(({ order }) => order.order_id),
    ...records.notifications.map(({ id }) => id),
  ]
  expect(idsOf(other)).toHaveLength(idsOf(one).length)
  expect(idsOf(other).filter((id) => idsOf(one).includes(id))).toEqual([])
})

test('whoever asks after a completion sees what became of the charge', async () => {
  const sandbox = await openSandbox()
  const merchant = merchantOf(sandbox, 'http://127.0.0.1:1/notify')
  await merchant.signPlan()
  await sandbox.control.userSignPlans.sign('SIGN')

  for (const detail of [1, 2, 3, 4, 5, 6, 7, 8]) {
    await merchant.planOrder(detail)
    await merchant.complete(`SIGN-${detail}`)
  }

  expect(await sandbox.control.userSignPlans.get('SIGN')).toMatchObject({
    signPlan: { sign_state: 'COMPLETE' },
  })
})

test('charges and refunds take their time when they are told to', async () => {
  const sandbox = await openSandbox({ heldAt, seed: 1, settlementDelay: 60 })
  const { control, clock } = sandbox
  const merchant = merchantOf(sandbox, 'http://127.0.0.1:1/notify')
  const states = async () => [
    (await control.serviceOrders.get('ORDER')).order.collection?.state,
    (await control.refunds.get('REFUND')).refund.status,
  ]
  await merchant.order()
  await merchant.complete('ORDER')
  await merchant.refund()

  await clock.advance(59_999)
  expect(await states()).toEqual(['USER_PAYING', 'PROCESSING'])
  await clock.advance(1)
  expect(await states()).toEqual(['USER_PAID', 'SUCCESS'])
})
