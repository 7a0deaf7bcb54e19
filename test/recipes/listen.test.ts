import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test } from 'vitest'
import { callbackOf, probe } from '../client/callback.ts'
import { writeFolder } from '../client/credentials-folder.ts'

const program = `
  import { Command } from 'commander'
  import { addListen } from './dist/sandbox/cli/listen.js'
  const program = new Command()
  addListen(program)
  await program.parseAsync(process.argv.slice(1), { from: 'user' })
`

const run = (...flags: string[]): ChildProcess => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, 'listen', ...flags])
  onTestFinished(() => void child.kill())
  return child
}

const start = async (...flags: string[]) => {
  const { stdout } = run('--port', '0', '--dir', await writeFolder(), ...flags)
  if (stdout === null) throw new Error('no output')
  const lines = createInterface(stdout)[Symbol.asyncIterator]()

  return async () => String((await lines.next()).value)
}

const post = (url: string, callback: { headers?: Record<string, string>; body: string }) =>
  fetch(url, { method: 'POST', ...callback })

test('prints callbacks as JSON, and answers them', async () => {
  const next = await start('--json')
  const { event, url } = JSON.parse(await next())
  expect(event).toBe('ready')

  const accepted = await post(`${url}/any/path`, callbackOf('COUPON.USE', { stock_id: '1' }))
  expect(await accepted.json()).toEqual({ code: 'SUCCESS', message: '成功' })
  expect(JSON.parse(await next())).toMatchObject({
    event: 'accepted',
    notification: { original_event_type: 'COUPON.USE', resource: { stock_id: '1' } },
  })

  const refused = await post(url, callbackOf('COUPON.USE', {}, { headers: probe }))
  expect(refused.status).toBe(500)
  const report = JSON.parse(await next())
  expect(report).toMatchObject({
    event: 'refused',
    code: 'SIGNATURE_MISMATCH',
    diagnosis: { verdict: 'explained', mistakes: [{ code: 'answerProbe' }] },
  })
  expect(await refused.json()).toEqual({ code: 'FAIL', message: report.reason })

  const long = await post(url, { body: ' '.repeat(1024 * 1024 + 1) })
  expect(long.status).toBe(500)
  expect(JSON.parse(await next())).toMatchObject({
    reason: 'The body is longer than 1048576 bytes.',
  })
})

test('prints callbacks for people', async () => {
  const next = await start()
  const [url = ''] = /http:\S+\d/.exec(await next()) ?? []

  await post(url, callbackOf('COUPON.USE', { state: 'USED', coupon_id: '1' }))

  expect(await next()).toMatch(/^accepted COUPON\.USE [\w-]{36}$/)
  expect(await next()).toBe('  通知, state USED')

  await post(url, callbackOf('COUPON.USE', {}, { headers: probe }))
  expect(await next()).toBe('refused  SIGNATURE_MISMATCH')
  expect(await next()).toMatch(/^ {2}The callback does not verify/)
  expect(await next()).toMatch(/^ {2}The signature is a probe/)
})

test('says what is wrong, and ends', async () => {
  const child = run('--dir', '/nowhere')
  const [chunk] = await Promise.all([once(child.stderr ?? child, 'data'), once(child, 'exit')])

  expect(String(chunk)).toMatch(/^\/nowhere is not a credentials folder/)
  expect(child.exitCode).toBe(1)
})
