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

/** Values that a schema allows, each text and number most often as in a request that fits the state. */
const allowedValue = (schema: unknown, good: unknown): fc.Arbitrary<unknown> => {
  const any = anyAllowedValue(schema, good)
  return good === undefined || typeof good === 'object'
    ? any
    : fc.oneof({ weight: 20, arbitrary: fc.constant(good) }, any)
}

const anyAllowedValue = (schema: unknown, good: unknown): fc.Arbitrary<unknown> => {
  if (schema instanceof z.ZodObject) return membersOf(schema, good)
  if (schema instanceof z.ZodOptional) return anyAllowedValue(schema.unwrap(), good)
  if (schema instanceof z.ZodArray) {
    const rows = fc.array(allowedValue(schema.element, memberOf(good, 0)), { maxLength: 3 })
    return rows.filter((row) => schema.safeParse(row).success)
  }
  if (schema instanceof z.ZodBoolean) return fc.boolean()
  if (schema instanceof z.ZodEnum) return fc.constantFrom(...schema.options)
  if (schema instanceof z.ZodLiteral) return fc.constantFrom(...schema.values)
  if (schema instanceof z.ZodNumber) {
    const { minValue, maxValue } = schema
    return fc.integer({ min: Math.max(minValue ?? 0, -1e6), max: Math.min(maxValue ?? 1e6, 1e6) })
  }
  if (schema instanceof z.ZodString) {
    const texts = ['', '1', '课', 'OnAccept', '20091225', '20260230', '20091225091010', 'a_-*|@']
    const fitting = [...texts, 'http://127.0.0.1:9/n', '2009-12-25T12:10:10+08:00', good].filter(
      (text) => schema.safeParse(text).success,
    )
    return fc.constantFrom(...fitting)
  }
  throw new Error(`Requests are not made of ${Object(schema).constructor.name}.`)
}

const membersOf = (schema: z.ZodObject, good: unknown): fc.Arbitrary<Record<string, unknown>> => {
  const members = Object.entries(schema.shape).map(
    ([name, member]) => [name, allowedValue(member, memberOf(good, name))] as const,
  )
  const required = members.map(([name]) => name).filter((name) => !isOptional(schema.shape[name]))

  return fc.record(Object.fromEntries(members), { requiredKeys: required, noNullPrototype: true })
}

const isOptional = (schema: unknown) => schema instanceof z.ZodOptional

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

test.each(rows)('$id never fails by a request of its schema, $state', async ({ id, state }) => {
  const sandbox = await openSandbox()
  const { given, call } = sandboxTarget(sandbox)
  const mode = modeOf({ endpoint: id })
  const fixture = await given[state]?.(mode)
  if (!fixture) throw new Error(`There is no way to ${state}.`)
  const good = goodRequest(operationOf(id), fixture)
  const { request }: Endpoint = endpoints[id]
  const part = (name: 'query' | 'body') => {
    const schema = request[name]
    return schema
      ? membersOf(schema, good[name]).map((members) => ({ [name]: members }))
      : fc.constant({})
  }
  const records = async () => {
    // What an earlier request has set going is over; deliveries to nobody go on and on.
    await sandbox.control.idle()
    const { notifications: _, ...rest } = (await sandbox.control.worlds.export()).records
    return rest
  }

  await fc.assert(
    fc.asyncProperty(part('query'), part('body'), async (query, body) => {
      const before = await records()
      const { status } = await call({ ...good, ...query, ...body })

      expect(status).toBeLessThan(500)
      if (status >= 400) expect(await records()).toEqual(before)
    }),
    { numRuns: 20 },
  )
})
