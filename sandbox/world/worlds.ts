import type { ChargeOutcome, PlannedOutcomes, PlannedRefund } from '../actions/planned-outcomes.ts'
import type { Authority } from '../authority/authority.ts'
import type { Merchants } from '../domain/merchants.ts'
import type { OrderRules } from '../domain/service-orders.ts'
import type { MovableClock } from '../scheduler/clock.ts'
import type { Ids } from '../store/identifiers.ts'
import type { Store } from '../store/store.ts'
import { seedMerchant } from './seeded-merchant.ts'
import {
  ownersIn,
  parseWorld,
  type World,
  WorldError,
  withoutPending,
  worldOf,
} from './world-file.ts'

/** What is remembered, as a whole: kept under a name, taken up again, or begun anew. */
export type Worlds = {
  save(): Promise<World>
  /**
   * Keeps keys and settings; drops what was remembered, and deliveries that were on their way.
   * @throws {WorldError} when it is damaged, or not for these merchants; nothing was changed then
   */
  load(world: unknown): Promise<void>
  snapshot(name: string): Promise<void>
  /** @throws {WorldError} when nothing was kept under this name */
  restore(name: string): Promise<void>
  snapshots(): readonly string[]
  /** A merchant's first day. */
  seedMerchant(mchid: string): Promise<void>
  /**
   * Begins anew, for all or for one merchant; keys, settings and the clock are kept.
   * @throws {CredentialsError} MERCHANT_UNKNOWN
   */
  reset(mchid?: string): Promise<void>
}

type Parts = {
  authority: Authority
  store: Store
  clock: MovableClock
  ids: Ids
  merchants: Merchants
  charges: PlannedOutcomes<ChargeOutcome>
  refundOrders: PlannedOutcomes<PlannedRefund>
  /** Drops what is known of records beside the store. */
  forget: () => void
  seed: number
  rules: OrderRules
}

const namePattern = /^[\w-]{1,64}$/

export const createWorlds = (parts: Parts): Worlds => {
  const { authority, store, clock, ids, merchants, charges, refundOrders, seed, rules } = parts
  const { forget } = parts
  const kept = new Map<string, World>()
  const firstIds = ids.save()

  const save = async () => {
    // First, so that the numbers are never behind the records.
    const contents = await store.save()

    return worldOf({
      now: clock.now(),
      ids: ids.save(),
      merchants: [...merchants.list()],
      charges: charges.save(),
      refundOrders: refundOrders.save(),
      contents,
    })
  }

  const load = async (value: unknown) => {
    const world = parseWorld(value)
    const stranger = ownersIn(world).find((mchid) => !authority.merchants.has(mchid))
    if (stranger !== undefined) {
      throw new WorldError(
        `The world holds merchant ${stranger}, whose keys are not here. Add the merchant first.`,
      )
    }

    forget()
    await store.load(withoutPending(world.contents))
    for (const merchant of world.merchants) merchants.add(merchant)
    ids.load(world.ids)
    charges.load(world.charges)
    refundOrders.load(world.refundOrders)
    clock.moveTo(world.now)
  }

  const checked = (name: string) => {
    if (namePattern.test(name)) return name
    throw new WorldError('A snapshot is named with 1 to 64 letters, digits, "_" and "-".')
  }

  const seedInto = async (mchid: string) => {
    const identities = authority.credentialsOf(mchid)
    const world = seedMerchant({ identities, seed, ids, at: clock.now(), rules })
    merchants.add(world.merchant)
    await store.change([], async (unit) => {
      for (const record of world.plans) unit.put('plans', record)
      for (const record of world.userSignPlans) unit.put('userSignPlans', record)
      for (const record of world.serviceOrders) unit.put('serviceOrders', record)
    })
  }

  return {
    save,
    load,
    snapshot: async (name) => {
      kept.set(checked(name), await save())
    },
    restore: async (name) => {
      const world = kept.get(checked(name))
      if (!world) throw new WorldError(`Nothing was kept under the name ${name}.`)
      await load(world)
    },
    snapshots: () => [...kept.keys()],
    seedMerchant: seedInto,
    reset: async (mchid) => {
      const whose =
        mchid === undefined
          ? [...authority.merchants.keys()]
          : [authority.credentialsOf(mchid).mchid]
      forget()
      await store.clear(mchid)
      charges.clear(mchid)
      refundOrders.clear(mchid)
      if (mchid === undefined) ids.load(firstIds)
      for (const each of whose) await seedInto(each)
    },
  }
}
