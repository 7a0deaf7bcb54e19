/**
 * Every state, and every move from one to the next: who makes it and how that is known. `none` is
 * what there is before the creation; a repeat that changes nothing is no move.
 * @module
 */
import { chosen, documented, type Evidence, observed, sdk } from './evidence.ts'

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

/** A DOING order by its `state_description`, for they differ in what may follow. */
const confirmed = 'DOING/USER_CONFIRM'
const paying = 'DOING/MCH_COMPLETE'

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
    ABNORMAL: { SUCCESS: platform('SUCCESS', chosen), CLOSED: platform('CLOSED', chosen) },
    CLOSED: {},
  },
} as const satisfies Record<string, Record<string, Record<string, Move>>>

type Moves = typeof moves

type EdgeOf<Table, Name extends string> = {
  [From in keyof Table & string]: {
    [How in keyof Table[From] & string]: Table[From][How] extends Move<infer To>
      ? `${Name}:${From}→${To} (${How})`
      : never
  }[keyof Table[From] & string]
}[keyof Table & string]

/** A move by its name, such as `signplan:UNSIGNED→SIGNED (sign)`. */
export type Edge = { [Name in keyof Moves]: EdgeOf<Moves[Name], Name> }[keyof Moves]

const tables: Record<string, Record<string, Record<string, Move>>> = moves

/** The names of all moves. */
export const edges: readonly string[] = Object.entries(tables).flatMap(([name, table]) =>
  Object.entries(table).flatMap(([from, ways]) =>
    Object.entries(ways).map(([how, { to }]) => `${name}:${from}→${to} (${how})`),
  ),
)
