import { expect, test } from 'vitest'
import { limitsPage } from '../../contracts/limits.ts'
import { operations } from '../../sandbox/control/operations.ts'
import { merchantOf } from '../callbacks/merchant.ts'
import { openSandbox, startSandbox } from '../support/sandbox.ts'
import { requestBytes, send } from '../wire/raw-request.ts'
import { callControl } from './call-control.ts'

const numbered = operations.filter(({ path }) => path.includes('{') && !path.includes('{name}'))

test('the document lists each operation, and each one is served', async () => {
  const sandbox = await openSandbox()
  const { status, body } = await callControl(sandbox, '/openapi.json')

  expect(status).toBe(200)
  expect(body).toMatchObject({ openapi: '3.1.0' })
  for (const { method, path, summary } of operations) {
    const documented = { [method.toLowerCase()]: expect.objectContaining({ summary }) }
    expect(body).toMatchObject({ paths: { [`/_sandbox${path}`]: documented } })

    const filled = path.replace(/\{\w+\}/, 'none')
    const answer = await callControl(sandbox, filled, method === 'POST' ? {} : undefined)
    expect([path, answer.body]).not.toEqual([path, expect.objectContaining({ code: 'NOT_FOUND' })])
  }
})

test.each([
  ['?lang=zh', 'en', 'zh'],
  ['?lang=en', 'zh', 'en'],
  ['', 'zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
  ['', 'en', 'en'],
] as const)(
  'the limits page with %j and Accept-Language %s is in %s',
  async (query, accept, language) => {
    const sandbox = await openSandbox()
    const headers = { 'Accept-Language': accept }
    const page = await sandbox.fetch(
      new Request(`http://127.0.0.1/_sandbox/limits${query}`, { headers }),
    )

    expect(await page.text()).toBe(limitsPage(language))
  },
)

test.each(operations.filter(({ method, path }) => method === 'GET' && !path.includes('{')))(
  'GET $path answers in JSON',
  async ({ path }) => {
    expect(await callControl(await startSandbox(), path)).toMatchObject({
      status: 200,
      type: 'application/json',
    })
  },
)

test.each(numbered)('$method $path does not know a number that does not exist', async (row) => {
  const sandbox = await openSandbox()
  const path = row.path.replace(/\{\w+\}/, 'none')
  const body = { outcome: row.path.startsWith('/refunds') ? 'SUCCESS' : 'succeed' }
  const needed = row.path.endsWith('/end') || row.path.endsWith('/end-charge') ? body : {}

  const answer = await callControl(sandbox, path, row.method === 'POST' ? needed : undefined)

  expect(answer).toMatchObject({
    status: 404,
    body: {
      code: expect.stringMatching(/NOT_EXISTS?$/),
      message: expect.stringMatching(/不存在$|^No fault waits|^The journal keeps no entry/),
    },
  })
})

test.each([
  ['/plans', undefined],
  ['/plans/BADMINTON2026', undefined],
  ['/charges', undefined],
  ['/charges', { outcome: 'fail' }],
  ['/user-sign-plans/SIGN2026BADMINTON/sign', {}],
  ['/platform-keys', { mode: 'certificate' }],
  ['/reset', {}],
])('%s does not know a merchant that does not exist', async (path, body) => {
  expect(await callControl(await startSandbox(), `${path}?mchid=1`, body)).toMatchObject({
    status: 404,
    body: { code: 'MCH_NOT_EXISTS', situation: 'merchantUnknown', message: '商户号不存在' },
  })
})

test('what there is not is said so', async () => {
  const sandbox = await openSandbox()
  const body = { code: 'NOT_FOUND', message: 'See /_sandbox/openapi.json for what there is.' }

  expect(await callControl(sandbox, '/none')).toMatchObject({ status: 404, body })
  expect(await callControl(sandbox, '/plans', {})).toMatchObject({ status: 404, body })
})

test.each<[string, string, string]>([
  ['/charges', '{', 'The body is not JSON.'],
  ['/charges', 'outcome=fail', 'The body is not JSON.'],
  ['/charges', '[]', 'Not understood: expected a JSON object, not [].'],
  ['/charges', '{}', 'Not understood: outcome: is missing.'],
  [
    '/charges',
    '{"outcome":"fail","count":0,"x":1}',
    'Not understood: count: expected 1 or more; unknown: x.',
  ],
  [
    '/clock',
    '{}',
    'Not understood: expected one of `at`, an RFC 3339 time, `advance_seconds`, at most ten years, and `hold`.',
  ],
  [
    '/clock',
    '{"at":"2026-02-31T00:00:00+08:00"}',
    'Not understood: at: expected an RFC 3339 time.',
  ],
  ['/probes', '{"answers":2}', 'Not understood: answers: expected 1 or less.'],
  ['/world', '{}', 'This is not a world of wechatpay-sandbox.'],
  ['/snapshots/a/restore', '', 'Nothing was kept under the name a.'],
])('POST %s says in one sentence what is wrong with %s', async (path, body, message) => {
  const { port, control } = await startSandbox()
  const before = control.clock.read().now

  const answer = await send(port, { method: 'POST', target: `/_sandbox${path}`, body })

  expect(answer.status).toBe(400)
  expect(JSON.parse(answer.body)).toEqual({ code: 'INVALID', message })
  expect(await control.charges.list()).toEqual({ pending: [] })
  expect(control.clock.read().now - before).toBeLessThan(60_000)
})

test.each([
  ['take=0', 'Not understood: take: expected 1 or more.'],
  ['skip=x', 'Not understood: skip: expected a number, not "x".'],
  ['page=1', 'Not understood: unknown: page.'],
])('a query of %s is refused', async (query, message) => {
  expect(await callControl(await startSandbox(), `/plans?${query}`)).toMatchObject({
    status: 400,
    body: { code: 'INVALID', message },
  })
})

test('a body may come in chunks, and one that is too large is refused unread', async () => {
  const { port, control } = await startSandbox()
  const target = '/_sandbox/charges'
  const chunked = { 'Content-Length': undefined, 'Transfer-Encoding': 'chunked' }
  const body = '12\r\n{"outcome":"fail"}\r\n0\r\n\r\n'

  const taken = await send(port, { method: 'POST', target, headers: chunked, body })
  expect(JSON.parse(taken.body)).toEqual({ pending: ['fail'] })

  const headers = { 'Content-Length': String(16 * 1024 * 1024 + 1) }
  const refused = await send(port, requestBytes({ method: 'POST', target, headers }))
  expect(refused).toMatchObject({
    status: 413,
    body: '{"code":"TOO_LARGE","message":"The body is larger than 16 MiB."}',
  })
  const larger = { 'Content-Length': String(64 * 1024 * 1024 + 1) }
  const world = { method: 'POST', target: '/_sandbox/world', headers: larger }
  expect(await send(port, requestBytes(world))).toMatchObject({
    status: 413,
    body: '{"code":"TOO_LARGE","message":"The world is larger than 64 MiB. Start a sandbox with --world FILE to take it up."}',
  })
  expect(await control.charges.list()).toEqual({ pending: ['fail'] })
})

test('what the state of things does not allow is refused with its name', async () => {
  const path = '/user-sign-plans/SIGN2026BADMINTON/sign'

  expect(await callControl(await startSandbox(), path, {})).toMatchObject({
    status: 400,
    body: {
      code: 'INVALID_REQUEST',
      situation: 'signPlanStateIllegal',
      message: '当前签约计划状态不合法',
    },
  })
})

test('lists come in pages', async () => {
  const sandbox = await openSandbox()
  const numbers = async (query: string) => {
    const { body } = await callControl(sandbox, `/plans${query}`)
    return Array.isArray(body) ? body.map(({ plan }) => plan.merchant_plan_no) : body
  }
  const [first, second] = ['BADMINTON2026', expect.stringMatching(/^SHOP\d{10}$/)]

  expect(await numbers('')).toEqual([first, second])
  expect(await numbers('?take=1')).toEqual([first])
  expect(await numbers('?skip=1&take=1')).toEqual([second])
  expect(await numbers('?skip=2')).toEqual([])
})

test('why a notification was withheld is told in the language of whoever asks', async () => {
  const sandbox = await openSandbox()
  await merchantOf(sandbox, 'https://merchant.example/notify').refund()
  await sandbox.control.idle()

  for (const [lang, reason] of [
    ['en', 'not delivered: public host'],
    ['zh', '未送达：公网地址'],
  ]) {
    const { body } = await callControl(sandbox, `/notifications?lang=${lang}`)
    expect(body).toMatchObject([{ state: 'WITHHELD', reason }])
  }
})
