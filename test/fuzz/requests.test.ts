import { inspect, isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { expect, inject, test } from 'vitest'
import { endpointIds } from '../../contracts/endpoints.ts'
import { endpointsAt, pathOf } from '../../contracts/paths.ts'
import { languages } from '../../contracts/texts.ts'
import { createSandbox, type Sandbox } from '../../sandbox/sandbox.ts'
import { type AnyRequest, anyRequest } from './any-request.ts'
import { asFetch, type DoorAnswer, openDoors } from './doors.ts'
import { reportOf } from './report.ts'
import { type CrowdedWorld, crowd, requestsOf } from './world.ts'

/** A few in `npm test`, as many as are asked for in `npm run fuzz`. */
const { requests, seed } = inject('fuzz') ?? { requests: 400, seed: 1 }

/** After so many the world is as at the beginning again. */
const perWorld = 250
const mostFindings = 20

const repeatable = { seed: 1, heldAt: Date.parse('2026-03-02T08:00:00+08:00') }

const requestAt = (count: number, world: CrowdedWorld, { credentials }: Sandbox): AnyRequest => {
  const id = endpointIds[count % endpointIds.length]
  if (!id) throw new Error('There are operations.')
  const { succeeding, all } = requestsOf(id, world)
  const good = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...succeeding) },
    { weight: 1, arbitrary: fc.constantFrom(...all) },
  )
  const any = good.chain((each) => anyRequest(each, credentials))
  const [request] = fc.sample(any, { seed: seed + count, numRuns: 1 })
  if (!request) throw new Error('One was asked for.')

  return request
}

/** The records of a sandbox, and how many notices: deliveries of these go on by themselves. */
const stateOf = async ({ control }: Sandbox): Promise<readonly unknown[]> => {
  await control.idle()
  const { notifications, ...records } = (await control.worlds.export()).records
  return [...Object.values(records).flat(), notifications.length]
}

/** Whether nothing was written: a record is never changed, only replaced. */
const isSame = (one: readonly unknown[], other: readonly unknown[]) =>
  one.length === other.length && one.every((record, index) => record === other[index])

const isEqual = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

const shown = ({ body, ...value }: AnyRequest | DoorAnswer) =>
  inspect({ ...value, body: body.toString().slice(0, 500) }, { breakLength: 200 })

/** Members that leave are picked from what was decided, not parsed: so it is done here. */
const isOfSchema = ({ method, target }: AnyRequest, { body }: DoorAnswer): boolean => {
  const row = endpointsAt(pathOf(target)).find((each) => each.method === method)
  if (!row || !('body' in row.response)) return false
  const answered: unknown = JSON.parse(body)
  return isDeepStrictEqual(row.response.body.safeParse(answered).data, answered)
}

/** A target that is none, or too long, is refused below the sandbox, by Node's HTTP. */
const isNoHttp = ({ status, body }: DoorAnswer) => body === '' && [400, 431].includes(status)

test('whatever is sent is answered, alike at every door; a refusal says why and changes nothing', {
  timeout: 60_000 + requests * 200,
}, async () => {
  const errors: unknown[] = []
  let entry: number | undefined
  const world = await crowd(
    await createSandbox({ ...repeatable, dir: inject('credentials') }),
    'CROWD',
  )
  const { twins, bySocket, inProcess, byMsw } = await openDoors(repeatable, {
    onError: (error) => errors.push(error),
    onExchange: (exchange) => {
      entry = exchange.entry
    },
  })
  const [sandbox, ...others] = twins
  const journal = sandbox.control.requests
  const report = reportOf('requests', requests)

  const isExplained = async (status: number): Promise<boolean> => {
    const number = entry ?? 0
    const told = await Promise.all(
      languages.map(async (language) =>
        status === 401
          ? journal.explain(number, language)
          : journal.explainRefusal(number, language),
      ),
    )
    return told.every(Boolean)
  }

  let before: readonly unknown[] = []
  let isInStep = false
  for (let count = 0; count < requests && report.findings.length < mostFindings; count += 1) {
    if (count % perWorld === 0 && isInStep) {
      const [state, ...states] = await Promise.all(twins.map(stateOf))
      if (!states.every((each) => isEqual(each, state))) report.find('the twins differ', count)
    }
    if (count % perWorld === 0 || !isInStep) {
      await Promise.all(twins.map(({ control }) => control.worlds.import(world.world)))
      before = await stateOf(sandbox)
      isInStep = true
    }
    const request = requestAt(count, world, sandbox)
    const find = (what: string, ...answers: (DoorAnswer | string)[]) => {
      const all = answers.map((each) => (typeof each === 'string' ? each : shown(each)))
      report.find(what, seed + count, shown(request), ...all)
    }

    errors.length = 0
    entry = undefined
    const answer = await bySocket(request).catch(String)
    if (typeof answer === 'string' || isNoHttp(answer)) {
      if (typeof answer === 'string') find(answer)
      report.count(request.broken, 'no HTTP')
      isInStep = false
      continue
    }
    const { status } = answer
    report.count(request.broken, String(status))
    if (errors.length > 0 || status >= 500) find('a fault of the sandbox', answer, inspect(errors))

    if (status === 200 && !isOfSchema(request, answer)) find('an answer of no schema', answer)

    const fetched = asFetch(request)
    if (fetched) {
      const answers = [inProcess(fetched.clone()), byMsw(fetched)].map((each) => each.catch(String))
      for (const other of await Promise.all(answers)) {
        if (!isEqual(other, answer)) find('doors differ', answer, other)
      }
    }

    const after = await stateOf(sandbox)
    if (status < 400) {
      before = after
      await Promise.all(others.map(({ control }) => control.idle()))
      isInStep = fetched !== undefined
      continue
    }
    if (!isSame(before, after)) find('a refusal changed something', answer)
    if (!(await isExplained(status))) find('a refusal is not explained', answer)
    before = after
  }

  report.end()
  expect(report.findings.join('\n\n')).toBe('')
})
