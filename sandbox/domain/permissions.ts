import type { ApplyPermission, Permission } from '../../contracts/permissions.ts'
import { moves } from '../../contracts/states.ts'
import { formatRfc3339 } from '../../contracts/time.ts'
import { accept, type Decision, refusal } from './decision.ts'
import type { User } from './merchants.ts'
import { conflictOf } from './re-entry.ts'

/** An authorisation of the service by a user, as it is remembered. */
export type PermissionRecord = {
  mchid: string
  request: ApplyPermission
  permission: Permission
  /** Opens the page on which the user authorises. */
  token: string
}

export type PermissionEvent = 'opened' | 'closed'

type Result = Decision<PermissionRecord, PermissionEvent>

type Apply = { request: ApplyPermission; mchid: string; token: string }

/** The merchant asks for an authorisation; no user is bound to it yet. */
export const applyPermission = (
  known: PermissionRecord | undefined,
  { request, mchid, token }: Apply,
): Result => {
  if (known) return conflictOf(known.request, request) ?? accept(known)

  const permission: Permission = {
    ...request,
    mchid,
    authorization_state: moves.permission.none.apply.to,
    authorization_success_time: '',
  }
  return accept({ mchid, request, permission, token })
}

/** The user authorises. */
export const openPermission = (
  record: PermissionRecord,
  { user, at }: { user: User; at: number },
): Result => {
  const { permission } = record
  if (permission.authorization_state === 'AVAILABLE') return refusal('permissionStateIllegal')

  const opened: Permission = {
    ...permission,
    ...user,
    authorization_state: moves.permission[permission.authorization_state].open.to,
    authorization_success_time: formatRfc3339(at),
  }
  return accept({ ...record, permission: opened }, 'opened')
}

/** The user or the merchant revokes; not while an order of the user is open. */
export const closePermission = (
  record: PermissionRecord,
  { ordersOpen, at }: { ordersOpen: boolean; at: number },
): Result => {
  const { permission } = record
  if (permission.authorization_state !== 'AVAILABLE') return refusal('permissionStateIllegal')
  if (ordersOpen) return refusal('permissionOrdersOpen')

  const closed: Permission = {
    ...permission,
    authorization_state: moves.permission[permission.authorization_state].close.to,
    cancel_authorization_time: formatRfc3339(at),
  }
  return accept({ ...record, permission: closed }, 'closed')
}
