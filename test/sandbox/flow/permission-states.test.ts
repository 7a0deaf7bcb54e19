import { expect, test } from 'vitest'
import { first, openid, type Shop, service_id } from '../../support/shop.ts'
import { type Act, type Beginning, cellsOf, control, playCell } from './cells.ts'

const permissionState = async ({ control: remembered }: Shop): Promise<string> =>
  (await remembered.permissions.get('YOGA-PERMIT')).permission.authorization_state

const acts = {
  'the user joins': (shop) => control(shop, 'permissions/YOGA-PERMIT/open', { openid }),
  'the user leaves': (shop) => control(shop, 'permissions/revoke', { service_id, openid }),
} satisfies Record<string, Act>

const asked = first((shop) => shop.applyPermission())
const joined = first(asked, acts['the user joins'])
const ended = first(joined, (shop) => shop.terminatePermission())

const permissions = {
  UNBINDUSER: { prepare: asked },
  AVAILABLE: { prepare: joined },
  UNAVAILABLE: { prepare: ended },
} satisfies Record<string, Beginning>

const illegal = '400 INVALID_REQUEST 当前授权状态不合法'

const table: Record<keyof typeof permissions, Record<keyof typeof acts, string>> = {
  UNBINDUSER: {
    'the user joins': 'AVAILABLE',
    'the user leaves': 'UNBINDUSER',
  },
  AVAILABLE: {
    'the user joins': illegal,
    'the user leaves': 'UNAVAILABLE',
  },
  UNAVAILABLE: {
    'the user joins': 'AVAILABLE',
    'the user leaves': 'UNAVAILABLE',
  },
}

test.each(cellsOf(table))('an authorisation that is %s, %s: %s', async (from, move, expected) => {
  const cell = { beginning: permissions[from], act: acts[move], state: permissionState }

  expect(await playCell(cell)).toBe(expected)
})
