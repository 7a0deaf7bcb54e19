import type { Diagnosis } from '../../contracts/diagnosis/diagnose.ts'
import { errors } from '../../contracts/errors.ts'
import { pathHint } from '../../contracts/paths.ts'
import { render } from '../../contracts/texts.ts'
import { formatRfc3339 } from '../../contracts/time.ts'
import { checks, type DeliveryEntry, type Entry, type RequestEntry } from './entries.ts'
import { redactedHeaders } from './redaction.ts'
import { undeclaredMembers } from './undeclared-members.ts'

/** An entry in a few words, as lists and the stream show it. */
export const summaryOf = (entry: Entry) =>
  entry.kind === 'request' ? requestSummary(entry) : deliverySummary(entry)

const requestSummary = (entry: RequestEntry) => {
  const { at, headers: _, body: __, passed: ___, answer: ____, ...rest } = entry
  const hint = hintOf(entry)

  return { ...rest, at: formatRfc3339(at), ...(hint !== undefined && { hint }) }
}

const hints = new WeakMap<RequestEntry, string>()

/** Of a request that no operation takes; worked out once, since it costs milliseconds. */
const hintOf = (entry: RequestEntry): string | undefined => {
  if (entry.operation !== undefined) return undefined
  const hint = hints.get(entry) ?? render(pathHint(entry.method, entry.target), 'en')
  hints.set(entry, hint)
  return hint
}

const deliverySummary = ({ at, headers: _, body: __, answer: ___, ...rest }: DeliveryEntry) => ({
  ...rest,
  at: formatRfc3339(at),
})

/** All that is known of an entry. */
export const detailOf = (entry: Entry, diagnosis?: Diagnosis) => {
  const headers = redactedHeaders(entry.headers)
  if (entry.kind === 'delivery') {
    const { body, answer } = entry
    return { ...deliverySummary(entry), headers, body, answer }
  }

  return {
    ...requestSummary(entry),
    headers,
    body: shownBody(entry.body),
    checks: checksOf(entry),
    ...ruleOf(entry),
    unread: undeclaredMembers(entry),
    ...(diagnosis && { diagnosis }),
    answer: entry.answer,
  }
}

/** Text where the bytes are text, Base64 where they are not. */
const shownBody = (bytes: Uint8Array): { bytes: number; text?: string; base64?: string } => {
  const text = Buffer.from(bytes).toString()
  return Buffer.from(text).equals(bytes)
    ? { bytes: bytes.length, text }
    : { bytes: bytes.length, base64: Buffer.from(bytes).toString('base64') }
}

/** What was checked, in order: all that held, and the one that did not. */
const checksOf = ({ passed, situation, fault }: RequestEntry) => {
  const held = passed.map((each) => ({ ...each, held: true }))
  const next = checks[passed.length]
  return situation && next && !fault ? [...held, { check: next, held: false }] : held
}

const ruleOf = ({ situation }: RequestEntry) => {
  if (!situation) return {}
  const { status, code, message, evidence } = errors[situation]
  return { rule: { situation, status, code, message, evidence } }
}
