import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, inject, onTestFinished, test } from 'vitest'
import { runCli } from '../cli/run-cli.ts'

/** A world file in a folder of its own that is removed after the test. */
const worldFile = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wechatpay-sandbox-world-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))

  return join(folder, 'world.json')
}

const run = (file: string, ...flags: string[]) =>
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
    ...flags,
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
  ['zh', '是符号链接', '不可写'],
  ['en', 'is a link, which would be replaced at the end', 'is locked (EACCES)'],
])(
  'a file that could not be kept at the end is told at the start, in %s',
  async (lang, linked, locked) => {
    const file = await worldFile()
    const link = `${file}.link`
    await symlink('world.json', link)
    const told = await run(link, '--lang', lang).ended()
    expect(told).toMatchObject({ code: 1, stdout: '' })
    expect(told.stderr).toContain(linked)
    expect(told.stderr.trim()).toMatch(new RegExp(`--world ${file}$`))

    await writeFile(file, 'untouched', { mode: 0o444 })
    const refused = await run(file, '--lang', lang).ended()
    expect(refused).toMatchObject({ code: 1, stdout: '' })
    expect(refused.stderr).toContain(locked)
    expect(await readFile(file, 'utf8')).toBe('untouched')
    expect(await readdir(dirname(file))).toEqual(['world.json', 'world.json.link'])
  },
)

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
