import { bodyOf, isAnswered } from '../../../contracts/replay/recorded-call.ts'
import { interactions } from '../../../contracts/suite/interactions.ts'
import { run } from '../../../contracts/suite/run.ts'
import type { Sentence } from '../../../contracts/texts.ts'
import type { Recordings } from '../../verifying/recordings.ts'
import { type Place, targetAt } from '../../verifying/target-at.ts'
import { withOwnSandbox, withRunningSandbox } from '../../verifying/verified-sandbox.ts'
import { driftTexts } from '../texts.ts'
import type { Specimen } from './compare.ts'

/** What the successes of recorded operations say. */
export const recordedSpecimens = (files: Recordings): Specimen[] =>
  [...files].flatMap(([name, { log }]) =>
    log.entries.filter(isAnswered).flatMap((entry) => {
      const { _endpoint: endpoint, response } = entry
      if (endpoint === undefined || response.status >= 300) return []
      const provenance = entry._provenance ?? log._provenance
      const source = `${provenance}: ${name}, ${entry._id ?? entry._document ?? entry._source ?? entry.startedDateTime}`

      return [{ endpoint, body: bodyOf(response.content), source }]
    }),
  )

/**
 * What a sandbox answers to the suite: a running one, or one of this program's own.
 * @throws {Error} when it cannot be asked, or an operation never succeeds
 */
export const answeredSpecimens = (place?: Place): Promise<Specimen[]> =>
  place
    ? withRunningSandbox(place, (at) => walk(at, place.url))
    : withOwnSandbox({}, (at) => walk(at, driftTexts.ownSandbox))

const successes = interactions.filter(({ situation }) => situation === undefined)

const walk = async (place: Place, source: Sentence): Promise<Specimen[]> => {
  const specimens: Specimen[] = []
  const target = await targetAt(place, {
    onAnswer: ({ endpoint }, { status, body }) => {
      if (status < 300) specimens.push({ endpoint, body, source })
    },
  })
  await run(successes, target)

  return specimens
}
