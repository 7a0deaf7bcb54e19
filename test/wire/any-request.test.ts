import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { Endpoint } from '../../contracts/endpoint.ts'
import { endpointIds, endpoints } from '../../contracts/endpoints.ts'
import { memberOf } from '../../contracts/json.ts'
import { fixtureStates } from '../../contracts/suite/interaction.ts'
import { interactions } from '../../contracts/suite/interactions.ts'
import { goodRequest, operationOf } from '../../contracts/suite/requests.ts'
import { modeOf } from '../../contracts/suite/run.ts'
import { sandboxTarget } from '../contract/sandbox-target.ts'
import { openSandbox } from '../support/sandbox.ts'

/** How many of twenty optional members are sent. */
type Density = 2 | 18

/** A value that a schema allows; a text or number is mostly the one of a request that fits. */
const allowedValue = (schema: unknown, good: unknown, density: Density): fc.Arbitrary<unknown> => {
  if (schema instanceof z.ZodOptional) return allowedValue(schema.unwrap(), good, density)
  if (schema instanceof z.ZodObject) return membersOf(schema, good, density)
  if (schema instanceof z.ZodArray) {
    const row = allowedValue(schema.element, memberOf(good, 0), density)
    return fc.array(row, { maxLength: 3 }).filter((rows) => schema.safeParse(rows).success)
  }
  const any = anyScalar(schema, good)
  return good === undefined ? any : mostly(20, { first: fc.constant(good), second: any })
}

const anyScalar = (schema: unknown, good: unknown): fc.Arbitrary<unknown> => {
  if (schema instanceof z.ZodBoolean) return fc.boolean()
  if (schema instanceof z.ZodEnum) return fc.constantFrom(...schema.options)
  if (schema instanceof z.ZodLiteral) return fc.constantFrom(...schema.values)
  if (schema instanceof z.ZodNumber) {
    const { minValue, maxValue } = schema
    return fc.integer({ min: Math.max(minValue ?? 0, -1e6), max: Math.min(maxValue ?? 1e6, 1e6) })
  }
  if (schema instanceof z.ZodString) {
    const fitting = [...texts, good].filter((text) => schema.safeParse(text).success)
    return fc.constantFrom(...fitting)
  }
  throw new Error(`No values are known of ${Object(schema).constructor.name}.`)
}

const texts = [
  '',
  '1',
  '课',
  'a_-*|@',
  'OnAccept',
  '20091225',
  '20260230',
  '20091225091010',
  'http://127.0.0.1:9/n',
  '2009-12-25T12:10:10+08:00',
]

const mostly = (
  weight: number,
  { first, second }: Record<'first' | 'second', fc.Arbitrary<unknown>>,
): fc.Arbitrary<unknown> => fc.oneof({ weight, arbitrary: first }, { weight: 1, arbitrary: second })

const membersOf = (
  schema: z.ZodObject,
  good: unknown,
  density: Density,
): fc.Arbitrary<Record<string, unknown>> => {
  const members = Object.entries(schema.shape).map(([name, member]) => {
    const value = allowedValue(member, memberOf(good, name), density)
    if (!(member instanceof z.ZodOptional)) return [name, value] as const
    const present = memberOf(good, name) === undefined ? 1 : density
    const absent = { weight: 20 - present, arbitrary: fc.constant(undefined) }
    return [name, fc.oneof({ weight: present, arbitrary: value }, absent)] as const
  })

  return fc.record(Object.fromEntries(members), { noNullPrototype: true })
}

/** The states in which an operation succeeds, and one in which there is nothing. */
const statesOf = (id: (typeof endpointIds)[number]) =>
  new Set([
    'fresh' as const,
    ...interactions
      .filter(({ endpoint, situation }) => endpoint === id && situation === undefined)
      .flatMap(({ given }) => fixtureStates.filter((state) => state === given))
      .slice(0, 1),
  ])

const rows = endpointIds.flatMap((id) => [...statesOf(id)].map((state) => ({ id, state })))

const requestsOfState = 16

test.each(rows)('$id never fails by a request of its schema, $state', async ({ id, state }) => {
  const sandbox = await openSandbox()
  const { given, call } = sandboxTarget(sandbox)
  const { request, response }: Endpoint = endpoints[id]
  const reach = async () => {
    const fixture = await given[state]?.(modeOf({ endpoint: id }))
    if (!fixture) throw new Error(`There is no way to ${state}.`)
    return goodRequest(operationOf(id), fixture)
  }
  const records = async () => {
    // What an earlier request has set going is over; deliveries to nobody go on and on.
    await sandbox.control.idle()
    const { notifications: _, ...rest } = (await sandbox.control.worlds.export()).records
    return rest
  }
  const begin = Date.now()
  let good = await reach()

  for (let seed = begin; seed < begin + requestsOfState; seed += 1) {
    const density = seed % 2 === 0 ? 2 : 18
    const part = (name: 'query' | 'body') =>
      request[name] && {
        [name]: fc.sample(membersOf(request[name], good[name], density), { seed, numRuns: 1 })[0],
      }
    const asked = { ...good, ...part('query'), ...part('body') }
    const before = await records()
    const { status, body } = await call(asked)

    expect(status, JSON.stringify(asked)).toBeLessThan(500)
    if (status === 200 && 'body' in response) {
      expect(response.body.parse(body), JSON.stringify(asked)).toEqual(body)
    }
    if (status < 400) good = await reach()
    else expect(await records(), JSON.stringify(asked)).toEqual(before)
  }
})
