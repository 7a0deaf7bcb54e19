import { z } from 'zod'
import type { Diagnosis } from '../../contracts/diagnosis/diagnose.ts'
import { endpointIds } from '../../contracts/endpoints.ts'
import type { Authority } from '../authority/authority.ts'
import type { Entry, RequestEntry } from '../journal/entries.ts'
import type { Journal } from '../journal/journal.ts'
import { maskingOf } from '../journal/masking.ts'
import { countMatches, RequestMatch } from '../journal/matching.ts'
import { eventStream } from '../journal/stream.ts'
import { detailOf, summaryOf } from '../journal/views.ts'
import { UnknownError } from './control-error.ts'
import { type Diagnose, quickEffort } from './diagnosis.ts'

/** Which entries are listed; statuses as they come in a query. */
export const RequestFilter = z.object({
  kind: z.enum(['request', 'delivery']).optional(),
  operation: z.enum(endpointIds).optional(),
  status: z.coerce.number().int().optional(),
  situation: z.string().optional(),
  fault: z.string().optional(),
  /** Those with a greater number only. */
  after: z.coerce.number().int().min(0).optional(),
})

type Asked = z.infer<typeof RequestFilter> & {
  mchid?: string | undefined
  skip?: number | undefined
  take?: number | undefined
}

/** An entry in a few words. */
export type Summary = ReturnType<typeof summaryOf>

/** All that is known of an entry. */
export type Detail = ReturnType<typeof detailOf>

type Parts = { journal: Journal; diagnose: Diagnose; authority: Authority }

const isRequest = (entry: Entry): entry is RequestEntry => entry.kind === 'request'

/** What came, what went out, and why it was refused. */
export const requestsOf = ({ journal, diagnose, authority }: Parts) => {
  const masking = () => maskingOf([...authority.merchants.values()].map(({ apiv3Key }) => apiv3Key))

  // The log and the pages ask for the same.
  const quick = new WeakMap<RequestEntry, Diagnosis>()

  return {
    /** The latest first. */
    list: ({ skip = 0, take = 100, after = 0, ...filter }: Asked = {}): Summary[] => {
      const wanted = Object.entries(filter).filter(([, value]) => value !== undefined)
      const fits = (entry: Entry) =>
        entry.id > after && wanted.every(([name, value]) => Reflect.get(entry, name) === value)
      const mask = masking()

      return journal
        .entries()
        .filter(fits)
        .toReversed()
        .slice(skip, skip + take)
        .map((entry) => summaryOf(entry, mask))
    },

    /** All that is known of one. @throws {UnknownError} when the journal does not keep it */
    get: async (id: number): Promise<Detail> => {
      const entry = journal.get(id)
      if (!entry) throw new UnknownError(`The journal keeps no entry of this number.`)
      const isUnsigned = isRequest(entry) && entry.status === 401

      return detailOf(entry, {
        masking: masking(),
        diagnosis: isUnsigned ? await diagnose(entry) : undefined,
      })
    },

    /** What is wrong with the signature of one that was refused for it, as far as is quickly seen. */
    explain: async (id: number): Promise<Diagnosis | undefined> => {
      const entry = journal.get(id)
      if (!entry || !isRequest(entry) || entry.status !== 401) return undefined
      const diagnosis = quick.get(entry) ?? (await diagnose(entry, quickEffort))
      quick.set(entry, diagnosis)
      return diagnosis
    },

    /** How often a request that fits came; when none did, the nearest. @throws {ZodError} */
    count: (match: RequestMatch) =>
      countMatches(journal.entries().filter(isRequest), RequestMatch.parse(match)),

    /** Server-sent events, as an answer. @throws {JournalError} when too many listen already */
    stream: ({ after }: { after?: number | undefined } = {}) => {
      const mask = masking()
      return eventStream({ journal, after, show: (entry) => summaryOf(entry, mask) })
    },
  }
}
