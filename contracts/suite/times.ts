import type { Situation } from '../errors.ts'
import type { About } from './about.ts'
import { valueAt } from './assertions.ts'
import type { Fixture, FixtureState, Interaction } from './interaction.ts'

type Good = {
  given: FixtureState
  /** A body whose times and places are in order. */
  body(fixture: Fixture): object
}

/** Times and places that are each well written and do not go together. */
export const wrongTimes = (operation: About, { given, body }: Good): Interaction[] => {
  const refuses = (
    what: string,
    situation: Situation,
    { member, change }: { member: 'time_range' | 'location'; change: object },
  ) =>
    operation.refuses({
      what,
      given,
      situation,
      but: (fixture) => {
        const good = body(fixture)
        return { body: { ...good, [member]: { ...Object(valueAt(good, member)), ...change } } }
      },
    })
  const time = (change: object) => ({ member: 'time_range', change }) as const

  return [
    refuses('a day that no calendar has', 'timeFormat', time({ start_time: '20091340091010' })),
    refuses(
      'an end to the day of a start to the second',
      'timeFormat',
      time({ end_time: '20091225' }),
    ),
    refuses('an end before the start', 'endBeforeStart', time({ end_time: '20091225091009' })),
    refuses('an end that is the start', 'endBeforeStart', time({ end_time: '20091225091010' })),
    refuses('an end place without a start place', 'endLocationAlone', {
      member: 'location',
      change: { start_location: undefined },
    }),
  ]
}

/** Beside these, a note on a time that is not there. */
export const lonelyRemark = (operation: About, { given, body }: Good): Interaction =>
  operation.refuses({
    what: 'a note on an end that is not there',
    given,
    situation: 'remarkWithoutTime',
    but: (fixture) => {
      const good = body(fixture)
      return {
        body: {
          ...good,
          time_range: { ...Object(valueAt(good, 'time_range')), end_time: undefined },
        },
      }
    },
  })
