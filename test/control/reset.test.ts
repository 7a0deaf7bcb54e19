import { expect, test } from 'vitest'
import { exampleOrder } from '../support/example.ts'
import { openSandbox, startSandbox } from '../support/sandbox.ts'
import { callControl } from './call-control.ts'

const heldAt = Date.parse('2026-06-01T08:00:00+08:00')

test('a reset restores the seeded world byte for byte and keeps the keys', async () => {
  const sandbox = await openSandbox({ heldAt, seed: 1 })
  const { wxpay, control } = sandbox
  const orders = wxpay.chain('v3/payscore/sign-plan/partner/serviceorder')
  const before = await callControl(sandbox, '/world')
  const created = await orders.post({ json: exampleOrder })
  await control.charges.order({ outcome: 'fail' })
  expect(await callControl(sandbox, '/world')).not.toEqual(before)

  expect(await callControl(sandbox, '/reset', {})).toMatchObject({ status: 204 })

  expect(await callControl(sandbox, '/world')).toEqual(before)
  expect((await orders.post({ json: exampleOrder })).data).toEqual(created.data)
})

test('two sandboxes of the same seed begin with the same world, others do not', async () => {
  const worldOf = async (seed: number) =>
    (await callControl(await startSandbox({ heldAt, seed }), '/world')).body
  const [one, same, other] = await Promise.all([worldOf(1), worldOf(1), worldOf(2)])

  expect(same).toEqual(one)
  expect(other).not.toEqual(one)
})

test('a reset while requests come in leaves a world that works', async () => {
  const sandbox = await openSandbox()
  const { wxpay, control } = sandbox
  const orders = wxpay.chain('v3/payscore/sign-plan/partner/serviceorder')

  const answers = await Promise.allSettled([
    ...Array.from({ length: 5 }, () => orders.post({ json: exampleOrder })),
    callControl(sandbox, '/reset', {}),
    ...Array.from({ length: 5 }, () => orders.post({ json: exampleOrder })),
  ])
  for (const answer of answers) {
    if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ status: 404 })
  }

  await control.reset()
  expect((await orders.post({ json: exampleOrder })).status).toBe(200)
  expect(await control.serviceOrders.list()).toHaveLength(2)
})
