import { expect, test } from 'vitest'
import { interactions } from '../../contracts/suite/interactions.ts'
import { run } from '../../contracts/suite/run.ts'
import { successes } from '../contract/sample.ts'
import { givenBy } from '../contract/sandbox-target.ts'
import { startSandbox } from '../support/sandbox.ts'
import { pluginCall } from './plugin.ts'

test.each([
  ['interaction', 'publicKey', interactions],
  ['success', 'certificate', successes],
] as const)(
  'every %s holds for the witness, answers signed by the %s',
  { timeout: 120_000 },
  async (_what, platform, all) => {
    const sandbox = await startSandbox()
    const call = pluginCall(sandbox.credentials, { baseURL: sandbox.url, platform })

    const results = await run(all, { given: givenBy(sandbox, platform), call })

    expect(results.filter(({ held }) => !held)).toEqual([])
  },
)
