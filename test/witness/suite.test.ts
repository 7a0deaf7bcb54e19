import { expect, test } from 'vitest'
import { interactions } from '../../contracts/suite/interactions.ts'
import { run } from '../../contracts/suite/run.ts'
import { successes } from '../contract/sample.ts'
import { givenBy } from '../contract/sandbox-target.ts'
import { startSandbox } from '../support/sandbox.ts'
import { pluginCall } from './plugin.ts'

test.each([
  { what: 'interaction', platform: 'publicKey', all: interactions },
  { what: 'success', platform: 'certificate', all: successes },
] as const)(
  'every $what holds for the witness, answers signed by the $platform',
  { timeout: 120_000 },
  async ({ platform, all }) => {
    const sandbox = await startSandbox()
    const call = pluginCall(sandbox.credentials, { baseURL: sandbox.url, platform })

    const results = await run(all, { given: givenBy(sandbox, platform), call })

    expect(results.filter(({ held }) => !held)).toEqual([])
  },
)
