import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { expect, inject, test } from 'vitest'

test('nothing that was answered is lost, doubled or numbered again when a sandbox is killed', async () => {
  const options = ['--kills', '3', '--at-once', '4', '--dir', inject('credentials')]
  const crash = spawn(process.execPath, ['test/crash/crash.mjs', ...options])
  const [counts, complaints] = await Promise.all([
    text(crash.stdout),
    text(crash.stderr),
    once(crash, 'close'),
  ])

  expect(JSON.parse(counts), complaints).toMatchObject({ kills: 3, complaints: 0 })
  expect(JSON.parse(counts).orders).toBeGreaterThan(0)
}, 60_000)
