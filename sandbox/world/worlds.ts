import { fill } from '../../contracts/texts.ts'
import type { Authority } from '../authority/authority.ts'
import type { KeyMode } from '../domain/merchants.ts'
import type { OrderRules } from '../domain/service-orders.ts'
import type { TransactionRules } from '../domain/transactions.ts'
import { every, platform } from '../store/layout.ts'
import type { Key, Reader, Store } from '../store/store.ts'
import { seedMerchant } from './seeded-merchant.ts'
import { courseOf } from './shop-course.ts'
import { worldTexts } from './texts.ts'
import { WorldError } from './world-error.ts'
import type { World } from './world-file.ts'
import { worldSize } from './world-json.ts'

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
  /** @throws {WorldError} for a name that cannot be one, or when too much is kept already */
  snapshot(name: string): Promise<void>
  /** Forgets what was kept under a name. @throws {WorldError} when nothing was */
  drop(name: string): Promise<void>
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
  rules: OrderRules & TransactionRules
}

/** Loaded when a world is saved or taken up: a start does without. */
const worldFile = () => import('./world-file.ts')

const namePattern = /^[\w-]{1,64}$/

const mostSnapshots = 100
const mostMebibytes = 256

export const createWorlds = (options: Options): Worlds => {
  const { authority, store, abandon, seed, platformKeys, rules } = options

  const save = async () => {
    const { worldOf } = await worldFile()
    return worldOf(await store.save())
  }

  const take = async (value: unknown, deliveries: 'withPending' | 'withoutPending') => {
    const file = await worldFile()
    const world = file.parseWorld(value)
    const unknown = file.ownersIn(world).find((mchid) => !authority.merchants.has(mchid))
    if (unknown !== undefined) {
      throw new WorldError(fill(worldTexts.merchantUnknown, { mchid: unknown }))
    }

    abandon()
    await store.load(file[deliveries](world))
  }
  const load = (value: unknown) => take(value, 'withoutPending')

  const checked = (name: string) => {
    if (namePattern.test(name)) return name
    throw new WorldError(worldTexts.snapshotName)
  }

  const keptIn = (reader: Reader) => reader.find('snapshots', 'all', [platform, every])

  const keptUnder = async (name: string, reader: Reader) => {
    const kept = await reader.get('snapshots', [platform, checked(name)])
    if (!kept) throw new WorldError(fill(worldTexts.snapshotUnknown, { name }))
    return kept
  }

  const seedAnew = async (mchid: string) => {
    const course = await courseOf(seed)
    await store.change([], async (unit) => {
      const identities = authority.credentialsOf(mchid)
      const { ids } = unit
      const seeded = seedMerchant({ identities, platformKeys, course, ids, at: unit.now(), rules })
      unit.put('merchants', seeded.merchant)
      for (const record of seeded.plans) unit.put('plans', record)
      for (const record of seeded.userSignPlans) unit.put('userSignPlans', record)
      for (const record of seeded.serviceOrders) unit.put('serviceOrders', record)
      for (const record of seeded.transactions) unit.put('transactions', record)
    })
  }

  const sendAgain = (key: Key) =>
    store.change([['notifications', ...key]], async (unit) => {
      const { pendingAgain } = await worldFile()
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
        await take(value, 'withPending')
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
      checked(name)
      const world = await save()
      const bytes = worldSize(world)
      await store.change([['snapshots', platform, every]], async (unit) => {
        const others = (await keptIn(unit)).filter((kept) => kept.name !== name)
        const size = others.reduce((sum, kept) => sum + kept.bytes, bytes)
        if (others.length >= mostSnapshots || size > mostMebibytes * 2 ** 20) {
          const limits = { most: mostSnapshots, mebibytes: mostMebibytes }
          throw new WorldError(fill(worldTexts.tooManySnapshots, limits))
        }
        unit.put('snapshots', { mchid: platform, name, world, bytes })
      })
    },
    drop: (name) =>
      store.change([['snapshots', platform, every]], async (unit) => {
        await keptUnder(name, unit)
        unit.remove('snapshots', [platform, name])
      }),
    restore: async (name) => {
      const { world } = await keptUnder(name, store)
      await load(world)
    },
    snapshots: async () => (await keptIn(store)).map(({ name }) => name),
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
