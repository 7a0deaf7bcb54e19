import { Wechatpay } from '../../../client/index.ts'
import { narrator } from './narrator.ts'
import type { SandboxProcess } from './sandbox-process.ts'

/** Where the demo plays: a client, and a hand that acts as the user and as WeChat Pay. */
export type Stage = {
  wxpay: Wechatpay
  url: string
  credentials: string
  /** `POST /_sandbox` and the path. */
  act(path: string): Promise<unknown>
}

export const stageOf = ({ url, credentials }: Omit<SandboxProcess, 'stop'>): Stage => ({
  url,
  credentials,
  wxpay: Wechatpay.fromCredentials(credentials, { baseUrl: url }),
  act: async (path) => {
    const response = await fetch(`${url}/_sandbox${path}`, { method: 'POST' })
    if (!response.ok) throw new Error(`POST /_sandbox${path}: ${await response.text()}`)

    return response.status === 204 ? undefined : response.json()
  },
})

/** Tells of a call and of what it brought. */
export const told = async <T>(call: string, run: () => T | Promise<T>): Promise<T> => {
  narrator.call(call)
  const result = await run()
  narrator.answer(result)
  return result
}
