import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, inject, onTestFinished, test, vi } from 'vitest'
import { placeOf } from '../../contracts/loopback.ts'
import { readHar } from '../../contracts/replay/har.ts'
import { runCli, runProcess } from '../cli/run-cli.ts'
import { startSandbox } from '../support/sandbox.ts'

const newFolder = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'record-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return folder
}

test.each(['SIGINT', 'SIGTERM'] as const)(
  'record says where it listens and keeps what was said until %s',
  async (signal) => {
    const { url: upstream } = await startSandbox()
    const out = join(await newFolder(), 'exchanges.har')
    const { firstOutput, kill, ended } = runProcess(
      ...['record', '--upstream', upstream, '--out', out, '--port', '0'],
    )
    const ready = JSON.parse(await firstOutput())
    expect(ready).toEqual({ event: 'ready', url: expect.any(String), upstream, out })

    await fetch(`${ready.url}/v3/certificates`)
    kill(signal)
    expect(await ended()).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/^GET \/v3\/certificates 406 \d+ms\n$/),
    })
    expect(readHar(await readFile(out, 'utf8'), out).log.entries).toHaveLength(1)
  },
)

/** Runs until the program gives up: with one line on standard error and nothing else. */
const complaintOf = async (code: number, ...args: string[]) => {
  const end = await runCli(...args).ended()

  expect([end.code, end.stdout]).toEqual([code, ''])
  expect(end.stderr).toMatch(/^[^\n]+\n$/)
  return end.stderr
}

test.each([
  [2, ['--upstream', 'weixin'], 'Expected an address such as http'],
  [2, ['--upstream', 'http://127.0.0.1/v3'], 'expected an address without one'],
  [1, ['--out', '/no/such/folder/a.har'], '/no/such/folder/a.har cannot be written (ENOENT)'],
  [2, ['--port', 'http'], 'Expected a whole number from 0 to 65535.'],
])('record ends with %i for %j', async (status, flags, complaint) => {
  const good = ['--upstream', 'http://127.0.0.1:9', '--out', join(await newFolder(), 'a.har')]

  expect(await complaintOf(status, 'record', '--port', '0', ...good, ...flags)).toContain(complaint)
})

test('record refuses a port that is taken', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => {
    server.close()
  })
  await vi.waitFor(() => expect(server.listening).toBe(true))
  const port = `${placeOf(server.address()).port}`
  const out = join(await newFolder(), 'a.har')

  expect(
    await complaintOf(
      1,
      'record',
      '--upstream',
      'http://127.0.0.1:9',
      '--out',
      out,
      '--port',
      port,
    ),
  ).toBe(`Port 127.0.0.1:${port} is taken. Choose another with --port.\n`)
})

/** Drift makes some thousand signed calls. */
const timeout = 120_000

const target = async () => {
  const { url } = await startSandbox()
  return ['--target', url, '--credentials', inject('credentials')]
}

test('drift ends with 0 while all differences are known', { timeout }, async () => {
  const { code, stdout, stderr } = await runCli('drift', ...(await target())).ended()

  expect([code, stderr]).toEqual([0, ''])
  expect(stdout).toMatch(/^known {2}.+\(documented: [\w-]+\.har, .+\)\n {7}.+$/m)
  expect(stdout).toMatch(/^0 new, \d+ known differences\n$/m)
})

test('drift speaks Chinese', { timeout }, async () => {
  const { code, stdout } = await runCli('drift', '--lang', 'zh').ended()

  expect(stdout).toMatch(/^已知 {2}\S+ \S+ 只见于录制：字符串（documented: .+）\n {6}\S+$/m)
  expect(stdout).toMatch(/^新增差异 0 处，已知差异 \d+ 处\n$/m)
  expect(code).toBe(0)
})

test('drift ends with 1 for what is new and for what is old', { timeout }, async () => {
  const file = join(await newFolder(), 'live.har')
  const text = await readFile('contracts/recordings/certificates.har', 'utf8')
  const changed = text
    .replace('"_provenance": "documented"', '"_provenance": "live"')
    .replace('2026-11-23', '2020-01-01')
    .replace('serial_no', 'serial')
  await writeFile(file, changed)

  const { code, stdout } = await runCli(
    ...['drift', '--json', '--recordings', file, '--max-age', '90', ...(await target())],
  ).ended()

  expect(code).toBe(1)
  expect(JSON.parse(stdout)).toMatchObject({
    new: expect.arrayContaining([
      expect.objectContaining({ pointer: '/data/*/serial', what: 'only recorded' }),
      expect.objectContaining({ pointer: '/data/*/serial_no', what: 'only answered' }),
    ]),
    stale: [file],
  })
})

test.each([
  [['--target', 'http://127.0.0.1:9'], '--target and --credentials go together'],
  [['--recordings', '/no/such.har'], '/no/such.har cannot be read.'],
  [['--recordings', 'package.json'], 'package.json is JSON but not HAR: it has no log.'],
])('drift ends with 2 when it cannot run: %j', async (flags, complaint) => {
  expect(await complaintOf(2, 'drift', ...flags)).toContain(complaint)
})

test('drift leaves alone what is no sandbox', async () => {
  const flags = ['--target', 'http://127.0.0.1:9', '--credentials', inject('credentials')]

  expect(await complaintOf(2, 'drift', ...flags)).toBe(
    'http://127.0.0.1:9 does not answer. Start a sandbox there, or check --target.\n',
  )
})
