import type { Situation } from '../errors.ts'
import { type About, about } from './about.ts'
import { completeOrder, createDetailOrder, createOrder } from './bodies.ts'
import {
  type Fixture,
  type FixtureState,
  type Interaction,
  type Mode,
  modes,
} from './interaction.ts'
import { goodRequest } from './requests.ts'

const farFuture = '20991231235959'
const past = { start_time: '20091225091010', end_time: farFuture }
const now = { start_time: 'OnAccept' }

const refusals = (mode: Mode): Interaction[] => {
  const forDetail = about('signplan.serviceorder.create', mode)
  const ordinary = about('serviceorder.create', mode)
  const complete = about('serviceorder.complete', mode)
  const pastIn = (create: About, given: FixtureState, body: (fixture: Fixture) => object) =>
    create.refuses({
      what: 'a start in the past',
      given,
      situation: 'timePast',
      but: (fixture) => ({ body: { ...body(fixture), time_range: past } }),
    })
  const completion = (what: string, situation: Situation, time_range: object) =>
    complete.refuses({
      what,
      given: 'signed',
      situation,
      after: (fixture) => [
        {
          ...goodRequest('signplan.serviceorder.create', fixture),
          body: { ...createDetailOrder(fixture), time_range: now },
        },
      ],
      but: (fixture) => ({ body: { ...completeOrder(fixture), time_range } }),
    })

  return [
    pastIn(forDetail, 'signed', createDetailOrder),
    pastIn(ordinary, 'fresh', createOrder),
    completion('a start before the order was there', 'timePast', past),
    completion('an end that is yet to come', 'endInFuture', { end_time: farFuture }),
  ]
}

/** Hold only where times of the past are forbidden, as the documents say and their examples do not. */
export const strictTimes: readonly Interaction[] = modes.flatMap(refusals)
