import { expect, test } from 'vitest'
import { interactions } from '../../contracts/suite/interactions.ts'
import { run } from '../../contracts/suite/run.ts'
import { givenBy, platforms } from '../contract/sandbox-target.ts'
import { startSandbox } from '../support/sandbox.ts'
import { pluginCall } from './plugin.ts'

test.each(platforms)(
  'every interaction holds for the witness in %s mode',
  { timeout: 120_000 },
  async (platform) => {
    const sandbox = await startSandbox()
    const call = pluginCall(sandbox.credentials, { baseURL: sandbox.url, platform })

    const results = await run(interactions, { given: givenBy(sandbox, platform), call })

    expect(results.filter(({ held }) => !held)).toEqual([])
  },
)
