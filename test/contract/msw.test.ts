import { setupServer } from 'msw/node'
import { expect, inject, onTestFinished, test } from 'vitest'
import { interactions } from '../../contracts/suite/interactions.ts'
import { run } from '../../contracts/suite/run.ts'
import { sandboxHandlers } from '../../sandbox/msw.ts'
import { createSandbox } from '../../sandbox/sandbox.ts'
import { sandboxTarget } from './sandbox-target.ts'

const baseUrl = 'https://api.mch.weixin.qq.com'

test('behind msw the sandbox answers at the address of WeChat Pay, without a port', {
  timeout: 120_000,
}, async () => {
  const sandbox = await createSandbox({ dir: inject('credentials') })
  const server = setupServer(...sandboxHandlers(sandbox))
  server.listen({ onUnhandledRequest: 'error' })
  onTestFinished(() => server.close())

  const results = await run(interactions, sandboxTarget(sandbox, { baseUrl }))

  expect(results.filter(({ held }) => !held)).toEqual([])
})
