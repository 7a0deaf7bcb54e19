import { expect, test } from 'vitest'
import { open } from '../../contracts/protocol/cipher.ts'
import { startSandbox } from '../support/sandbox.ts'
import { merchantOf } from './merchant.ts'
import { startReceiver } from './receiver.ts'

const heldAt = Date.parse('2026-11-23T08:00:00+08:00')

/** A sandbox whose refund is reported to a receiver; `one` is what is remembered of the notice. */
const startRefund = async (answer: Parameters<typeof startReceiver>[0]) => {
  const receiver = await startReceiver(answer)
  const sandbox = await startSandbox({ heldAt })
  await merchantOf(sandbox, receiver.url).refund()
  await receiver.arrived(1)
  const one = async () => {
    const [notice] = await sandbox.control.notifications.list()
    if (!notice) throw new Error('There is no notice.')
    return notice
  }

  return { ...sandbox, receiver, one, id: (await one()).id }
}

const failed = 'HTTP/1.1 500 No\r\nContent-Length: 15\r\n\r\n{"code":"FAIL"}'

test('FAIL with 200 counts as accepted, and is held against the receiver', async () => {
  const { control, one } = await startRefund(
    () => 'HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n{"code":"FAIL"}',
  )
  await control.idle()

  expect(await one()).toMatchObject({
    state: 'DELIVERED',
    attempts: [{ status: 200, violation: 'FAIL with 200 counts as accepted' }],
  })
})

test('the log has all of every attempt: what was sent, what came back, how long it took', async () => {
  const { control, url, receiver, one, credentials } = await startRefund((_, count) =>
    count === 1 ? failed : 204,
  )
  await control.clock.advance(15_000)

  const notice = await one()
  expect(notice).toMatchObject({ state: 'DELIVERED', event_type: 'REFUND.SUCCESS' })
  expect(notice.attempts).toEqual([
    {
      at: heldAt,
      status: 500,
      answer: '{"code":"FAIL"}',
      milliseconds: expect.any(Number),
      probe: false,
      headers: sentHeaders(receiver.received[0]),
      body: receiver.received[0]?.body,
    },
    {
      at: heldAt + 15_000,
      status: 204,
      answer: '',
      milliseconds: expect.any(Number),
      probe: false,
      headers: sentHeaders(receiver.received[1]),
      body: receiver.received[1]?.body,
    },
  ])
  const { resource } = JSON.parse(notice.attempts[0]?.body ?? '')
  expect(open(resource, credentials.apiv3Key).toString()).toBe(notice.plaintext)

  const overHttp = await fetch(`${url}/_sandbox/notifications`)
  expect(await overHttp.json()).toEqual(JSON.parse(JSON.stringify([notice])))
})

/** Host is node:http's own. */
const sentHeaders = (callback: { headers: Readonly<Record<string, string>> } | undefined) => {
  const { Host: _, ...headers } = callback?.headers ?? {}
  return headers
}

test('redelivery begins the schedule anew, whatever became of the notice', async () => {
  const { control, receiver, one, id } = await startRefund((_, count) => (count < 3 ? 500 : 204))
  await control.idle()
  await control.notifications.cancel(id)
  await control.clock.advance(60_000)
  expect(receiver.received).toHaveLength(1)

  await control.notifications.redeliver(id)
  await control.clock.advance(15_000)
  expect(await one()).toMatchObject({ state: 'DELIVERED', attempts: [{}, {}, { status: 204 }] })

  await control.notifications.redeliver(id)
  await control.idle()
  expect(await one()).toMatchObject({ state: 'DELIVERED', attempts: [{}, {}, {}, {}] })
  expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1)
})

test('a cancelled notice is not sent again, and an attempt on its way is still logged', async () => {
  let release = (_: number) => {}
  const hanging = new Promise<number>((resolve) => {
    release = resolve
  })
  const { control, receiver, one, id } = await startRefund(() => hanging)

  await control.notifications.cancel(id)
  release(500)
  await control.clock.advance(2 * 86_400_000)

  expect(await one()).toMatchObject({
    state: 'CANCELLED',
    reason: 'cancelled by the control API',
    attempts: [{ status: 500 }],
  })
  expect(receiver.received).toHaveLength(1)
})

test('idle waits for what is due and for what is on its way, and not for what comes later', async () => {
  let release = (_: number) => {}
  const hanging = new Promise<number>((resolve) => {
    release = resolve
  })
  const { control, one } = await startRefund(() => hanging)
  let isIdle = false

  const idle = control.idle().then(() => {
    isIdle = true
  })
  await control.notifications.list()
  expect(isIdle).toBe(false)
  release(500)
  await idle

  expect(await one()).toMatchObject({ state: 'PENDING', due: heldAt + 15_000 })
})

test('over HTTP a notice is cancelled, delivered anew, and unknown', async () => {
  const { url, id, one, control } = await startRefund((_, count) => (count === 1 ? 500 : 204))
  await control.idle()
  const post = async (path: string) => {
    const answer = await fetch(`${url}/_sandbox/notifications/${path}`, { method: 'POST' })
    return { status: answer.status, body: await answer.json() }
  }

  expect(await post(`${id}/cancel`)).toMatchObject({ status: 200, body: { state: 'CANCELLED' } })
  expect(await post(`${id}/cancel`)).toMatchObject({
    status: 400,
    body: { situation: 'notificationStateIllegal' },
  })
  expect(await post(`${id}/redeliver`)).toMatchObject({ status: 200, body: { state: 'PENDING' } })
  await fetch(`${url}/_sandbox/idle`, { method: 'POST' })
  expect(await one()).toMatchObject({ state: 'DELIVERED' })
  expect(await post('nobody/redeliver')).toMatchObject({ status: 404 })
})
