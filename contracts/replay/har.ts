/**
 * Recorded exchanges as files: HAR 1.2 with members of this project's own, which begin with `_`.
 * @see http://www.softwareishard.com/blog/har-12-spec/
 * @module
 */

import { z } from 'zod'
import { endpointIds } from '../endpoints.ts'
import { jsonOf } from '../json.ts'
import { fill, SentenceError } from '../texts.ts'
import { day } from '../time.ts'
import { harTexts } from './texts.ts'

/** Where an exchange comes from: printed, shown by others, in an SDK's tests, or recorded here. */
const Provenance = z.enum(['documented', 'observed', 'sdk', 'live', 'sandbox'])

const Pair = z.object({ name: z.string(), value: z.string() })
const size = z.int().min(-1)
const spent = z.number().min(-1)
const pointers = z.array(z.string())

const message = {
  httpVersion: z.string(),
  cookies: z.array(z.object({ name: z.string(), value: z.string() })),
  headers: z.array(Pair),
  headersSize: size,
  bodySize: size,
  /** Headers that were seen to be missing. */
  _absent: z.array(z.string()).optional(),
  /** The members that were shown of a body that was not shown as a whole. */
  _shown: z.record(z.string(), z.unknown()).optional(),
}

const Request = z.object({
  ...message,
  method: z.string().min(1),
  url: z.url(),
  queryString: z.array(Pair),
  postData: z.object({ mimeType: z.string(), text: z.string() }).optional(),
})

const Response = z.object({
  ...message,
  status: z.int(),
  statusText: z.string(),
  content: z.object({ size, mimeType: z.string(), text: z.string().optional() }),
  redirectURL: z.string(),
})

/** One exchange. */
export const Recording = z.object({
  /** The operation of the endpoint table, where it is one. */
  _endpoint: z.enum(endpointIds).optional(),
  _id: z.string().optional(),
  /** Where it differs from the file's. */
  _provenance: Provenance.optional(),
  _source: z.string().optional(),
  /** Where in the source. */
  _document: z.string().optional(),
  _situation: z.string().optional(),
  /** In what the source contradicts itself or others. */
  _quirks: z.array(z.string()).optional(),
  /** What HAR demands and the source does not show. */
  _assumed: pointers.optional(),
  /** What a recorder put stand-ins for. */
  _replaced: pointers.optional(),
  /** Whether the answer came signed. */
  _signed: z.boolean().optional(),
  /** Of a callback: what happened, and what was sealed in it. */
  _event: z.string().optional(),
  _resource: z.unknown().optional(),
  /** Of a callback: the published keys that verify and open it. */
  _platformCertificate: z.string().optional(),
  _apiv3Key: z.string().optional(),
  startedDateTime: z.iso.datetime({ offset: true }),
  time: spent,
  request: Request,
  response: Response,
  cache: z.object({}),
  timings: z.object({ send: spent, wait: spent, receive: spent }),
})
export type Recording = z.infer<typeof Recording>

/** A file of exchanges, as far as the recordings use HAR. */
export const Har = z.object({
  log: z.object({
    _provenance: Provenance,
    _source: z.string(),
    _recordedAt: z.iso.date(),
    version: z.literal('1.2'),
    creator: z.object({ name: z.string(), version: z.string() }),
    comment: z.string().optional(),
    entries: z.array(Recording),
  }),
})
export type Har = z.infer<typeof Har>

/** A file that holds no recordings; the message names the file and what is wrong with it. */
export class RecordingError extends SentenceError {
  override readonly name = 'RecordingError'
}

/**
 * Reads a file of recordings; `name` is what errors call it.
 * @throws {RecordingError} for a file that is cut off, of another tool, or not HAR
 */
export const readHar = (text: string, name: string): Har => {
  const value = parseFile(text, name)
  const ours = Har.shape.log.pick({ _provenance: true, _source: true, _recordedAt: true })
  const { log } = z.object({ log: z.looseObject({}) }).safeParse(value).data ?? {}
  if (!log) throw new RecordingError(fill(harTexts.noLog, { name }))

  const foreign = ours.safeParse(log).error?.issues[0]
  if (foreign) {
    throw new RecordingError(fill(harTexts.foreign, { name, member: foreign.path.join('.') }))
  }

  const { data, error } = Har.safeParse(value)
  if (!data) {
    const [issue] = error.issues
    throw new RecordingError(fill(harTexts.notHar, { name, member: issue?.path.join('.') ?? '' }))
  }
  for (const [index, recording] of data.log.entries.entries()) {
    for (const { part, body } of bodiesOf(recording)) {
      if (jsonOf(body) !== undefined) continue
      throw new RecordingError(
        fill(harTexts.notJson, {
          name,
          part,
          index,
          method: recording.request.method,
          url: recording.request.url,
        }),
      )
    }
  }

  return data
}

const parseFile = (text: string, name: string): unknown => {
  const value = jsonOf(text)
  if (value !== undefined) return value

  throw new RecordingError(fill(harTexts.damaged, { name }))
}

const bodiesOf = ({ request, response }: Recording) =>
  [
    { part: harTexts.request, body: request.postData },
    { part: harTexts.answer, body: response.content },
  ].flatMap(({ part, body }) =>
    body?.text && /\bjson\b/.test(body.mimeType) ? [{ part, body: body.text }] : [],
  )

/** Whether these are live recordings older than so many days; the others do not age. */
export const isStale = (
  { log }: Har,
  { maxAgeDays, now }: { maxAgeDays: number; now: number },
): boolean => log._provenance === 'live' && now - Date.parse(log._recordedAt) > maxAgeDays * day
