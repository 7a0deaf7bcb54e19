import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { expect, inject, test } from 'vitest'

test('orders live many at once, with faults and callbacks, and none is lost or doubled', async () => {
  const options = ['--requests', '800', '--dir', inject('credentials')]
  const soak = spawn(process.execPath, ['test/soak/soak.mjs', ...options])
  const [counts, complaints] = await Promise.all([
    text(soak.stdout),
    text(soak.stderr),
    once(soak, 'close'),
  ])

  expect(JSON.parse(counts), complaints).toMatchObject({
    requests: 800,
    orders: 200,
    faults: 16,
    reconciled: 16,
    complaints: 0,
  })
})
