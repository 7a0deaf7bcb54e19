import { z } from 'zod'
import { headersOf, type Message, splitUrl } from './message.ts'

const text = z.string()

const Headers = z
  .union([
    z.array(z.object({ name: text, value: text }).transform(({ name, value }) => [name, value])),
    z.array(z.array(text).length(2)),
    z.record(text, z.coerce.string()).transform((record) => Object.entries(record)),
  ])
  .transform((pairs) => headersOf(pairs.map(([name = '', value = '']) => [name, value])))

/** A body that is given as JSON, not as text, is taken as JSON.stringify would write it. */
const Body = z
  .unknown()
  .transform((body) =>
    typeof body === 'string' ? body : (JSON.stringify(body ?? undefined) ?? ''),
  )

const Plain = z.object({
  // Programs log it in small letters and send it in capitals.
  method: text.default('GET'),
  url: text.optional(),
  target: text.optional(),
  headers: Headers,
  body: Body,
})

const Entry = z.object({
  request: z.object({
    method: text,
    url: text,
    headers: Headers,
    postData: z.object({ text: text.default('') }).default({ text: '' }),
  }),
  response: z
    .object({
      headers: Headers,
      content: z.object({ text: text.default(''), encoding: text.optional() }),
    })
    .optional(),
})

const Har = z.object({ log: z.object({ entries: z.tuple([Entry], z.unknown()) }) })

/** Reads a request from JSON: one of its own, an entry of a HAR file, or the first of a whole file. */
export const readJsonMessage = (json: string): Message | undefined => {
  const value = parsed(json)
  const entry = Har.safeParse(value).data?.log.entries[0] ?? Entry.safeParse(value).data
  if (entry) return messageOf(entry)

  const plain = Plain.safeParse(value).data
  if (!plain) return undefined
  const { method, url = plain.target, headers, body } = plain
  const place = url === undefined ? undefined : splitUrl(url)

  return {
    ...(place && { method: method.toUpperCase(), target: place.target }),
    header: headers,
    bodies: [Buffer.from(body)],
  }
}

const parsed = (json: string): unknown => {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

/** Of an entry, the request if it is signed, else the answer. */
const messageOf = ({ request, response }: z.infer<typeof Entry>): Message => {
  const { method, url, headers, postData } = request
  const isSigned = headers('authorization') ?? headers('wechatpay-signature')
  if (!isSigned && response?.headers('wechatpay-signature')) {
    const { text, encoding } = response.content
    const body = Buffer.from(text, encoding === 'base64' ? 'base64' : 'utf8')
    return { header: response.headers, bodies: [body] }
  }

  return {
    method,
    target: splitUrl(url).target,
    header: headers,
    bodies: [Buffer.from(postData.text)],
  }
}
