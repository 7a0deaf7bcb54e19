import { rm } from 'node:fs/promises'
import { expect, test, vi } from 'vitest'
import { exampleIdentities } from '../../sandbox/authority/example-identities.ts'
import { createSandbox, type SandboxOptions } from '../../sandbox/sandbox.ts'
import { startReceiver } from '../callbacks/receiver.ts'
import { killedCopy, newFolder } from '../store/adapters.ts'
import { doing, first, openShop, orderNo, outcomeOf, paid } from '../support/shop.ts'

const open = (dir: string, options: SandboxOptions = {}) => openShop({ ...options, state: { dir } })

const newState = async () => `${await newFolder()}/state`

test('a sandbox goes on from its state folder, also after kill -9', async () => {
  const dir = await newState()
  const before = await open(dir)
  await paid(before)
  await before.control.worlds.snapshot('paid')
  await before.control.platformKeys.rotate('prepare')
  await before.control.faults.order({ fault: 'CLOSED', operation: 'refund.create' })
  await before.clock.advance(86_400_000)
  await before.clock.hold()
  const { data } = await before.queryOrder()

  const after = await open(await killedCopy(dir))

  expect((await after.queryOrder()).data).toEqual(data)
  expect(await after.control.worlds.export()).toEqual(await before.control.worlds.export())
  expect(await after.control.worlds.list()).toEqual(['paid'])
  expect(await after.control.platformKeys.read()).toEqual(await before.control.platformKeys.read())
})

test('a sandbox that was reset begins anew after the next start as well', async () => {
  const dir = await newState()
  const before = await open(dir)
  await doing(before)
  await before.control.worlds.snapshot('doing')
  await before.reset()

  const after = await open(await killedCopy(dir))

  expect(await outcomeOf(after.queryOrder())).toContain('ORDER_NOT_EXIST')
  expect(await after.control.worlds.list()).toEqual([])
  const { records } = await before.control.worlds.export()
  expect(await after.control.worlds.export()).toMatchObject({ records })
})

test('what was due goes on, at its moment', async () => {
  const dir = await newState()
  const options = { settlementDelay: 60 }
  const before = await open(dir, options)
  await first(doing, (shop) => shop.complete())(before)

  const after = await open(await killedCopy(dir), options)

  expect((await after.queryOrder()).data).toMatchObject({ collection: { state: 'USER_PAYING' } })
  await after.clock.advance(60_000)
  expect((await after.queryOrder()).data).toMatchObject({ collection: { state: 'USER_PAID' } })
})

test('a callback that was on its way goes out again, as the same notification', async () => {
  const dir = await newState()
  let answer = (_: number) => {}
  const slow = new Promise<number>((resolve) => {
    answer = resolve
  })
  const receiver = await startReceiver((_, count) => (count === 1 ? slow : 204))
  const options = { notifyTo: receiver.url }
  const before = await open(dir, options)
  await first(doing, (shop) => shop.complete())(before)
  await receiver.arrived(1)

  const after = await open(await killedCopy(dir), options)
  await after.control.idle()
  answer(204)

  const [lost, ...again] = receiver.received.map(({ body }) => JSON.parse(body).id)
  expect(again).toEqual([lost])
  expect(await after.control.notifications.list()).toMatchObject([{ id: lost, state: 'DELIVERED' }])
})

test('what a start is given goes before what is remembered of the last one', async () => {
  const dir = await newState()
  const before = await open(dir)
  await before.control.probes.set({ answers: 0.25, callbacks: 0.5 })
  await before.control.platformKeys.setMode({ mode: 'public-key' })

  const same = await open(await killedCopy(dir))
  expect(await same.control.probes.read()).toEqual({ answers: 0.25, callbacks: 0.5 })
  expect(await same.control.platformKeys.read()).toMatchObject({ mode: 'public-key' })

  const given = { probes: { answers: 0 }, platformKeys: 'certificate' } as const
  const other = await open(await killedCopy(dir), given)
  expect(await other.control.probes.read()).toEqual({ answers: 0, callbacks: 0.5 })
  expect(await other.control.platformKeys.read()).toMatchObject({ mode: 'certificate' })
})

test('a world is taken up by a new state folder alone', async () => {
  const source = await openShop()
  await doing(source)
  const world = await source.control.worlds.export()
  const dir = await newState()
  const before = await open(dir, { world })
  expect((await before.queryOrder()).data).toMatchObject({ state: 'DOING' })
  await before.cancel()

  const onError = vi.fn()
  const after = await open(await killedCopy(dir), { world, onError })

  expect((await after.queryOrder()).data).toMatchObject({ state: 'REVOKED' })
  expect(onError.mock.calls.map(([{ message }]) => message)).toEqual([
    'The world is not taken up: the state folder holds one already and goes on from it. To begin with this world, give a state folder that is new.',
  ])
})

test('a state of merchants whose keys are not here is refused, and free again', async () => {
  const dir = await newState()
  const before = await open(dir)
  await before.close()
  const identities = { ...exampleIdentities, mchid: '1230000999' }

  await expect(createSandbox({ identities, state: { dir } })).rejects.toThrow(
    `The state folder holds merchant ${exampleIdentities.mchid}, whose keys are not in the credentials folder.`,
  )
  await open(dir)
})

test('a change that cannot be written is answered with 500 and told; a query is answered', async () => {
  const dir = await newState()
  const onError = vi.fn()
  const shop = await open(dir, { onError })
  await doing(shop)
  await rm(dir, { recursive: true })

  expect(await outcomeOf(shop.cancel())).toContain('500 SYSTEM_ERROR')
  const charges = new Request('http://127.0.0.1/_sandbox/charges', {
    method: 'POST',
    body: '{"outcome":"fail"}',
  })
  expect((await shop.fetch(charges)).status).toBe(500)
  expect((await shop.queryOrder()).data).toMatchObject({ out_order_no: orderNo, state: 'DOING' })
  const told = onError.mock.calls.map(([{ name, message }]) => `${name}: ${message}`)
  expect([...new Set(told)]).toEqual([
    expect.stringContaining(`StateError: The state folder ${dir} was deleted or replaced`),
  ])
})
