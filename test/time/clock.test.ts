import { expect, test } from 'vitest'
import { openSandbox, startSandbox } from '../support/sandbox.ts'

const heldAt = Date.parse('2026-11-23T08:00:00+08:00')

test('a held clock stands still until it is moved or let go', async () => {
  const { control, clock } = await openSandbox({ heldAt })

  expect(control.clock.read()).toEqual({ now: heldAt })
  expect(await control.clock.advance(1000)).toEqual({ now: heldAt + 1000 })
  expect(await control.clock.set(heldAt + 2000)).toEqual({ now: heldAt + 2000 })
  expect(clock.now()).toBe(heldAt + 2000)

  await control.clock.run()
  const begin = clock.now()
  while (clock.now() === begin) await new Promise((resolve) => setTimeout(resolve, 1))
  expect(clock.now() - begin).toBeLessThan(5000)

  const { now } = await control.clock.hold()
  await new Promise((resolve) => setTimeout(resolve, 5))
  expect(clock.now()).toBe(now)
})

test('a clock that runs is moved and runs on', async () => {
  const { control } = await openSandbox()
  const before = Date.now()

  const { now } = await control.clock.advance(86_400_000)

  expect(now - before).toBeGreaterThanOrEqual(86_400_000)
  expect(now - before).toBeLessThan(86_410_000)
})

const backwards = 'The clock stands at 2026-11-23T08:00:00+08:00 and only moves forward.'
const nonsense = (at: number) =>
  `${at} is no moment of the clock; give whole milliseconds since 1970, before 9989-12-31T23:59:59+08:00.`

test.each([
  [heldAt - 1, backwards],
  [0, backwards],
  [-1, nonsense(-1)],
  [Number.NaN, nonsense(Number.NaN)],
  [Number.POSITIVE_INFINITY, nonsense(Number.POSITIVE_INFINITY)],
  [heldAt + 0.5, nonsense(heldAt + 0.5)],
  [Date.parse('9990-01-01T00:00:00+08:00'), nonsense(Date.parse('9990-01-01T00:00:00+08:00'))],
])('the clock is not set to %d', async (at, sentence) => {
  const { control, clock } = await openSandbox({ heldAt })

  await expect(control.clock.set(at)).rejects.toThrow(sentence)
  await expect(clock.set(at)).rejects.toThrow(sentence)
  await expect(clock.advance(at - heldAt)).rejects.toThrow(sentence)
  expect(clock.now()).toBe(heldAt)
})

test.each([Number.NaN, -1, 0.5])('a clock cannot be held at %d', async (at) => {
  await expect(startSandbox({ heldAt: at })).rejects.toThrow(`${at} is no moment of the clock`)
})

test('over HTTP the clock is read, moved, held and let go', async () => {
  const { url } = await startSandbox({ heldAt })
  const call = async (body?: object) => {
    const init = body && { method: 'POST', body: JSON.stringify(body) }
    const answer = await fetch(`${url}/_sandbox/clock`, init)
    return { status: answer.status, body: JSON.parse(await answer.text()) }
  }
  const at = (now: string) => ({ status: 200, body: { now } })

  expect(await call()).toEqual(at('2026-11-23T08:00:00+08:00'))
  expect(await call({ advance_seconds: 60 })).toEqual(at('2026-11-23T08:01:00+08:00'))
  expect(await call({ at: '2026-11-24T00:00:00+08:00' })).toEqual(at('2026-11-24T00:00:00+08:00'))
  expect(await call({ at: '2026-11-24T00:00:00Z' })).toEqual(at('2026-11-24T08:00:00+08:00'))
  expect(await call({ hold: false })).toMatchObject({ status: 200 })
  const { body } = await call({ hold: true })
  expect(await call()).toEqual({ status: 200, body })

  const refused = [
    {},
    { at: 'tomorrow' },
    { at: '2026-02-30T00:00:00+08:00' },
    { advance_seconds: -1 },
    { advance_seconds: 0.5 },
    { advance_seconds: 1e12 },
    { advance_seconds: '60' },
    { hold: 'yes' },
    { at: '2030-01-01T00:00:00+08:00', advance_seconds: 1 },
  ]
  for (const nothing of refused) {
    expect(await call(nothing), JSON.stringify(nothing)).toMatchObject({
      status: 400,
      body: { code: 'INVALID', message: expect.stringMatching(/^Not understood: .*\.$/) },
    })
  }
  expect(await call({ at: '2020-01-01T00:00:00+08:00' })).toMatchObject({
    status: 400,
    body: { message: expect.stringContaining('only moves forward') },
  })
  expect(await call()).toEqual({ status: 200, body })
})

test('a clock that ran past a moment while it was moved there is not turned back', async () => {
  const { control, clock } = await openSandbox()
  const now = clock.now()

  await Promise.all([control.clock.advance(3_600_000), control.clock.set(now + 60_000)])

  expect(clock.now()).toBeGreaterThanOrEqual(now + 3_600_000)
})
