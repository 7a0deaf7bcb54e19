import { expect, test } from 'vitest'
import { merchantOf } from '../callbacks/merchant.ts'
import { startReceiver } from '../callbacks/receiver.ts'
import { callControl } from '../control/call-control.ts'
import { exampleOrder } from '../support/example.ts'
import { startSandbox } from '../support/sandbox.ts'
import { send } from '../wire/raw-request.ts'
import { authorizationOf, membersFor, signed } from '../wire/signed-request.ts'

const target = '/v3/payscore/sign-plan/partner/serviceorder'
const body = JSON.stringify(exampleOrder)

/** What the journal says of the latest request. */
const latest = async ({ control }: Pick<Awaited<ReturnType<typeof startSandbox>>, 'control'>) =>
  control.requests.get(control.requests.list({ kind: 'request' })[0]?.id ?? 0)

const everyCheck = [
  'size',
  'headers',
  'authorization',
  'timestamp',
  'serial',
  'signature',
  'fault',
  'path',
  'query',
  'body',
  'rules',
]

test('a request is kept with its bytes, its headers, every check in order, and the answer', async () => {
  const sandbox = await startSandbox()
  const request = signed(sandbox.credentials, { method: 'POST', target, body })
  const answer = await send(sandbox.port, request)

  const entry = await latest(sandbox)
  expect(entry).toMatchObject({
    kind: 'request',
    method: 'POST',
    target,
    operation: 'signplan.serviceorder.create.partner',
    mchid: sandbox.credentials.mchid,
    status: 200,
    body: { bytes: Buffer.byteLength(body), text: body },
    unread: [],
    answer: { body: answer.body },
  })
  expect(entry).not.toHaveProperty('rule')
  expect(entry).not.toHaveProperty('diagnosis')
  expect(entry).toHaveProperty(
    'checks',
    everyCheck.map((check) => ({ check, held: true, milliseconds: expect.any(Number) })),
  )
  const sent = Object.fromEntries(entry.headers)
  expect(Object.keys(sent)).toEqual(expect.arrayContaining(['Host', 'Authorization', 'User-Agent']))
  expect(answer.lines).toContain(
    `Request-ID: ${'requestId' in entry ? entry.requestId : 'not there'}`,
  )
})

test.each([
  ['headers', 'userAgentMissing', { headers: { 'User-Agent': '' } }],
  ['authorization', 'authorizationMalformed', { headers: { Authorization: 'none' } }],
  ['signature', 'signatureMismatch', { body: `${body} ` }],
] as const)('a request that fails at its %s says so', async (check, situation, change) => {
  const sandbox = await startSandbox()
  const request = signed(sandbox.credentials, { method: 'POST', target, body })
  await send(sandbox.port, {
    ...request,
    ...('body' in change && change),
    headers: { ...request.headers, ...('headers' in change && change.headers) },
  })

  const failing = everyCheck.indexOf(check)
  expect(await latest(sandbox)).toMatchObject({
    rule: { situation, code: expect.any(String), evidence: { class: expect.any(String) } },
    checks: everyCheck
      .slice(0, failing + 1)
      .map((name, index) => ({ check: name, held: index < failing })),
  })
})

test('a request against a rule of the resource fails at the last check', async () => {
  const sandbox = await startSandbox()
  const changed = JSON.stringify({ ...exampleOrder, plan_detail_no: 99 })
  await send(sandbox.port, signed(sandbox.credentials, { method: 'POST', target, body: changed }))

  const entry = await latest(sandbox)
  expect(entry).toMatchObject({ status: expect.any(Number), mchid: sandbox.credentials.mchid })
  expect('checks' in entry && entry.checks.at(-1)).toEqual({ check: 'rules', held: false })
})

test('what was sent and no rule reads is listed', async () => {
  const sandbox = await startSandbox()
  const { credentials, port } = sandbox
  const odd = { ...exampleOrder, colour: 'red', time_range: { start_time: 'x', zone: 8 } }
  const request = { method: 'POST', target: `${target}?debug=1`, body: JSON.stringify(odd) }
  await send(port, signed(credentials, request))

  expect(await latest(sandbox)).toMatchObject({
    unread: ['/query/debug', '/body/time_range/zone', '/body/colour'],
  })
})

test.each([
  {
    method: 'GET',
    target: '/v3/none',
    status: 404,
    reason: 'There is no path /v3/none. Nearest: /v3/certificates.',
  },
  {
    method: 'POST',
    target: '/payscore/partner/serviceorder/A-1/cancel?x=1',
    status: 404,
    reason:
      'There is no path /payscore/partner/serviceorder/A-1/cancel. Nearest: /v3/payscore/partner/serviceorder/{out_order_no}/cancel.',
  },
  {
    method: 'PUT',
    target: '/v3/certificates',
    status: 405,
    reason: '/v3/certificates takes GET, not PUT.',
  },
  {
    method: 'GET',
    target: '/v3/payscore/partner/serviceorder/A-1/cancel',
    status: 405,
    reason: '/v3/payscore/partner/serviceorder/A-1/cancel takes POST, not GET.',
  },
])('$method $target is kept too, with the reason', async ({ method, target, status, reason }) => {
  const sandbox = await startSandbox()
  await send(sandbox.port, { method, target })

  expect(await latest(sandbox)).toMatchObject({ method, target, status, reason, checks: [] })
})

test('bytes that are no text are shown in Base64', async () => {
  const sandbox = await startSandbox()
  const bytes = Buffer.from([0, 0xff, 0xfe, 0x80])
  await fetch(`${sandbox.url}${target}`, { method: 'POST', body: bytes })

  expect(await latest(sandbox)).toMatchObject({
    body: { bytes: 4, base64: bytes.toString('base64') },
  })
})

test('a body that is too large is not read, and the request is kept', async () => {
  const sandbox = await startSandbox()
  const large = 'x'.repeat(3 * 1024 * 1024)
  await fetch(`${sandbox.url}${target}`, { method: 'POST', body: large })

  expect(await latest(sandbox)).toMatchObject({ status: 413, body: { bytes: 0 }, checks: [] })
})

test('secrets are masked', async () => {
  const sandbox = await startSandbox()
  const { credentials, port, control, url } = sandbox
  const phpUrl = 'https:\\/\\/user:secret-php@api.test.com'
  const notify_url = 'https://user:secret-password@api.test.com/notify'
  const leaks = { ...exampleOrder, notify_url, attach: credentials.apiv3Key }
  const leaky = JSON.stringify({ ...leaks, location: { start_location: credentials.merchantKey } })
  const php = JSON.stringify(exampleOrder).replace('https://api.test.com', phpUrl)
  await send(port, signed(credentials, { method: 'POST', target, body: php }))
  const request = signed(credentials, { method: 'POST', target, body: leaky })
  await send(port, { ...request, headers: { ...request.headers, Cookie: 'session=secret-cookie' } })
  await send(port, {
    target: '/v3/certificates',
    headers: { Authorization: 'Bearer secret-token' },
  })

  const members = membersFor(credentials, { method: 'POST', target, body: leaky })
  for (const written of [
    authorizationOf(members),
    authorizationOf(members).replaceAll('"', "'"),
    authorizationOf(members).replaceAll('"', ''),
    authorizationOf(members).replace('signature', 'sign'),
  ]) {
    await send(port, { target: '/v3/certificates', headers: { Authorization: written } })
  }
  const shown = JSON.stringify([
    ...(await Promise.all(control.requests.list().map(({ id }) => control.requests.get(id)))),
    await (await fetch(`${url}/_sandbox/requests`)).json(),
    control.requests.count({ body: { attach: 'none' } }),
  ])
  for (const secret of [
    credentials.apiv3Key,
    credentials.merchantKey.split('\n')[5] ?? '',
    'secret-password',
    'secret-php',
    'secret-cookie',
    'secret-token',
    members.signature.slice(20, 60),
  ]) {
    expect(shown.includes(secret), secret).toBe(false)
  }
  expect(shown).toContain('Bearer ***')
  expect(shown).toContain('https://***@api.test.com/notify')
})

test('a request that is refused for its signature comes with the diagnosis, beside the wire', async () => {
  const sandbox = await startSandbox()
  const { credentials, port } = sandbox
  const members = membersFor(credentials, {
    method: 'POST',
    target,
    body: JSON.stringify(exampleOrder, null, 2),
  })
  const answer = await send(port, {
    method: 'POST',
    target,
    body,
    headers: { Authorization: authorizationOf(members) },
  })

  expect(answer.status).toBe(401)
  expect(answer.lines.join()).not.toMatch(/X-Sandbox/i)
  expect(Object.keys(JSON.parse(answer.body))).toEqual(['code', 'detail', 'message'])
  const [{ id } = { id: 0 }] = sandbox.control.requests.list()
  const { body: shown } = await callControl(sandbox, `/requests/${id}`)
  expect(shown).toMatchObject({
    diagnosis: { verdict: 'explained', mistakes: [{ code: expect.stringMatching(/^body/) }] },
  })
})

test('a diagnosis shows no secret, not even a part of one', async () => {
  const sandbox = await startSandbox()
  const { credentials, port, url, control } = sandbox
  const { apiv3Key } = credentials
  const leaky = JSON.stringify({ apiv3Key })
  await send(port, { ...signed(credentials, { method: 'POST', target, body: '{}' }), body: leaky })
  const get = signed(credentials, { target: '/v3/certificates' })
  await send(port, { ...get, target: `/v3/certificates?k=${apiv3Key}` })
  const bytes = Buffer.concat([Buffer.from([0xff]), Buffer.from(apiv3Key)])
  await send(port, signed(credentials, { method: 'POST', target, body: bytes.toString('latin1') }))
  await fetch(`${url}${target}`, { method: 'POST', body: bytes })

  const details = await Promise.all(
    control.requests.list().map(({ id }) => control.requests.get(id)),
  )
  expect(details).toHaveLength(4)
  const shown = JSON.stringify(details)
  const base64 = /"base64":"([^"]+)"/.exec(shown)?.[1] ?? ''
  expect(shown).not.toContain(apiv3Key.slice(0, 12))
  expect(Buffer.from(base64, 'base64').toString('latin1')).not.toContain(apiv3Key)
  expect(await (await fetch(`${url}/_sandbox`)).text()).not.toContain(apiv3Key)
})

test('what a proxy adds to the Authorization header is seen as the check sees it', async () => {
  const sandbox = await startSandbox()
  const request = signed(sandbox.credentials)
  const Authorization = [String(request.headers?.['Authorization']), 'Basic dXNlcjpwdw==']
  const answer = await send(sandbox.port, { ...request, headers: { Authorization } })

  expect(answer.status).toBe(401)
  expect(await sandbox.control.requests.get(1)).toMatchObject({
    diagnosis: { verdict: expect.not.stringMatching('sound') },
  })
})

test("the sub-merchant's number in place of the partner's is told apart from any other", async () => {
  const sandbox = await startSandbox()
  const { credentials, port } = sandbox
  for (const mchid of [credentials.subMchid, '1999999999']) {
    await send(port, signed(credentials, {}, { mchid }))
  }

  const details = [await sandbox.control.requests.get(1), await sandbox.control.requests.get(2)]
  expect(details).toMatchObject([
    { diagnosis: { mistakes: [{ code: 'mchidOfSubMerchant' }] } },
    { diagnosis: { mistakes: [{ code: 'mchidOther' }] } },
  ])
})

test('with explainHeader, the 401 says in a header of its own what is wrong; its body stays', async () => {
  const plain = await startSandbox()
  const explaining = await startSandbox({ explainHeader: true })
  const request = signed(plain.credentials, { target: '/v3/certificates' })
  const wrong = { ...request, target: '/v3/certificates?a=1' }

  const answers = [await send(plain.port, wrong), await send(explaining.port, wrong)]
  const headerOf = ({ lines }: { lines: readonly string[] }) =>
    lines.find((line) => line.startsWith('X-Sandbox-Diagnosis: '))

  expect(answers[0]?.body).toBe(answers[1]?.body)
  expect(answers.map(headerOf)).toEqual([
    undefined,
    expect.stringMatching(/^X-Sandbox-Diagnosis: explained \| query\w+: /),
  ])
  expect(headerOf(await send(explaining.port, request))).toBeUndefined()
})

test('each attempt to deliver a callback is kept', async () => {
  const receiver = await startReceiver((_, count) => (count === 1 ? 500 : 204))
  const sandbox = await startSandbox({ heldAt: Date.parse('2026-11-23T08:00:00+08:00') })
  await merchantOf(sandbox, receiver.url).refund()
  await sandbox.control.clock.advance(15_000)

  const { control, credentials } = sandbox
  const deliveries = control.requests.list({ kind: 'delivery' })
  expect(deliveries).toMatchObject([
    { kind: 'delivery', event_type: 'REFUND.SUCCESS', url: receiver.url, status: 204 },
    { kind: 'delivery', mchid: credentials.mchid, status: 500, probe: false },
  ])
  expect(await control.requests.get(deliveries[0]?.id ?? 0)).toMatchObject({
    body: receiver.received[1]?.body,
    headers: expect.arrayContaining([['User-Agent', 'Mozilla/4.0']]),
  })
})

test('what a receiver answers is masked too', async () => {
  const sandbox = await startSandbox()
  const { apiv3Key } = sandbox.credentials
  const receiver = await startReceiver(
    () => `HTTP/1.1 500 No\r\nContent-Length: 32\r\n\r\n${apiv3Key}`,
  )
  await merchantOf(sandbox, receiver.url).refund()
  await sandbox.control.idle()

  const [{ id } = { id: 0 }] = sandbox.control.requests.list({ kind: 'delivery' })
  expect(await sandbox.control.requests.get(id)).toMatchObject({ answer: '***' })
})

test('the list is filtered and paged, the latest first', async () => {
  const sandbox = await startSandbox()
  const { port, credentials } = sandbox
  for (const path of ['/v3/certificates', '/v3/none', '/v3/certificates', '/v3/other']) {
    await send(port, signed(credentials, { target: path }))
  }

  const list = async (query: string) => (await callControl(sandbox, `/requests${query}`)).body
  const ids = (body: unknown) => Array.isArray(body) && body.map(({ id }) => id)
  expect(ids(await list(''))).toEqual([4, 3, 2, 1])
  expect(ids(await list('?status=200'))).toEqual([3, 1])
  expect(ids(await list('?operation=certificates.list&take=1'))).toEqual([3])
  expect(ids(await list('?skip=1&take=2'))).toEqual([3, 2])
  expect(ids(await list('?after=2'))).toEqual([4, 3])
  expect(ids(await list(`?mchid=${credentials.mchid}`))).toEqual([3, 1])
  expect(await list('?colour=red')).toEqual({
    code: 'INVALID',
    message: 'Not understood: unknown: colour.',
  })
  expect(await list('?situation=typo')).toMatchObject({
    message: expect.stringMatching(/^Not understood: situation: expected one of /),
  })
})
