import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { expect, inject, onTestFinished, test, vi } from 'vitest'

const isLimited = process.platform === 'linux'

test.runIf(isLimited)('out of file descriptors, it says so and goes on', async () => {
  const words = ['start', '--port', '0', '--json', '--dir', inject('credentials')]
  const child = spawn(
    'sh',
    [
      '-c',
      'ulimit -n 128 && exec "$@"',
      'sh',
      process.execPath,
      'dist/sandbox/cli/main.js',
      ...words,
    ],
    { env: { ...process.env, LC_ALL: 'C' } },
  )
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await once(child, 'close')
  })
  const [ready] = await once(child.stdout, 'data')
  const { port } = new URL(JSON.parse(String(ready)).url)

  const told = once(child.stderr, 'data')
  const callers = Array.from({ length: 150 }, (): Socket => {
    const caller = connect(Number(port), '127.0.0.1')
    return caller.on('error', () => {})
  })
  expect(String(await told)).toBe(
    'Callers are turned away: the process may open no more files and connections (128). Close connections that are idle, or raise the limit (ulimit -n).\n',
  )
  for (const caller of callers) caller.destroy()
  // It sees them go a moment later.
  const ask = async () => (await fetch(`http://127.0.0.1:${port}/_sandbox/clock`)).status
  expect(await vi.waitFor(ask, { timeout: 10_000 })).toBe(200)
  expect(child.exitCode).toBeNull()
})
