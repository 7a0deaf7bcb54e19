import type { ApplyPermission, Permission } from '../../contracts/permissions.ts'
import { isFinalState } from '../../contracts/states.ts'
import { type User, userOf } from '../domain/merchants.ts'
import {
  applyPermission,
  closePermission,
  openPermission,
  type PermissionRecord,
} from '../domain/permissions.ts'
import { accepted, refuse } from '../domain/refused.ts'
import { phaseOf } from '../domain/service-orders.ts'
import { userKey } from '../store/layout.ts'
import type { Key, Reader } from '../store/store.ts'
import { type Context, merchantFor, type Parties, partiesDiffer } from './context.ts'
import { notifyOfPermission } from './outbox.ts'
import type { UserSignPlanActions } from './user-sign-plans.ts'

const foreign = { unknown: 'permissionUnknown', mismatch: 'permissionUnknown' } as const

/** A user of a service, by one of the ids. */
export type Holder = User & Parties & { service_id: string }

/** What can be done with authorisations of a service. @throws {Refused} */
export const createPermissionActions = (context: Context, signPlans: UserSignPlanActions) => {
  const { store } = context

  const byCode = async (key: Key, parties: Parties): Promise<PermissionRecord> => {
    const record = await store.get('permissions', key)
    if (!record || partiesDiffer(record.permission, parties, foreign)) {
      return refuse('permissionUnknown')
    }
    return record
  }

  const ofUser = async (mchid: string, holder: Holder): Promise<PermissionRecord> => {
    const { openid, sub_openid } = holder
    if ((openid === undefined) === (sub_openid === undefined)) return refuse('userAmbiguous')
    const key: Key = [mchid, userKey(holder.service_id, openid ?? sub_openid ?? '')]
    const found = (await store.find('permissions', 'user', key)).filter(
      ({ permission }) => !partiesDiffer(permission, holder, foreign),
    )
    const open = found.find(({ permission }) => permission.authorization_state === 'AVAILABLE')

    return open ?? found.at(-1) ?? refuse('permissionUnknown')
  }

  /** The service under every id of the person who goes by one of them. */
  const keysOf = async (mchid: string, holder: Holder): Promise<Key[]> => {
    const merchant = await store.get('merchants', [mchid, mchid])
    const { openid, sub_openid } = userOf(merchant, holder)
    return [openid, sub_openid].flatMap((id): Key[] =>
      id === undefined ? [] : [[mchid, userKey(holder.service_id, id)]],
    )
  }

  const ordersOpen = async (reader: Reader, keys: readonly Key[]) => {
    const found = await Promise.all(keys.map((key) => reader.find('serviceOrders', 'user', key)))
    return found.flat().some(({ order }) => !isFinalState('serviceorder', phaseOf(order)))
  }

  const close = async (mchid: string, { permission }: PermissionRecord, reason: string) => {
    const key: Key = [mchid, permission.authorization_code]
    const keys = await keysOf(mchid, permission)
    await store.change([['permissions', ...key]], async (unit) => {
      const record = (await unit.get('permissions', key)) ?? refuse('permissionUnknown')
      const open = await ordersOpen(unit, keys)
      const { next } = accepted(closePermission(record, { ordersOpen: open, at: unit.now() }))
      unit.put('permissions', next)
      notifyOfPermission(unit, next, 'closed')
    })
    await revokeSignPlans(keys, reason)
  }

  /** A user who leaves the service leaves its plans. */
  const revokeSignPlans = async (keys: readonly Key[], reason: string) => {
    for (const key of keys) {
      for (const { mchid, signPlan } of await store.find('userSignPlans', 'user', key)) {
        if (signPlan.sign_state !== 'SIGNED') continue
        await signPlans.end(mchid, signPlan.merchant_sign_plan_no, { move: 'revoke', reason })
      }
    }
  }

  return {
    apply: (mchid: string, request: ApplyPermission) => {
      const key: Key = [mchid, request.authorization_code]

      return store.change([['permissions', ...key]], async (unit) => {
        const existing = await unit.get('permissions', key)
        if (!existing) await merchantFor(unit, mchid, request)
        const { next } = accepted(
          applyPermission(existing, { request, mchid, token: unit.ids.token() }),
        )
        unit.put('permissions', next)
        return { apply_permissions_token: next.token }
      })
    },

    query: async (key: Key, parties: Parties): Promise<Permission> =>
      (await byCode(key, parties)).permission,

    search: async (mchid: string, holder: Holder): Promise<Permission> =>
      (await ofUser(mchid, holder)).permission,

    terminate: async (key: Key, asked: Parties & { reason: string }) =>
      close(key[0], await byCode(key, asked), asked.reason),

    terminateOf: async (mchid: string, holder: Holder & { reason: string }) =>
      close(mchid, await ofUser(mchid, holder), holder.reason),

    /** The user authorises on the page that the token opens. */
    open: (key: Key, user: User): Promise<Permission> =>
      store.change([['permissions', ...key]], async (unit) => {
        const record = (await unit.get('permissions', key)) ?? refuse('permissionUnknown')
        const { next } = accepted(openPermission(record, { user, at: unit.now() }))
        unit.put('permissions', next)
        notifyOfPermission(unit, next, 'opened')
        return next.permission
      }),

    /** The user leaves the service, whether or not an authorisation of it was asked for. */
    revoke: async (mchid: string, holder: Holder, reason: string) => {
      const keys = await keysOf(mchid, holder)
      if (keys.length === 0) refuse('userMissing')
      if (await ordersOpen(store, keys)) refuse('permissionOrdersOpen')

      for (const key of keys) {
        for (const record of await store.find('permissions', 'user', key)) {
          const isOpen = record.permission.authorization_state === 'AVAILABLE'
          if (isOpen) await close(mchid, record, reason)
        }
      }
      await revokeSignPlans(keys, reason)
    },
  }
}

export type PermissionActions = ReturnType<typeof createPermissionActions>
