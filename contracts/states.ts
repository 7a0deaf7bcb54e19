/**
 * The state machines: every state, and every move from one to the next with who makes it and how
 * that is known. `none` is what there is before the creation; a repeat that changes nothing is no
 * move. The sandbox moves by these tables, and the suite names each move that it exercises.
 * @module
 */
import { chosen, documented, type Evidence, observed, sdk } from './evidence.ts'
import type { AuthorizationState } from './permissions.ts'
import type { PlanState } from './plans.ts'
import type { RefundStatus } from './refunds.ts'
import type { OrderState, StateDescription } from './service-orders.ts'
import type { TradeState } from './transactions.ts'
import type { PlanDetailState, SignState } from './user-sign-plans.ts'

type Move<To extends string = string> = {
  to: To
  by: 'merchant' | 'user' | 'platform'
  evidence: Evidence
}

const by =
  (by: Move['by']) =>
  <const To extends string>(to: To, evidence: Evidence): Move<To> => ({ to, by, evidence })

const merchant = by('merchant')
const user = by('user')
const platform = by('platform')

const planPage = documented('planPage')
const signPage = documented('signPage')
const guide = documented('guide')
const orderPages = documented('orderPages')
const refundPage = documented('refundPage')
const payPages = documented('payPages')

/** How far a service order has come: DOING by its `state_description`, for what may follow differs. */
export type OrderPhase = Exclude<OrderState, 'DOING'> | `DOING/${StateDescription}`

const confirmed = 'DOING/USER_CONFIRM'
const paying = 'DOING/MCH_COMPLETE'

/** A state that is added to a schema does not compile here until its moves are named. */
type States = {
  plan: PlanState
  signplan: SignState
  detail: PlanDetailState
  serviceorder: OrderPhase
  permission: AuthorizationState
  refund: RefundStatus
  transaction: TradeState
}

type Table<State extends string> = {
  readonly [From in State | 'none']: { readonly [How in string]?: Move<State> }
}

export const moves = {
  plan: {
    none: { create: merchant('NORMAL', planPage) },
    NORMAL: { stop: merchant('STOP', planPage) },
    STOP: { stop: merchant('STOP', chosen) },
  },
  signplan: {
    none: { create: merchant('UNSIGNED', signPage) },
    UNSIGNED: {
      sign: user('SIGNED', signPage),
      stop: merchant('SIGN_PLAN_CANCEL', chosen),
      expire: platform('EXPIRE', documented('signQueryPage')),
    },
    SIGNED: {
      stop: merchant('SIGN_PLAN_CANCEL', documented('stopPage')),
      cancel: user('SIGN_PLAN_CANCEL', guide),
      revoke: user('SIGN_PLAN_CANCEL', documented('signQueryPage')),
      finish: platform('COMPLETE', documented('signQueryPage')),
      expire: platform('EXPIRE', documented('signQueryPage')),
    },
    SIGN_PLAN_CANCEL: {},
    COMPLETE: {},
    EXPIRE: {},
  },
  detail: {
    none: { create: merchant('NOT_USED', observed('webhooks')) },
    NOT_USED: { use: merchant('USING', documented('planOrderPage')) },
    USING: {
      complete: merchant('USING', observed('webhooks')),
      pay: platform('USED', observed('webhooks')),
      cancel: merchant('SIGN_PLAN_DETAIL_CANCEL', documented('planOrderPage')),
    },
    USED: {},
    SIGN_PLAN_DETAIL_CANCEL: {},
  },
  serviceorder: {
    none: {
      create: merchant('CREATED', orderPages),
      createForDetail: merchant(confirmed, chosen),
      createUnconfirmed: merchant(confirmed, orderPages),
    },
    CREATED: {
      confirm: user(confirmed, orderPages),
      cancel: merchant('REVOKED', orderPages),
      expire: platform('EXPIRED', orderPages),
    },
    [confirmed]: {
      complete: merchant(paying, orderPages),
      settle: merchant('DONE', chosen),
      cancel: merchant('REVOKED', orderPages),
    },
    [paying]: {
      modify: merchant(paying, orderPages),
      pay: platform('DONE', orderPages),
      sync: merchant('DONE', orderPages),
      cancel: merchant('REVOKED', orderPages),
    },
    DONE: {},
    REVOKED: {},
    EXPIRED: {},
  },
  permission: {
    none: { apply: merchant('UNBINDUSER', sdk('openapi')) },
    UNBINDUSER: { open: user('AVAILABLE', sdk('openapi')) },
    AVAILABLE: { close: merchant('UNAVAILABLE', sdk('openapi')) },
    UNAVAILABLE: { open: user('AVAILABLE', chosen) },
  },
  refund: {
    none: { create: merchant('PROCESSING', refundPage) },
    PROCESSING: {
      SUCCESS: platform('SUCCESS', refundPage),
      ABNORMAL: platform('ABNORMAL', refundPage),
      CLOSED: platform('CLOSED', refundPage),
    },
    SUCCESS: {},
    ABNORMAL: {
      SUCCESS: platform('SUCCESS', chosen),
      CLOSED: platform('CLOSED', chosen),
      redirect: merchant('PROCESSING', documented('abnormalPage')),
    },
    CLOSED: {},
  },
  transaction: {
    none: { create: merchant('NOTPAY', payPages), burn: merchant('CLOSED', observed('capture')) },
    NOTPAY: {
      pay: user('SUCCESS', payPages),
      begin: user('USERPAYING', chosen),
      close: merchant('CLOSED', payPages),
      expire: platform('CLOSED', documented('skills')),
    },
    USERPAYING: {
      pay: user('SUCCESS', chosen),
      leave: user('NOTPAY', chosen),
      expire: platform('CLOSED', chosen),
    },
    SUCCESS: { refund: merchant('REFUND', documented('skills')) },
    REFUND: {},
    CLOSED: {},
    REVOKED: {},
    PAYERROR: {},
    ACCEPT: {},
  },
} as const satisfies { [Name in keyof States]: Table<States[Name]> }

type Moves = typeof moves

/** A state machine by its name: `plan`, `signplan`, `detail`, … */
export type Machine = keyof Moves

/** The states of a machine. */
export type StateOf<Name extends Machine> = States[Name]

/** The moves that a machine has in any of its states, the creation aside. */
export type MoveOf<Name extends Machine> = {
  [From in Exclude<keyof Moves[Name], 'none'>]: keyof Moves[Name][From] & string
}[Exclude<keyof Moves[Name], 'none'>]

const tables: { readonly [Name in Machine]: Table<States[Name]> } = moves

/** Where a move leads from a state; nothing where the machine does not have it there. */
export const nextState = <Name extends Machine>(
  machine: Name,
  from: StateOf<Name>,
  move: MoveOf<Name>,
): StateOf<Name> | undefined => tables[machine][from][move]?.to

/** Whether no move leads on from a state. */
export const isFinalState = <Name extends Machine>(machine: Name, state: StateOf<Name>): boolean =>
  Object.keys(tables[machine][state]).length === 0

type EdgeOf<Table, Name extends string> = {
  [From in keyof Table & string]: {
    [How in keyof Table[From] & string]: Table[From][How] extends Move<infer To>
      ? `${Name}:${From}→${To} (${How})`
      : never
  }[keyof Table[From] & string]
}[keyof Table & string]

/** A move by its name, such as `signplan:UNSIGNED→SIGNED (sign)`. */
export type Edge = { [Name in Machine]: EdgeOf<Moves[Name], Name> }[Machine]

/** The names of all moves. */
export const edges: readonly string[] = Object.entries<Table<string>>(tables).flatMap(
  ([name, table]) =>
    Object.entries(table).flatMap(([from, ways]) =>
      Object.entries(ways).map(([how, move]) => `${name}:${from}→${move?.to} (${how})`),
    ),
)
