import { readdirSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { endpointIds, endpoints } from '../../contracts/endpoints.ts'
import { sources } from '../../contracts/evidence.ts'
import type { CallRequest } from '../../contracts/suite/interaction.ts'

const pair = z.strictObject({ name: z.string(), value: z.string() })
const moment = z.iso.datetime({ offset: true })
const size = z.int().min(-1)
const spent = z.number().min(0)

const message = {
  httpVersion: z.literal('HTTP/1.1'),
  cookies: z.array(z.unknown()),
  headers: z.array(pair),
  headersSize: size,
  bodySize: size,
}

/** One exchange; members that begin with `_` are this project's, the others are HAR 1.2's. */
const Entry = z.strictObject({
  _endpoint: z.enum(endpointIds),
  /** Where in the source. */
  _document: z.string(),
  /** In what the document contradicts itself or others. */
  _quirks: z.array(z.string()),
  startedDateTime: moment,
  time: spent,
  request: z.strictObject({
    ...message,
    method: z.enum(['GET', 'POST']),
    url: z.url(),
    queryString: z.array(pair),
    postData: z.strictObject({ mimeType: z.string(), text: z.string() }).optional(),
  }),
  response: z.strictObject({
    ...message,
    status: z.int(),
    statusText: z.string(),
    content: z.strictObject({ size, mimeType: z.string(), text: z.string().optional() }),
    redirectURL: z.string(),
  }),
  cache: z.strictObject({}),
  timings: z.strictObject({ send: spent, wait: spent, receive: spent }),
})
export type Recording = z.infer<typeof Entry>

/** HAR 1.2, http://www.softwareishard.com/blog/har-12-spec/, as far as the recordings use it. */
const Har = z.strictObject({
  log: z.strictObject({
    _provenance: z.enum(['documented', 'observed', 'live', 'sandbox']),
    _source: z.enum(Object.keys(sources)),
    _recordedAt: z.iso.date(),
    version: z.literal('1.2'),
    creator: z.strictObject({ name: z.string(), version: z.string() }),
    comment: z.string(),
    entries: z.array(Entry).min(1),
  }),
})

const folder = new URL('../../contracts/recordings/', import.meta.url)

/** Every recorded exchange. */
export const recordings: readonly Recording[] = readdirSync(folder).flatMap(
  (file) => Har.parse(JSON.parse(readFileSync(new URL(file, folder), 'utf8'))).log.entries,
)

const parsed = (text: string | undefined): unknown =>
  text === undefined ? undefined : JSON.parse(text)

/** The request in the terms of the suite. */
export const requestOf = ({ _endpoint: endpoint, request }: Recording): CallRequest => {
  const template = endpoints[endpoint].path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')
  const path = new RegExp(`^${template}$`).exec(new URL(request.url).pathname)
  if (!path) throw new Error(`${request.url} is not a path of ${endpoint}.`)

  return {
    endpoint,
    path: { ...path.groups },
    query: Object.fromEntries(new URL(request.url).searchParams),
    body: parsed(request.postData?.text),
  }
}

export const answerOf = ({ response }: Recording) => ({
  status: response.status,
  body: parsed(response.content.text),
})
