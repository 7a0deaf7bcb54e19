import type { Situation } from '../errors.ts'
import { chosen, sdk } from '../evidence.ts'
import type { Edge } from '../states.ts'
import { about } from './about.ts'
import { beijingTime, echoes, leavesState, namesCaller, sameAsBefore, shows } from './assertions.ts'
import { applyPermission, owner } from './bodies.ts'
import { foreignParties, missingResource } from './foreign-parties.ts'
import type { Fixture, FixtureState, Interaction } from './interaction.ts'
import { goodRequest, type Operation } from './requests.ts'

const openapi = sdk('openapi')
const permission = (operation: Operation) => about(operation, 'partner')

const apply = permission('permissions.apply')
const applied = (fixture: Fixture) => [goodRequest('permissions.apply', fixture)]

const applications: Interaction[] = [
  apply.succeeds({
    does: 'asks for the authorisation of a user',
    evidence: openapi,
    given: 'fresh',
    holds: [
      ...shows({ apply_permissions_token: /./ }, openapi),
      ...leavesState(
        { authorization_state: 'UNBINDUSER', authorization_success_time: '' },
        openapi,
      ),
    ],
    followUp: (fixture) => goodRequest('permissions.queryByCode', fixture),
    edges: ['permission:none→UNBINDUSER (apply)'],
  }),
  apply.succeeds({
    does: 'takes a repeat for the same authorisation',
    evidence: chosen,
    given: 'fresh',
    after: applied,
    holds: [sameAsBefore(chosen)],
  }),
  apply.refuses({
    what: 'a repeat with another notify_url',
    given: 'fresh',
    situation: 'reentryMismatch',
    after: applied,
    but: (fixture) => ({
      body: { ...applyPermission(fixture), notify_url: `${fixture.notify_url}/other` },
    }),
  }),
  apply.refuses({
    what: 'a repeat for another service',
    given: 'fresh',
    situation: 'reentryMismatch',
    after: applied,
    but: (fixture) => ({ body: { ...applyPermission(fixture), service_id: '1' } }),
  }),
  ...foreignParties(apply),
]

const queryByCode = permission('permissions.queryByCode')

const finds = (
  given: FixtureState,
  { does, members, edge }: { does: string; members: Record<string, unknown>; edge: Edge },
) =>
  queryByCode.succeeds({
    does,
    evidence: openapi,
    given,
    holds: [namesCaller(openapi, 'mchid'), ...shows(members, openapi)],
    edges: [edge],
  })

const available = {
  authorization_state: 'AVAILABLE',
  openid: /^o/,
  authorization_success_time: beijingTime,
}

const queriesByCode: Interaction[] = [
  finds('authorised', {
    does: 'finds that the user has authorised',
    members: available,
    edge: 'permission:UNBINDUSER→AVAILABLE (open)',
  }),
  finds('withdrawn', {
    does: 'finds that the authorisation has ended',
    members: { authorization_state: 'UNAVAILABLE', cancel_authorization_time: beijingTime },
    edge: 'permission:AVAILABLE→UNAVAILABLE (close)',
  }),
  finds('authorisedAgain', {
    does: 'finds that the user has authorised once more',
    members: available,
    edge: 'permission:UNAVAILABLE→AVAILABLE (open)',
  }),
  ...missingResource(queryByCode, {
    what: 'an authorisation',
    given: 'applied',
    situation: 'permissionUnknown',
  }),
  queryByCode.refuses({
    what: 'an authorisation for another service',
    given: 'applied',
    situation: 'permissionUnknown',
    but: (fixture) => ({ query: { ...owner(fixture), service_id: '1' } }),
  }),
]

const search = permission('permissions.search')

const searches: Interaction[] = [
  search.succeeds({
    does: 'finds the authorisation of a user',
    evidence: openapi,
    given: 'authorised',
    holds: [
      ...echoes(search.endpoint, { evidence: openapi }),
      ...shows(available, openapi),
      ...shows({ authorization_code: /A$/ }, openapi),
    ],
  }),
  search.succeeds({
    does: 'finds that the authorisation of a user has ended',
    evidence: openapi,
    given: 'withdrawn',
    holds: shows(
      { authorization_state: 'UNAVAILABLE', cancel_authorization_time: beijingTime },
      openapi,
    ),
  }),
  ...missingResource(search, {
    what: 'an authorisation',
    given: 'authorised',
    situation: 'permissionUnknown',
  }),
]

/** Who ends it is told apart by the code or by the user. */
const endings = (operation: 'permissions.terminateByCode' | 'permissions.terminate') => {
  const terminate = permission(operation)
  const refuses = (given: FixtureState, what: string, situation: Situation) =>
    terminate.refuses({ what, given, situation })

  return [
    terminate.succeeds({
      does: 'ends an authorisation',
      evidence: openapi,
      given: 'authorised',
      holds: leavesState(
        { authorization_state: 'UNAVAILABLE', cancel_authorization_time: beijingTime },
        openapi,
      ),
      followUp: (fixture) => goodRequest('permissions.queryByCode', fixture),
    }),
    refuses('withdrawn', 'an authorisation that has ended', 'permissionStateIllegal'),
    refuses('authorisedAndUsing', 'to end it while an order is open', 'permissionOrdersOpen'),
    ...missingResource(terminate, {
      what: 'an authorisation',
      given: 'authorised',
      situation: 'permissionUnknown',
    }),
  ]
}

/** A user goes by exactly one id. */
const wrongUsers = (operation: 'permissions.search' | 'permissions.terminate') => {
  const row = permission(operation)
  const part = operation === 'permissions.search' ? 'query' : 'body'
  const known = (change: (openid: string) => object) => (fixture: Fixture) => {
    const { openid: _, ...nobody } = Object(goodRequest(operation, fixture)[part])
    return { [part]: { ...nobody, ...change(fixture.user.openid) } }
  }

  return [
    row.refuses({
      what: 'a request about nobody',
      given: 'fresh',
      situation: 'userAmbiguous',
      but: known(() => ({})),
    }),
    row.refuses({
      what: 'a user under two ids',
      given: 'fresh',
      situation: 'userAmbiguous',
      but: known((openid) => ({ openid, sub_openid: openid })),
    }),
  ]
}

export const permissions: readonly Interaction[] = [
  ...applications,
  ...queriesByCode,
  ...endings('permissions.terminateByCode'),
  permission('permissions.terminateByCode').refuses({
    what: 'an authorisation that the user has not given',
    given: 'applied',
    situation: 'permissionStateIllegal',
  }),
  ...searches,
  ...wrongUsers('permissions.search'),
  ...endings('permissions.terminate'),
  ...wrongUsers('permissions.terminate'),
]
