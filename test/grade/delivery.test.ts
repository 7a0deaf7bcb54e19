import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { expect, inject, onTestFinished, test, vi } from 'vitest'
import { placeOf } from '../../contracts/loopback.ts'
import { exampleIdentities } from '../../sandbox/authority/example-identities.ts'
import { postTimed } from '../../sandbox/callbacks/post.ts'
import { createPrepareDelivery } from '../../sandbox/grading/delivery.ts'
import { sampleOrder } from '../../sandbox/grading/sample-order.ts'
import { createNotificationMaker } from '../../sandbox/maker/notification-maker.ts'

const startReceiver = async (answer: (response: ServerResponse) => void): Promise<URL> => {
  const server = createServer((_, response) => answer(response)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return new URL(placeOf(server.address()).url)
}

type Answer = (response: ServerResponse) => void

/** What becomes of a callback that is answered so. */
const deliver = async (answer: Answer, limit = 20_000, stopwatch?: () => number) => {
  const dir = inject('credentials')
  const maker = await createNotificationMaker({ dir, identities: exampleIdentities })
  const to = await startReceiver(answer)
  const prepare = createPrepareDelivery({
    maker,
    to,
    platform: 'certificate',
    limit,
    onSend: () => {},
    ...(stopwatch && { stopwatch }),
  })
  const send = await prepare({ order: sampleOrder(maker.credentials, 'LESSON') })
  return send()
}

test.each([
  [200, 'accepted'],
  [204, 'accepted'],
  [202, 'broken'],
  [302, 'broken'],
  [401, 'refused'],
  [500, 'refused'],
])('an answer of %i is %s, as the courier has it', async (status, outcome) => {
  expect(await deliver((response) => response.writeHead(status).end())).toMatchObject({
    outcome,
    status,
  })
})

const silent: Answer = () => {}
const stop: Answer = (response) => response.write('{')
const close: Answer = (response) => response.destroy()

const shortTime = 50
const longTime = 20_000

test.each([
  { what: 'a silent receiver is late', answer: silent, limit: shortTime, isLate: true },
  { what: 'a receiver that stops halfway is late', answer: stop, limit: shortTime, isLate: true },
  { what: 'a connection that is closed is not', answer: close, limit: longTime, isLate: false },
])('$what', async ({ answer, limit, isLate }) => {
  const to = await startReceiver(answer)

  expect(await postTimed({ to, headers: {}, body: '', limit })).toMatchObject({ isLate })
})

test.each([
  { answer: close, limit: longTime, milliseconds: longTime + 1, outcome: 'broken' },
  { answer: silent, limit: shortTime, milliseconds: shortTime - 1, outcome: 'late' },
])(
  'what went wrong first makes it $outcome, not the $milliseconds ms that were measured',
  async (row) => {
    const stopwatch = vi.fn(() => row.milliseconds).mockReturnValueOnce(0)
    const { outcome, milliseconds } = await deliver(row.answer, row.limit, stopwatch)

    expect([outcome, milliseconds]).toEqual([row.outcome, row.milliseconds])
  },
)
