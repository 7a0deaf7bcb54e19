import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import stringWidth from 'string-width'
import { expect, inject, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { bundledFiles } from '../../contracts/replay/bundled.ts'
import { openCredentials } from '../../sandbox/authority/credentials-folder.ts'
import { exampleIdentities } from '../../sandbox/authority/example-identities.ts'
import { readRecordings } from '../../sandbox/verifying/recordings.ts'
import { reports } from '../../sandbox/verifying/report.ts'
import { verify } from '../../sandbox/verifying/verify.ts'
import { runCli, runCliIn, runProcess } from '../cli/run-cli.ts'
import { startSandbox } from '../support/sandbox.ts'

const planRecordings = new URL('../../contracts/recordings/plans.har', import.meta.url)

const temporaryFolder = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wechatpay-sandbox-verify-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))

  return folder
}

const temporaryFile = async (text: string) => {
  const file = join(await temporaryFolder(), 'changed.har')
  await writeFile(file, text)

  return file
}

const brokenRecording = async () => {
  const text = await readFile(planRecordings, 'utf8')
  return temporaryFile(text.replaceAll('\\"plan_state\\":', '\\"plan_status\\":'))
}

test('every recording holds to the contract', async () => {
  const verdicts = await verify({ recordings: bundledFiles(), only: 'as recorded' })

  const asked = verdicts.filter(({ results }) => results.length > 0)
  expect(asked.map(({ target }) => target)).toEqual(
    [...bundledFiles().keys()].filter((name) => name !== 'notifications.har'),
  )
  expect(asked.flatMap(({ results }) => results).filter(({ held }) => !held)).toEqual([])
})

test('a sandbox of its own is usual, and once more strict about times', async () => {
  const verdicts = await verify({ recordings: new Map(), only: 'create.direct refuses a start' })

  expect(verdicts.flatMap(({ results }) => results).filter(({ held }) => !held)).toEqual([])
  expect(reports.pretty(verdicts, 'en')).toMatch(
    /^serviceorder\.create\.direct +400 PARAM_ERROR +sandbox, strict times +(\d+)\/\1 /m,
  )
  expect(reports.pretty(verdicts, 'en')).toMatch(/^(\d+) of \1 assertions held$/m)
})

test('a running sandbox is verified and left as it was', async () => {
  const { url, control } = await startSandbox({ heldAt: Date.parse('2026-03-01T00:00:00+08:00') })
  const before = await control.worlds.export()
  const place = ['--target', url, '--credentials', inject('credentials')]
  const flags = [...place, '--only', 'signplan.stop.partner ends', '--reporter', 'json']
  const { code, stdout } = await runCli('verify', ...flags).ended()

  const Verdicts = z.array(z.object({ target: z.string(), results: z.array(z.unknown()) }))
  expect(Verdicts.parse(JSON.parse(stdout))[0]).toMatchObject({ target: 'sandbox' })
  expect(await control.worlds.export()).toEqual(before)
  expect(code).toBe(0)
})

test('the suite exercises every operation, refusal and move, and says what of the fields', async () => {
  const flags = ['--only', 'certificates.list lists', '--coverage']
  const { code, stdout } = await runCli('verify', ...flags).ended()

  expect(stdout).toMatch(/^(\d+) of \1 assertions held$/m)
  expect(stdout).toMatch(/^operations: (\d+) of \1$/m)
  expect(stdout).toMatch(/^situations: (\d+) of \1$/m)
  expect(stdout).toMatch(/^edges: (\d+) of \1$/m)
  expect(stdout).toMatch(/^fields: \d+ of \d+$/m)
  expect(code).toBe(0)
})

test('a recording that breaks the contract is named in every report', async () => {
  const recordings = await readRecordings([await brokenRecording()])
  const verdicts = await verify({ recordings, only: 'as recorded' })
  const broken = 'plan.create.partner as recorded, number 1: has a body that fits the contract'

  expect(reports.pretty(verdicts, 'en')).toContain(
    `BROKEN ${broken} (documented, openapi); expected []`,
  )
  expect(reports.github(verdicts, 'en')).toContain(`::error title=contract broken::${broken}`)
  expect(reports.junit(verdicts, 'en')).toContain(
    '<failure message="plan.create.partner as recorded',
  )
  expect(JSON.parse(reports.json(verdicts, 'en')).at(-1).results).toContainEqual(
    expect.objectContaining({ held: false, got: expect.stringContaining('plan_state') }),
  )
})

test('a contract that is broken ends with 1', async () => {
  const flags = ['--recordings', await brokenRecording(), '--only', 'as recorded']
  const { code, stdout } = await runProcess('verify', ...flags).ended()

  expect(stdout).toContain('plan_state')
  expect(code).toBe(1)
})

test('what cannot be verified is no success', async () => {
  const { code, stdout } = await runCli('verify', '--only', 'no such interaction').ended()

  expect(stdout).toContain('0 of 0 assertions held')
  expect(code).toBe(3)
})

test('a sandbox that wants its token is verified by whoever gives it', async () => {
  const { url } = await startSandbox({ controlToken: 'secret' })
  const place = ['--target', url, '--credentials', inject('credentials')]
  const flags = [...place, '--only', 'signplan.stop.partner ends']

  const refused = await runCli('verify', ...flags).ended()
  expect(refused).toMatchObject({ code: 2, stdout: '' })
  expect(refused.stderr).toMatch(
    /^http:.+ wants the token of its control API.+--control-token\.\n$/,
  )
  expect(await runCli('verify', ...flags, '--control-token', 'secret').ended()).toMatchObject({
    code: 0,
    stderr: '',
  })
  const env = { WECHATPAY_SANDBOX_CONTROL_TOKEN: 'secret' }
  expect((await runCliIn({ env }, 'verify', ...flags).ended()).code).toBe(0)
})

test('a target without credentials is one sentence, and the status is 2', async () => {
  const flags = ['--target', 'http://127.0.0.1:9']
  const { code, stdout, stderr } = await runCli('verify', ...flags).ended()

  expect(stderr).toMatch(/^--target and --credentials go together[^\n]+\n$/)
  expect([code, stdout]).toEqual([2, ''])
})

test('a target that is down and a file that is not there are told in one sentence', async () => {
  const place = { url: 'http://127.0.0.1:9', credentials: '.' }

  await expect(verify({ place, recordings: new Map() })).rejects.toThrow(
    'http://127.0.0.1:9 does not answer. Start a sandbox there, or check --target.',
  )
  await expect(readRecordings(['nowhere.har'])).rejects.toThrow('nowhere.har cannot be read.')
})

test('keys that the target does not know are told in one sentence', async () => {
  const { url } = await startSandbox()
  const credentials = join(await temporaryFolder(), 'keys')
  await openCredentials(credentials, { ...exampleIdentities, mchid: '1230000110' })

  await expect(verify({ place: { url, credentials }, recordings: new Map() })).rejects.toThrow(
    `${url} does not know the keys in ${credentials}. Give the folder that this sandbox was started with.`,
  )
})

test('the report speaks Chinese, in columns that stay columns', async () => {
  const recordings = await readRecordings([await brokenRecording()])
  const report = reports.pretty(await verify({ recordings, only: 'as recorded' }), 'zh')

  expect(report).toContain(
    '不符 plan.create.partner as recorded, number 1: has a body that fits the contract（文档写明，openapi）；应为 []，实际为 ',
  )
  expect(report).toMatch(/^接口 +应答 +对象 +通过 +依据$/m)
  expect(report).toMatch(/^共 \d+ 条断言，通过 \d+ 条\n$/m)
  const [head = '', row = ''] = report
    .split('\n')
    .filter((line) => /依据$|^plan\.create/.test(line))
  expect(stringWidth(head.slice(0, head.indexOf('应答')))).toBe(row.indexOf('成功'))
})

test.each([
  [['--target', 'http://127.0.0.1:9'], 2, '--target 和 --credentials 要一起给出'],
  [['--live'], 2, '--live 请求真实的微信支付'],
  [['--recordings', 'nowhere.har'], 2, 'nowhere.har 无法读取。'],
  [['--recordings', 'package.json'], 2, 'package.json 是 JSON，但不是 HAR：缺少 log。'],
  [['--max-age', 'x'], 2, '应为 0 至 36500 的整数。'],
])('verify --lang zh %j ends with %i and says why', async (flags, status, complaint) => {
  const { code, stderr } = await runCli('verify', '--lang', 'zh', ...flags).ended()

  expect(stderr).toContain(complaint)
  expect(code).toBe(status)
})

test.each(['verify', 'drift', 'record'])(
  '%s --help is Chinese where it is asked for',
  async (name) => {
    const { stdout } = await runCli(name, '--lang', 'zh', '--help').ended()
    const described = stdout.split('\n').filter((line) => /^ {2}--(?!lang)/.test(line))

    expect(described).not.toEqual([])
    expect(described.filter((line) => !/[\u4e00-\u9fff]/.test(line))).toEqual([])
  },
)
