import { expect, test } from 'vitest'
import type { MoveOf, StateOf } from '../../contracts/states.ts'
import { accept, type Decision, refusal } from '../../sandbox/domain/decision.ts'
import {
  applyPermission,
  closePermission,
  openPermission,
  type PermissionRecord,
} from '../../sandbox/domain/permissions.ts'
import { accepted } from '../../sandbox/domain/refused.ts'
import { permissionRequest as request } from '../support/requests.ts'
import { edgesOf } from './edges.ts'
import { at, mchid } from './records.ts'

const asked = accepted(applyPermission(undefined, { request, mchid, token: 'token' })).next
const user = { openid: 'o1' }
const opened = accepted(openPermission(asked, { user, at })).next
const closed = accepted(closePermission(opened, { ordersOpen: false, at: at + 1000 })).next

test('an authorisation that was asked for has no user yet', () => {
  expect(asked).toEqual({
    mchid,
    request,
    token: 'token',
    permission: {
      ...request,
      mchid,
      authorization_state: 'UNBINDUSER',
      authorization_success_time: '',
    },
  })
})

test('asking again gives the same token, with other parameters it is a conflict', () => {
  const again = { request, mchid, token: 'other' }
  const other = { ...again, request: { ...request, notify_url: 'http://else.example' } }

  expect(applyPermission(opened, again)).toEqual(accept(opened))
  expect(applyPermission(asked, other)).toMatchObject(refusal('reentryMismatch'))
})

type Act = (record: PermissionRecord) => Decision<PermissionRecord, string>

const records: Record<StateOf<'permission'>, PermissionRecord> = {
  UNBINDUSER: asked,
  AVAILABLE: opened,
  UNAVAILABLE: closed,
}

const acts: Record<MoveOf<'permission'>, Act> = {
  open: (record) => openPermission(record, { user, at }),
  close: (record) => closePermission(record, { ordersOpen: false, at }),
}

test.each(edgesOf('permission', { records, acts }))('%s', (_title, { state, move, to }) => {
  const decision = acts[move](records[state])
  const outcome = decision.ok ? decision.next.permission.authorization_state : decision.situation

  expect(outcome).toBe(to ?? 'permissionStateIllegal')
})

test('an authorisation knows its user, and when it last began and ended', () => {
  const { next, events } = accepted(openPermission(closed, { user, at: at + 2000 }))

  expect(events).toEqual(['opened'])
  expect(next.permission).toMatchObject({
    openid: 'o1',
    authorization_success_time: '2026-03-03T08:00:02+08:00',
    cancel_authorization_time: '2026-03-03T08:00:01+08:00',
  })
})

test('an authorisation does not end while an order of the user is open', () => {
  expect(closePermission(opened, { ordersOpen: true, at })).toEqual(refusal('permissionOrdersOpen'))
})
