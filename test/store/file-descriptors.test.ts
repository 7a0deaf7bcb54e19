import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, inject, test } from 'vitest'

const program = `
  import { createSandbox } from 'wechatpay-sandbox'
  const { control, close } = await createSandbox({ dir: process.env.CREDENTIALS })
  const lists = await Promise.all(Array.from({ length: 50 }, () => control.serviceOrders.list()))
  console.log(new Set(lists.map(({ length }) => length)).size, lists[0].length > 0)
  await close()
`

test('lists work where a process may open 512 files', async () => {
  const { stdout } = await promisify(execFile)(
    'sh',
    ['-c', 'ulimit -n 512 && exec "$0" --input-type=module -e "$1"', process.execPath, program],
    { env: { ...process.env, CREDENTIALS: inject('credentials') } },
  )

  expect(stdout).toBe('1 true\n')
})
