import { fill } from '../../contracts/texts.ts'
import type { Authority } from '../authority/authority.ts'
import type { KeyMode } from '../domain/merchants.ts'
import type { OrderRules } from '../domain/service-orders.ts'
import { every, platform } from '../store/layout.ts'
import type { Contents, Key, Store } from '../store/store.ts'
import { seedMerchant } from './seeded-merchant.ts'
import { worldTexts } from './texts.ts'
import {
  ownersIn,
  parseWorld,
  pendingAgain,
  type World,
  WorldError,
  withoutPending,
  withPending,
  worldOf,
} from './world-file.ts'

/** What is remembered, as a whole: kept under a name, taken up again, or begun anew. */
export type Worlds = {
  save(): Promise<World>
  /**
   * Forgets the present world for another; keys are kept, and deliveries on their way are dropped.
   * @throws {WorldError} when it is damaged, or not for these merchants; nothing was changed then
   */
  load(world: unknown): Promise<void>
  /**
   * Goes on from what the store holds: deliveries begin again, and a merchant that is new has its
   * first day. An empty store takes up a world that was kept when a sandbox ended.
   * @returns whether the store held anything
   * @throws {WorldError} when it, or the world, is about merchants whose keys are not here
   */
  begin(world?: unknown): Promise<boolean>
  /** @throws {WorldError} for a name that cannot be one */
  snapshot(name: string): Promise<void>
  /** @throws {WorldError} when nothing was kept under this name */
  restore(name: string): Promise<void>
  snapshots(): Promise<readonly string[]>
  /** A merchant's first day. */
  seedMerchant(mchid: string): Promise<void>
  /**
   * Begins anew, as a fresh start without `world` does, for all or for one merchant. Keys are
   * kept, a rotation of platform certificates is not.
   * @throws {CredentialsError} MERCHANT_UNKNOWN
   */
  reset(mchid?: string): Promise<void>
}

type Options = {
  authority: Authority
  store: Store
  /** Breaks off deliveries of a world that is gone. */
  abandon: (mchid?: string) => void
  seed: number
  platformKeys: KeyMode
  rules: OrderRules
}

const namePattern = /^[\w-]{1,64}$/

export const createWorlds = (options: Options): Worlds => {
  const { authority, store, abandon, seed, platformKeys, rules } = options

  const save = async () => worldOf(await store.save())

  const take = async (value: unknown, contentsOf: (world: World) => Contents) => {
    const world = parseWorld(value)
    const unknown = ownersIn(world).find((mchid) => !authority.merchants.has(mchid))
    if (unknown !== undefined) {
      throw new WorldError(fill(worldTexts.merchantUnknown, { mchid: unknown }))
    }

    abandon()
    await store.load(contentsOf(world))
  }
  const load = (value: unknown) => take(value, withoutPending)

  const checked = (name: string) => {
    if (namePattern.test(name)) return name
    throw new WorldError(worldTexts.snapshotName)
  }

  const seedAnew = (mchid: string) =>
    store.change([], async (unit) => {
      const identities = authority.credentialsOf(mchid)
      const { ids } = unit
      const seeded = seedMerchant({ identities, platformKeys, seed, ids, at: unit.now(), rules })
      unit.put('merchants', seeded.merchant)
      for (const record of seeded.plans) unit.put('plans', record)
      for (const record of seeded.userSignPlans) unit.put('userSignPlans', record)
      for (const record of seeded.serviceOrders) unit.put('serviceOrders', record)
    })

  const sendAgain = (key: Key) =>
    store.change([['notifications', ...key]], async (unit) => {
      const record = await unit.get('notifications', key)
      if (record) unit.put('notifications', pendingAgain(record, unit.now()))
    })

  return {
    save,
    load,
    begin: async (value) => {
      const { records } = await store.save()
      const known = records.merchants.map(({ mchid }) => mchid)
      if (known.length === 0 && value !== undefined) {
        await take(value, withPending)
        return false
      }

      const foreign = known.find((mchid) => !authority.merchants.has(mchid))
      if (foreign !== undefined) {
        throw new WorldError(fill(worldTexts.stateOfAnother, { mchid: foreign }))
      }
      for (const mchid of authority.merchants.keys()) {
        if (!known.includes(mchid)) await seedAnew(mchid)
      }
      for (const { state, mchid, id } of records.notifications) {
        if (state === 'SENDING') await sendAgain([mchid, id])
      }
      return known.length > 0
    },
    snapshot: async (name) => {
      const world = { mchid: platform, name: checked(name), world: await save() } as const
      await store.change([['snapshots', platform, name]], async (unit) => {
        unit.put('snapshots', world)
      })
    },
    restore: async (name) => {
      const kept = await store.get('snapshots', [platform, checked(name)])
      if (!kept) throw new WorldError(fill(worldTexts.snapshotUnknown, { name }))
      await load(kept.world)
    },
    snapshots: async () =>
      (await store.find('snapshots', 'all', [platform, every])).map(({ name }) => name),
    seedMerchant: seedAnew,
    reset: async (mchid) => {
      const owners =
        mchid === undefined
          ? [...authority.merchants.keys()]
          : [authority.credentialsOf(mchid).mchid]
      abandon(mchid)
      await store.clear(mchid)
      for (const owner of owners) await seedAnew(owner)
    },
  }
}
