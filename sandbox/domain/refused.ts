import { type ErrorDetail, errors, type Situation } from '../../contracts/errors.ts'
import type { Sentence } from '../../contracts/texts.ts'
import type { Refusal } from './decision.ts'

type Details = { message?: string; detail?: ErrorDetail }
type Reason = { reason?: Sentence | undefined }

/** A refusal on its way to the answer. Only `http/` catches it and makes it a response. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly situation: Situation
  /** What the gateway adds: a message of its own that names the field, or a detail. */
  readonly details: Details

  /** For people, beside the wire: what of this very request led to it. */
  readonly reason: Sentence | undefined

  constructor(situation: Situation, { reason, ...details }: Details & Reason = {}) {
    super(details.message ?? errors[situation].message)
    this.situation = situation
    this.details = details
    this.reason = reason
  }
}

/** @throws {Refused} always */
export const refuse = (situation: Situation, details?: Details & Reason): never => {
  throw new Refused(situation, details)
}

/** The accepted half of a decision. @throws {Refused} for the other half */
export const accepted = <Accepted extends { ok: true }>(decision: Accepted | Refusal): Accepted =>
  decision.ok ? decision : refuse(decision.situation, { reason: decision.reason })
