import type { Filled, Text } from '../../contracts/texts.ts'
import type { Deliveries } from './deliveries.ts'
import type { CheckEvidence } from './evidence.ts'
import type { RecordedTraffic } from './recorded-traffic.ts'

/** One of `reasonTexts`, filled in. */
export type Reason = Text | Filled

/** What was not seen is neither good nor bad: nothing showed it. */
export type CheckVerdict = {
  result: 'pass' | 'finding' | 'not seen'
  /** What was found, or why nothing was seen. */
  why: Reason
  evidence: readonly CheckEvidence[]
}

/** All that was observed. */
export type Observations = {
  url: URL
  deliveries: Deliveries
  /** What the merchant sent to a sandbox, if one was named. */
  traffic: RecordedTraffic | undefined
  /** The permission bits of the merchant's private key file, if one was named. */
  keyMode: number | undefined
  /** How long an order without its callback may stay unqueried, in milliseconds. */
  queryWithin: number
}

export type Rule = (observations: Observations) => CheckVerdict

const verdict =
  (result: CheckVerdict['result']) =>
  (why: Reason, evidence: readonly CheckEvidence[] = []): CheckVerdict => ({
    result,
    why,
    evidence,
  })

export const pass = verdict('pass')
export const finding = verdict('finding')
export const notSeen = verdict('not seen')
