import { inject, onTestFinished } from 'vitest'
import { Wechatpay } from '../../client/index.ts'
import { createSandbox, type SandboxOptions } from '../../sandbox/sandbox.ts'

/** A fresh sandbox with this run's keys, listening on a port of its own, closed after the test. */
export const startSandbox = async (options: SandboxOptions = {}) => {
  const dir = inject('credentials')
  const sandbox = await createSandbox({ dir, ...options })
  onTestFinished(() => sandbox.close())
  const { url, port } = await sandbox.listen()
  const wxpay = await Wechatpay.fromCredentials(dir, { baseUrl: url })

  return { ...sandbox, url, port, wxpay }
}
