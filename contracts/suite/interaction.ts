/**
 * The shape of the suite: given a state, when these requests are made, then these assertions hold.
 * What it is run against — a sandbox, recordings, the real service — is reached only through the
 * target that is handed in.
 * @module
 */
import type { BodyOf, EndpointId } from '../endpoints.ts'
import type { Evidence } from '../evidence.ts'

export type CallRequest = {
  endpoint: EndpointId
  /** The parameters of the path template, by name. */
  path?: Readonly<Record<string, string>>
  query?: Readonly<Record<string, string>>
  /** Sent as JSON; it may break the contract on purpose. */
  body?: unknown
  /** Spoils what the caller would do right: sends a signature that does not fit. */
  tamper?: 'signature'
}

export type CallAnswer = {
  status: number
  headers: Headers
  /** The parsed JSON; `undefined` when there is no body. */
  body: unknown
  /** Whether the caller proved with WeChat Pay's key that these bytes are signed; refusals too. */
  trusted: boolean
}

/** Sends, signs and verifies. It rejects when there is no answer at all. */
export type Call = (request: CallRequest) => Promise<CallAnswer>

type Caller = {
  mchid: string
  /** Which kind of WeChat Pay's keys the caller asks to sign the answers. */
  platform: 'certificate' | 'publicKey'
}

/** The states that an interaction may start from, and what must be known of each. */
export type States = {
  /** A merchant who can sign. */
  merchant: Caller
  /** A signed plan with a detail whose turn it is, and a body for its order, no member left out. */
  detailInTurn: Caller & { order: BodyOf<'signplan.serviceorder.create.partner'> }
}
export type State = keyof States

/** How a target brings about each state. */
type Given = { [S in State]: () => Promise<States[S]> }

export type Target = { given: Given; call: Call }

type Seen<S extends State = State> = {
  given: States[S]
  /** The answer to the last request. */
  answer: CallAnswer
  /** The answers before it. */
  earlier: readonly CallAnswer[]
}

export type Finding = { held: boolean; expected: unknown; got: unknown }

/** One sentence of what must be, and how that is known. */
export type Assertion<S extends State = State> = {
  says: string
  evidence: Evidence
  check(seen: Seen<S>): Finding
}

export type Interaction<S extends State = State> = {
  /** Unique in the suite. */
  name: string
  /** The operation that it is about. */
  endpoint: EndpointId
  given: S
  /** The last request is what it is about; those before it complete the state and must succeed. */
  when(given: States[S]): readonly [CallRequest, ...CallRequest[]]
  holds: readonly Assertion<NoInfer<S>>[]
}

export const interaction = <S extends State>(row: Interaction<S>): Interaction => row
