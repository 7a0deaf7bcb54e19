import { expect, inject, onTestFinished, test, vi } from 'vitest'
import { openCredentials } from '../../sandbox/authority/credentials-folder.ts'
import { exampleIdentities } from '../../sandbox/authority/example-identities.ts'
import { createPlatformSigner } from '../../sandbox/authority/platform-signer.ts'
import { createSigningKeys } from '../../sandbox/authority/signing-keys.ts'
import { createDeliveries } from '../../sandbox/callbacks/deliveries.ts'
import { createHostPolicy } from '../../sandbox/callbacks/host-policy.ts'
import { createScheduler } from '../../sandbox/scheduler/scheduler.ts'
import { createMemoryStore } from '../../sandbox/store/memory-store.ts'
import { openSandbox } from '../support/sandbox.ts'
import { merchantOf } from './merchant.ts'
import { type Callback, startReceiver } from './receiver.ts'

const never = new Promise<never>(() => {})

/** A courier and its clock at 0 without the rest, so that it need not be waited for 5 s. */
const startDeliveries = async (url: string, limit: number) => {
  const { mchid } = exampleIdentities
  const authority = await openCredentials(inject('credentials'), exampleIdentities)
  const store = createMemoryStore({ heldAt: 0 })
  const fail = (error: unknown) => {
    throw error
  }
  const deliveries = createDeliveries({
    store,
    policy: createHostPolicy({}),
    signer: createPlatformSigner({
      keys: createSigningKeys(authority, store),
      wallNow: Date.now,
    }),
    keysOf: (each) => authority.merchants.get(each),
    limit,
    nextFault: async () => undefined,
    probes: { forCallback: async () => undefined },
    onAttempt: () => {},
    onWithheld: () => {},
    onError: fail,
  })
  const scheduler = createScheduler({
    store,
    background: deliveries,
    runDue: ({ key, at }) => deliveries.deliver(key, at),
    onWaiting: () => {},
    onError: fail,
  })
  await store.change([], async (unit) =>
    unit.put('notifications', {
      mchid,
      id: 'EV-1',
      event_type: 'PAYSCORE.USER_PAID',
      create_time: '1970-01-01T08:00:00+08:00',
      url,
      plaintext: '{}',
      nonce: 'Kj7QIyUiYx1q',
      state: 'PENDING',
      attempts: [],
      retries: 0,
      due: 0,
    }),
  )

  return { clock: scheduler.clock, notice: () => store.get('notifications', [mchid, 'EV-1']) }
}

test.each([
  ['never answers', () => never],
  ['begins an answer and never ends it', () => 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n'],
])('a receiver that %s gets every attempt at its time', async (_, answer) => {
  const received: Callback[] = []
  const { url } = await startReceiver((callback) => {
    received.push(callback)
    return answer()
  })
  const { clock, notice } = await startDeliveries(url, 100)

  await clock.set(2 * 86_400_000)

  const { state, attempts = [] } = (await notice()) ?? {}
  expect(state).toBe('EXHAUSTED')
  expect(attempts.map(({ at }) => at / 1000)).toEqual([
    0, 15, 30, 60, 240, 840, 2_040, 3_840, 5_640, 7_440, 11_040, 21_840, 32_640, 43_440, 65_040,
    86_640,
  ])
  expect(received).toHaveLength(16)
})

test('a receiver has 5 s', async () => {
  // Time limits pass a hundred times as fast; all else is as it is.
  const timeout = AbortSignal.timeout.bind(AbortSignal)
  const limits = vi
    .spyOn(AbortSignal, 'timeout')
    .mockImplementation((limit) => timeout(limit / 100))
  onTestFinished(() => limits.mockRestore())
  const receiver = await startReceiver(() => never)
  const sandbox = await openSandbox()
  await merchantOf(sandbox, receiver.url).refund()
  await receiver.arrived(1)
  await sandbox.control.idle()

  const [notice] = await sandbox.control.notifications.list()
  const [attempt] = notice?.attempts ?? []
  expect(attempt).toMatchObject({ error: 'no answer within 5000 ms' })
  expect(attempt?.milliseconds).toBeGreaterThanOrEqual(49)
})
