import { HttpResponse, http } from 'msw'
import type { Recording } from './recordings.ts'

/** The signature headers over these bytes. */
export type SignAnswer = (body: string) => Promise<Record<string, string>>

/** Answers what was recorded, byte for byte, to what was recorded, byte for byte; signed anew. */
export const replay = (recordings: readonly Recording[], sign: SignAnswer) =>
  http.all('https://api.mch.weixin.qq.com/*', async ({ request }) => {
    const sent = { method: request.method, url: request.url, text: await request.text() }
    const found = recordings.find(
      ({ request: { method, url, postData } }) =>
        method === sent.method && url === sent.url && (postData?.text ?? '') === sent.text,
    )
    if (!found) return HttpResponse.error()

    const { status, headers, content } = found.response
    const signed = Object.entries(await sign(content.text ?? ''))
    const recorded = headers.map(({ name, value }): [string, string] => [name, value])
    return new HttpResponse(content.text ?? null, { status, headers: [...recorded, ...signed] })
  })
