import { z } from 'zod'
import { chargeOutcomes, refundOutcomes } from '../actions/outcomes.ts'
import type { NotificationRecord } from '../domain/notifications.ts'
import type { Records } from '../store/layout.ts'
import type { CollectionName, Contents } from '../store/store.ts'

const format = 'wechatpay-sandbox-world'
const version = 1

const User = z.object({ openid: z.string().optional(), sub_openid: z.string().optional() })

const MerchantSchema = z.object({
  mchid: z.string(),
  appids: z.array(z.string()).readonly(),
  subMerchants: z
    .array(z.object({ sub_mchid: z.string(), sub_appids: z.array(z.string()).readonly() }))
    .readonly(),
  services: z
    .array(
      z.object({ service_id: z.string(), maxPlanDuration: z.int(), maxDeductionQuantity: z.int() }),
    )
    .readonly(),
  users: z.array(User).readonly(),
})

const Owned = z.looseObject({ mchid: z.string() })

/** A record is what this sandbox wrote itself; what every one of them has is checked. */
const records = <Name extends CollectionName>(member: string) =>
  z
    .array(
      z.custom<Records[Name]>(
        (value) => Owned.safeParse(value).success && Object.hasOwn(Object(value), member),
        `a record of a sandbox has mchid and ${member}`,
      ),
    )
    .readonly()

/** Everything that a sandbox remembers, as one JSON document; never a key. */
export const World = z.object({
  format: z.literal(format),
  version: z.literal(version),
  /** Business time in milliseconds. */
  now: z.int(),
  ids: z.object({ issued: z.int().min(0), chance: z.array(z.int()).length(4).readonly() }),
  merchants: z.array(MerchantSchema).readonly(),
  charges: z.record(z.string(), z.array(z.enum(chargeOutcomes))),
  refundOrders: z.record(z.string(), z.array(z.enum(refundOutcomes))),
  contents: z.object({
    plans: records<'plans'>('plan'),
    userSignPlans: records<'userSignPlans'>('signPlan'),
    serviceOrders: records<'serviceOrders'>('order'),
    refunds: records<'refunds'>('refund'),
    permissions: records<'permissions'>('permission'),
    notifications: records<'notifications'>('event_type'),
  }),
})
export type World = z.infer<typeof World>

/** A world that cannot be taken: damaged, of another program, or of another version. */
export class WorldError extends Error {
  override readonly name = 'WorldError'
}

/** @throws {WorldError} in one sentence */
export const readWorld = (text: string): World => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new WorldError('The world is not JSON; it may be cut off. Export it anew.', { cause })
  }
  return parseWorld(value)
}

/** @throws {WorldError} in one sentence */
export const parseWorld = (value: unknown): World => {
  const head = z.object({ format: z.literal(format), version: z.number() }).safeParse(value)
  if (!head.success) throw new WorldError('This is not a world of wechatpay-sandbox.')
  if (head.data.version !== version) {
    throw new WorldError(
      `The world has version ${head.data.version}; this sandbox reads version ${version}.`,
    )
  }

  const world = World.safeParse(value)
  if (world.success) return world.data
  const [issue] = world.error.issues
  throw new WorldError(`The world is damaged at ${issue?.path.join('.')}: ${issue?.message}.`)
}

export const worldOf = (parts: Omit<World, 'format' | 'version'>): World => ({
  format,
  version,
  ...parts,
})

/** What is taken from a world: deliveries that were on their way are dropped. */
export const settledContents = (contents: Contents): Contents => ({
  ...contents,
  notifications: contents.notifications.map(dropped),
})

const dropped = (record: NotificationRecord): NotificationRecord => {
  if (record.state !== 'PENDING' && record.state !== 'SENDING') return record
  const { due: _, ...rest } = record

  return { ...rest, state: 'CANCELLED', reason: 'dropped when the world was restored' }
}
