import { expect, test } from 'vitest'
import { openSandbox } from '../support/sandbox.ts'
import { merchantOf } from './merchant.ts'
import { startReceiver } from './receiver.ts'

const heldAt = Date.parse('2026-11-23T08:00:00+08:00')

/** So many copies of a notification that wait, all due at once. */
const startMany = async (count: number, url: string) => {
  const sandbox = await openSandbox({ heldAt, seed: 1, notifyTo: url })
  const { control } = sandbox
  await merchantOf(sandbox, url).refund()
  await control.idle()
  const world = await control.worlds.export()
  const [sent] = world.records.notifications
  const [order] = world.records.serviceOrders
  if (!sent || !order) throw new Error('The world is empty.')
  const paying = { state: 'DOING', state_description: 'MCH_COMPLETE' } as const
  const serviceOrders = Array.from({ length: count }, (_, n) => {
    const { detail: _detail, transaction_id: _id, ...alone } = order
    const waiting = { ...order.order, ...paying, out_order_no: `O${n}`, notify_url: url }
    return { ...alone, order: waiting, charge: 'waiting', due: heldAt + 1000 }
  })
  await control.worlds.import({ ...world, records: { ...world.records, serviceOrders } })

  return sandbox
}

test('callbacks that are due at one moment are bounded, and none needs a second attempt', async () => {
  let [now, most] = [0, 0]
  const receiver = await startReceiver(async () => {
    now += 1
    most = Math.max(most, now)
    await new Promise((resolve) => setTimeout(resolve, 2))
    now -= 1
    return 204
  })
  const { control, clock } = await startMany(200, receiver.url)

  await clock.advance(1000)
  await control.idle()

  const sent = await control.notifications.list({ take: 1000 })
  expect(sent).toHaveLength(201)
  expect(sent.filter(({ attempts }) => attempts.length !== 1)).toEqual([])
  expect(most).toBeLessThanOrEqual(16)
})

test('what a receiver answers is kept up to 4 KiB, and attempts up to two schedules', async () => {
  const body = Buffer.from('语'.repeat(50_000))
  const head = `HTTP/1.1 500 No\r\nContent-Length: ${body.length}\r\n\r\n`
  const receiver = await startReceiver(() => head + body.toString())
  const sandbox = await openSandbox({ heldAt, seed: 1 })
  const { control, clock } = sandbox
  await merchantOf(sandbox, receiver.url).refund()
  await clock.advance(2 * 86_400_000)
  const [{ id } = { id: '' }] = await control.notifications.list()
  for (const _ of ['again', 'and again']) {
    await control.notifications.redeliver(id)
    await clock.advance(2 * 86_400_000)
  }

  const [notification] = await control.notifications.list()
  expect(notification?.attempts).toHaveLength(32)
  for (const { answer = '' } of notification?.attempts ?? []) {
    expect(Buffer.byteLength(answer)).toBeLessThanOrEqual(4096)
    expect(answer).toMatch(/^语+$/)
  }
})
