import { setupServer } from 'msw/node'
import { expect, inject, onTestFinished, test } from 'vitest'
import { type Send, Wechatpay } from '../../client/index.ts'
import { run } from '../../contracts/suite/run.ts'
import { sandboxHandlers } from '../../sandbox/msw.ts'
import { createSandbox } from '../../sandbox/sandbox.ts'
import { sample } from './sample.ts'
import { sandboxTarget } from './sandbox-target.ts'

const baseUrl = 'https://api.mch.weixin.qq.com'

test('behind msw the sandbox answers at the address of WeChat Pay, without a port', {
  timeout: 120_000,
}, async () => {
  const sandbox = await createSandbox({ dir: inject('credentials') })
  const server = setupServer(...sandboxHandlers(sandbox))
  server.listen({ onUnhandledRequest: 'error' })
  onTestFinished(() => server.close())

  const results = await run(sample, sandboxTarget(sandbox, { baseUrl }))

  expect(results.filter(({ held }) => !held)).toEqual([])
})

test.each<[string, { fetch?: Send }]>([
  ['node:http', {}],
  ['fetch', { fetch: (request) => fetch(request) }],
])('behind msw, over %s, a connection that a fault closes is one', async (_, transport) => {
  const dir = inject('credentials')
  const sandbox = await createSandbox({ dir })
  const server = setupServer(...sandboxHandlers(sandbox))
  server.listen({ onUnhandledRequest: 'error' })
  onTestFinished(() => server.close())
  const wxpay = Wechatpay.fromCredentials(dir, { baseUrl, retry: 0, ...transport })
  await sandbox.control.faults.order({ fault: 'CLOSED' })

  await expect(wxpay.v3.certificates.get()).rejects.toMatchObject({
    code: 'CONNECTION_FAILED',
    outcome: 'unchanged',
  })
  expect(await wxpay.v3.certificates.get()).toMatchObject({ status: 200 })
})
