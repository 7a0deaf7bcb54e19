import { expect, inject, onTestFinished, test } from 'vitest'
import { readCredentials } from '../../client/credentials.ts'
import { errors } from '../../contracts/errors.ts'
import type { CallAnswer, Target } from '../../contracts/suite/interaction.ts'
import { interactions } from '../../contracts/suite/interactions.ts'
import { rotation } from '../../contracts/suite/rotation.ts'
import { modeOf, run } from '../../contracts/suite/run.ts'
import { sampleOf, sampleStates } from '../../contracts/suite/sample.ts'
import { createsOrder } from '../../contracts/suite/service-orders.ts'
import { strictTimes } from '../../contracts/suite/strict-times.ts'
import { startCallbackReceiver } from '../../sandbox/verifying/callback-receiver.ts'
import { startSandbox } from '../support/sandbox.ts'
import { successes } from './sample.ts'
import { sandboxTarget } from './sandbox-target.ts'

/** The whole suite is some two thousand signed calls. */
const timeout = 120_000

const failuresOf = async (...args: Parameters<typeof run>) =>
  (await run(...args)).filter(({ held }) => !held)

test('every interaction holds, answers signed by the certificate', { timeout }, async () => {
  const sandbox = await startSandbox()
  const receiver = await startCallbackReceiver({
    ...readCredentials(inject('credentials')),
    patience: 60_000,
  })
  onTestFinished(() => receiver.close())
  const target = sandboxTarget(sandbox, { baseUrl: sandbox.url, receiver })
  const results = await run([...interactions, ...rotation], target)

  expect(results.filter(({ held }) => !held)).toEqual([])
  expect(results.filter(({ notSeen }) => notSeen)).toEqual([])
})

test('every success holds, answers signed by the public key', { timeout }, async () => {
  const sandbox = await startSandbox()
  const target = sandboxTarget(sandbox, { baseUrl: sandbox.url, platform: 'publicKey' })

  expect(await failuresOf(successes, target)).toEqual([])
})

test('the suite holds once more in a sandbox that has seen it', { timeout }, async () => {
  const sandbox = await startSandbox()
  const some = interactions.filter(({ endpoint }) => endpoint.startsWith('plan'))

  expect(await failuresOf(some, sandboxTarget(sandbox))).toEqual([])
  expect(await failuresOf(some, sandboxTarget(sandbox))).toEqual([])
})

test('what strict times add holds where times are strict, and only there', async () => {
  const strict = sandboxTarget(await startSandbox({ strictTime: true }))
  const lenient = sandboxTarget(await startSandbox())

  expect(await failuresOf(strictTimes, strict)).toEqual([])
  expect(await failuresOf(strictTimes, lenient)).not.toEqual([])
})

test('no two interactions have one name', () => {
  const names = [...interactions, ...strictTimes, ...rotation].map(({ name }) => name)

  expect(new Set(names).size).toBe(names.length)
})

test('no interaction says one thing twice', () => {
  for (const { holds } of interactions) {
    const says = holds.map((assertion) => assertion.says)
    expect(new Set(says).size).toBe(says.length)
  }
})

test('an interaction that names a refusal asserts its status', () => {
  const silent = interactions.filter(
    ({ situation, holds }) =>
      situation && !holds.some(({ says }) => says === `answers ${errors[situation].status}`),
  )

  expect(silent).toEqual([])
})

/** Answers in which nothing is as it should be. */
const nonsense = (answer: Omit<CallAnswer, 'status'>): Target => ({
  given: sampleStates,
  call: async () => ({ status: 299, rawHeaders: ['x', 'y'], ...answer }),
  callback: async () =>
    answer.trusted ? undefined : { ...answer, rawHeaders: ['x', 'y'], resource: anything },
})

/** Whatever member is asked for, it is there and is no value. */
const anything: object = new Proxy(
  {},
  {
    get: (target, key) =>
      Reflect.get(target, key) ?? (typeof key === 'string' ? anything : undefined),
    getOwnPropertyDescriptor: () => ({ value: anything, configurable: true }),
  },
)

test('every assertion fails where the answers are nonsense', async () => {
  const names = ['Nonce', 'Signature', 'Serial', 'Signature-Type', 'Timestamp']
  const headers = new Headers({
    'Content-Type': 'text/html',
    'Request-ID': '?',
    ...Object.fromEntries(names.map((name) => [`Wechatpay-${name}`, '?'])),
  })

  const [bare = [], full = []] = await Promise.all([
    run(interactions, nonsense({ headers: new Headers(), trusted: true, body: undefined })),
    run(interactions, nonsense({ headers, trusted: false, body: anything })),
  ])

  const held = bare.filter((result, index) => result.held && full[index]?.held)
  expect(held.map(({ interaction, assertion }) => `${interaction}: ${assertion}`)).toEqual([])
})

test('an interaction fails whose state did not come about', async () => {
  const refused = { status: 400, headers: new Headers(), body: undefined, trusted: true }
  const later = interactions.filter((each) => each.when(sampleOf(modeOf(each))).length > 1)

  const results = await run(later, { given: sampleStates, call: async () => refused })

  expect(results).not.toHaveLength(0)
  expect(results.filter(({ held }) => held)).toEqual([])
})

test('an interaction fails whose state the target lacks', async () => {
  const results = await run([createsOrder], { given: {}, call: () => Promise.reject() })

  expect(results.map(({ got }) => String(got))).toContain(
    'Error: The target cannot bring about the state detailInTurn.',
  )
  expect(results.filter(({ held }) => held)).toEqual([])
})

test('a target that does not answer fails every assertion, with the reason', async () => {
  const reason = new Error('unreachable')

  const results = await run([createsOrder], {
    given: sampleStates,
    call: () => Promise.reject(reason),
  })

  expect(results).toHaveLength(createsOrder.holds.length)
  expect(results.every(({ held, got }) => !held && got === reason)).toBe(true)
})
