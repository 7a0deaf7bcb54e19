import { expect, test } from 'vitest'
import { exampleOrder } from '../support/example.ts'
import { startSandbox } from '../support/sandbox.ts'
import { send } from './raw-request.ts'
import { seedRequest } from './seed-request.ts'
import { signed } from './signed-request.ts'

const orders = '/v3/payscore/partner/serviceorder'
const plans = '/v3/payscore/plan/partner/payscore-plans/merchant-plan-no'
const { service_id, appid, sub_mchid, openid } = exampleOrder

const ordinaryOrder = {
  service_id,
  appid,
  sub_mchid,
  openid,
  out_order_no: 'A_-|*',
  service_introduction: '羽毛球课',
  risk_fund: { name: 'ESTIMATE_ORDER_COST', amount: 10_000 },
  time_range: { start_time: 'OnAccept' },
  need_user_confirm: false,
  notify_url: 'https://api.test.com',
}

const escaped = (text: string) =>
  text.replace(/[^\x20-\x7e]/g, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`)

test.each([
  ['a line feed at its end', `${JSON.stringify(exampleOrder)}\n`],
  ['escapes', escaped(JSON.stringify(exampleOrder))],
  ['an escaped ampersand', JSON.stringify(exampleOrder).replace('&', '\\u0026')],
  ['indentation', JSON.stringify(exampleOrder, null, 2)],
  ['line ends of Windows', JSON.stringify(exampleOrder, null, '\t').replaceAll('\n', '\r\n')],
])('a body with %s is verified as it came', async (_, body) => {
  const { port, credentials } = await startSandbox()
  const request = seedRequest(body)
  const rewritten = signed(credentials, { ...request, body: JSON.stringify(JSON.parse(body)) })

  expect((await send(port, { ...rewritten, body })).status).toBe(401)

  const answer = await send(port, signed(credentials, request))
  expect(answer.status).toBe(200)
  expect(JSON.parse(answer.body)).toMatchObject({
    service_introduction: exampleOrder.service_introduction,
    attach: exampleOrder.attach,
  })
})

test.each(['A_-|*', 'A_-%7C%2A', 'A_-%7C*', 'A_-%7c%2a'])(
  'the target with %s is verified as it came',
  async (number) => {
    const { port, credentials } = await startSandbox()
    const body = JSON.stringify(ordinaryOrder)
    await send(port, signed(credentials, { method: 'POST', target: orders, body }))

    const query = { target: `${orders}?sub_mchid=${sub_mchid}&out_order_no=${number}` }
    expect(await send(port, signed(credentials, query))).toMatchObject({
      status: 200,
      body: expect.stringContaining('"out_order_no":"A_-|*"'),
    })

    const cancel = {
      method: 'POST',
      target: `${orders}/${number}/cancel`,
      body: JSON.stringify({ sub_mchid, reason: '取消' }),
    }
    const otherwise = `${orders}/${number === 'A_-|*' ? 'A_-%7C%2A' : 'A_-|*'}/cancel`
    const elsewhere = signed(credentials, { ...cancel, target: otherwise })
    expect((await send(port, { ...elsewhere, target: cancel.target })).status).toBe(401)
    expect((await send(port, signed(credentials, cancel))).status).toBe(204)
  },
)

test.each([
  [
    'a query that was not signed',
    `${plans}/BADMINTON2026?sub_mchid=${sub_mchid}`,
    `${plans}/BADMINTON2026`,
  ],
  ['a query in another order', '/v3/certificates?b=1&a=2', '/v3/certificates?a=2&b=1'],
  ['a blank written otherwise', '/v3/certificates?a=b+c', '/v3/certificates?a=b%20c'],
  ['an empty query', '/v3/certificates?', '/v3/certificates'],
])('refuses %s', async (_, target, signedTarget) => {
  const { port, credentials } = await startSandbox()
  const otherwise = signed(credentials, { target: signedTarget })

  expect((await send(port, { ...otherwise, target })).status).toBe(401)
  expect((await send(port, signed(credentials, { target }))).status).toBe(200)
})

test('a target with dots is neither cleaned up nor taken for another', async () => {
  const { port, credentials } = await startSandbox()
  const dots = { target: `${plans}/..?sub_mchid=${sub_mchid}` }
  const cleaned = signed(credentials, { target: `${plans.slice(0, plans.lastIndexOf('/'))}/` })

  expect(await send(port, signed(credentials, { target: '/v3/x/../certificates' }))).toMatchObject({
    status: 404,
    body: '',
  })
  expect((await send(port, { ...cleaned, ...dots })).status).toBe(401)
  expect(await send(port, signed(credentials, dots))).toMatchObject({
    status: 400,
    body: expect.stringContaining('“/uri_template/merchant_plan_no”'),
  })
})

test.each(['%', '%zz', '%ff', 'a%2Fb', '%E8%AE%A2'])(
  'a path with %s is verified as it came and refused as a number',
  async (number) => {
    const { port, credentials } = await startSandbox()
    const target = `${plans}/${number}?sub_mchid=${sub_mchid}`

    expect(await send(port, signed(credentials, { target }))).toMatchObject({
      status: 400,
      body: expect.stringContaining('"location":"uri_template"'),
    })
  },
)

test('a target with the host in it is signed without the host', async () => {
  const { port, credentials } = await startSandbox()
  const request = signed(credentials)

  expect(
    (await send(port, { ...request, target: 'http://127.0.0.1/v3/certificates' })).status,
  ).toBe(200)
})

test('of an upload, the part `meta` is what was signed, not the whole', async () => {
  const { port, credentials } = await startSandbox()
  const meta = '{"filename":"a.jpg","sha256":"00"}'
  const body = [
    '--B',
    'Content-Disposition: form-data; name="meta"',
    '',
    meta,
    '--B',
    'Content-Disposition: form-data; name="file"; filename="a.jpg"',
    '',
    'JPEG',
    '--B--',
    '',
  ].join('\r\n')
  const headers = { 'Content-Type': 'multipart/form-data; boundary=B' }
  const request = { method: 'POST', target: orders, headers }
  const overMeta = signed(credentials, { ...request, body: meta })

  // No operation takes an upload: it is refused for its body, once the signature was found right.
  expect((await send(port, { ...overMeta, body })).status).toBe(400)
  expect((await send(port, signed(credentials, { ...request, body }))).status).toBe(401)
})
