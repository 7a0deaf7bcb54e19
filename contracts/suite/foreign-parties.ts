/**
 * Parties that do not belong together, and resources that do not exist or belong to another.
 * @module
 */
import type { Situation } from '../errors.ts'
import type { About } from './about.ts'
import { valueAt } from './assertions.ts'
import { changed } from './body-fields.ts'
import type { Fixture, FixtureState, Interaction } from './interaction.ts'
import { goodRequest, type RequestParts } from './requests.ts'

/** The request with another value for a member of its body or, without body, of its query. */
const another =
  ({ operation }: About, name: string) =>
  (fixture: Fixture): RequestParts => {
    const request = goodRequest(operation, fixture)
    const part = request.body === undefined ? 'query' : 'body'

    return { [part]: { ...Object(request[part]), [name]: changed(valueAt(request[part], name)) } }
  }

/** A creation that names parties which are not those of the caller. */
export const foreignParties = (create: About, given: FixtureState = 'fresh'): Interaction[] => {
  const refuses = (name: string, situation: Situation) =>
    create.refuses({ what: `another ${name}`, given, situation, but: another(create, name) })

  return [
    refuses('service_id', 'serviceForbidden'),
    refuses('appid', 'appidUnbound'),
    ...(create.mode === 'partner'
      ? [refuses('sub_appid', 'appidUnbound'), refuses('sub_mchid', 'subMerchantUnbound')]
      : []),
  ]
}

type Resource = {
  /** What is asked for, such as `a plan`. */
  what: string
  /** The state in which it is there. */
  given: FixtureState
  situation: Situation
  /** The state in which it is there for a merchant in the other mode. */
  otherMode?: FixtureState
}

/** What does not exist, and what is another's: neither is told from the other. */
export const missingResource = (
  operation: About,
  { what, given, situation, otherMode }: Resource,
): Interaction[] => [
  operation.refuses({ what: `${what} that does not exist`, given: 'fresh', situation }),
  ...(otherMode
    ? [
        operation.refuses({
          what: `${what} of a merchant in the other mode`,
          given: otherMode,
          situation,
        }),
      ]
    : []),
  ...(operation.mode === 'partner'
    ? [
        operation.refuses({
          what: `${what} of another sub-merchant`,
          given,
          situation,
          but: another(operation, 'sub_mchid'),
        }),
      ]
    : []),
]

/** An order that is not there for who asks. */
export const missingOrder = (operation: About): Interaction[] =>
  missingResource(operation, {
    what: 'an order',
    given: 'using',
    situation: 'orderUnknown',
    otherMode: 'usingInOtherMode',
  })

/** An order that is asked for under another service or, by a merchant for itself, another app. */
export const foreignService = (operation: About, given: FixtureState): Interaction[] => {
  const refuses = (what: string, name: string) =>
    operation.refuses({
      what: `the order of another ${what}`,
      given,
      situation: 'orderMismatch',
      but: another(operation, name),
    })

  return [
    refuses('service', 'service_id'),
    ...(operation.mode === 'direct' ? [refuses('app', 'appid')] : []),
  ]
}
