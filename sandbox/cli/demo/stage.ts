import { Wechatpay } from '../../../client/index.ts'
import type { Sentence } from '../../../contracts/texts.ts'
import type { Narrator } from './narrator.ts'
import type { SandboxProcess } from './sandbox-process.ts'

/** Where the demo plays: a client, a hand that acts as the user and as WeChat Pay, who tells of it. */
export type Stage = {
  wxpay: Wechatpay
  url: string
  credentials: string
  /** `POST /_sandbox` and the path. */
  act(path: string): Promise<unknown>
  narrator: Narrator
  /** Tells of a call and of what it brought. */
  told<T>(call: Sentence, run: () => T | Promise<T>): Promise<T>
}

export const stageOf = (
  { url, credentials }: Omit<SandboxProcess, 'stop'>,
  narrator: Narrator,
): Stage => ({
  narrator,
  url,
  credentials,
  wxpay: Wechatpay.fromCredentials(credentials, { baseUrl: url }),
  act: async (path) => {
    const response = await fetch(`${url}/_sandbox${path}`, { method: 'POST' })
    if (!response.ok) throw new Error(`POST /_sandbox${path}: ${await response.text()}`)

    return response.status === 204 ? undefined : response.json()
  },
  told: async (call, run) => {
    narrator.call(call)
    const result = await run()
    narrator.answer(result)
    return result
  },
})
