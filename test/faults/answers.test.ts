import { expect, inject, test } from 'vitest'
import { Wechatpay } from '../../client/index.ts'
import { createFaultQueue } from '../../sandbox/faults/fault-queue.ts'
import { type FaultName, faultNames, faultOf } from '../../sandbox/faults/faults.ts'
import { createMemoryStore } from '../../sandbox/store/memory-store.ts'
import { callControl } from '../control/call-control.ts'
import { exampleOrder } from '../support/example.ts'
import { startSandbox } from '../support/sandbox.ts'
import { authorizationFor } from '../support/signer.ts'
import { send } from '../wire/raw-request.ts'
import { signed } from '../wire/signed-request.ts'
import { pluginWith } from '../witness/plugin.ts'
import { classified } from './classified.ts'

/** Nobody waits long for an answer that never comes, in milliseconds; for others there is time. */
const patience = (fault?: FaultName) => (fault === 'ANSWER_LOST' ? 800 : 10_000)

const path = 'v3/payscore/sign-plan/partner/serviceorder'

/** A sandbox, our client and the witness; neither tries a second time. */
const start = async () => {
  const sandbox = await startSandbox()
  const { url, credentials, control } = sandbox
  const client = (met?: FaultName) =>
    Wechatpay.fromCredentials(inject('credentials'), {
      baseUrl: url,
      retry: 0,
      timeout: patience(met),
    })
  const plugin = pluginWith(credentials, { baseURL: url })

  return {
    ...sandbox,
    wxpay: client(),
    client,
    create: (met?: FaultName) => client(met).chain(path).post({ json: exampleOrder }),
    witness: (headers: Record<string, string> = {}, timeout = patience()) =>
      plugin.chain(path).post(exampleOrder, { timeout, headers }),
    isCreated: async () =>
      (await control.serviceOrders.list()).some(
        ({ order }) => order.out_order_no === exampleOrder.out_trade_no,
      ),
  }
}

/** The one fault that must be told which. */
const error = 'collectionRestricted'
const requestFor = (fault: FaultName) => (fault === 'ERROR' ? { fault, error } : { fault })

const onAnswers = faultNames.filter((name) => faultOf(name).on === 'answer' && name !== 'DELAY')

test('every fault of an answer is classified', () => {
  expect(Object.keys(classified)).toEqual(onAnswers)
})

test.each(onAnswers)('%s is seen for what it is, and strikes once', async (fault) => {
  const { control, create, witness, isCreated } = await start()
  const seen = classified[fault]
  const row = faultOf(fault)

  await control.faults.order(requestFor(fault))
  await expect(create(fault)).rejects.toMatchObject({
    code: seen?.code,
    outcome: seen?.outcome,
    ...(seen?.status && { status: seen.status }),
  })
  expect(await isCreated()).toBe(row.on === 'answer' && row.takesEffect)

  await control.faults.order(requestFor(fault))
  await expect(witness({}, patience(fault))).rejects.toMatchObject({
    code: seen?.witness,
    ...(seen?.status && { response: { status: seen.status } }),
  })
  expect(await control.faults.list()).toEqual([])

  expect(await create()).toMatchObject({ status: 200 })
  expect(await witness()).toMatchObject({ status: 200 })
})

test.each(onAnswers)('%s can be asked for by header', async (fault) => {
  const { witness } = await start()
  const named = fault === 'ERROR' ? `ERROR; error=${error}` : fault
  const asked = witness({ 'Wechatpay-Negative-Test': named }, patience(fault))

  await expect(asked).rejects.toMatchObject({
    code: classified[fault]?.witness,
  })
  expect(await witness()).toMatchObject({ status: 200 })
})

test.each(onAnswers)('%s can be asked for by a magic value, which works once', async (fault) => {
  const { client, credentials } = await start()
  const { serviceId: service_id, appid, subMchid: sub_mchid } = credentials
  const named = fault === 'ERROR' ? `ERROR-${error}` : fault
  const ask = (met?: FaultName) =>
    client(met)
      .chain('v3/payscore/partner/permissions')
      .post({
        json: { service_id, appid, sub_mchid, authorization_code: `NT-${named}-7` },
      })

  await expect(ask(fault)).rejects.toMatchObject({ code: classified[fault]?.code })
  expect(await ask()).toMatchObject({ status: 200 })
})

test('a magic value names a fault in full, in capitals, and nothing else does', async () => {
  const { wxpay, credentials, control } = await start()
  const { serviceId: service_id, appid, subMchid: sub_mchid } = credentials

  const numbers = ['NT-CLOSED_', 'NT-closed', 'XNT-CLOSED', 'NT-CLOSEDX', 'NT-2026', 'NT-']
  for (const number of [...numbers, 'NT-ERROR', 'NT-ERROR-1']) {
    const json = { service_id, appid, sub_mchid, authorization_code: number }
    expect([
      number,
      (await wxpay.chain('v3/payscore/partner/permissions').post({ json })).status,
    ]).toEqual([number, 200])
  }
  expect(await control.permissions.list()).toHaveLength(8)
})

test.each(['\\u4e0b\\u96e8 NT-CLOSED', 'a\\/b NT-CLOSED', 'a\\nNT-CLOSED', 'NT-CLOSED\\n'])(
  'a magic value works however a language writes the text around it: %s',
  async (written) => {
    const { credentials, port } = await start()
    const { serviceId: service_id, appid, subMchid: sub_mchid } = credentials
    const rest = JSON.stringify({ service_id, appid, sub_mchid }).slice(1, -1)
    const body = `{${rest},"authorization_code":"${written}"}`
    const request = { method: 'POST', target: '/v3/payscore/partner/permissions', body }

    await expect(send(port, signed(credentials, request))).rejects.toThrow()
  },
)

test('a request can be delayed', async () => {
  const { control, witness } = await start()
  await control.faults.order({ fault: 'DELAY', seconds: 0.2 })

  const begin = performance.now()
  await witness()
  expect(performance.now() - begin).toBeGreaterThanOrEqual(195)

  await expect(
    witness({ 'Wechatpay-Negative-Test': 'DELAY; seconds=1' }, 100),
  ).rejects.toMatchObject({ code: 'ECONNABORTED' })
})

test('a cancellation can be answered by an unsigned 204', async () => {
  const { control, create, wxpay } = await start()
  await create()
  await control.faults.order({ fault: 'UNSIGNED', operation: 'serviceorder.cancel.partner' })

  const { service_id, sub_mchid, out_trade_no } = exampleOrder
  const cancel = wxpay.chain('v3/payscore/partner/serviceorder/{out_order_no}/cancel').post({
    out_order_no: out_trade_no,
    json: { service_id, sub_mchid, reason: '下雨' },
  })

  await expect(cancel).rejects.toMatchObject({ code: 'SIGNATURE_HEADERS_MISSING' })
  expect((await control.serviceOrders.get(out_trade_no)).order.state).toBe('REVOKED')
})

test('faults strike in the order in which they were ordered, as often as was said', async () => {
  const { control, create } = await start()
  await control.faults.order({ fault: 'SYSTEM_ERROR', count: 2 })
  await control.faults.order({ fault: 'FREQUENCY_LIMITED' })

  const statuses = []
  for (const _ of Array(4)) {
    statuses.push(
      await create().then(
        ({ status }) => status,
        (error) => error.status,
      ),
    )
  }
  expect(statuses).toEqual([500, 500, 429, 200])
})

test('a fault strikes its operation only', async () => {
  const { control, create } = await start()
  await control.faults.order({ fault: 'SYSTEM_ERROR', operation: 'refund.create' })

  expect(await create()).toMatchObject({ status: 200 })
  expect(await control.faults.list()).toHaveLength(1)
})

const queueAt = (wallNow: () => number) => createFaultQueue(createMemoryStore(), wallNow)

test('a fault applies to its merchant only, and answers are no callbacks', async () => {
  const rules = queueAt(() => 0)
  await rules.add('1', { fault: 'CLOSED', count: 1 })
  await rules.add('1', { fault: 'CALLBACK_LOST', count: 1 })

  expect(await rules.next('2', 'refund.create')).toBeUndefined()
  expect(await rules.next('1', 'refund.create')).toEqual({ fault: 'CLOSED' })
  expect(await rules.next('1', 'refund.create')).toBeUndefined()
  expect(await rules.next('1', 'REFUND.SUCCESS')).toEqual({ fault: 'CALLBACK_LOST' })
})

test('a fault expires, and can be taken back', async () => {
  let wall = 0
  const rules = queueAt(() => wall)
  const order = { fault: 'CLOSED', count: 5 } as const
  await rules.add('1', { ...order, expires_in: 10 })
  const { id } = await rules.add('1', order)
  await rules.add('1', { ...order, expires_in: 20 })

  wall = 10_000
  expect((await rules.list('1')).map((rule) => rule.id)).toEqual(['2', '3'])
  expect([await rules.remove('1', id), await rules.remove('1', id)]).toEqual([true, false])
  wall = 20_000
  expect(await rules.next('1', 'refund.create')).toBeUndefined()
})

test('a reset takes back what was ordered, by whichever name it goes', async () => {
  const { control, create, reset } = await start()
  await control.faults.order({ fault: 'CLOSED', count: 1000 })
  await control.reset()
  expect(await create()).toMatchObject({ status: 200 })

  await control.faults.order({ fault: 'CLOSED', count: 1000 })
  await reset()
  expect(await control.faults.list()).toEqual([])
  expect(control.requests.list()).toEqual([])
})

test('magic values of one merchant are forgotten without those of another', async () => {
  const store = createMemoryStore()
  const rules = createFaultQueue(store, () => 0)
  for (const mchid of ['1', '2']) await rules.isFirst(mchid, 'NT-CLOSED')
  await store.clear('1')

  expect(await rules.isFirst('1', 'NT-CLOSED')).toBe(true)
  expect(await rules.isFirst('2', 'NT-CLOSED')).toBe(false)
})

test('only so many faults can wait', async () => {
  const rules = queueAt(() => 0)
  const add = () => rules.add('1', { fault: 'CLOSED', count: 1 })
  for (const _ of Array(1000)) await add()

  await expect(add()).rejects.toThrow('1000 faults wait already. Cancel some.')
})

test.each([
  [{ fault: 'NONE' }, /^Not understood: fault: expected one of SYSTEM_ERROR, /],
  [
    { fault: 'CLOSED', event_type: 'PAYSCORE.USER_PAID' },
    'Not understood: CLOSED is about answers: give operation.',
  ],
  [
    { fault: 'CALLBACK_LOST', operation: 'refund.create' },
    'Not understood: CALLBACK_LOST is about callbacks: give event_type.',
  ],
  [{ fault: 'CLOSED', operation: 'none' }, /^Not understood: operation: expected one of /],
  [{ fault: 'CLOSED', count: 0 }, 'Not understood: count: expected 1 or more.'],
  [{ fault: 'CLOSED', expires_in: 0 }, 'Not understood: expires_in: expected 1 or more.'],
  [{ fault: 'DELAY', seconds: 61 }, 'Not understood: an answer is delayed by 60 seconds at most.'],
  [{}, /^Not understood: fault: /],
])('an order of a fault that cannot be, %j, is refused in one sentence', async (body, message) => {
  const sandbox = await startSandbox()

  expect(await callControl(sandbox, '/faults', body)).toMatchObject({
    status: 400,
    body: {
      code: 'INVALID',
      message: typeof message === 'string' ? message : expect.stringMatching(message),
    },
  })
  expect(await sandbox.control.faults.list()).toEqual([])
})

test.each(['NONE', 'closed', 'CLOSED; seconds=x', 'CLOSED, DELAY', 'CALLBACK_LATE; seconds=99999'])(
  'the header %s names no fault: the request is refused, and nothing was changed',
  async (name) => {
    const { witness, isCreated } = await start()

    await expect(witness({ 'Wechatpay-Negative-Test': name })).rejects.toMatchObject({
      response: {
        status: 400,
        data: {
          code: 'PARAM_ERROR',
          message: expect.stringContaining(
            `Wechatpay-Negative-Test asks for no fault of this sandbox: ${name}. Known faults: SYSTEM_ERROR,`,
          ),
        },
      },
    })
    expect(await isCreated()).toBe(false)
  },
)

test('a call that asks for nothing that there is fails at that check', async () => {
  const { witness, control } = await start()
  await witness({ 'Wechatpay-Negative-Test': 'NONE' }).catch(() => {})

  const [{ id } = { id: 0 }] = control.requests.list()
  expect(await control.requests.get(id)).toMatchObject({
    checks: expect.arrayContaining([{ check: 'fault', held: false }]),
  })
})

test('when too many faults wait, one more is refused, and nothing was changed', async () => {
  const { control, witness, isCreated } = await start()
  for (let each = 0; each < 1000; each += 1) await control.faults.order({ fault: 'CALLBACK_LOST' })

  await expect(
    witness({ 'Wechatpay-Negative-Test': 'CALLBACK_LATE; seconds=5' }),
  ).rejects.toMatchObject({
    response: {
      status: 400,
      data: { message: expect.stringContaining('1000 faults wait already. Cancel some.') },
    },
  })
  expect(await isCreated()).toBe(false)
})

test('what a gateway says is in the journal', async () => {
  const { control, witness } = await start()
  await witness({ 'Wechatpay-Negative-Test': 'BAD_GATEWAY' }).catch(() => {})

  const [{ id } = { id: 0 }] = control.requests.list()
  expect(await control.requests.get(id)).toMatchObject({
    status: 502,
    answer: { body: expect.stringContaining('<h1>502 Bad Gateway</h1>') },
  })
})

test('in-process, a caller who gives up on a lost answer is no fault of the sandbox', async () => {
  const errors: unknown[] = []
  const { fetch, credentials, control } = await startSandbox({
    onError: (error) => errors.push(error),
  })
  await control.faults.order({ fault: 'ANSWER_LOST' })
  const request = new Request('http://sandbox/v3/certificates', {
    headers: { Authorization: authorizationFor(credentials), Accept: '*/*', 'User-Agent': 'test' },
    signal: AbortSignal.timeout(50),
  })

  await expect(fetch(request)).rejects.toThrow(TypeError)
  expect(errors).toEqual([])
  expect(control.requests.list()).toMatchObject([{ status: 0, fault: 'ANSWER_LOST' }])
})

test('in-process, a closed connection is what fetch makes of it', async () => {
  const { fetch, credentials, control } = await startSandbox()
  const request = () =>
    new Request('http://sandbox/v3/certificates', {
      headers: {
        Authorization: authorizationFor(credentials),
        Accept: '*/*',
        'User-Agent': 'test',
      },
    })
  await control.faults.order({ fault: 'CLOSED' })

  await expect(fetch(request())).rejects.toThrow(new TypeError('fetch failed'))
  expect(await fetch(request())).toMatchObject({ status: 200 })
})
