import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, inject, onTestFinished, test } from 'vitest'
import { merchantOf } from '../callbacks/merchant.ts'
import { startReceiver } from '../callbacks/receiver.ts'
import { callControl } from '../control/call-control.ts'
import { openSandbox, startSandbox } from '../support/sandbox.ts'
import { heldAt, startRich } from './rich-world.ts'

type Sandbox = Pick<Awaited<ReturnType<typeof startSandbox>>, 'control'>

/** As JSON, since a world is what is left of one after a trip through a file. */
const exported = async ({ control }: Sandbox) =>
  JSON.parse(JSON.stringify(await control.worlds.export()))

/** Deliveries that wait, or are on their way, are dropped on the way. */
const dropped = (world: Awaited<ReturnType<typeof exported>>) => ({
  ...world,
  records: {
    ...world.records,
    notifications: world.records.notifications.map(
      ({ due, ...notice }: { due?: number; state: string }) =>
        due === undefined && notice.state !== 'SENDING'
          ? notice
          : { ...notice, state: 'CANCELLED', reason: 'dropped when the world was restored' },
    ),
  },
})

test('an exported world is the same in another sandbox, but for deliveries on their way', async () => {
  const world = await exported(await startRich())
  const other = await startSandbox({ heldAt: 0 })

  await other.control.worlds.import(structuredClone(world))

  expect(await exported(other)).toEqual(dropped(world))
  expect(other.clock.now()).toBe(heldAt)
})

test('the copy goes on as the original does', async () => {
  const original = await startRich()
  const copy = await startSandbox({ heldAt: 0 })
  await copy.control.worlds.import(await exported(original))
  await original.control.worlds.import(await exported(original))

  for (const { control } of [original, copy]) {
    await control.serviceOrders.confirm('TO-CONFIRM')
    await control.userSignPlans.sign('WAITING')
    await control.clock.advance(24 * 3_600_000)
  }

  const [one, other] = [await exported(original), await exported(copy)]
  for (const world of [one, other]) {
    for (const notice of world.records.notifications) notice.attempts.length = 0
  }
  expect(other).toEqual(one)
  expect(await copy.control.serviceOrders.get('UNPAID')).toMatchObject({
    order: { state: 'DONE', collection: { state: 'USER_PAID' } },
  })
})

test('a snapshot brings back what was remembered, and what was to come', async () => {
  const { control, merchant, clock } = await startRich()
  const before = await exported({ control })
  await control.worlds.snapshot('before')

  await merchant.order('LATER')
  await clock.advance(400 * 86_400_000)
  expect(await exported({ control })).not.toEqual(before)

  await control.worlds.restore('before')
  expect(await exported({ control })).toEqual(dropped(before))
  await expect(control.serviceOrders.get('LATER')).rejects.toThrow('订单不存在')

  await control.worlds.restore('before')
  expect(await control.worlds.list()).toEqual(['before'])
})

test('settings are part of a world; keys and rotations are not', async () => {
  const { control, credentials, wxpay } = await startRich({ probes: { callbacks: 0.5 } })
  await control.platformKeys.rotate('prepare')
  await control.worlds.snapshot('before')
  const text = JSON.stringify(await control.worlds.export())
  for (const secret of [
    credentials.apiv3Key,
    'PRIVATE KEY',
    credentials.merchantKey.slice(30, 90),
  ]) {
    expect(text).not.toContain(secret)
  }

  await control.probes.set({ callbacks: 0.25 })
  await control.platformKeys.setMode({ mode: 'certificate' })
  await control.platformKeys.rotate('prepare')
  const { certificates } = await control.platformKeys.read()
  await control.worlds.restore('before')

  expect(await control.probes.read()).toEqual({ answers: 0, callbacks: 0.5 })
  expect(await control.platformKeys.read()).toMatchObject({ mode: 'switching', certificates })
  expect(await wxpay.v3.certificates.get({})).toMatchObject({ status: 200 })
})

test('what waits and what is planned, requested and used is part of a world', async () => {
  const { control } = await startRich()
  await control.faults.order({ fault: 'CLOSED', count: 3 })
  await control.charges.order({ outcome: 'hold', count: 2 })
  const [faults, charges] = [await control.faults.list(), await control.charges.list()]
  const other = await startSandbox()

  await other.control.worlds.import(await exported({ control }))

  expect(await other.control.faults.list()).toEqual(faults)
  expect(await other.control.charges.list()).toEqual(charges)
})

test('what was being delivered is broken off, and nothing that it comes to is booked', async () => {
  let release = (_: number) => {}
  const hanging = new Promise<number>((resolve) => {
    release = resolve
  })
  const receiver = await startReceiver(() => hanging)
  const sandbox = await startSandbox({ heldAt })
  const { control } = sandbox
  await merchantOf(sandbox, receiver.url).refund()
  await receiver.arrived(1)

  await control.worlds.snapshot('now')
  await control.worlds.restore('now')
  release(500)
  await control.clock.advance(86_400_000)

  expect(await control.notifications.list()).toMatchObject([{ state: 'CANCELLED', attempts: [] }])
  expect(receiver.received).toHaveLength(1)
})

const spoil = (path: string, value: unknown) => (world: object) => {
  const parts = path.split('.')
  const last = parts.pop() ?? ''
  const place = parts.reduce<unknown>((inner, part) => Reflect.get(Object(inner), part), world)
  Reflect.set(Object(place), last, value)
  return world
}

const damaged = (place: string) => new RegExp(`^The world is damaged at ${place}[^\n]*\\.$`)

const refusals: [what: string, spoilt: (world: object) => unknown, sentence: string | RegExp][] = [
  ['a number', () => 5, 'This is not a world of wechatpay-sandbox.'],
  ['nothing', () => null, 'This is not a world of wechatpay-sandbox.'],
  ['another program', spoil('format', 'word'), 'This is not a world of wechatpay-sandbox.'],
  [
    'another version',
    spoil('version', 1),
    'The world has version 1; this sandbox reads version 2.',
  ],
  ['a missing part', spoil('records', undefined), damaged('records: ')],
  ['a time that is none', spoil('clock.now', -1), damaged('clock.now: ')],
  ['a record that is none', spoil('records.plans.0', null), damaged('records.plans.0: ')],
  ['a plan that is none', spoil('records.plans.1.plan', null), damaged('records.plans.1.plan: ')],
  [
    'a state that does not exist',
    spoil('records.serviceOrders.0.order.state', 'FINISHED'),
    damaged('records.serviceOrders.0.order.state: '),
  ],
  [
    'a sign plan without details',
    spoil('records.userSignPlans.0.signPlan.signed_detail_list', 'none'),
    damaged('records.userSignPlans.0.signPlan'),
  ],
  [
    'a moment that is none',
    spoil('records.serviceOrders.1.due', 'soon'),
    damaged('records.serviceOrders.1.due: '),
  ],
  [
    'a moment for a record whose state has none',
    spoil('records.serviceOrders.0.due', heldAt),
    /^The world is damaged at records\.serviceOrders\.0\.due: nothing is ever due in this state\.$/,
  ],
  [
    'an event that does not exist',
    spoil('records.notifications.0.event_type', 'PAYSCORE.NOTHING'),
    damaged('records.notifications.0.event_type: '),
  ],
  [
    'a merchant without keys',
    spoil('records.merchants.0.mchid', '1999999999'),
    'The world holds merchant 1999999999, whose keys are not here. Add the merchant first.',
  ],
  [
    'an order of a merchant without keys',
    spoil('records.serviceOrders.0.mchid', '1999999999'),
    'The world holds merchant 1999999999, whose keys are not here. Add the merchant first.',
  ],
]

test('a world that cannot be taken is refused in a sentence, and nothing changes', async () => {
  const { control, url } = await startRich()
  const before = await exported({ control })

  for (const [what, spoilt, sentence] of refusals) {
    const world = spoilt(structuredClone(before))
    await expect(control.worlds.import(world), what).rejects.toThrow(sentence)

    const answer = await fetch(`${url}/_sandbox/world`, {
      method: 'POST',
      body: JSON.stringify(world),
    })
    expect(await answer.json(), what).toEqual({
      code: 'INVALID',
      message: typeof sentence === 'string' ? sentence : expect.stringMatching(sentence),
    })
  }

  expect(await exported({ control })).toEqual(before)
})

test.each(['../etc/passwd', 'a/b', '', '.', 'a'.repeat(65), 'ä'])(
  '"%s" is no name for a snapshot',
  async (name) => {
    const { control } = await startSandbox()

    await expect(control.worlds.snapshot(name)).rejects.toThrow(
      'A snapshot is named with 1 to 64 letters, digits, "_" and "-".',
    )
    await expect(control.worlds.restore(name)).rejects.toThrow('A snapshot is named with')
    expect(await control.worlds.list()).toEqual([])
  },
)

test('an unknown name is refused, and nothing changes', async () => {
  const { control } = await startRich()
  const before = await exported({ control })

  await expect(control.worlds.restore('constructor')).rejects.toThrow(
    'Nothing was kept under the name constructor.',
  )
  expect(await exported({ control })).toEqual(before)
})

test('worlds go over HTTP as they do in-process', async () => {
  const { url, control, merchant } = await startRich()
  const call = async (method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${url}/_sandbox${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) }
  }
  const before = await exported({ control })

  expect(await call('GET', '/world')).toEqual({ status: 200, body: before })
  expect(await call('POST', '/snapshots/one')).toMatchObject({ status: 204 })
  expect(await call('GET', '/snapshots')).toEqual({ status: 200, body: ['one'] })
  await merchant.order('LATER')

  expect(await call('POST', '/snapshots/one/restore')).toMatchObject({ status: 204 })
  expect(await exported({ control })).toEqual(dropped(before))

  await merchant.order('LATER')
  expect(await call('POST', '/world', before)).toMatchObject({ status: 204 })
  expect(await exported({ control })).toEqual(dropped(before))

  expect(await call('POST', '/snapshots/..%2Fone')).toEqual({
    status: 400,
    body: { code: 'INVALID', message: expect.stringContaining('A snapshot is named with') },
  })
  expect(await call('POST', '/snapshots/two/restore')).toEqual({
    status: 400,
    body: { code: 'INVALID', message: 'Nothing was kept under the name two.' },
  })
})

test('a world of many orders leaves in pieces, and is the one that control gives', async () => {
  const { url, control } = await startSandbox({ heldAt })
  const world = await exported({ control })
  const [record] = world.records.serviceOrders
  const serviceOrders = Array.from({ length: 500 }, (_, index) => {
    const out_order_no = `MANY${index}`
    return { ...record, query_id: out_order_no, order: { ...record?.order, out_order_no } }
  })
  await control.worlds.import({ ...world, records: { ...world.records, serviceOrders } })

  const answer = await fetch(`${url}/_sandbox/world`)
  expect(answer.headers.get('Content-Length')).toBeNull()
  expect(await answer.text()).toBe(JSON.stringify(await control.worlds.export()))
})

test('so many snapshots are kept, and one that is dropped makes room', async () => {
  const sandbox = await openSandbox()
  const { snapshot, list, drop, restore } = sandbox.control.worlds
  for (let each = 0; each < 100; each += 1) await snapshot(`kept-${each}`)

  await expect(snapshot('one-more')).rejects.toThrow(
    'At most 100 snapshots of 256 MiB together are kept. Drop one by POST /_sandbox/snapshots/NAME/drop.',
  )
  await snapshot('kept-0')
  expect(await callControl(sandbox, '/snapshots/kept-1/drop', {})).toMatchObject({ status: 204 })
  await snapshot('one-more')
  expect(await list()).toHaveLength(100)
  await expect(restore('kept-1')).rejects.toThrow('Nothing was kept under the name kept-1.')
  await expect(drop('kept-1')).rejects.toThrow('Nothing was kept under the name kept-1.')
})

test('snapshots of so many bytes are kept', async () => {
  const { control } = await openSandbox({ heldAt })
  const world = await exported({ control })
  const [record] = world.records.serviceOrders
  const request = { large: 'x'.repeat(100 * 2 ** 20) }
  const serviceOrders = [{ ...record, request }]
  await control.worlds.import({ ...world, records: { ...world.records, serviceOrders } })

  await control.worlds.snapshot('first')
  await control.worlds.snapshot('second')
  await expect(control.worlds.snapshot('third')).rejects.toThrow('256 MiB together')
  expect(await control.worlds.list()).toEqual(['first', 'second'])
})

const second = {
  mchid: '1230000110',
  appid: 'wxd678efh567hg6788',
  subMchid: '1900000110',
  subAppid: 'wxd678efh567hg7000',
  serviceId: '2002000000000558128851361561537',
  openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS7p',
  subOpenid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS7p',
}

test('a reset gives what a fresh start with the same options gives', async () => {
  const options = { heldAt, seed: 1, probes: { callbacks: 0.5 } }
  const started = await startSandbox(options)
  const { certificates } = await started.control.platformKeys.read()
  const fresh = await exported(started)
  const { control, reset, clock, wxpay } = await startRich({
    ...options,
    probes: { callbacks: 0.5 },
  })
  await control.probes.set({ callbacks: 0.25 })
  await control.platformKeys.setMode({ mode: 'public-key' })
  await control.platformKeys.rotate('prepare')
  await control.faults.order({ fault: 'CLOSED' })
  await control.worlds.snapshot('kept')
  await clock.advance(1000)
  await clock.run()

  await reset()

  expect(await exported({ control })).toEqual(fresh)
  expect(clock.now()).toBe(heldAt)
  expect(await control.probes.read()).toEqual({ answers: 0, callbacks: 0.5 })
  expect(await control.platformKeys.read()).toMatchObject({ mode: 'switching', certificates })
  expect(await control.worlds.list()).toEqual([])
  expect(await control.faults.list()).toEqual([])
  expect(await control.charges.list()).toEqual({ pending: [] })
  expect(await wxpay.v3.certificates.get({})).toMatchObject({ status: 200 })
})

test('a world taken up by a used sandbox leaves nothing of what was there', async () => {
  const fresh = await exported(await startSandbox({ heldAt, seed: 1 }))
  const { control } = await startRich({ seed: 2 })
  await control.faults.order({ fault: 'CLOSED' })
  await control.probes.set({ answers: 1 })

  await control.worlds.import(fresh)

  expect(await exported({ control })).toEqual(fresh)
})

test('numbers after a reset are not those of before, unless time and seed ask for it', async () => {
  const idsOf = async (options: Parameters<typeof startSandbox>[0]) => {
    const sandbox = await startSandbox(options)
    const receiver = await startReceiver()
    const ids: string[] = []
    for (const _ of ['before', 'after']) {
      await sandbox.reset()
      await merchantOf(sandbox, receiver.url).refund()
      const [notification] = await sandbox.control.notifications.list()
      ids.push(notification?.id ?? '')
    }
    return ids
  }

  for (const options of [{}, { seed: 1 }, { heldAt }]) {
    expect(new Set(await idsOf(options)).size, JSON.stringify(options)).toBe(2)
  }
  expect(new Set(await idsOf({ heldAt, seed: 1 })).size).toBe(1)
})

test('a reset of one merchant leaves the other alone', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'worlds-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await cp(inject('credentials'), folder, { recursive: true })
  const { control } = await startRich({ dir: folder })
  await control.merchants.add(second)
  const first = await exported({ control })
  const whose = { mchid: second.mchid }
  await control.charges.order({ outcome: 'fail', ...whose })

  await control.reset(second.mchid)

  const of = (world: typeof first, mchid: string) =>
    Object.values<{ mchid: string }[]>(world.records)
      .flat()
      .filter((record) => record.mchid === mchid)
  const after = await exported({ control })
  expect(of(after, '1230000109')).toEqual(of(first, '1230000109'))
  expect(of(after, second.mchid)).toHaveLength(8)
  expect(await control.charges.list(whose)).toEqual({ pending: [] })
  expect((await control.charges.list()).pending).not.toEqual([])
})

test('a merchant that is not there cannot be reset', async () => {
  const { control, reset } = await startRich()
  const before = await exported({ control })

  await expect(control.reset('1999999999')).rejects.toThrow()
  await expect(reset('1999999999')).rejects.toThrow('1999999999')
  expect(await exported({ control })).toEqual(before)
})
