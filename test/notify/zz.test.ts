import { test } from 'vitest'
import { startSandbox } from '../support/sandbox.ts'
import { merchantOf } from './merchant.ts'
import { startReceiver } from './receiver.ts'
const heldAt = Date.parse('2026-11-23T08:00:00+08:00')
test('x', async () => {
  const receiver = await startReceiver(() => 500)
  const sandbox = await startSandbox({ heldAt, onError: (e) => console.log('ERR', e) })
  const { control, clock } = sandbox
  const m = merchantOf(sandbox, receiver.url)
  const show = async (t: string) => console.log(t, clock.now() - heldAt, (await control.notifications.list()).map((n) => [n.event_type, n.state, n.due && n.due - heldAt, n.attempts.map((a) => a.at - heldAt)]))
  await m.authorise()
  await m.terminate()
  await show('caused')
  await control.idle()
  await show('idle')
  await clock.advance(14_999)
  await show('14999')
  await clock.advance(1)
  await show('15000')
  await control.idle()
  await show('idle')
})
