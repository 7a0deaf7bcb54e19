import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { type Rerouting, reroute } from '../../sandbox/rerouting/reroute.ts'
import { createSandbox, type Sandbox } from '../../sandbox/sandbox.ts'
import { isHere, programs } from './programs.ts'

let sandbox: Sandbox
let rerouting: Rerouting
let folder: string

beforeAll(async () => {
  const credentials = inject('credentials')
  sandbox = await createSandbox({ dir: credentials })
  const { url } = await sandbox.listen()
  rerouting = await reroute({ credentials, url, given: {}, offline: true })
  folder = await mkdtemp(join(tmpdir(), 'wechatpay-sandbox-'))
})

afterAll(async () => {
  rerouting.close()
  await sandbox.close()
  await rm(folder, { recursive: true })
})

/** What a program that knows nothing of the sandbox prints. */
const outputOf = (program: string, ...words: string[]) => {
  const child = spawn(program, words, {
    cwd: folder,
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: folder,
      NODE_PATH: resolve('node_modules'),
      ...rerouting.environment,
    },
  })
  return Promise.all([text(child.stdout), text(child.stderr)]).then((texts) => texts.join(''))
}

for (const program of programs) {
  test.skipIf(!isHere(program))(`${program.name} reaches the sandbox`, async () => {
    const [command, ...words] = program.command
    expect(await outputOf(command, ...words)).toContain('SIGN_ERROR')
  })
}

test('wechatpay-node-v3, whose host is built in, downloads the certificates unmodified', async () => {
  const { pathname } = new URL('./certificates.cjs', import.meta.url)

  expect((await outputOf('node', pathname)).trim()).toBe(sandbox.credentials.platformSerial)
})

/** The page is written with `npx vitest run test/rerouting -u`. */
const page = () => `# Programs that \`exec\` was seen to lead to the sandbox

Each calls \`https://api.mch.weixin.qq.com\` as its makers wrote it, nothing in it changed. A program
that looks at \`HTTPS_PROXY\` is led by the proxy; on Node, others are led by a module that is loaded
before them. Held by \`test/rerouting\`, which skips a program whose language is missing and says so.

${programs.map(({ name, by }) => `- ${name}: by the ${by}`).join('\n')}
- Node, wechatpay-node-v3: by the preload
`

test('the page tells of every program', async () => {
  await expect(page()).toMatchFileSnapshot('../../docs/exec.md')
})
