import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, inject, onTestFinished, test, vi } from 'vitest'
import { runCli } from './run-cli.ts'

const exec = (...words: string[]) => runCli('exec', '--dir', inject('credentials'), ...words)

test.each([
  ['its status is ours', ['node', '-e', 'process.exit(7)'], 7],
  ['a signal that ends it is in the status', ['sh', '-c', 'kill -9 $$'], 137],
  ['it finds the sandbox by its environment', ['sh', '-c', 'test -n "$WECHATPAY_SANDBOX_URL"'], 0],
])('exec runs a program: %s', async (_, command, status) => {
  expect(await exec('--', ...command).ended()).toMatchObject({ code: status })
})

test('exec logs what the program asked, with the reason, before it ends', async () => {
  const { stderr } = await exec(
    ...['--', 'node', '-e', "fetch('https://api.mch.weixin.qq.com/v3/nowhere')"],
  ).ended()
  expect(stderr).toContain('WeChat Pay is the sandbox at http://127.0.0.1:')
  expect(stderr).toMatch(/GET \/v3\/nowhere 404 .*Nearest: /)
})

test('exec passes a signal on to the program', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wechatpay-sandbox-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const running = join(folder, 'running')
  const program = exec(
    '--',
    'sh',
    '-c',
    `trap 'exit 5' TERM; : > ${running}; while :; do sleep 0.05; done`,
  )
  await vi.waitFor(() => expect(existsSync(running)).toBe(true), { timeout: 10_000 })

  program.kill('SIGTERM')
  expect(await program.ended()).toMatchObject({ code: 5 })
})

test('exec --print-env prints what compose and CI files take, until it is interrupted', async () => {
  const program = exec('--print-env')
  const lines = (await program.stdout(/WECHATPAY_SANDBOX_DIR=.*\n/)).trim().split('\n')

  expect(lines.map((line) => line.split('=', 1)[0])).toEqual([
    ...['HTTPS_PROXY', 'https_proxy', 'NO_PROXY', 'no_proxy', 'NODE_USE_ENV_PROXY'],
    ...['NODE_EXTRA_CA_CERTS', 'NODE_OPTIONS', 'WECHATPAY_SANDBOX_TLS_PORT', 'SSL_CERT_FILE'],
    ...['CURL_CA_BUNDLE', 'REQUESTS_CA_BUNDLE', 'PHP_INI_SCAN_DIR', 'JAVA_TOOL_OPTIONS'],
    ...['WECHATPAY_SANDBOX_URL', 'WECHATPAY_SANDBOX_DIR'],
  ])
  program.kill('SIGTERM')
  expect(await program.ended()).toMatchObject({ code: 0 })
})

test.each([
  ['no program', [], 2, 'Expected a program after --, or --print-env, and not both.'],
  ['both', ['--print-env', '--', 'true'], 2, 'Expected a program after --, or --print-env'],
  ['a program that is not there', ['--', 'no-such'], 127, 'There is no program no-such.'],
  ['a program that is none', ['--', 'package.json'], 127, 'There is no program package.json.'],
  ['a file in place of the folder', ['--dir', 'package.json', '--', 'true'], 1, 'package.json'],
])('exec says in one sentence what is wrong: %s', async (...[, words, ...end]) => {
  const { code, stderr } = await exec(...words).ended()
  expect([code, stderr]).toEqual([end[0], expect.stringContaining(end[1])])
  expect(stderr).not.toContain('    at ')
})
