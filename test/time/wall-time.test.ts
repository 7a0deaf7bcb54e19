import { expect, test } from 'vitest'
import { merchantOf } from '../callbacks/merchant.ts'
import { startReceiver } from '../callbacks/receiver.ts'
import { openSandbox } from '../support/sandbox.ts'

const aMinuteFromNow = (seconds: string | null | undefined) =>
  Math.abs(Date.now() / 1000 - Number(seconds)) < 60

test.each([
  ['long ago', Date.parse('2009-12-25T09:10:10+08:00')],
  ['in many years', Date.parse('2040-01-01T00:00:00+08:00')],
])('business time %s is in bodies and nowhere else', async (_, heldAt) => {
  const receiver = await startReceiver()
  const sandbox = await openSandbox({ heldAt })
  const { wxpay, control } = sandbox

  // The client refuses answers, and the sandbox requests, that are more than 5 min off.
  const { headers, data } = await wxpay.v3.certificates.get({})
  expect(aMinuteFromNow(headers.get('Wechatpay-Timestamp'))).toBe(true)
  const [{ effective_time = '', expire_time = '' } = {}] = data.data
  const years = (Date.parse(expire_time) - Date.now()) / (365 * 86_400_000)
  expect(Date.parse(effective_time)).toBeLessThanOrEqual(Date.now())
  expect(years).toBeGreaterThan(4)
  expect(years).toBeLessThan(6)

  const refund = await merchantOf(sandbox, receiver.url).refund()
  await control.idle()
  expect(Date.parse(refund.create_time)).toBe(heldAt)
  const [callback] = receiver.received
  expect(aMinuteFromNow(callback?.headers['Wechatpay-Timestamp'])).toBe(true)
  const opened = await wxpay.notifications.parse(callback?.headers ?? {}, callback?.body ?? '')
  expect(Date.parse(opened.create_time)).toBe(heldAt)
})
