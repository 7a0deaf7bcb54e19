import { readFileSync } from 'node:fs'
import { expect, inject, test } from 'vitest'
import { z } from 'zod'
import type { Endpoint } from '../../../contracts/endpoint.ts'
import { type EndpointId, endpointIds, endpoints } from '../../../contracts/endpoints.ts'
import { fieldsOf } from '../../../contracts/suite/body-fields.ts'
import { everyFieldRule } from '../../../contracts/suite/field-rules.ts'
import type { Fixture } from '../../../contracts/suite/interaction.ts'
import { goodRequest, operationOf } from '../../../contracts/suite/requests.ts'
import { run } from '../../../contracts/suite/run.ts'
import { sampleStates } from '../../../contracts/suite/sample.ts'
import { createSandbox } from '../../../sandbox/sandbox.ts'
import { sandboxTarget } from '../../contract/sandbox-target.ts'

test.each(endpointIds)('%s refuses whatever breaks one rule of the contract', async (endpoint) => {
  const sandbox = await createSandbox({ dir: inject('credentials'), heldAt: 0 })
  const before = await sandbox.control.worlds.export()
  const rules = everyFieldRule(endpoint, {
    given: 'fresh',
    good: (fixture: Fixture) => goodRequest(operationOf(endpoint), fixture),
  })
  const { call } = sandboxTarget(sandbox)
  const results = await run(rules, { given: sampleStates, call })

  expect(results.filter(({ held }) => !held)).toEqual([])
  expect(await sandbox.control.worlds.export()).toEqual(before)
})

const Golden = z.object({
  endpoints: z.array(
    z.object({
      id: z.string(),
      request: z.object({
        fields: z.array(z.object({ name: z.string(), limit: z.string().default('') })),
      }),
    }),
  ),
})
const file = new URL('../../golden/payscore-endpoints.json', import.meta.url)
const golden = Golden.parse(JSON.parse(readFileSync(file, 'utf8'))).endpoints

const longestIn = (id: EndpointId) => {
  const { path, query, body }: Endpoint['request'] = endpoints[id].request
  return new Map(
    [path, query, body]
      .flatMap((schema) => (schema ? fieldsOf(schema) : []))
      .map((field) => [field.path.join('.').replaceAll('.0', '[]'), field]),
  )
}

test.each(endpointIds)('%s allows texts as long as the documents say', (id) => {
  const fields = longestIn(id)
  const documented = golden
    .filter((row) => row.id === id)
    .flatMap(({ request }) => request.fields)
    .flatMap(({ name, limit }) => {
      const [, longest] = /^string\((\d+)\)/.exec(limit) ?? []
      const field = fields.get(name)
      return longest === undefined || field?.values ? [] : [[name, Number(longest)] as const]
    })

  expect(documented.map(([name]) => [name, fields.get(name)?.maxLength])).toEqual(documented)
})
