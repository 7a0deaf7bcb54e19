import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { expect, inject, onTestFinished, test } from 'vitest'
import { z } from 'zod'

const program = 'dist/sandbox/cli/main.js'
const Coverage = z.object({ result: z.array(z.object({ url: z.string() })) })

/** Runs the command of the package in a process that notes what it loads, until it ends. */
const filesLoadedBy = async (
  run: (env: NodeJS.ProcessEnv) => Promise<unknown>,
): Promise<string[]> => {
  const notes = await mkdtemp(join(tmpdir(), 'wechatpay-sandbox-loading-'))
  onTestFinished(() => rm(notes, { recursive: true, force: true }))
  await run({ ...process.env, NODE_V8_COVERAGE: notes })

  const urls: string[] = []
  for (const name of await readdir(notes)) {
    const { result } = Coverage.parse(JSON.parse(await readFile(join(notes, name), 'utf8')))
    urls.push(...result.map(({ url }) => url))
  }
  return urls.filter((url) => url.startsWith('file:')).map((url) => basename(url))
}

const server = ['sandbox.js', 'hono.js', 'node-server.js']

test.each([['--help'], ['--version'], ['explain', '--help'], ['verify', '--help']])(
  'no server is loaded by %s',
  async (...words) => {
    const files = await filesLoadedBy((env) =>
      promisify(execFile)(process.execPath, [program, ...words], { env }),
    )

    expect(files).toContain('main.js')
    expect(files.filter((file) => server.includes(file))).toEqual([])
  },
)

test.each(['client', 'contracts'])('no server is loaded by the door of the %s', async (door) => {
  const words = ['--input-type=module', '--eval', `await import('wechatpay-sandbox/${door}')`]
  const files = await filesLoadedBy((env) => promisify(execFile)(process.execPath, words, { env }))

  expect(files).toContain('contract.js')
  expect(files.filter((file) => server.includes(file))).toEqual([])
})

test('a start with keys loads neither what makes keys nor what invents, shows or explains', async () => {
  const files = await filesLoadedBy(async (env) => {
    const words = ['start', '--json', '--port', '0', '--dir', inject('credentials')]
    const child = spawn(process.execPath, [program, ...words], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    await once(child.stdout, 'data')
    child.kill('SIGTERM')
    await once(child, 'exit')
  })

  expect(files).toEqual(expect.arrayContaining(server))
  expect(
    files.filter((file) => /x509|Reflect|zh_CN|pages|openapi|diagnose|world-file/.test(file)),
  ).toEqual([])
})
