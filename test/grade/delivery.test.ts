import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { expect, inject, onTestFinished, test } from 'vitest'
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
  const address = server.address()
  return new URL(`http://127.0.0.1:${typeof address === 'object' && address?.port}/`)
}

/** What becomes of a callback that is answered so. */
const deliver = async (answer: (response: ServerResponse) => void) => {
  const dir = inject('credentials')
  const maker = await createNotificationMaker({ dir, identities: exampleIdentities })
  const to = await startReceiver(answer)
  const prepare = createPrepareDelivery({ maker, to, platform: 'certificate', onSend: () => {} })
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

test.each<[string, (response: ServerResponse) => void, boolean]>([
  ['a silent receiver is late', () => {}, true],
  ['a receiver that stops halfway is late', (response) => response.write('{'), true],
  ['a connection that is closed is not', (response) => response.destroy(), false],
])('%s', async (_, answer, isLate) => {
  const to = await startReceiver(answer)

  expect(await postTimed({ to, headers: {}, body: '', limit: 500 })).toMatchObject({ isLate })
})

test('a connection that is closed just before the time is up is broken, not late', async () => {
  const { outcome, got } = await deliver((response) => {
    setTimeout(() => response.destroy(), 4960)
  })

  // A machine that is busy may close it too late.
  expect(outcome).toBe(got === 'no answer within 5000 ms' ? 'late' : 'broken')
})
