import { expect, test } from 'vitest'
import type { EventType } from '../../contracts/notifications.ts'
import { openSandbox } from '../support/sandbox.ts'
import { merchantOf } from './merchant.ts'
import { startReceiver } from './receiver.ts'

const heldAt = Date.parse('2026-11-23T08:00:00+08:00')

/** In seconds after the event. */
const minutely = [0, 60, 120, 180, 240, 300, 360, 420, 480, 540, 600]
const day = [
  0, 15, 30, 60, 240, 840, 2_040, 3_840, 5_640, 7_440, 11_040, 21_840, 32_640, 43_440, 65_040,
  86_640,
]

const start = async (answer: Parameters<typeof startReceiver>[0]) => {
  const receiver = await startReceiver(answer)
  const sandbox = await openSandbox({ heldAt })
  const merchant = merchantOf(sandbox, receiver.url)
  const { control } = sandbox

  return {
    ...sandbox,
    receiver,
    causes: {
      sign: async () => {
        await merchant.signPlan()
        await control.userSignPlans.sign('SIGN')
      },
      cancel: async () => {
        await merchant.signPlan()
        await control.userSignPlans.sign('SIGN')
        await control.userSignPlans.cancel('SIGN')
      },
      pay: async () => {
        await merchant.order()
        await merchant.complete('ORDER')
      },
      confirm: async () => {
        await merchant.order('ORDER', true)
        await control.serviceOrders.confirm('ORDER')
      },
      open: () => merchant.authorise(),
      close: async () => {
        await merchant.authorise()
        await merchant.terminate()
      },
      refund: () => merchant.refund(),
    },
    /** What has been attempted of the notice of an event, in seconds after it. */
    attempted: async (event_type: EventType = 'REFUND.SUCCESS') => {
      await control.idle()
      const notices = await control.notifications.list()
      const notice = notices.find((each) => each.event_type === event_type)
      return {
        state: notice?.state,
        at: notice?.attempts.map(({ at }) => (at - heldAt) / 1000),
        attempts: notice?.attempts,
      }
    },
  }
}

test.each([
  ['sign', 'PAYSCORE.USER_SIGN_PLAN', minutely],
  ['cancel', 'PAYSCORE.USER_CANCEL_SIGN_PLAN', minutely],
  ['pay', 'PAYSCORE.USER_PAID', day],
  ['confirm', 'PAYSCORE.USER_CONFIRM', day],
  ['open', 'PAYSCORE.USER_OPEN_SERVICE', day],
  ['close', 'PAYSCORE.USER_CLOSE_SERVICE', day],
  ['refund', 'REFUND.SUCCESS', day],
] as const)(
  'after %s, an unanswered %s comes at the documented times',
  async (cause, event, times) => {
    const { causes, clock, attempted, receiver } = await start(() => 500)
    const [, second = 0] = times
    const last = times.at(-1) ?? 0
    await causes[cause]()

    expect(await attempted(event)).toMatchObject({ state: 'PENDING', at: [0] })
    await clock.advance(second * 1000 - 1)
    expect(await attempted(event)).toMatchObject({ at: [0] })
    await clock.advance(1)
    expect(await attempted(event)).toMatchObject({ at: times.slice(0, 2) })

    await clock.set(heldAt + last * 1000 - 1)
    expect(await attempted(event)).toMatchObject({ state: 'PENDING', at: times.slice(0, -1) })
    await clock.advance(1)
    expect(await attempted(event)).toMatchObject({ state: 'EXHAUSTED', at: times })

    const { length } = receiver.received
    await clock.advance(10 * 86_400_000)
    expect(receiver.received).toHaveLength(length)
  },
)

const answerOf = (status: number, more = '') =>
  `HTTP/1.1 ${status} Whatever\r\n${more}Content-Length: 0\r\n\r\n`

test.each([
  ['200', 200],
  ['200 with whatever text', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello'],
  ['204', 204],
  ['204 after a hint', `HTTP/1.1 103 Early Hints\r\n\r\n${answerOf(204)}`],
])('%s is a success: nothing more is sent', async (_, answer) => {
  const { causes, clock, attempted } = await start(() => answer)
  await causes.refund()
  await clock.advance(2 * 86_400_000)

  expect(await attempted()).toMatchObject({ state: 'DELIVERED', at: [0] })
})

test.each([
  ['201', answerOf(201), { status: 201 }],
  ['202', answerOf(202), { status: 202 }],
  ['206', answerOf(206), { status: 206 }],
  ['a redirect', answerOf(302, 'Location: /elsewhere\r\n'), { status: 302 }],
  ['a redirect that keeps the method', answerOf(307, 'Location: /elsewhere\r\n'), { status: 307 }],
  ['400', answerOf(400), { status: 400 }],
  ['404', answerOf(404), { status: 404 }],
  ['500', answerOf(500), { status: 500 }],
  ['503', answerOf(503), { status: 503 }],
  [
    'another protocol',
    'HTTP/1.1 101 Go\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n',
    { status: 101 },
  ],
  ['garbage', 'hello\r\n\r\n', { error: expect.stringContaining('Parse Error') }],
  ['half an answer', 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello', { error: 'aborted' }],
  ['nothing', '', { error: 'socket hang up' }],
  ['a closed connection', 'hang up', { error: expect.any(String) }],
])('%s is no success: the schedule goes on until there is one', async (_, answer, outcome) => {
  const { causes, clock, attempted, receiver } = await start((_, count) =>
    count < 4 ? answer : 204,
  )
  await causes.refund()
  await clock.advance(2 * 86_400_000)

  const { state, at, attempts } = await attempted()
  expect(state).toBe('DELIVERED')
  expect(at).toEqual([0, 15, 30, 60])
  expect(attempts).toMatchObject([outcome, outcome, outcome, { status: 204 }])
  expect(receiver.received.map(({ lines }) => lines[0])).toEqual(
    Array(4).fill('POST /notify HTTP/1.1'),
  )
})
