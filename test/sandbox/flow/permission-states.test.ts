import { expect, test } from 'vitest'
import { type Act, type Beginning, cellsOf, control, playCell } from './cells.ts'
import {
  first,
  openid,
  openShop,
  outcomeOf,
  play,
  type Row,
  type Shop,
  service_id,
  sub_mchid,
} from './shop.ts'

const stranger = '1900000110'

const permissionState = async ({ control: remembered }: Shop): Promise<string> =>
  (await remembered.permissions.get('YOGA-PERMIT')).permission.authorization_state

const acts = {
  'the user joins': (shop) => control(shop, 'permissions/YOGA-PERMIT/open', { openid }),
  'the merchant ends it': (shop) => outcomeOf(shop.terminatePermission()),
  'the user leaves': (shop) => control(shop, 'permissions/revoke', { service_id, openid }),
} satisfies Record<string, Act>

const asked = first((shop) => shop.applyPermission())
const joined = first(asked, acts['the user joins'])
const ended = first(joined, acts['the merchant ends it'])

const permissions = {
  UNBINDUSER: { prepare: asked },
  AVAILABLE: { prepare: joined },
  UNAVAILABLE: { prepare: ended },
} satisfies Record<string, Beginning>

const illegal = '400 INVALID_REQUEST 当前授权状态不合法'

const table: Record<keyof typeof permissions, Record<keyof typeof acts, string>> = {
  UNBINDUSER: {
    'the user joins': 'AVAILABLE',
    'the merchant ends it': illegal,
    'the user leaves': 'UNBINDUSER',
  },
  AVAILABLE: {
    'the user joins': illegal,
    'the merchant ends it': 'UNAVAILABLE',
    'the user leaves': 'UNAVAILABLE',
  },
  UNAVAILABLE: {
    'the user joins': 'AVAILABLE',
    'the merchant ends it': illegal,
    'the user leaves': 'UNAVAILABLE',
  },
}

test.each(cellsOf(table))('an authorisation that is %s, %s: %s', async (from, move, expected) => {
  const cell = { beginning: permissions[from], act: acts[move], state: permissionState }

  expect(await playCell(cell)).toBe(expected)
})

const unknown = '404 RESOURCE_NOT_EXISTS 授权记录不存在'
const reason = '不再需要'

test.each(
  Object.entries<Row>({
    'asked for again': { prepare: asked, call: (shop) => shop.applyPermission(), expected: '200' },
    'asked for again with another address': {
      prepare: asked,
      call: (shop) => shop.applyPermission({ notify_url: 'https://else.example' }),
      expected: '400 INVALID_REQUEST 订单重入参数校验失败',
    },
    'asked for again for another service, whatever that is': {
      prepare: asked,
      call: (shop) => shop.applyPermission({ service_id: '1' }),
      expected: '400 INVALID_REQUEST 订单重入参数校验失败',
    },
    'asked for a service that the merchant may not use': {
      call: (shop) => shop.applyPermission({ service_id: '1' }),
      expected: '403 NO_AUTH 商户暂无权限使用此服务',
    },
    'queried by an unknown number': {
      call: (shop) => shop.queryPermission(),
      expected: unknown,
    },
    'queried for another sub-merchant': {
      prepare: asked,
      call: (shop) => shop.queryPermission('YOGA-PERMIT', { service_id, sub_mchid: stranger }),
      expected: unknown,
    },
    'queried for another service': {
      prepare: asked,
      call: (shop) => shop.queryPermission('YOGA-PERMIT', { service_id: '1', sub_mchid }),
      expected: unknown,
    },
    'ended by an unknown number': {
      call: (shop) => shop.terminatePermission(),
      expected: unknown,
    },
    'ended for another sub-merchant': {
      prepare: joined,
      call: (shop) =>
        shop.terminatePermission('YOGA-PERMIT', { service_id, sub_mchid: stranger, reason }),
      expected: unknown,
    },
    'ended while an order is open': {
      prepare: first(joined, (shop) => shop.order()),
      call: (shop) => shop.terminatePermission(),
      expected: '400 INVALID_REQUEST 用户有进行中的服务订单，无法解除授权',
    },
  }),
)('an authorisation, %s', async (_situation, row) => {
  expect(await play(row)).toBe(row.expected)
})

test('an authorisation is found by its user too', async () => {
  const shop = await openShop()
  await joined(shop)
  const { permissions: paths } = shop.wxpay.v3.payscore.partner
  const { data: byCode } = await shop.queryPermission()
  const { appid } = byCode
  const { data: byUser } = await paths.search.get({
    query: { service_id, appid, sub_mchid, openid },
  })
  await paths.terminate.post({ json: { service_id, appid, sub_mchid, openid, reason } })

  expect(byUser).toEqual(byCode)
  expect(byUser).toMatchObject({ openid, authorization_state: 'AVAILABLE' })
  expect(await permissionState(shop)).toBe('UNAVAILABLE')
})
