import { z } from 'zod'
import { type Diagnosis, diagnosisIn, type Findings } from '../../contracts/diagnosis/diagnosis.ts'
import { type Language, render, type Sentence } from '../../contracts/texts.ts'
import type { Authority } from '../authority/authority.ts'
import type { Entry, RequestEntry } from '../journal/entries.ts'
import type { Journal } from '../journal/journal.ts'
import { countMatches, RequestMatch } from '../journal/matching.ts'
import { redacted, redactedText } from '../journal/redaction.ts'
import { refusalReason } from '../journal/refusals.ts'
import { eventStream } from '../journal/stream.ts'
import { detailOf, summaryOf } from '../journal/views.ts'
import type { Store } from '../store/store.ts'
import { UnknownError } from './control-error.ts'
import { type Diagnose, quickBudget, secretsOf } from './diagnosis.ts'
import { pastTimes } from './past-times.ts'
import { similarNumber } from './similar-numbers.ts'
import { controlTexts } from './texts.ts'

/** Which entries are listed; statuses and numbers as they come in a query. */
export const RequestFilter = RequestMatch.pick({
  operation: true,
  situation: true,
  fault: true,
}).extend({
  kind: z.enum(['request', 'delivery']).optional(),
  status: z.coerce.number().int().min(1).optional(),
  /** Those with a greater number only. */
  after: z.coerce.number().int().min(0).optional(),
})

type Asked = z.infer<typeof RequestFilter> & {
  mchid?: string | undefined
  skip?: number | undefined
  take?: number | undefined
  language?: Language | undefined
}

/** An entry in a few words. */
export type Summary = ReturnType<typeof summaryOf>

/** All that is known of an entry. */
export type Detail = ReturnType<typeof detailOf>

type Parts = { journal: Journal; diagnose: Diagnose; authority: Authority; store: Store }

const isRequest = (entry: Entry): entry is RequestEntry => entry.kind === 'request'

const isUnauthorised = (entry: Entry): entry is RequestEntry =>
  isRequest(entry) && entry.status === 401

/** What came, what went out, and why it was refused; secrets are masked. */
export const requestsOf = ({ journal, diagnose, authority, store }: Parts) => {
  const show = <Value>(value: Value): Value => redacted(value, secretsOf(authority))

  /** Without secrets in its bytes, which would survive in Base64. */
  const washed = (entry: Entry): Entry => {
    if (!isRequest(entry)) return entry
    const bytes = Buffer.from(entry.body).toString('latin1')
    const clean = show(bytes)
    return clean === bytes ? entry : { ...entry, body: Buffer.from(clean, 'latin1') }
  }

  // The log and the pages ask for the same, perhaps at once.
  const quick = new WeakMap<RequestEntry, Promise<Findings>>()

  /** Why one was refused, with what is remembered by now. */
  const reasonOf = async (entry: Entry): Promise<Sentence | undefined> =>
    isRequest(entry) ? ((await similarNumber(entry, store)) ?? refusalReason(entry)) : undefined

  return {
    /** The latest first. */
    list: ({
      skip = 0,
      take = 100,
      after = 0,
      language = 'en',
      ...filter
    }: Asked = {}): Summary[] => {
      const wanted = Object.entries(filter).filter(([, value]) => value !== undefined)
      const fits = (entry: Entry) =>
        entry.id > after && wanted.every(([name, value]) => Reflect.get(entry, name) === value)

      return show(
        journal
          .entries()
          .filter(fits)
          .toReversed()
          .slice(skip, skip + take)
          .map((entry) => summaryOf(entry, language)),
      )
    },

    /** All that is known of one. @throws {UnknownError} when the journal does not keep it */
    get: async (id: number, language: Language = 'en'): Promise<Detail> => {
      const entry = journal.get(id)
      if (!entry) throw new UnknownError(controlTexts.entryUnknown)

      const diagnosis = isUnauthorised(entry)
        ? diagnosisIn(await diagnose(entry), language)
        : undefined
      const reason = await reasonOf(entry)
      const warning = isRequest(entry) ? await pastTimes(entry, store) : undefined
      return show(detailOf(washed(entry), { language, diagnosis, reason, warning }))
    },

    /** What is wrong with the signature of one that was refused for it, as far as is quickly seen. */
    explain: async (id: number, language: Language = 'en'): Promise<Diagnosis | undefined> => {
      const entry = journal.get(id)
      if (!entry || !isUnauthorised(entry)) return undefined
      const findings = quick.get(entry) ?? diagnose(entry, quickBudget)
      quick.set(entry, findings)
      return diagnosisIn(await findings, language)
    },

    /** Why one was refused for another reason than its signature, in one sentence. */
    explainRefusal: async (id: number, language: Language = 'en'): Promise<string | undefined> => {
      const entry = journal.get(id)
      const reason = entry && (await reasonOf(entry))
      return reason === undefined ? undefined : show(render(reason, language))
    },

    /**
     * How often a request that fits came; when none did, the nearest.
     * @throws {ZodError} when the question cannot be read
     */
    count: (match: RequestMatch) =>
      show(countMatches(journal.entries().filter(isRequest), RequestMatch.parse(match))),

    /** A text with secrets masked, as everything here is. */
    mask: (text: string): string => redactedText(text, secretsOf(authority)),

    /** Server-sent events, as an answer. @throws {JournalError} when too many listen already */
    stream: ({ after, language = 'en' }: Pick<Asked, 'after' | 'language'> = {}) =>
      eventStream({ journal, after, show: (entry) => show(summaryOf(entry, language)) }),
  }
}
