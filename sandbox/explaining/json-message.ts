import { z } from 'zod'
import { jsonOf } from '../../contracts/json.ts'
import { headersOf, type Message, splitUrl } from './message.ts'

const text = z.string()

/** A header that was sent several times is a list; one that was not sent may be null. */
const Value = z
  .union([z.null(), z.array(z.coerce.string()), z.coerce.string()])
  .transform((value) => (Array.isArray(value) ? value.join(', ') : value))

const Headers = z
  .union([
    z.array(z.object({ name: text, value: Value })),
    z
      .array(z.tuple([text, Value]))
      .transform((pairs) => pairs.map(([name, value]) => ({ name, value }))),
    z
      .record(text, Value)
      .transform((record) => Object.entries(record).map(([name, value]) => ({ name, value }))),
  ])
  .transform((headers) =>
    headersOf(
      headers.flatMap(({ name, value }) => (value === null ? [] : [[name, value] as const])),
    ),
  )

/** What an exporter leaves out or writes as null is empty. */
const TextOrNone = text.nullish().transform((value) => value ?? '')

/** A body that is given as JSON, not as text, is taken as JSON.stringify would write it. */
const Body = z
  .unknown()
  .optional()
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
    postData: z.object({ text: TextOrNone }).nullish(),
  }),
  response: z
    .object({
      headers: Headers,
      content: z.object({ text: TextOrNone, encoding: text.nullish() }),
    })
    .nullish(),
})
type Entry = z.infer<typeof Entry>

const Har = z.object({ log: z.object({ entries: z.array(z.unknown()) }) })

/** Reads a request from JSON: one of its own, an entry of a HAR file, or one of a whole file. */
export const readJsonMessage = (json: string): Message | undefined => {
  const value = jsonOf(json)
  const entries = (Har.safeParse(value).data?.log.entries ?? [value]).flatMap(
    (each) => Entry.safeParse(each).data ?? [],
  )
  const entry = entries.find(isOfWechatPay) ?? entries[0]
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

/** A browser records every request of a page. */
const isOfWechatPay = ({ request, response }: Entry): boolean =>
  request.headers('authorization')?.startsWith('WECHATPAY2') === true ||
  [request, response].some((side) => side?.headers('wechatpay-signature') !== undefined)

/** Of an entry, the request if it is signed, else the answer. */
const messageOf = ({ request, response }: Entry): Message => {
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
    bodies: [Buffer.from(postData?.text ?? '')],
  }
}
