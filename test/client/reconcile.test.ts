import { expect, inject, test } from 'vitest'
import { Wechatpay } from '../../client/index.ts'
import { endpointIds, endpoints } from '../../contracts/endpoints.ts'
import { orderRequest } from '../support/requests.ts'
import { openShop, orderCount, orderNo } from '../support/shop.ts'
import { type ChangeId, changes } from './changes.ts'
import { createLosingNetwork, type Loss } from './losing-network.ts'
import { optionsFor, type Reply, startServer } from './wechat-server.ts'

/** A shop that a client reaches through a network that loses things. */
const openLosingShop = async () => {
  const shop = await openShop()
  const network = createLosingNetwork(shop.fetch)
  const options = { fetch: network.fetch, retry: 0 }

  return { shop, network, wxpay: Wechatpay.fromCredentials(inject('credentials'), options) }
}

type Verb = (options: object) => Promise<{ taken?: string; data: unknown }>

/** What the types cannot: any call by its id. */
const verbOf = (wxpay: Wechatpay, id: ChangeId, verb: 'post' | 'reconcile'): Verb =>
  Reflect.get(Reflect.get(wxpay, endpoints[id].path), verb)

const failureOf = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  )

const isChange = (id: string): id is ChangeId => Object.hasOwn(changes, id)

const lose = async (id: ChangeId, loss: Loss) => {
  const { shop, network, wxpay } = await openLosingShop()
  await changes[id].prepare?.(shop)
  const options = await changes[id].options(shop)
  network.next = loss

  const error = await failureOf(verbOf(wxpay, id, 'post')(options))
  expect(error).toMatchObject({ outcome: 'unknown' })

  return { shop, network, wxpay, options, reconcile: () => verbOf(wxpay, id, 'reconcile')(options) }
}

const ids = endpointIds.filter(isChange)

test.each(ids)('%s that was carried out is found, not repeated', async (id) => {
  const { network, reconcile } = await lose(id, 'loses its answer')

  await expect(reconcile()).resolves.toMatchObject({ taken: 'found' })
  expect(network.posts).toHaveLength(1)
})

test.each(ids)('%s that never arrived is sent, once', async (id) => {
  const { network, reconcile } = await lose(id, 'never arrives')

  await expect(reconcile()).resolves.toMatchObject({ taken: 'sent' })
  await expect(reconcile()).resolves.toMatchObject({ taken: 'found' })
  expect(network.posts).toHaveLength(1)
})

const losses: Loss[] = [
  'never arrives',
  'loses its answer',
  'is answered half',
  'is never answered',
  'is answered 502',
  'gets a forged answer',
]
const charged: ChangeId[] = [
  'serviceorder.create.partner',
  'serviceorder.complete.partner',
  'serviceorder.cancel.partner',
  'refund.create',
]

test.each(charged.flatMap((id) => losses.map((loss) => [id, loss] as const)))(
  '%s that %s is carried out exactly once',
  async (id, loss) => {
    const { shop, network, reconcile } = await lose(id, loss)

    await expect(reconcile()).resolves.toMatchObject({
      taken: loss === 'never arrives' ? 'sent' : 'found',
    })
    expect(network.posts).toHaveLength(1)
    expect((await shop.control.refunds.list()).length).toBe(id === 'refund.create' ? 1 : 0)
  },
)

test('leaves one order, whatever happens and however often it is asked', async () => {
  const { shop, network, wxpay } = await openLosingShop()
  const before = await orderCount(shop)
  const { serviceorder } = wxpay.v3.payscore.partner
  const call = { json: orderRequest }
  network.next = 'loses its answer'
  await failureOf(serviceorder.post(call))

  const [one, other] = await Promise.all([
    serviceorder.reconcile(call),
    serviceorder.reconcile(call),
  ])

  expect([one.taken, other.taken]).toEqual(['found', 'found'])
  expect(one.data).toMatchObject({ out_order_no: 'LESSON', state: 'CREATED' })
  expect(await orderCount(shop)).toBe(before + 1)
})

test('reconciles what a blocking call or an earlier run of the program left open', async () => {
  const { shop, network, wxpay } = await openLosingShop()
  await shop.orderAlone()

  const { taken } = await wxpay.v3.payscore.partner.serviceorder.reconcile({ json: orderRequest })

  expect(taken).toBe('found')
  expect(network.posts).toEqual([])
})

test('loses the repeat too, and says so', async () => {
  const { network, reconcile } = await lose('refund.create', 'never arrives')
  network.next = 'loses its answer'

  await expect(reconcile()).rejects.toMatchObject({ name: 'NoAnswerError', outcome: 'unknown' })
  await expect(reconcile()).resolves.toMatchObject({ taken: 'found' })
  expect(network.posts).toHaveLength(1)
})

test('PARAMETERS_DIFFER: claims no order that another call made', async () => {
  const { shop, network, wxpay } = await openLosingShop()
  await shop.orderAlone({ risk_fund: { name: 'ESTIMATE_ORDER_COST', amount: 1 }, attach: 'b' })
  const json = { ...orderRequest, attach: 'a' }

  const error = await failureOf(wxpay.v3.payscore.partner.serviceorder.reconcile({ json }))

  expect(error).toMatchObject({
    name: 'ReconciliationError',
    code: 'PARAMETERS_DIFFER',
    outcome: 'unchanged',
    found: { out_order_no: 'LESSON', risk_fund: { amount: 1 } },
    message: expect.stringContaining('differs in attach, risk_fund;'),
  })
  expect(network.posts).toEqual([])
})

test('a change that cannot be made any more is refused, not claimed', async () => {
  const { shop, reconcile } = await lose('serviceorder.complete.partner', 'never arrives')
  await shop.complete()

  await expect(reconcile()).rejects.toMatchObject({
    name: 'ApiError',
    apiCode: 'INVALID_REQUEST',
    outcome: 'refused',
  })
})

test('a payment elsewhere is not claimed when WeChat Pay collected the money as well', async () => {
  const { shop, reconcile } = await lose('serviceorder.sync.partner', 'never arrives')
  await shop.control.serviceOrders.pay(orderNo)

  await expect(reconcile()).rejects.toMatchObject({ apiCode: 'ORDER_DONE', outcome: 'refused' })
})

test.each<[string, Reply]>([
  ['500', { status: 500 }],
  ['a 403', { status: 403, body: '{"code":"NO_AUTH"}' }],
  ['a 404 that is about something else', { status: 404, body: '{"code":"MCH_NOT_EXISTS"}' }],
  ['a 404 that is not of WeChat Pay', { status: 404, body: '<html>' }],
  ['a forged answer', { body: '{}', signature: { 'Wechatpay-Nonce': 'x' } }],
])('QUERY_FAILED: sends nothing after %s', async (_, reply) => {
  const server = await startServer(() => reply)
  const { serviceorder } = new Wechatpay({ ...optionsFor(server.url), retry: 0 }).v3.payscore
    .partner

  await expect(serviceorder.reconcile({ json: orderRequest })).rejects.toMatchObject({
    name: 'ReconciliationError',
    code: 'QUERY_FAILED',
    outcome: 'unknown',
    cause: { name: expect.stringMatching(/^ApiError|UntrustedAnswerError$/) },
  })
  expect(server.seen.map(({ method }) => method)).toEqual(['GET'])
})

test('finds what arrives between asking and sending', async () => {
  const order = (state: string) => ({ body: JSON.stringify({ out_order_no: 'n', state }) })
  const refused = { status: 400, body: '{"code":"ORDER_DONE"}' }
  const replies = [order('DOING'), refused, order('DONE')]
  const server = await startServer((_, count) => replies[count - 1] ?? 'hang-up')
  const { _out_order_no_: node } = new Wechatpay(optionsFor(server.url)).v3.payscore.serviceorder

  const { taken, data } = await node.pay.reconcile({
    out_order_no: 'n',
    json: { appid: 'a', service_id: '1' },
  })

  expect([taken, data]).toEqual(['found', { out_order_no: 'n', state: 'DONE' }])
  expect(server.seen.map(({ method }) => method)).toEqual(['GET', 'POST', 'GET'])
})

const absent = { status: 404, body: '{"code":"ORDER_NOT_EXIST"}' }
const refusal = { status: 400, body: '{"code":"INVALID_REQUEST"}' }

test.each<[string, Reply | 'hang-up']>([
  ['fails', 'hang-up'],
  ['is refused', { status: 403, body: '{"code":"NO_AUTH"}' }],
  ["shows another's order", { body: '{"out_order_no":"LESSON","service_id":"other"}' }],
])('a refusal stays certain when the look after it %s', async (_, last) => {
  const replies = [absent, refusal]
  const server = await startServer((__, count) => replies[count - 1] ?? last)
  const { serviceorder } = new Wechatpay({ ...optionsFor(server.url), retry: 0 }).v3.payscore
    .partner

  await expect(serviceorder.reconcile({ json: orderRequest })).rejects.toMatchObject({
    name: 'ApiError',
    apiCode: 'INVALID_REQUEST',
    outcome: 'refused',
  })
  expect(server.seen.map(({ method }) => method)).toEqual(['GET', 'POST', 'GET'])
})

test('asks for a plan order under the name that orders have, with all that the query takes', async () => {
  const server = await startServer(() => ({ body: '{}' }))
  const wxpay = new Wechatpay(optionsFor(server.url))

  await verbOf(
    wxpay,
    'signplan.serviceorder.create.partner',
    'reconcile',
  )({
    json: { service_id: '1', sub_mchid: '2', appid: 'a', out_trade_no: 'n' },
  })

  expect(server.seen.map(({ target }) => target)).toEqual([
    '/v3/payscore/partner/serviceorder?service_id=1&sub_mchid=2&out_order_no=n',
  ])
})

/** What programs without types write. */
const reconcileUntyped = (wxpay: Wechatpay, path: string, options: object): Promise<unknown> =>
  Reflect.apply(Reflect.get(Object(Reflect.get(wxpay, path)), 'reconcile'), undefined, [options])

test.each<{ lack: string; path: string; options: object; error: object }>([
  {
    lack: 'number',
    path: 'v3/payscore/partner/serviceorder',
    options: { json: { ...orderRequest, out_order_no: undefined } },
    error: { code: 'OPTION_INVALID', message: expect.stringContaining('lacks out_order_no') },
  },
  {
    lack: 'body',
    path: 'v3/payscore/sign-plan/partner/serviceorder',
    options: {},
    error: { code: 'OPTION_INVALID', message: expect.stringMatching(/lacks .*out_trade_no/) },
  },
  {
    lack: 'path parameter',
    path: 'v3/payscore/partner/serviceorder/{out_order_no}/cancel',
    options: { json: {} },
    error: { code: 'PATH_PARAMETER_INVALID' },
  },
])('asks nothing about a call without $lack', async ({ path, options, error }) => {
  const server = await startServer(() => ({ body: '{}' }))
  const wxpay = new Wechatpay(optionsFor(server.url))

  await expect(reconcileUntyped(wxpay, path, options)).rejects.toMatchObject({
    name: 'ConfigurationError',
    outcome: 'unchanged',
    ...error,
  })
  expect(server.seen).toEqual([])
})

test('PATH_UNKNOWN: a path that is filled in is none, whatever the method', async () => {
  const { serviceorder } = new Wechatpay(optionsFor('http://127.0.0.1')).v3.payscore.partner
  const cancel: object = Reflect.get(Reflect.get(serviceorder, 'a1'), 'cancel')
  const call = (verb: string): Promise<unknown> =>
    Reflect.apply(Reflect.get(cancel, verb), cancel, [])
  const message =
    'The path /v3/payscore/partner/serviceorder/a1/cancel does not exist. Nearest: /v3/payscore/partner/serviceorder/{out_order_no}/cancel.'

  for (const verb of ['get', 'post', 'reconcile']) {
    await expect(call(verb)).rejects.toMatchObject({ code: 'PATH_UNKNOWN', message })
  }
})

test('NOTHING_TO_RECONCILE: a path that only reads', async () => {
  const node: unknown = new Wechatpay(optionsFor('http://127.0.0.1'))['v3/certificates']
  const reconcile: () => Promise<unknown> = Reflect.get(Object(node), 'reconcile')

  await expect(reconcile()).rejects.toMatchObject({ code: 'NOTHING_TO_RECONCILE' })
})
