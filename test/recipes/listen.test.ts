import { expect, test } from 'vitest'
import { runCli, runProcess } from '../cli/run-cli.ts'
import { callbackOf, probe } from '../client/callback.ts'
import { writeFolder } from '../client/credentials-folder.ts'

/** Runs the command; each call waits for the next line that it prints. */
const start = async (...flags: string[]) => {
  const { stdout } = runCli('listen', '--port', '0', '--dir', await writeFolder(), ...flags)
  let read = 0

  return async () => {
    read += 1
    const lines = await stdout(new RegExp(`^(?:.*\n){${read}}`))
    return lines.split('\n')[read - 1] ?? ''
  }
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
  const { code, stderr } = await runCli('listen', '--dir', '/nowhere').ended()

  expect(stderr).toMatch(/^\/nowhere is not a credentials folder/)
  expect(code).toBe(1)
})

test.each(['SIGTERM', 'SIGINT'] as const)('ends well on %s', async (signal) => {
  const { firstOutput, kill, ended } = runProcess(
    ...['listen', '--port', '0', '--dir', await writeFolder()],
  )
  expect(await firstOutput()).toMatch(/^listening on http:/)

  kill(signal)
  expect(await ended()).toMatchObject({ code: 0, signal: null, stderr: '' })
})
