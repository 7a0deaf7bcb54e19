import type { Diagnosis } from '../../contracts/diagnosis/diagnose.ts'
import { errors } from '../../contracts/errors.ts'
import { type Language, render, type Sentence } from '../../contracts/texts.ts'
import { formatRfc3339 } from '../../contracts/time.ts'
import { inLanguage } from '../domain/notifications.ts'
import { checks, type DeliveryEntry, type Entry, type RequestEntry } from './entries.ts'
import { redactedHeaders } from './redaction.ts'
import { refusalReason } from './refusals.ts'
import { undeclaredMembers } from './undeclared-members.ts'

/** An entry in a few words, as lists and the stream show it. */
export const summaryOf = (entry: Entry, language: Language) =>
  entry.kind === 'request'
    ? requestSummary(entry, { language, reason: refusalReason(entry) })
    : deliverySummary(entry, language)

type Told = {
  /** Of whoever reads. */
  language: Language
  /** Why it was refused. */
  reason?: Sentence | undefined
}

const requestSummary = (entry: RequestEntry, { language, reason }: Told) => {
  const { at, headers: _, body: __, passed: ___, answer: ____, reason: _____, ...rest } = entry
  return {
    ...rest,
    at: formatRfc3339(at),
    ...(reason !== undefined && { reason: render(reason, language) }),
  }
}

const deliverySummary = (
  { at, headers: _, body: __, answer: ___, ...rest }: DeliveryEntry,
  language: Language,
) => ({ ...inLanguage(rest, language), at: formatRfc3339(at) })

type Findings = Told & {
  /** What is wrong with its signature. */
  diagnosis?: Diagnosis | undefined
  /** What production would not have taken. */
  warning?: Sentence | undefined
}

/** All that is known of an entry. */
export const detailOf = (entry: Entry, told: Findings) => {
  const { diagnosis, warning, language } = told
  const headers = redactedHeaders(entry.headers)
  if (entry.kind === 'delivery') {
    const { body, answer } = entry
    return { ...deliverySummary(entry, language), headers, body, answer }
  }

  return {
    ...requestSummary(entry, told),
    ...(warning !== undefined && { warning: render(warning, language) }),
    headers,
    body: shownBody(entry.body),
    checks: checksOf(entry),
    ...ruleOf(entry),
    unread: undeclaredMembers(entry).map(({ pointer }) => pointer),
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
  const held = passed.flatMap((milliseconds, index) => {
    const check = checks[index]
    return check ? { check, milliseconds, held: true } : []
  })
  const next = checks[passed.length]
  return situation && next && !fault ? [...held, { check: next, held: false }] : held
}

const ruleOf = ({ situation }: RequestEntry) => {
  if (!situation) return {}
  const { status, code, message, evidence } = errors[situation]
  return { rule: { situation, status, code, message, evidence } }
}
