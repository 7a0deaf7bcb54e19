import type { z } from 'zod'
import type { Actions } from '../actions/actions.ts'
import type { Holder } from '../actions/permissions.ts'
import type { PlannedOutcomes } from '../actions/planned-outcomes.ts'
import type { Authority } from '../authority/authority.ts'
import type { Identities } from '../authority/credentials.ts'
import type { PlatformSigner, ProbeShares } from '../authority/platform-signer.ts'
import type { KeyMode, SigningKeys } from '../authority/signing-keys.ts'
import type { User } from '../domain/merchants.ts'
import type { RefundOutcome } from '../domain/refunds.ts'
import { refuse } from '../domain/refused.ts'
import { type FaultQueue, FaultRequest } from '../faults/fault-queue.ts'
import type { Journal } from '../journal/journal.ts'
import type { Clock } from '../scheduler/clock.ts'
import type { Records } from '../store/layout.ts'
import type { CollectionName, Store } from '../store/store.ts'
import type { Worlds } from '../world/worlds.ts'
import { UnknownError } from './control-error.ts'
import type { Diagnose } from './diagnosis.ts'
import { requestsOf } from './requests.ts'

type Parts = {
  actions: Actions
  store: Store
  clock: Clock
  authority: Authority
  /** Where the keys of a merchant lie; nothing when they are in memory only. */
  folderOf: (mchid: string) => string | undefined
  keyring: SigningKeys
  signer: PlatformSigner
  worlds: Worlds
  faultRules: FaultQueue
  journal: Journal
  diagnose: Diagnose
  reset: (mchid?: string) => Promise<void>
  idle: () => Promise<void>
  /** Looks when the next thing is due. */
  wake: () => void
}

/** Whose resource; the first merchant when it is not said. */
export type MerchantScope = { mchid?: string | undefined }

export type Page = MerchantScope & { skip?: number | undefined; take?: number | undefined }

const situations = {
  plans: 'planUnknown',
  userSignPlans: 'signPlanUnknown',
  serviceOrders: 'orderUnknown',
  refunds: 'refundUnknown',
  permissions: 'permissionUnknown',
  notifications: 'notificationUnknown',
} as const satisfies Record<CollectionName, string>

/**
 * Acts as the user and as WeChat Pay, and shows what is remembered. `/_sandbox` is a door onto it.
 * A number that does not exist, or a move that the state does not allow, throws a refusal.
 */
export const createControl = (parts: Parts) => {
  const { actions, store, clock, authority, keyring, signer, worlds, idle, wake } = parts
  const { faultRules, journal, diagnose } = parts

  /** What an act makes due begins at once, and nobody waits for it. */
  const acted = async <Result>(act: Promise<Result>): Promise<Result> => {
    const result = await act
    wake()
    return result
  }

  const owner = ({ mchid }: MerchantScope): string => {
    const known = [...authority.merchants.keys()]
    const found = mchid === undefined ? known[0] : known.find((each) => each === mchid)
    return found ?? refuse('merchantUnknown')
  }

  const ordering =
    <Outcome extends string>(outcomes: PlannedOutcomes<Outcome>) =>
    ({ outcome, count = 1, ...whose }: MerchantScope & { outcome: Outcome; count?: number }) => {
      const mchid = owner(whose)
      outcomes.order(mchid, outcome, count)
      return { pending: outcomes.pending(mchid) }
    }

  const shown = <Name extends CollectionName>(collection: Name) => ({
    list: ({ skip = 0, take = 100, ...whose }: Page = {}): Promise<readonly Records[Name][]> => {
      const mchid = owner(whose)
      const where = (record: Records[Name]) => record.mchid === mchid
      return store.list(collection, { where, skip, take })
    },
    get: async (number: string, whose: MerchantScope = {}): Promise<Records[Name]> =>
      (await store.get(collection, [owner(whose), number])) ?? refuse(situations[collection]),
  })

  return {
    merchants: {
      list: () =>
        [...authority.merchants.keys()].map((mchid) => ({
          mchid,
          credentials: parts.folderOf(mchid),
        })),
      /** Adds a merchant with keys and a world of its own. */
      add: async (identities: Identities) => {
        const { mchid } = identities
        const isKnown = authority.merchants.has(mchid)
        await authority.addMerchant(identities)
        if (!isKnown) await worlds.seedMerchant(mchid)
        return { mchid, credentials: parts.folderOf(mchid) }
      },
    },

    plans: shown('plans'),

    userSignPlans: {
      ...shown('userSignPlans'),
      sign: async (number: string, whose: MerchantScope = {}) =>
        acted(actions.userSignPlans.sign(owner(whose), number)),
      refuse: (number: string, whose: MerchantScope = {}) =>
        actions.userSignPlans.refuse(owner(whose), number),
      cancel: async (
        number: string,
        { reason = '用户取消签约', ...whose }: MerchantScope & { reason?: string } = {},
      ) => acted(actions.userSignPlans.end(owner(whose), number, { move: 'cancel', reason })),
    },

    permissions: {
      ...shown('permissions'),
      open: async (code: string, { mchid, ...user }: MerchantScope & User) =>
        acted(actions.permissions.open([owner({ mchid }), code], user)),
      revoke: async ({ mchid, ...holder }: MerchantScope & Holder) => {
        await acted(actions.permissions.revoke(owner({ mchid }), holder, '用户解除服务授权'))
      },
    },

    serviceOrders: {
      ...shown('serviceOrders'),
      confirm: async (number: string, whose: MerchantScope = {}) =>
        (await acted(actions.serviceOrders.confirm([owner(whose), number]))).order,
      /** The user pays on the order's page. */
      pay: async (number: string, whose: MerchantScope = {}) => {
        const end = { outcome: 'succeed', at: clock.now() } as const
        return (await acted(actions.serviceOrders.endCharge([owner(whose), number], end))).order
      },
      /** Ends an attempt that is held. */
      endCharge: async (
        number: string,
        { outcome, ...whose }: MerchantScope & { outcome: 'succeed' | 'fail' },
      ) => {
        const end = { outcome, at: clock.now() }
        return (await acted(actions.serviceOrders.endCharge([owner(whose), number], end))).order
      },
    },

    charges: {
      list: (whose: MerchantScope = {}) => ({ pending: actions.charges.pending(owner(whose)) }),
      /** Orders how the next attempts to charge end: they succeed, fail, or are held running. */
      order: ordering(actions.charges),
    },

    refunds: {
      ...shown('refunds'),
      /** Orders what the next refunds come to. */
      order: ordering(actions.refundOrders),
      end: async (
        number: string,
        { outcome, ...whose }: MerchantScope & { outcome: RefundOutcome },
      ) => acted(actions.refunds.end([owner(whose), number], outcome, clock.now())),
    },

    notifications: {
      ...shown('notifications'),
      /** Begins the schedule anew, whatever became of the notice before. */
      redeliver: async (id: string, whose: MerchantScope = {}) =>
        acted(actions.notifications.redeliver([owner(whose), id])),
      cancel: async (id: string, whose: MerchantScope = {}) =>
        actions.notifications.cancel([owner(whose), id]),
    },

    /** Shares of answers and callbacks whose signature is made to fail. */
    probes: {
      read: () => signer.probes(),
      set: (shares: Partial<ProbeShares>) => {
        signer.setProbes(shares)
        return signer.probes()
      },
    },

    /** What is to go wrong; see `faults` for what can. */
    faults: {
      list: (whose: MerchantScope = {}) => faultRules.list(whose.mchid && owner(whose)),
      /** @throws {FaultError} when too many wait */
      order: ({ mchid, ...order }: MerchantScope & z.input<typeof FaultRequest>) =>
        faultRules.add(owner({ mchid }), FaultRequest.parse(order)),
      cancel: (id: string) => {
        if (!faultRules.remove(id)) throw new UnknownError(`No fault waits under the id ${id}.`)
      },
      clear: (whose: MerchantScope = {}) => faultRules.clear(whose.mchid && owner(whose)),
    },

    requests: requestsOf({ journal, diagnose, authority }),

    /** Which key signs, and the rotation of platform certificates. */
    platformKeys: {
      read: (whose: MerchantScope = {}) => ({
        mode: keyring.modeOf(owner(whose)),
        certificates: keyring.listed().map(({ serial }) => serial),
      }),
      setMode: ({ mode, ...whose }: MerchantScope & { mode: KeyMode }) => {
        keyring.setMode(owner(whose), mode)
        return { mode }
      },
      /** `prepare` lists a new certificate, `promote` lets it sign, `retire` drops the old one. */
      rotate: async (step: 'prepare' | 'promote' | 'retire') => {
        await keyring[step]()
        return { certificates: keyring.listed().map(({ serial }) => serial) }
      },
    },

    clock: {
      read: () => ({ now: clock.now() }),
      set: async (at: number) => {
        await clock.set(at)
        return { now: clock.now() }
      },
      advance: async (milliseconds: number) => {
        await clock.advance(milliseconds)
        return { now: clock.now() }
      },
      /** Stands still from now on; `run` lets it go again. */
      hold: () => {
        clock.hold()
        return { now: clock.now() }
      },
      run: () => {
        clock.run()
        wake()
        return { now: clock.now() }
      },
    },

    /** Resolves when nothing is due any more and nothing is on its way. */
    idle,

    /** What is remembered, as a whole; keys and settings are no part of it. */
    worlds: {
      export: worlds.save,
      import: (world: unknown) => acted(worlds.load(world)),
      list: worlds.snapshots,
      snapshot: worlds.snapshot,
      restore: (name: string) => acted(worlds.restore(name)),
    },

    /** Forgets everything, or everything of one merchant, and seeds again; keys are kept. */
    reset: async (mchid?: string) => parts.reset(mchid && owner({ mchid })),
  }
}

export type Control = ReturnType<typeof createControl>
