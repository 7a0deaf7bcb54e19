import type { Situation } from '../errors.ts'
import { type About, about } from './about.ts'
import { completeOrder, createDetailOrder, createOrder } from './bodies.ts'
import { type Course, type CourseState, type Interaction, type Mode, modes } from './interaction.ts'
import { goodRequest } from './requests.ts'

const farFuture = '20991231235959'
const past = { start_time: '20091225091010', end_time: farFuture }
const now = { start_time: 'OnAccept' }

const refusals = (mode: Mode): Interaction[] => {
  const forDetail = about('signplan.serviceorder.create', mode)
  const ordinary = about('serviceorder.create', mode)
  const complete = about('serviceorder.complete', mode)
  const pastIn = (create: About, given: CourseState, body: (course: Course) => object) =>
    create.refuses({
      what: 'a start in the past',
      given,
      situation: 'timePast',
      but: (course) => ({ body: { ...body(course), time_range: past } }),
    })
  const completion = (what: string, situation: Situation, time_range: object) =>
    complete.refuses({
      what,
      given: 'signed',
      situation,
      after: (course) => [
        {
          ...goodRequest('signplan.serviceorder.create', course),
          body: { ...createDetailOrder(course), time_range: now },
        },
      ],
      but: (course) => ({ body: { ...completeOrder(course), time_range } }),
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
