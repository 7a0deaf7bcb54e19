import type { Diagnosis } from '../../contracts/diagnosis/diagnose.ts'
import { errors } from '../../contracts/errors.ts'
import { pathHint } from '../../contracts/path-hint.ts'
import { formatRfc3339 } from '../../contracts/time.ts'
import { checks, type DeliveryEntry, type Entry, type RequestEntry } from './entries.ts'
import type { Masking } from './masking.ts'
import { unreadOf } from './unread.ts'

/** An entry in a few words, as lists and the stream show it. */
export const summaryOf = (entry: Entry, masking: Masking) =>
  entry.kind === 'request' ? requestSummary(entry, masking) : deliverySummary(entry, masking)

const requestSummary = (
  { at, target, headers: _, body: __, passed: ___, answer: ____, ...rest }: RequestEntry,
  masking: Masking,
) => ({
  ...rest,
  at: formatRfc3339(at),
  target: masking.text(target),
  ...(rest.operation === undefined && { hint: masking.text(hintOf(rest.method, target)) }),
})

/** Of a request that no operation takes. */
const hintOf = (method: string, target: string) => pathHint(method, target.split('?', 1)[0] ?? '')

const deliverySummary = (
  { at, url, headers: _, body: __, answer: ___, ...rest }: DeliveryEntry,
  masking: Masking,
) => ({ ...rest, at: formatRfc3339(at), url: masking.text(url) })

/** All that is known of an entry; secrets are masked. */
export const detailOf = (
  entry: Entry,
  { masking, diagnosis }: { masking: Masking; diagnosis?: Diagnosis | undefined },
) => {
  const headers = masking.headers(entry.headers)
  if (entry.kind === 'delivery') {
    const { body, answer } = entry
    return { ...deliverySummary(entry, masking), headers, body, answer }
  }

  return {
    ...requestSummary(entry, masking),
    headers,
    body: shownBody(entry.body, masking),
    checks: checksOf(entry),
    ...ruleOf(entry),
    unread: unreadOf(entry),
    ...(diagnosis && { diagnosis }),
    answer: { ...entry.answer, body: masking.text(entry.answer.body) },
  }
}

/** Text where the bytes are text, Base64 where they are not. */
const shownBody = (bytes: Uint8Array, masking: Masking) => {
  const text = Buffer.from(bytes).toString()
  return Buffer.from(text).equals(bytes)
    ? { bytes: bytes.length, text: masking.text(text) }
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
