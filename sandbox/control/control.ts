import type { z } from 'zod'
import type { Identities } from '../../contracts/credentials.ts'
import type { Situation } from '../../contracts/errors.ts'
import { fill } from '../../contracts/texts.ts'
import type { Actions } from '../actions/actions.ts'
import type { Holder } from '../actions/permissions.ts'
import type { PlannedOutcomes } from '../actions/planned-outcomes.ts'
import type { Visit } from '../actions/transactions.ts'
import type { Authority } from '../authority/authority.ts'
import type { SigningKeys } from '../authority/signing-keys.ts'
import type { KeyMode, User } from '../domain/merchants.ts'
import type { RefundOutcome } from '../domain/refunds.ts'
import { refuse } from '../domain/refused.ts'
import { type FaultQueue, FaultRequest } from '../faults/fault-queue.ts'
import type { Probes } from '../faults/probes.ts'
import type { Journal } from '../journal/journal.ts'
import type { Scheduler } from '../scheduler/scheduler.ts'
import type { Records } from '../store/layout.ts'
import type { CollectionName, Store } from '../store/store.ts'
import { worldJson } from '../world/world-json.ts'
import type { Worlds } from '../world/worlds.ts'
import { UnknownError } from './control-error.ts'
import type { Diagnose } from './diagnosis.ts'
import { createInvocationCheck } from './invocations.ts'
import { requestsOf } from './requests.ts'
import { controlTexts } from './texts.ts'

type Options = {
  actions: Actions
  store: Store
  scheduler: Pick<Scheduler, 'clock' | 'catchUp' | 'idle'>
  authority: Authority
  /** Where the keys of a merchant lie; nothing when they are in memory only. */
  folderOf: (mchid: string) => string | undefined
  signingKeys: SigningKeys
  probes: Probes
  worlds: Worlds
  faultQueue: FaultQueue
  journal: Journal
  diagnose: Diagnose
  reset: (mchid?: string) => Promise<void>
}

/** Whose resource; the first merchant when it is not said. */
export type MerchantScope = { mchid?: string | undefined }

export type Page = MerchantScope & { skip?: number | undefined; take?: number | undefined }

/** The collections that people look at, and how one that is not there is refused. */
const missing = {
  plans: 'planUnknown',
  userSignPlans: 'signPlanUnknown',
  serviceOrders: 'orderUnknown',
  transactions: 'transactionUnknown',
  refunds: 'refundUnknown',
  permissions: 'permissionUnknown',
  notifications: 'notificationUnknown',
} as const satisfies Partial<Record<CollectionName, Situation>>
export type ResourceName = keyof typeof missing

/**
 * Acts as the user and as WeChat Pay, and shows what is remembered. `/_sandbox` is a door onto it.
 * A number that does not exist, or a move that the state does not allow, throws a refusal.
 */
export const createControl = (options: Options) => {
  const { actions, store, authority, signingKeys, probes, worlds, faultQueue } = options
  const { journal, diagnose } = options
  const { clock, catchUp, idle } = options.scheduler

  const owner = ({ mchid }: MerchantScope): string => {
    const known = [...authority.merchants.keys()]
    const found = mchid === undefined ? known[0] : known.find((each) => each === mchid)
    return found ?? refuse('merchantUnknown')
  }

  /** Those of one merchant when it is named, else of all. */
  const owners = (scope: MerchantScope): string[] =>
    scope.mchid === undefined ? [...authority.merchants.keys()] : [owner(scope)]

  /** What is due by now has happened before anybody acts or looks. */
  const then = async <Result>(act: () => Promise<Result>): Promise<Result> => {
    await catchUp()
    return act()
  }

  const planning =
    <Outcome extends string>(planned: PlannedOutcomes<Outcome>) =>
    async ({
      outcome,
      count = 1,
      ...scope
    }: MerchantScope & { outcome: Outcome; count?: number }) => {
      const mchid = owner(scope)
      await planned.plan(mchid, outcome, count)
      return { pending: await planned.pending(store, mchid) }
    }

  const shown = <Name extends ResourceName>(collection: Name) => ({
    list: ({ skip = 0, take = 100, ...scope }: Page = {}): Promise<readonly Records[Name][]> =>
      then(async () => {
        const mchid = owner(scope)
        const where = (record: Records[Name]) => record.mchid === mchid
        return store.list(collection, { where, skip, take })
      }),
    get: (number: string, scope: MerchantScope = {}): Promise<Records[Name]> =>
      then(
        async () =>
          (await store.get(collection, [owner(scope), number])) ?? refuse(missing[collection]),
      ),
  })

  const requests = requestsOf({ journal, diagnose, authority, store })
  const checkInvocation = createInvocationCheck({ authority, signingKeys, store })
  const certificates = async () => (await signingKeys.listed()).map(({ serial }) => serial)
  const now = () => ({ now: clock.now() })

  return {
    merchants: {
      list: () =>
        [...authority.merchants.keys()].map((mchid) => ({
          mchid,
          credentials: options.folderOf(mchid),
        })),
      /** Adds a merchant with keys and a world of its own. @throws {CredentialsError} MERCHANTS_TOO_MANY */
      add: async (identities: Identities) => {
        const { mchid } = identities
        const isKnown = authority.merchants.has(mchid)
        await authority.addMerchant(identities)
        if (!isKnown) await worlds.seedMerchant(mchid)
        return { mchid, credentials: options.folderOf(mchid) }
      },
    },

    plans: shown('plans'),

    userSignPlans: {
      ...shown('userSignPlans'),
      sign: (number: string, scope: MerchantScope = {}) =>
        then(async () => actions.userSignPlans.sign(owner(scope), number)),
      refuse: (number: string, scope: MerchantScope = {}) =>
        then(async () => actions.userSignPlans.refuse(owner(scope), number)),
      cancel: (
        number: string,
        { reason = '用户取消签约', ...scope }: MerchantScope & { reason?: string } = {},
      ) =>
        then(async () =>
          actions.userSignPlans.end(owner(scope), number, { move: 'cancel', reason }),
        ),
    },

    permissions: {
      ...shown('permissions'),
      open: (code: string, { mchid, ...user }: MerchantScope & User) =>
        then(async () => actions.permissions.open([owner({ mchid }), code], user)),
      revoke: ({ mchid, ...holder }: MerchantScope & Holder) =>
        then(async () => actions.permissions.revoke(owner({ mchid }), holder, '用户解除服务授权')),
    },

    serviceOrders: {
      ...shown('serviceOrders'),
      confirm: (number: string, scope: MerchantScope = {}) =>
        then(async () => (await actions.serviceOrders.confirm([owner(scope), number])).order),
      /** The user pays on the order's page. */
      pay: (number: string, scope: MerchantScope = {}) =>
        then(
          async () =>
            (await actions.serviceOrders.endCharge([owner(scope), number], 'succeed')).order,
        ),
      /** Ends an attempt that is held. */
      endCharge: (
        number: string,
        { outcome, ...scope }: MerchantScope & { outcome: 'succeed' | 'fail' },
      ) =>
        then(
          async () =>
            (await actions.serviceOrders.endCharge([owner(scope), number], outcome)).order,
        ),
    },

    transactions: {
      ...shown('transactions'),
      /** The user comes to the cashier, and pays unless `outcome` says otherwise. */
      pay: (number: string, { mchid, ...visit }: MerchantScope & Visit = {}) =>
        then(async () => actions.transactions.visit([owner({ mchid }), number], visit)),
    },

    /** What a front end hands to WeChat: checked as the cashier would. */
    invocations: {
      check: ({ mchid, ...asked }: MerchantScope & Parameters<typeof checkInvocation>[1]) =>
        then(async () => checkInvocation(owner({ mchid }), asked)),
    },

    charges: {
      list: (scope: MerchantScope = {}) =>
        then(async () => ({ pending: await actions.charges.pending(store, owner(scope)) })),
      /** Plans how the next attempts to charge end: they succeed, fail, or are held running. */
      order: planning(actions.charges),
    },

    refunds: {
      ...shown('refunds'),
      /** Plans what the next refunds come to. */
      order: planning(actions.plannedRefunds),
      end: (number: string, { outcome, ...scope }: MerchantScope & { outcome: RefundOutcome }) =>
        then(async () => actions.refunds.end([owner(scope), number], outcome)),
    },

    notifications: {
      ...shown('notifications'),
      /** Begins the schedule anew, whatever became of the notification before. */
      redeliver: (id: string, scope: MerchantScope = {}) =>
        then(async () => actions.notifications.redeliver([owner(scope), id])),
      cancel: (id: string, scope: MerchantScope = {}) =>
        then(async () => actions.notifications.cancel([owner(scope), id])),
    },

    /** Shares of answers and callbacks whose signature is made to fail. */
    probes: { read: probes.shares, set: probes.setShares },

    /** What is to go wrong; see `faults` for what can. */
    faults: {
      list: async (scope: MerchantScope = {}) =>
        (await Promise.all(owners(scope).map((mchid) => faultQueue.list(mchid)))).flat(),
      /** @throws {FaultError} when too many wait */
      order: async ({ mchid, ...request }: MerchantScope & z.input<typeof FaultRequest>) =>
        faultQueue.add(owner({ mchid }), FaultRequest.parse(request)),
      /** @throws {UnknownError} when none waits under this id */
      cancel: async (id: string) => {
        for (const mchid of owners({})) if (await faultQueue.remove(mchid, id)) return
        throw new UnknownError(fill(controlTexts.faultUnknown, { id }))
      },
      clear: async (scope: MerchantScope = {}) => {
        await Promise.all(owners(scope).map((mchid) => faultQueue.clear(mchid)))
      },
    },

    requests,

    /** Which key signs, and the rotation of platform certificates. */
    platformKeys: {
      read: async (scope: MerchantScope = {}) => {
        const { mode, callbackShare } = await signingKeys.settingsOf(owner(scope))
        return { mode, callbacks: callbackShare, certificates: await certificates() }
      },
      /** `callbacks`: while switching, the share of callbacks, 0 to 1, that the public key signs. */
      setMode: async ({
        mode,
        callbacks,
        ...scope
      }: MerchantScope & { mode?: KeyMode | undefined; callbacks?: number | undefined }) => {
        await signingKeys.set(owner(scope), {
          ...(mode !== undefined && { mode }),
          ...(callbacks !== undefined && { callbackShare: callbacks }),
        })
        const settings = await signingKeys.settingsOf(owner(scope))
        return { mode: settings.mode, callbacks: settings.callbackShare }
      },
      /** `prepare` lists a new certificate, `promote` lets it sign, `retire` drops the old one. */
      rotate: async (step: 'prepare' | 'promote' | 'retire') => {
        await signingKeys[step]()
        return { certificates: await certificates() }
      },
    },

    clock: {
      read: now,
      set: (at: number) => clock.set(at).then(now),
      advance: (milliseconds: number) => clock.advance(milliseconds).then(now),
      /** Stands still from now on; `run` lets it go again. */
      hold: () => clock.hold().then(now),
      run: () => clock.run().then(now),
    },

    /** Resolves when nothing is due any more and nothing is on its way. */
    idle,

    /** What is remembered, as a whole; keys are no part of it. */
    worlds: {
      export: worlds.save,
      /** The same as JSON in pieces, as it leaves: without keys and phone numbers in its texts. */
      json: async () => worldJson(await worlds.save(), requests.mask),
      import: worlds.load,
      list: worlds.snapshots,
      snapshot: worlds.snapshot,
      restore: worlds.restore,
      drop: worlds.drop,
    },

    /** Begins anew, as a fresh start does, for all or for one merchant; keys are kept. */
    reset: async (mchid?: string) => options.reset(mchid && owner({ mchid })),
  }
}

export type Control = ReturnType<typeof createControl>
