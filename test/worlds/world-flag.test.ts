import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, inject, onTestFinished, test } from 'vitest'
import { runCli } from '../cli/run-cli.ts'

/** A world file in a folder of its own that is removed after the test. */
const worldFile = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wechatpay-sandbox-world-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))

  return join(folder, 'world.json')
}

const run = (file: string) =>
  runCli(
    'start',
    '--port',
    '0',
    '--json',
    '--quiet',
    '--world',
    file,
    '--dir',
    inject('credentials'),
  )

const serve = async (file: string) => {
  const cli = run(file)
  const { url } = JSON.parse(await cli.firstOutput())
  const call = async (path: string, body?: object) => {
    const answer = await fetch(`${url}/_sandbox${path}`, {
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
    })
    return JSON.parse(await answer.text())
  }
  const stop = () => {
    cli.kill('SIGTERM')
    return cli.ended()
  }

  return { call, stop }
}

test('a world is kept at the end and taken up at the next start', async () => {
  const file = await worldFile()
  const first = await serve(file)
  await first.call('/charges', { outcome: 'hold', count: 2 })
  await first.call('/clock', { advance_seconds: 7 * 86_400 })
  await first.call('/clock', { hold: true })
  const before = await first.call('/world')
  expect(await first.stop()).toMatchObject({ code: 0, stderr: '' })

  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(before)

  const second = await serve(file)
  expect(await second.call('/world')).toMatchObject(before)
  expect(await second.call('/charges')).toEqual({ pending: ['hold', 'hold'] })
  await second.stop()
})

test.each([
  ['{"format":"wechatpay-sand', 'The world is not JSON; it may be cut off. Export it anew.'],
  ['{"name":"something else"}', 'This is not a world of wechatpay-sandbox.'],
  [
    '{"format":"wechatpay-sandbox-world","version":9}',
    'The world has version 9; this sandbox reads version 2.',
  ],
])('a file with %s is refused in a sentence and left as it is', async (text, sentence) => {
  const file = await worldFile()
  await writeFile(file, text)

  expect(await run(file).ended()).toMatchObject({ code: 1, stdout: '', stderr: `${sentence}\n` })
  expect(await readFile(file, 'utf8')).toBe(text)
})
