import { expect, test } from 'vitest'
import { replaced } from '../../contracts/suite/body-fields.ts'
import type { CallAnswer, Interaction, Target } from '../../contracts/suite/interaction.ts'
import { interactions } from '../../contracts/suite/interactions.ts'
import { run } from '../../contracts/suite/run.ts'
import { createsOrder } from '../../contracts/suite/service-orders.ts'
import { exampleOrder } from '../support/example.ts'
import { startSandbox } from '../support/sandbox.ts'
import { platforms, sandboxTarget } from './sandbox-target.ts'

const failuresOf = async (list: readonly Interaction[], target: Target) =>
  (await run(list, target)).filter(({ held }) => !held)

test.each(platforms)('every interaction holds, answers signed by the %s', async (platform) => {
  const sandbox = await startSandbox()
  const target = sandboxTarget(sandbox, { baseUrl: sandbox.url, platform })

  expect(await failuresOf(interactions, target)).toEqual([])
})

test('no two interactions have one name', () => {
  const names = interactions.map(({ name }) => name)

  expect(new Set(names).size).toBe(names.length)
})

type Change = (answer: CallAnswer) => Partial<CallAnswer>

const member =
  (name: string, value: unknown): Change =>
  ({ body }) => ({ body: replaced(body, [name], value) })

const header =
  (name: string, value: string): Change =>
  ({ headers }) => ({ headers: new Headers({ ...Object.fromEntries(headers), [name]: value }) })

const unsigned: Change = () => ({ trusted: false })

const only = (words: string) => interactions.filter(({ name }) => name.includes(words))
const success = [createsOrder]
const refusal = only('a sign plan that does not exist')
const signError = only('a signature that does not fit')

type Break = { what: string; of: readonly Interaction[]; change: Change; blamed: string[] }

test.each<Break>([
  {
    what: 'another status',
    of: success,
    change: () => ({ status: 201 }),
    blamed: ['answers 200'],
  },
  { what: 'a success without signature', of: success, change: unsigned, blamed: ['is signed'] },
  {
    what: 'another type',
    of: success,
    change: header('content-type', 'text/html'),
    blamed: ['comes as application/json'],
  },
  {
    what: 'the Request-ID of a failure',
    of: success,
    change: header('request-id', '08A1-268435461'),
    blamed: ['ends its Request-ID with a number, 0 for success'],
  },
  {
    what: 'a required member missing',
    of: success,
    change: member('service_id', undefined),
    blamed: [
      'has a body that fits the contract',
      'has no member beyond the contract',
      'gives service_id back',
    ],
  },
  {
    what: 'an optional member missing',
    of: success,
    change: member('order_id', undefined),
    blamed: ['has an order_id of 31 digits'],
  },
  {
    what: 'a member too many',
    of: success,
    change: member('package', 'token'),
    blamed: ['has no member beyond the contract'],
  },
  {
    what: 'another value',
    of: success,
    change: member('attach', 'text'),
    blamed: ['gives attach back'],
  },
  {
    what: 'another state',
    of: success,
    change: member('state', 'CREATED'),
    blamed: ['is DOING, described as USER_CONFIRM'],
  },
  {
    what: 'another message',
    of: refusal,
    change: member('message', '不存在'),
    blamed: ['says “签约计划不存在”'],
  },
  {
    what: 'another code',
    of: refusal,
    change: member('code', 'NOT_FOUND'),
    blamed: ['says RESOURCE_NOT_EXISTS'],
  },
  { what: 'a detail', of: refusal, change: member('detail', {}), blamed: ['has no detail'] },
  { what: 'a refusal without signature', of: refusal, change: unsigned, blamed: ['is signed'] },
  {
    what: 'a signed SIGN_ERROR',
    of: signError,
    change: () => ({ trusted: true }),
    blamed: ['is not signed'],
  },
])('notices $what, and blames nothing else', async ({ of, change, blamed }) => {
  const sandbox = await startSandbox()
  const { given, call } = sandboxTarget(sandbox, { baseUrl: sandbox.url })

  const failures = await failuresOf(of, {
    given,
    call: async (request) => {
      const answer = await call(request)
      return { ...answer, ...change(answer) }
    },
  })

  expect(failures.map(({ assertion }) => assertion)).toEqual(blamed)
})

const given: Target['given'] = {
  merchant: async () => ({ mchid: '1', platform: 'certificate' }),
  detailInTurn: async () => ({ mchid: '1', platform: 'certificate', order: exampleOrder }),
}

test('every assertion fails where the answers are nonsense', async () => {
  let count = 0
  const nonsense = (trusted: boolean): Target => ({
    given,
    call: async () => {
      count += 1
      return { status: 299, headers: new Headers(), body: { detail: 'none', count }, trusted }
    },
  })

  const trusting = await run(interactions, nonsense(true))
  const doubting = await run(interactions, nonsense(false))

  expect(trusting.filter(({ held }, index) => held && doubting[index]?.held)).toEqual([])
})

test('an interaction fails whose state did not come about', async () => {
  const refused = { status: 400, headers: new Headers(), body: undefined, trusted: true }
  const repeats = only('refuses a repeat with another attach')

  const results = await run(repeats, { given, call: async () => refused })

  expect(results).not.toHaveLength(0)
  expect(results.filter(({ held }) => held)).toEqual([])
})

test('a target that does not answer fails every assertion, with the reason', async () => {
  const reason = new Error('unreachable')

  const results = await run([createsOrder], { given, call: () => Promise.reject(reason) })

  expect(results).toHaveLength(createsOrder.holds.length)
  expect(results.every(({ held, got }) => !held && got === reason)).toBe(true)
})
