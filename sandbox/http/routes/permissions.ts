import type { PermissionActions } from '../../actions/permissions.ts'
import type { Handlers } from '../parse-call.ts'

export const permissionRoutes = (permissions: PermissionActions) =>
  ({
    'permissions.apply.partner': { answer: ({ mchid, body }) => permissions.apply(mchid, body) },
    'permissions.queryByCode.partner': {
      answer: ({ mchid, path, query }) =>
        permissions.query([mchid, path.authorization_code], query),
    },
    'permissions.terminateByCode.partner': {
      answer: ({ mchid, path, body }) =>
        permissions.terminate([mchid, path.authorization_code], body),
    },
    'permissions.search.partner': {
      answer: ({ mchid, query }) => permissions.search(mchid, query),
    },
    'permissions.terminate.partner': {
      answer: ({ mchid, body }) => permissions.terminateOf(mchid, body),
    },
  }) satisfies Partial<Handlers>
