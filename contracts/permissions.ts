import { z } from 'zod'
import type { Endpoint } from './endpoint.ts'
import { chosen, documented, sdk } from './evidence.ts'
import {
  callbackUrl,
  fieldFrom,
  object,
  orderNumber,
  orEmpty,
  rfc3339,
  strictObject,
  text,
} from './fields.ts'
import { partiesFrom, strangers, wrongUser } from './parties.ts'

/** `UNBINDUSER` until the user has authorised for the first time. */
export const AuthorizationState = z.enum(['AVAILABLE', 'UNAVAILABLE', 'UNBINDUSER'])
export type AuthorizationState = z.infer<typeof AuthorizationState>

const party = partiesFrom(documented('orderPages'))
const fromOpenapi = fieldFrom(sdk('openapi'))
const ours = fieldFrom(chosen)

const authorizationCode = fromOpenapi(
  orderNumber,
  '授权协议号',
  'number of the authorisation in the system of the merchant',
)

const reason = fromOpenapi(text(50), '撤销原因', 'why the authorisation ends')

export const ApplyPermission = strictObject(() => ({
  service_id: party.service_id('服务ID'),
  appid: party.appid('服务商应用ID'),
  sub_appid: party.sub_appid('子商户应用ID').optional(),
  sub_mchid: party.sub_mchid('子商户号'),
  authorization_code: authorizationCode,
  notify_url: fromOpenapi(
    callbackUrl(255),
    '商户回调地址',
    'where WeChat Pay reports that the user authorised or withdrew',
  ).optional(),
}))
export type ApplyPermission = z.infer<typeof ApplyPermission>

export const AppliedPermission = object(() => ({
  apply_permissions_token: fromOpenapi(
    z.string(),
    '预授权token',
    'opens the page on which the user authorises',
  ),
}))
export type AppliedPermission = z.infer<typeof AppliedPermission>

const permission = (appidLabel: '服务商应用ID' | '应用ID') =>
  z.object({
    service_id: party.service_id('服务ID'),
    appid: party.appid(appidLabel),
    mchid: party.mchid('商户号'),
    openid: party.openid('服务商公众号下的用户标识').optional(),
    authorization_code: authorizationCode,
    authorization_state: fromOpenapi(
      AuthorizationState,
      '授权状态',
      'whether the merchant may use the service for the user',
    ),
    notify_url: fromOpenapi(
      orEmpty(callbackUrl(255)),
      '授权通知地址',
      'the notify_url of the application',
    ).optional(),
    cancel_authorization_time: ours(
      orEmpty(rfc3339),
      '最近一次解除授权时间',
      'when the authorisation last ended',
    ).optional(),
    authorization_success_time: ours(
      orEmpty(rfc3339),
      '最近一次授权成功时间',
      'when the user last authorised',
    ),
    sub_mchid: party.sub_mchid('子商户号'),
    sub_appid: party.sub_appid('子商户应用ID').optional(),
    sub_openid: party.sub_openid('子商户公众号下的用户标识').optional(),
    user_risk_level: fromOpenapi(z.int(), '用户分层', 'risk layer of the user').optional(),
    risk_level_version: fromOpenapi(z.int(), '分层版本', 'version of the layers').optional(),
  })

/** An authorisation as it is found by its number. */
export const PermissionByCode = object(
  () => permission('服务商应用ID').partial({ authorization_success_time: true }).shape,
)
/** An authorisation as it is found by its user. */
export const PermissionByUser = object(
  () => permission('应用ID').partial({ authorization_code: true }).shape,
)
/** What is good enough for either. */
export type Permission = z.infer<typeof PermissionByCode> & z.infer<typeof PermissionByUser>

export const TerminatePermissionByCode = strictObject(() => ({
  service_id: party.service_id('服务ID'),
  sub_mchid: party.sub_mchid('子商户号'),
  reason,
}))
export type TerminatePermissionByCode = z.infer<typeof TerminatePermissionByCode>

export const TerminatePermissionByUser = strictObject(() => ({
  openid: party.openid('服务商公众号下的用户标识').optional(),
  sub_openid: party.sub_openid('子商户公众号下openid').optional(),
  service_id: party.service_id('服务ID'),
  appid: party.appid('服务商应用ID'),
  sub_appid: party.sub_appid('子商户应用ID').optional(),
  sub_mchid: party.sub_mchid('子商户号'),
  reason,
}))
export type TerminatePermissionByUser = z.infer<typeof TerminatePermissionByUser>

const code = strictObject(() => ({ authorization_code: authorizationCode }))

const codeQuery = strictObject(() => ({
  service_id: party.service_id('服务ID'),
  sub_mchid: party.sub_mchid('子商户号'),
}))

const userQuery = strictObject(() => ({
  service_id: party.service_id('服务ID'),
  appid: party.appid('服务商应用ID'),
  sub_mchid: party.sub_mchid('子商户商户号'),
  sub_appid: party.sub_appid('子商户应用ID').optional(),
  openid: party.openid('用户标识').optional(),
  sub_openid: party.sub_openid('子商户公众号下openid').optional(),
}))

const ended = {
  after: object(() => ({ authorization_state: AuthorizationState.extract(['UNAVAILABLE']) })),
}

const unending = ['permissionUnknown', 'permissionStateIllegal', 'permissionOrdersOpen'] as const

export const permissionEndpoints = {
  'permissions.apply.partner': {
    method: 'POST',
    path: '/v3/payscore/partner/permissions',
    mode: 'partner',
    summary: {
      en: 'Ask for the authorisation of a user before there is an order.',
      zh: '在没有订单时，请用户开启授权服务。',
    },
    request: { body: ApplyPermission },
    response: { status: 200, body: AppliedPermission },
    reconcile: {
      query: 'permissions.queryByCode.partner',
      repeats: ['service_id', 'appid', 'sub_mchid', 'sub_appid', 'notify_url'],
    },
    situations: [...strangers, 'subMerchantUnbound', 'reentryMismatch'],
    sources: ['openapi'],
  },
  'permissions.queryByCode.partner': {
    method: 'GET',
    path: '/v3/payscore/partner/permissions/authorization-code/{authorization_code}',
    mode: 'partner',
    summary: { en: 'Query an authorisation by its number.', zh: '按授权协议号查询用户授权记录。' },
    request: { path: code, query: codeQuery },
    response: { status: 200, body: PermissionByCode },
    situations: ['permissionUnknown'],
    sources: ['openapi'],
  },
  'permissions.terminateByCode.partner': {
    method: 'POST',
    path: '/v3/payscore/partner/permissions/authorization-code/{authorization_code}/terminate',
    mode: 'partner',
    summary: { en: 'End an authorisation by its number.', zh: '按授权协议号解除授权服务。' },
    request: { path: code, body: TerminatePermissionByCode },
    response: { status: 204 },
    reconcile: { query: 'permissions.queryByCode.partner', ...ended },
    situations: unending,
    sources: ['openapi'],
  },
  'permissions.search.partner': {
    method: 'GET',
    path: '/v3/payscore/partner/permissions/search',
    mode: 'partner',
    summary: { en: 'Query an authorisation by its user.', zh: '按用户查询授权记录。' },
    request: { query: userQuery },
    response: { status: 200, body: PermissionByUser },
    situations: [...wrongUser, 'permissionUnknown'],
    sources: ['openapi'],
  },
  'permissions.terminate.partner': {
    method: 'POST',
    path: '/v3/payscore/partner/permissions/terminate',
    mode: 'partner',
    summary: { en: 'End an authorisation by its user.', zh: '按用户解除授权服务。' },
    request: { body: TerminatePermissionByUser },
    response: { status: 204 },
    reconcile: { query: 'permissions.search.partner', ...ended },
    situations: [...wrongUser, ...unending],
    sources: ['openapi'],
  },
} as const satisfies Record<string, Endpoint>
