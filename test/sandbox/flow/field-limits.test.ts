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
  const sandbox = await createSandbox({ dir: inject('credentials') })
  const { call } = sandboxTarget(sandbox)
  const before = await sandbox.control.worlds.export()
  const rules = everyFieldRule(endpoint, {
    given: 'fresh',
    good: (fixture: Fixture) => goodRequest(operationOf(endpoint), fixture),
  })
  const results = await run(rules, { given: sampleStates, call })

  expect(results.filter(({ held }) => !held)).toEqual([])
  expect(await sandbox.control.worlds.export()).toEqual(before)
})
