import { inject, onTestFinished } from 'vitest'
import { Wechatpay } from '../../client/index.ts'
import { createSandbox, type SandboxOptions } from '../../sandbox/sandbox.ts'

/** A fresh sandbox with this run's keys and a client that reaches it in-process. */
export const openSandbox = async (options: SandboxOptions = {}) => {
  const dir = options.dir ?? inject('credentials')
  const sandbox = await createSandbox({ ...options, dir })
  onTestFinished(() => sandbox.close())
  const wxpay = Wechatpay.fromCredentials(dir, {
    baseUrl: 'http://127.0.0.1',
    fetch: sandbox.fetch,
  })

  return { ...sandbox, wxpay }
}

/** The same, listening on a port of its own, where its client calls it. */
export const startSandbox = async (options: SandboxOptions = {}) => {
  const sandbox = await openSandbox(options)
  const { url, port } = await sandbox.listen()
  const dir = options.dir ?? inject('credentials')

  return { ...sandbox, url, port, wxpay: Wechatpay.fromCredentials(dir, { baseUrl: url }) }
}
