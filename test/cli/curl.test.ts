import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { promisify } from 'node:util'
import { expect, inject, onTestFinished, test } from 'vitest'
import { startSandbox } from '../support/sandbox.ts'
import { runCli, runCliIn } from './run-cli.ts'

const dir = () => ['--dir', inject('credentials')]
const plan = '/v3/payscore/plan/partner/payscore-plans/merchant-plan-no/BADMINTON2026'

test('curl signs, sends, verifies and prints', async () => {
  const { url, credentials } = await startSandbox()
  const target = `${plan}?sub_mchid=${credentials.subMchid}`
  const { code, stdout, stderr } = await runCli(
    ...['curl', 'get', target, '--url', `${url}/`, ...dir()],
  ).ended()

  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({ merchant_plan_no: 'BADMINTON2026' })
  expect(stderr).toContain(`200, Request-ID `)
  expect(stderr).toContain(`signature of ${credentials.publicKeyId} verified`)
})

test('curl sends a body byte for byte, and ends with 1 when it is refused', async () => {
  const { url, control } = await startSandbox()
  const input = '{ "out_refund_no" : 1 }\n'
  const { code, stdout, stderr } = await runCliIn(
    { input },
    ...['curl', 'POST', '/v3/refund/domestic/refunds', '--data', '-', '--url', url, ...dir()],
  ).ended()

  expect(code).toBe(1)
  expect(JSON.parse(stdout)).toMatchObject({ code: 'PARAM_ERROR' })
  expect(stderr).toContain(`why: ${url}/_sandbox`)
  const [{ id = 0 } = {}] = control.requests.list()
  expect(await control.requests.get(id)).toMatchObject({ body: { text: input } })
})

test('what curl --print prints is answered, signed ahead and by bash and openssl alone', async () => {
  const { url, credentials } = await startSandbox()
  const target = `${plan}?sub_mchid=${credentials.subMchid}`
  const { stdout } = await runCli(
    ...['curl', 'GET', target, '--print', '--url', url, ...dir()],
  ).ended()
  const [, ahead = '', anew = ''] = stdout.split(/^# .*\n/m)

  // This process answers, so it must not wait for the shell.
  const run = promisify(execFile)
  expect((await run('sh', ['-c', ahead])).stdout).toContain(' 200 OK')
  expect((await run('bash', ['-c', anew])).stdout).toContain(' 200 OK')
})

test.each([
  [['curl', 'GET', 'v3/certificates'], 2, 'v3/certificates does not begin with /:'],
  [['curl', 'G T', '/v3/certificates'], 2, 'G T is no method:'],
  [['curl', 'GET', '/x', '--dir', 'no-such'], 1, 'no-such is not a credentials folder'],
  [['curl', 'POST', '/x', '--data', 'no-such'], 1, 'There is no file no-such.'],
  [['trigger', 'PAID'], 2, 'There is no event PAID. Choices: PAYSCORE.USER_SIGN_PLAN,'],
  [['trigger', 'REFUND.SUCCESS', '--resource', '[]'], 2, 'Expected a JSON object such as'],
  [['trigger', 'REFUND.SUCCESS', '--fault', 'CLOSED'], 2, 'Allowed choices are CALLBACK_TWICE,'],
])('%j is refused in one sentence', async (words, status, sentence) => {
  const { code, stderr } = await runCli(...words).ended()
  expect([code, stderr]).toEqual([status, expect.stringContaining(sentence)])
})

/** A receiver that answers so, and counts. */
const openReceiver = async (status: number) => {
  const received: string[] = []
  const server = createServer(async (request, response) => {
    for await (const chunk of request) received.push(String(chunk))
    response.writeHead(status).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0

  return { received, url: `http://127.0.0.1:${port}/notify` }
}

test('trigger posts a callback that listen accepts, with the members that are given', async () => {
  const listening = runCli('listen', '--port', '0', ...dir())
  const [, url = ''] = /on (\S+),/.exec(await listening.firstOutput()) ?? []
  const { code, stdout } = await runCli(
    ...['trigger', 'PAYSCORE.USER_PAID', '--to', url, ...dir()],
    ...['--resource', '{"out_order_no":"MINE-1"}'],
  ).ended()

  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining(`to ${url}: 200 `) })
  expect(await listening.stdout(/MINE-1/)).toContain('accepted PAYSCORE.USER_PAID')
})

test.each([
  { fault: 'CALLBACK_EIGHTFOLD', status: 204, times: 8, code: 0 },
  { fault: 'CALLBACK_PROBE', status: 401, times: 1, code: 0 },
  { fault: 'CALLBACK_PROBE', status: 204, times: 1, code: 1, said: 'must verify the signature' },
  { fault: 'CALLBACK_TWICE', status: 500, times: 2, code: 1, said: 'refused a genuine callback' },
])('trigger says whether $status is right for $fault', async ({ fault, status, ...expected }) => {
  const { received, url } = await openReceiver(status)
  const { code, stderr } = await runCli(
    ...['trigger', 'REFUND.SUCCESS', '--to', url, '--fault', fault, ...dir()],
  ).ended()

  expect({ code, times: received.length }).toEqual({ code: expected.code, times: expected.times })
  expect(stderr).toContain(expected.said ?? '')
})

test('trigger says that nobody answers', async () => {
  const { code, stderr } = await runCli(
    ...['trigger', 'REFUND.SUCCESS', '--to', 'http://127.0.0.1:1/', ...dir()],
  ).ended()
  expect(code).toBe(1)
  expect(stderr).toContain('no answer from http://127.0.0.1:1/')
})
