import { expect, test } from 'vitest'
import { exampleOrder } from '../support/example.ts'
import { startSandbox } from '../support/sandbox.ts'
import { startProxy } from './changing-proxy.ts'
import { pluginWith } from './plugin.ts'

const orderThrough = async (change: (body: string) => string) => {
  const { url, credentials } = await startSandbox()
  const plugin = pluginWith(credentials, { baseURL: await startProxy(url, change) })

  return plugin.chain('v3/payscore/sign-plan/partner/serviceorder').post(exampleOrder)
}

test('the witness takes an answer that comes through unchanged', async () => {
  expect(await orderThrough((body) => body)).toMatchObject({ status: 200 })
})

test('the witness refuses an answer of which one byte is changed', async () => {
  const order = orderThrough((body) => body.replace('"amount":15000', '"amount":95000'))

  await expect(order).rejects.toMatchObject({ code: 'EV3_RES_HEADER_SIGNATURE_DIGEST' })
})
