import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { openSandbox, startSandbox } from '../support/sandbox.ts'
import { callControl } from './call-control.ts'

const now = '2026-06-01T08:00:00+08:00'
const start = () => startSandbox({ heldAt: Date.parse(now) })

test('the clock is read in Beijing time', async () => {
  expect(await callControl(await start(), '/clock')).toMatchObject({ status: 200, body: { now } })
})

test('the clock is set and advanced', async () => {
  const sandbox = await start()

  expect(await callControl(sandbox, '/clock', { at: '2026-06-02T00:00:00Z' })).toMatchObject({
    body: { now: '2026-06-02T08:00:00+08:00' },
  })
  expect(await callControl(sandbox, '/clock', { advance_seconds: 90 })).toMatchObject({
    body: { now: '2026-06-02T08:01:30+08:00' },
  })
  expect(sandbox.clock.now()).toBe(Date.parse('2026-06-02T08:01:30+08:00'))
})

test('the clock does not go back', async () => {
  const sandbox = await start()

  expect(await callControl(sandbox, '/clock', { at: '2026-05-31T00:00:00+08:00' })).toMatchObject({
    status: 400,
    body: { code: 'INVALID', message: `The clock stands at ${now} and only moves forward.` },
  })
  expect(await callControl(sandbox, '/clock')).toMatchObject({ body: { now } })
})

test('a clock that is not held runs with the wall', async () => {
  const sandbox = await openSandbox()
  await callControl(sandbox, '/clock', { advance_seconds: 3600 })

  expect(Math.abs(sandbox.clock.now() - Date.now() - 3_600_000)).toBeLessThan(5000)
})

test('the clock is held and runs again', async () => {
  const sandbox = await openSandbox()

  const { body } = await callControl(sandbox, '/clock', { hold: true })
  const held = sandbox.clock.now()
  await wait(5)
  expect(sandbox.clock.now()).toBe(held)
  expect(await callControl(sandbox, '/clock')).toMatchObject({ body })

  await callControl(sandbox, '/clock', { hold: false })
  await wait(5)
  expect(sandbox.clock.now()).toBeGreaterThan(held)
})
