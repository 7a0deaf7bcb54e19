import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import stringWidth from 'string-width'
import { expect, inject, onTestFinished, test } from 'vitest'
import { findChecks } from '../../sandbox/grading/acceptance-checks.ts'
import { runCli, runProcess } from '../cli/run-cli.ts'
import { startSandbox } from '../support/sandbox.ts'
import { start } from './grading.ts'

const run = (...flags: string[]) => runCli('grade', ...flags).ended()
const keys = () => ['--dir', inject('credentials')]

test('no finding ends with 0, and every check is in the table', async () => {
  const { url, merchant, orderTwo } = await start()
  await orderTwo()
  const flags = ['--notify-url', merchant.notify_url, '--sandbox', url]
  const { code, stdout, stderr } = await runProcess('grade', ...keys(), ...flags).ended()

  expect(stdout).toMatch(/^G2 +pass +fatal +callbacks are verified$/m)
  expect(stdout).toContain('not seen 3, 14, 15, 20, 26, 27: Only a reading of the code shows it.')
  expect(stdout).toContain('\n14 passed, 0 findings, 17 not seen\n')
  expect([code, stderr]).toEqual([0, ''])
})

test('a finding ends with 1, and has its evidence and its fix', async () => {
  const { url, merchant, orderTwo } = await start({ isRightAmount: () => true })
  await orderTwo()
  const flags = ['--notify-url', merchant.notify_url, '--sandbox', url, '--only', '25']
  const pretty = await run(...keys(), ...flags)

  expect(pretty.stdout).toContain(`FINDING 25: the paid amount is compared with the order's
  A payment of another amount was accepted.
  USER_PAID of FIRST with 14999 fen: 200 {"code":"SUCCESS","message":"成功"}
  Fix: Settle an order only if`)
  expect(pretty.code).toBe(1)
})

test.each([
  ['2', ['2']],
  ['5', ['5']],
  ['17', ['16, 17']],
  ['16, 17', ['16, 17']],
  ['G2', ['G2']],
  ['whole fen', ['10']],
  ['sub_mchid', ['1', '4', '6', '12']],
])('--only %s takes the check of that number, else those so titled', (only, numbers) => {
  expect(findChecks(only).map(({ number }) => number)).toEqual(numbers)
})

test('--only judges no other check', async () => {
  const { merchant } = await start()
  const flags = ['--notify-url', merchant.notify_url, '--only', '17', '--reporter', 'json']
  const { stdout } = await run(...keys(), ...flags)

  expect(JSON.parse(stdout)).toEqual([expect.objectContaining({ number: '16, 17' })])
})

test('findings go to machines as JSON and as JUnit', async () => {
  const { merchant } = await start()
  const flags = ['--notify-url', `${merchant.notify_url}?a=1&b=2`, '--only', 'notify_url']
  const json = await run(...keys(), ...flags, '--reporter', 'json')
  const junit = await run(...keys(), ...flags, '--reporter', 'junit')

  expect(JSON.parse(json.stdout)).toEqual([
    {
      number: '23',
      title: 'notify_url is public https without a query',
      severity: 'fatal',
      result: 'finding',
      code: 'notifyUrlWithQuery',
      why: 'WeChat Pay takes no notify_url with a query: ?a=1&b=2.',
      evidence: [],
      fix: expect.stringContaining('Give an https address'),
    },
  ])
  expect(junit.stdout).toContain('<testsuite name="grade" tests="1" failures="1" skipped="0">')
  expect(junit.stdout).toContain('?a=1&#38;b=2.')
  expect([json.code, junit.code]).toEqual([1, 1])
})

test('checks that were not seen are skipped in JUnit, and end with 3 when they are all', async () => {
  const { merchant } = await start()
  const flags = ['--notify-url', merchant.notify_url, '--reporter', 'junit']
  const { code, stdout } = await run(...keys(), ...flags)

  expect(stdout).toContain('<testsuite name="grade" tests="31" failures="0" skipped="31">')
  expect(code).toBe(3)
})

test('a receiver of which nothing was seen ends with 3, whatever the requests show', async () => {
  const { url, control, merchant } = await start()
  await merchant.create('PAID')
  await merchant.complete('PAID')
  await control.idle()
  const flags = ['--notify-url', merchant.notify_url, '--sandbox', url]
  const { code, stdout } = await run(...keys(), ...flags)

  expect(stdout).toContain('\nNothing was seen of how callbacks are received.\n')
  expect(stdout).toMatch(/\n[1-9]\d* passed, 0 findings, /)
  expect(code).toBe(3)
})

test('a sandbox that nobody called ends with 3, whatever the receiver shows', async () => {
  const { url, merchant } = await start({ keyOf: () => 'any' })
  merchant.enter('ANY')
  const flags = ['--notify-url', merchant.notify_url]
  const alone = await run(...keys(), ...flags)
  const { code, stdout } = await run(...keys(), ...flags, '--sandbox', url)

  expect(stdout).toContain('\nNothing was seen of the requests.\n')
  expect(stdout).toMatch(/\n[1-9]\d* passed, 0 findings, /)
  expect([alone.code, code]).toEqual([0, 3])
})

test('--lang zh reports in Chinese, and machines read the same codes', async () => {
  const { url, merchant, orderTwo } = await start({ isRightAmount: () => true })
  await orderTwo()
  const flags = [...keys(), '--notify-url', merchant.notify_url, '--sandbox', url, '--only', '25']
  const pretty = await run(...flags, '--lang', 'zh')
  const machines = (text: string) =>
    JSON.parse(text).map(({ code, result, severity }: Record<string, unknown>) => [
      code,
      result,
      severity,
    ])
  const json = ['--reporter', 'json']
  const [zh, en] = [await run(...flags, ...json, '--lang', 'zh'), await run(...flags, ...json)]

  expect(pretty.stdout).toContain(`发现问题 25：核对支付金额与订单金额
  金额不符的通知也被当作已支付。
  FIRST 的 USER_PAID，金额为 14999 分：200 {"code":"SUCCESS","message":"成功"}
  改法：金额与完结时一致才入账，否则拒绝这条通知。`)
  expect(pretty.stdout).toContain('通过 0 项，发现问题 1 项，未观察到 0 项')
  expect(machines(zh.stdout)).toEqual(machines(en.stdout))
  expect(zh.stdout).toContain('核对支付金额与订单金额')
})

test('columns of the table count a Chinese character as two cells', async () => {
  const { merchant } = await start()
  const flags = ['--notify-url', merchant.notify_url, '--only', '2', '--lang', 'zh']
  const { stdout } = await run(...keys(), ...flags)
  const [head = '', row = ''] = stdout.split('\n')

  expect(stringWidth(head.slice(0, head.indexOf('检查项')))).toBe(
    stringWidth(row.slice(0, row.indexOf('请求用'))),
  )
})

test.each([
  [0o600, 'pass'],
  [0o640, 'finding'],
])('a private key of mode %o is a %s', async (mode, result) => {
  const { merchant } = await start()
  const folder = await mkdtemp(join(tmpdir(), 'grade-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const key = join(folder, 'apiclient_key.pem')
  await writeFile(key, '')
  await chmod(key, mode)
  const flags = ['--notify-url', merchant.notify_url, '--key', key, '--only', '21']
  const { stdout } = await run(...keys(), ...flags, '--reporter', 'json')

  expect(JSON.parse(stdout)).toMatchObject([{ result, why: `Its mode is 0${mode.toString(8)}.` }])
})

const nobody = 'http://127.0.0.1:9/notify'

test.each([
  ['an address that is none', ['--notify-url', 'nonsense'], 'an address such as'],
  ['no address', [], '--notify-url'],
  ['a flag that is unknown', ['--notify-url', nobody, '--nonsense'], '--nonsense'],
  ['a check that is none', ['--notify-url', nobody, '--only', 'nonsense'], 'No check has'],
  ['a public host', ['--notify-url', 'https://merchant.example/notify'], '--allow-host'],
  ['nobody listening', ['--notify-url', nobody], 'Start the receiver'],
  ['no sandbox there', ['--notify-url', nobody, '--sandbox', 'http://127.0.0.1:9'], '--sandbox'],
  ['no key file', ['--notify-url', nobody, '--key', 'nowhere.pem'], 'nowhere.pem'],
])('%s is one sentence, and ends with 2', async (_, flags, part) => {
  const { code, stdout, stderr } = await run(...keys(), ...flags)

  expect(stderr.trim()).toContain(part)
  expect(stderr.trim().split('\n')).toHaveLength(1)
  expect([code, stdout]).toEqual([2, ''])
})

test('a folder without keys is one sentence, and ends with 2', async () => {
  const { code, stderr } = await run('--notify-url', nobody, '--dir', 'nowhere')

  expect(stderr).toMatch(/^nowhere is not a credentials folder: .+\n$/)
  expect(code).toBe(2)
})

test('a sandbox that wants its token is read by whoever gives it', async () => {
  const { merchant } = await start()
  const { url } = await startSandbox({ controlToken: 'secret' })
  const flags = ['--notify-url', merchant.notify_url, '--sandbox', url, '--only', '21']
  const refused = await run(...keys(), ...flags)

  expect(refused.stderr).toMatch(
    /^http:.+ wants the token of its control API.+--control-token\.\n$/,
  )
  expect(refused.code).toBe(2)
  expect((await run(...keys(), ...flags, '--control-token', 'secret')).stderr).toBe('')
})

test('a sandbox that is something else is one sentence, and ends with 2', async () => {
  const { merchant } = await start()
  const flags = ['--notify-url', merchant.notify_url, '--sandbox', merchant.notify_url]
  const { code, stderr } = await run(...keys(), ...flags)

  expect(stderr).toMatch(/^http:.+ has no usable answer to requests.+\n$/)
  expect(code).toBe(2)
})
