import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, inject, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { openCredentials } from '../../sandbox/authority/credentials-folder.ts'
import { exampleIdentities } from '../../sandbox/authority/example-identities.ts'
import { runCli } from '../cli/run-cli.ts'
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

test('a sandbox and every recording hold to the contract', { timeout: 90_000 }, async () => {
  const { code, stdout } = await runCli('verify').ended()

  expect(stdout).toMatch(/^(\d+) of \1 assertions held$/m)
  expect(stdout).toMatch(
    /^signplan\.serviceorder\.create\.partner +400 INVALID_REQUEST +sandbox +(\d+)\/\1 /m,
  )
  expect(code).toBe(0)
})

test('a running sandbox is verified and left as it was', async () => {
  const { url, control } = await startSandbox({ heldAt: Date.parse('2026-03-01T00:00:00+08:00') })
  const before = await control.worlds.export()
  const place = ['--target', url, '--credentials', inject('credentials')]
  const flags = [...place, '--only', 'signplan.stop.partner', '--reporter', 'json']
  const { code, stdout } = await runCli('verify', ...flags).ended()

  const Verdicts = z.array(z.object({ target: z.string(), results: z.array(z.unknown()) }))
  expect(Verdicts.parse(JSON.parse(stdout)).map(({ target }) => target)).toContain('sandbox')
  expect(await control.worlds.export()).toEqual(before)
  expect(code).toBe(0)
})

test('the suite exercises every operation, refusal and move, and says what of the fields', async () => {
  const flags = ['--only', 'certificates.list', '--coverage']
  const full = await runCli('verify', ...flags).ended()

  expect(full.stdout).toMatch(/^operations: (\d+) of \1$/m)
  expect(full.stdout).toMatch(/^situations: (\d+) of \1$/m)
  expect(full.stdout).toMatch(/^edges: (\d+) of \1$/m)
  expect(full.stdout).toMatch(/^fields: \d+ of \d+$/m)
})

test('a recording that breaks the contract is named, and the status is 1', async () => {
  const text = await readFile(planRecordings, 'utf8')
  const file = await temporaryFile(text.replaceAll('\\"plan_state\\":', '\\"plan_status\\":'))
  const flags = ['--recordings', file, '--only', 'as recorded', '--reporter', 'junit']
  const { code, stdout } = await runCli('verify', ...flags).ended()

  expect(stdout).toContain('has a body that fits the contract (documented, openapi)')
  expect(stdout).toContain('plan_state')
  expect(code).toBe(1)
})

test('what cannot be verified is no success', async () => {
  const { code, stdout } = await runCli('verify', '--only', 'no such interaction').ended()

  expect(stdout).toContain('0 of 0 assertions held')
  expect(code).toBe(3)
})

test.each([
  ['a target that is down', ['--target', 'http://127.0.0.1:9', '--credentials', '.'], 'answer'],
  ['a target without credentials', ['--target', 'http://127.0.0.1:9'], '--credentials'],
  ['a file that is not there', ['--recordings', 'nowhere.har'], 'nowhere.har'],
])('%s is one sentence, and the status is 2', async (_, flags, part) => {
  const { code, stdout, stderr } = await runCli('verify', ...flags).ended()

  expect(stderr.trim()).toContain(part)
  expect(stderr.trim().split('\n')).toHaveLength(1)
  expect(stdout).toBe('')
  expect(code).toBe(2)
})

test('keys that the target does not know are one sentence, and the status is 2', async () => {
  const { url } = await startSandbox()
  const credentials = join(await temporaryFolder(), 'keys')
  await openCredentials(credentials, { ...exampleIdentities, mchid: '1230000110' })
  const flags = ['--target', url, '--credentials', credentials]
  const { code, stdout, stderr } = await runCli('verify', ...flags).ended()

  expect(stderr).toBe(
    `${url} does not know the keys in ${credentials}. Give the folder that this sandbox was started with.\n`,
  )
  expect([code, stdout]).toEqual([2, ''])
})
