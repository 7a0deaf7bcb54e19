import { z } from 'zod'
import { complaint, problemIn, problemsOf } from '../../contracts/complaints.ts'
import { endpointIds } from '../../contracts/endpoints.ts'
import { jsonOf } from '../../contracts/json.ts'
import { eventTypes, isEventType } from '../../contracts/notifications.ts'
import { PermissionByCode } from '../../contracts/permissions.ts'
import { DirectPlan, PartnerPlan } from '../../contracts/plans.ts'
import { Refund } from '../../contracts/refunds.ts'
import { ServiceOrder } from '../../contracts/service-orders.ts'
import { fill } from '../../contracts/texts.ts'
import { products, TradeState } from '../../contracts/transactions.ts'
import { DirectUserSignPlan, PartnerUserSignPlan } from '../../contracts/user-sign-plans.ts'
import { chargeOutcomes, refundOutcomes } from '../actions/planned-outcomes.ts'
import { keyModes } from '../domain/merchants.ts'
import { type NotificationRecord, notificationMoves } from '../domain/notifications.ts'
import { callbackTexts } from '../domain/texts.ts'
import { isFaultName } from '../faults/faults.ts'
import { lastMoment } from '../store/business-clock.ts'
import { platform, type Records } from '../store/layout.ts'
import type { Contents, WorldCollection } from '../store/store.ts'
import { worldTexts } from './texts.ts'
import { WorldError } from './world-error.ts'

const format = 'wechatpay-sandbox-world'
const version = 2

const moment = z.int().min(0).max(lastMoment)
const request = z.looseObject({})
const share = z.number().min(0).max(1)
const stream = z.array(z.int()).length(4).readonly()
const outcomes = [...chargeOutcomes, ...refundOutcomes]

/** What is relied on in a record; a sandbox wrote the rest itself, and it is taken as it is. */
const reliedOn = {
  plans: { request, plan: z.union([PartnerPlan, DirectPlan]) },
  userSignPlans: {
    request,
    signPlan: z.union([PartnerUserSignPlan, DirectUserSignPlan]),
    plan_duration: z.int(),
    package: z.string(),
    packageExpires: moment,
  },
  serviceOrders: {
    request,
    order: ServiceOrder,
    ceiling: z.int(),
    createdAt: moment,
    query_id: z.string(),
  },
  transactions: {
    out_trade_no: z.string(),
    trade_state: TradeState,
    createdAt: moment,
    order: z.looseObject({ product: z.enum(products), request, payableUntil: moment }).optional(),
    handles: z.array(z.object({ id: z.string(), expires: moment })),
  },
  refunds: { request, refund: Refund, createdAt: moment },
  permissions: { request, permission: PermissionByCode, token: z.string() },
  notifications: {
    id: z.string(),
    event_type: z.string().refine(isEventType),
    create_time: z.string(),
    url: z.string(),
    plaintext: z.string(),
    nonce: z.string().length(12),
    state: z.string().refine((state) => Object.hasOwn(notificationMoves, state)),
    attempts: z.array(z.looseObject({ at: moment })),
    retries: z.int().min(0),
  },
  merchants: {
    appids: z.array(z.string()),
    subMerchants: z.array(z.object({ sub_mchid: z.string(), sub_appids: z.array(z.string()) })),
    services: z.array(
      z.object({ service_id: z.string(), maxPlanDuration: z.int(), maxDeductionQuantity: z.int() }),
    ),
    users: z.array(z.object({ openid: z.string().optional(), sub_openid: z.string().optional() })),
    platformKeys: z.enum(keyModes),
    callbacksByPublicKey: share.optional(),
  },
  plannedOutcomes: { of: z.enum(['charges', 'refunds']), outcomes: z.array(z.enum(outcomes)) },
  faults: {
    id: z.string(),
    fault: z.string().refine(isFaultName),
    count: z.int().min(1),
    operation: z.enum(endpointIds).optional(),
    event_type: z.enum(eventTypes).optional(),
    seconds: z.number().min(0).optional(),
    error: z.union([z.string(), z.int()]).optional(),
    expires_at: moment.optional(),
  },
  marks: { of: z.enum(['magic-value', 'probe']), value: z.string() },
  probes: {
    mchid: z.literal(platform),
    shares: z.object({ answers: share, callbacks: share }),
    streams: z.object({ answers: stream, callbacks: stream }),
  },
} as const satisfies Record<WorldCollection, z.ZodRawShape>

/** Whether something may be due in the state of a record; a moment that nobody serves stops nothing. */
const mayBeDue: { [Name in WorldCollection]?: (record: Records[Name]) => boolean } = {
  userSignPlans: ({ signPlan }) => ['UNSIGNED', 'SIGNED'].includes(signPlan.sign_state),
  serviceOrders: ({ order, charge }) => order.state === 'CREATED' || charge === 'waiting',
  transactions: ({ trade_state }) => ['NOTPAY', 'USERPAYING'].includes(trade_state),
  refunds: ({ refund }) => refund.status === 'PROCESSING',
  notifications: ({ state }) => state === 'PENDING',
}

const records = <Name extends WorldCollection>(collection: Name) => {
  const shape = { mchid: z.string(), due: moment.optional(), ...reliedOn[collection] }
  const relied = z.looseObject(shape)
  const record = z.custom<Records[Name]>().check(({ value, issues }) => {
    for (const issue of relied.safeParse(value).error?.issues ?? []) {
      issues.push({ ...complaint(problemIn(value, issue)), path: issue.path, input: value })
    }
    const hasDue = issues.length === 0 && 'due' in value && value.due !== undefined
    if (hasDue && !(mayBeDue[collection]?.(value) ?? false)) {
      issues.push({ ...complaint(worldTexts.dueMisfit), path: ['due'], input: value })
    }
  })

  return z.array(record).readonly()
}

/** Everything that a sandbox remembers, as one JSON document; never a key. */
export const World = z.object({
  format: z.literal(format),
  version: z.literal(version),
  /** Business time in milliseconds, and whether it stands still. */
  clock: z.object({ now: moment, held: z.boolean() }),
  identifiers: z.object({ issued: z.int().min(0), faults: z.int().min(0), chance: stream }),
  records: z.object({
    merchants: records('merchants'),
    plans: records('plans'),
    userSignPlans: records('userSignPlans'),
    serviceOrders: records('serviceOrders'),
    // A world of before there were any has none.
    transactions: records('transactions').default([]),
    refunds: records('refunds'),
    permissions: records('permissions'),
    notifications: records('notifications'),
    plannedOutcomes: records('plannedOutcomes'),
    faults: records('faults'),
    marks: records('marks'),
    probes: records('probes'),
  }),
})
export type World = z.infer<typeof World>

/** @throws {WorldError} in one sentence */
export const readWorld = (text: string): World => {
  const value = jsonOf(text)
  if (value === undefined) {
    throw new WorldError(worldTexts.notJson)
  }
  return parseWorld(value)
}

/** @throws {WorldError} in one sentence */
export const parseWorld = (value: unknown): World => {
  const head = z.object({ format: z.literal(format), version: z.number() }).safeParse(value)
  if (!head.success) throw new WorldError(worldTexts.foreign)
  if (head.data.version !== version) {
    throw new WorldError(
      fill(worldTexts.otherVersion, { found: head.data.version, known: version }),
    )
  }

  const world = World.safeParse(value)
  if (world.success) return world.data
  const first = new z.ZodError(world.error.issues.slice(0, 1))
  throw new WorldError(fill(worldTexts.damaged, { problem: problemsOf(first, value) }))
}

export const worldOf = (contents: Contents): World => ({ format, version, ...contents })

/** The merchants that a world is about. */
export const ownersIn = ({ records }: World): string[] =>
  Object.values(records)
    .flatMap((owned) => owned.map(({ mchid }) => mchid))
    .filter((mchid) => mchid !== platform)

/** What is taken from a world: deliveries that were on their way are dropped. */
export const withoutPending = ({ records, ...world }: World): Contents => ({
  ...world,
  records: { ...records, notifications: records.notifications.map(dropped) },
})

/** What goes on after a restart: deliveries that were on their way begin again at once. */
export const withPending = ({ records, ...world }: World): Contents => ({
  ...world,
  records: {
    ...records,
    notifications: records.notifications.map((record) => pendingAgain(record, world.clock.now)),
  },
})

/** A delivery that was on its way when a sandbox ended begins again. */
export const pendingAgain = (record: NotificationRecord, at: number): NotificationRecord => {
  const { sending: _, ...rest } = record
  return record.state === 'SENDING' ? { ...rest, state: 'PENDING', due: at } : record
}

const dropped = (record: NotificationRecord): NotificationRecord => {
  if (record.state !== 'PENDING' && record.state !== 'SENDING') return record
  const { due: _, sending: __, waitsForNext: ___, ...rest } = record

  return { ...rest, state: 'CANCELLED', reason: callbackTexts.dropped.en }
}
