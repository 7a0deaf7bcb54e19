/**
 * The shape of the suite: given a state, when these requests are made, then these assertions hold.
 * What it is run against — a sandbox, recordings, the real service — is reached only through the
 * target that is handed in.
 * @module
 */
import type { EndpointId } from '../endpoints.ts'
import type { Situation } from '../errors.ts'
import type { Evidence } from '../evidence.ts'
import type { EventType } from '../notifications.ts'
import type { CreateSignPlanOrder } from '../service-orders.ts'
import type { Edge } from '../states.ts'
import type { Tampering } from './tampering.ts'

export type CallRequest = {
  endpoint: EndpointId
  /** The parameters of the path template, by name. */
  path?: Readonly<Record<string, string>>
  query?: Readonly<Record<string, string>>
  /** Sent as JSON; it may break the contract on purpose. */
  body?: unknown
  /** Sent as the body instead, letter for letter. */
  text?: string
  /** How long ago it was signed, in seconds; below 0 for one that is yet to come. */
  age?: number
  /** What is changed in the Authorization that the caller would send. */
  tamper?: Tampering
  /** Sent instead of the caller's own. */
  headers?: Readonly<Record<string, string>>
  /** Method and path as they are written, instead of the operation's. */
  elsewhere?: { method: 'GET' | 'POST'; path: string }
}

export type CallAnswer = {
  status: number
  headers: Headers
  /** The parsed JSON; `undefined` when there is no body. */
  body: unknown
  /** Whether the caller proved with WeChat Pay's key that these bytes are signed; refusals too. */
  trusted: boolean
  /** Names and values in turn as they came over the wire, from a caller who sees them. */
  rawHeaders?: readonly string[]
}

/** Sends, signs and verifies. It rejects when there is no answer at all. */
export type Call = (request: CallRequest) => Promise<CallAnswer>

/** Whether the caller acts for a sub-merchant or for itself. */
export const modes = ['partner', 'direct'] as const
export type Mode = (typeof modes)[number]

export type Caller = {
  mchid: string
  /** Which kind of WeChat Pay's keys the caller asks to sign the answers. */
  platform: 'certificate' | 'publicKey'
  /** Opens what WeChat Pay seals; where it is not given, nothing is opened. */
  apiv3Key?: string
}

/** A plan and what follows from it, as far as it has come: what the next request is made from. */
export type Fixture = Caller & {
  mode: Mode
  /** Begins every number that the fixture uses; nobody used it before. At most 24 characters. */
  number: string
  parties: { service_id: string; appid: string; sub_mchid?: string; sub_appid?: string }
  /** Nobody else's. */
  user: { openid: string }
  notify_url: string
  /** What WeChat Pay numbered; until then numbers of nothing. */
  plan_id: string
  sign_plan_id: string
  query_id: string
  transaction_id: string
  refund_id: string
}

/** How far a fixture may have come. A fixture has one plan of three details. */
export const fixtureStates = [
  'fresh',
  'plan',
  'stoppedPlan',
  'planOfOtherMode',
  'signPlanOfOtherMode',
  'usingInOtherMode',
  'unsigned',
  'signed',
  'endedByMerchant',
  'endedByUser',
  'serviceRevoked',
  'allDetailsUsed',
  'expiredUnsigned',
  'expiredSigned',
  'using',
  'usingWithoutMoney',
  'unpaid',
  'unpaidWithoutMoney',
  'unpaidWithSlowCharge',
  'charging',
  'paid',
  'paidLastYear',
  'revoked',
  'created',
  'confirmed',
  'expired',
  'applied',
  'authorised',
  'authorisedAgain',
  'authorisedAndUsing',
  'withdrawn',
  'withoutRefundMoney',
  'refunding',
  'refunded',
  'refundedAMinuteAgo',
  'refundAbnormal',
  'refundClosed',
  'refundedAtLast',
  'refundClosedAtLast',
  'refundedOften',
  'ordered',
  'orderedInOtherMode',
  'orderedLongAgo',
  'closed',
  'burnt',
  'atCashier',
  'atCashierLong',
  'leftCashier',
  'transactionPaid',
  'transactionPaidSlowly',
  'transactionRefunded',
] as const
export type FixtureState = (typeof fixtureStates)[number]

/** The states that an interaction may start from, and what must be known of each. */
export type States = {
  /** A merchant who can sign. */
  merchant: Caller
  /** A signed plan with a detail whose turn it is, and a body for its order, no member left out. */
  detailInTurn: Caller & { order: CreateSignPlanOrder }
  /** A platform certificate is listed that does not sign yet. */
  certificatePrepared: Caller
  /** That certificate signs from now on; the one before stays listed. */
  certificatePromoted: Caller & { formerSerial: string }
} & Record<FixtureState, Fixture>
export type State = keyof States

/** How a target brings about each state; an interaction whose state it lacks fails. */
export type Given = { [S in State]?: (mode: Mode) => Promise<States[S]> }

/** A callback as it came. */
export type Callback = Pick<CallAnswer, 'headers' | 'rawHeaders' | 'body' | 'trusted'> & {
  /** What is sealed in it; `undefined` when it cannot be opened. */
  resource: unknown
}

export type Target = {
  given: Given
  call: Call
  /**
   * Waits for the callback of an event about what has this number; `undefined` when it does not
   * come. A target without it cannot be seen to send any.
   */
  callback?: (event: EventType, number: string) => Promise<Callback | undefined>
}

type Seen<S extends State = State> = {
  given: States[S]
  /** The last request and its answer. */
  request: CallRequest
  answer: CallAnswer
  /** The answers before it. */
  earlier: readonly CallAnswer[]
  /** The answer to the follow-up. */
  afterwards: CallAnswer | undefined
  /** The callback that is waited for, `none` when it did not come; `undefined` where nobody looks. */
  callback?: Callback | 'none' | undefined
}

export type Finding = {
  held: boolean
  expected: unknown
  got: unknown
  /** Nobody could look; then it counts as held and says nothing. */
  notSeen?: true
}

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
  /** Whose call it is where the operation is for both. @default 'partner' */
  mode?: Mode
  given: S
  /** The last request is what it is about; those before it complete the state and must succeed. */
  when(given: States[S]): readonly [CallRequest, ...CallRequest[]]
  /** What to ask afterwards, to see what has become of it. */
  followUp?(given: States[S]): CallRequest
  /** The callback that comes of it. */
  callback?: EventType
  holds: readonly Assertion<NoInfer<S>>[]
  /** The refusal that it meets with. */
  situation?: Situation
  /** Whether it leaves everything as it was, so that the next may start from the same state. */
  harmless?: boolean
  /** The moves that it shows. */
  edges?: readonly Edge[]
}

export const interaction = <S extends State>(row: Interaction<S>): Interaction => row
