import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'
import { pathOf } from '../../contracts/paths.ts'
import type { Recording } from '../../contracts/replay/har.ts'
import type { RecordedExchange } from './pass-through.ts'
import { createScrub, type Note, type Scrub } from './scrub.ts'
import { createStandIns } from './stand-ins.ts'
import { operationOf } from './vocabulary.ts'

/** The host of all recordings; where they were made is nobody's business. */
const origin = 'https://api.mch.weixin.qq.com'

const unread = { cookies: [], httpVersion: 'HTTP/1.1', headersSize: -1 }

/** Makes entries of exchanges; the same value has the same stand-in in all of them. */
export const createRecording = (): ((exchange: RecordedExchange) => Recording) => {
  const scrub = createScrub(createStandIns())

  return (exchange) => {
    const { method, target, milliseconds } = exchange
    const replaced: string[] = []
    const noteIn =
      (part: string): Note =>
      (pointer) =>
        replaced.push(`${part}${pointer}`)
    const operation = operationOf(method, pathOf(target))

    const asked = {
      headers: headersOf(exchange.requestHeaders, { scrub, note: noteIn('/request/headers') }),
      url: origin + scrub.target(target),
      body: bodyOf(exchange.requestHeaders, exchange.requestBody, {
        scrub,
        note: noteIn('/request/postData/text'),
      }),
    }
    if (asked.url !== origin + target) noteIn('/request')('/url')
    const answered = {
      headers: headersOf(exchange.responseHeaders, { scrub, note: noteIn('/response/headers') }),
      body: bodyOf(exchange.responseHeaders, exchange.responseBody, {
        scrub,
        note: noteIn('/response/content/text'),
      }),
    }

    return {
      ...(operation && { _endpoint: operation }),
      _signed: answered.headers.some(({ name }) => /^wechatpay-signature$/i.test(name)),
      _replaced: replaced,
      startedDateTime: new Date(exchange.startedAt).toISOString(),
      time: milliseconds,
      request: {
        ...unread,
        method,
        url: asked.url,
        headers: asked.headers,
        queryString: [...new URL(asked.url).searchParams].map(([name, value]) => ({ name, value })),
        ...(asked.body.text !== undefined && {
          postData: { mimeType: asked.body.mimeType, text: asked.body.text },
        }),
        bodySize: asked.body.size,
      },
      response: {
        ...unread,
        status: exchange.status,
        statusText: exchange.statusText,
        headers: answered.headers,
        content: answered.body,
        redirectURL: '',
        bodySize: answered.body.size,
      },
      cache: {},
      timings: { send: 0, wait: milliseconds, receive: 0 },
    }
  }
}

type Tools = { scrub: Scrub; note: Note }

const pairsOf = (raw: readonly string[]) =>
  raw.flatMap((name, index) => (index % 2 === 0 ? [{ name, value: raw[index + 1] ?? '' }] : []))

// The sizes and the compression are those of bytes that are not kept.
const headersOf = (raw: readonly string[], { scrub, note }: Tools) =>
  pairsOf(raw)
    .filter(({ name }) => !/^content-(length|encoding)$/i.test(name))
    .map(({ name, value }, index) => {
      const replaced = scrub.header(name, value)
      if (replaced !== value) note(`/${index}/value`)
      return { name, value: replaced }
    })

/** A body that is not JSON is left out: what is in it cannot be told. */
const bodyOf = (headers: readonly string[], bytes: Buffer, { scrub, note }: Tools) => {
  const header = (wanted: string) =>
    pairsOf(headers).find(({ name }) => name.toLowerCase() === wanted)?.value ?? ''
  const mimeType = header('content-type')
  if (bytes.length === 0) return { size: 0, mimeType }

  try {
    const value: unknown = JSON.parse(unpacked(bytes, header('content-encoding')).toString())
    const text = JSON.stringify(scrub.json(value, note))
    return { size: Buffer.byteLength(text), mimeType, text }
  } catch {
    note('')
    return { size: -1, mimeType }
  }
}

const unpacked = (bytes: Buffer, encoding: string): Buffer => {
  if (encoding === 'gzip') return gunzipSync(bytes)
  if (encoding === 'br') return brotliDecompressSync(bytes)
  return encoding === 'deflate' ? inflateSync(bytes) : bytes
}
